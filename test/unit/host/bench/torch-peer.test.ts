import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { startTorchPeer } from '../../../../src/host/bench/torch-peer.ts';

const PEER = path.resolve(import.meta.dirname, '../../../bench/torch-peer.py');
const hasPython = spawnSync('python3', ['--version']).status === 0;
if (!hasPython) console.warn('SKIPPED: no python3, so the PyTorch peer cannot be started.');

const folder = mkdtempSync(path.join(tmpdir(), 'steadypen-peer-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A Python script in the peer's place. */
function start(lines: readonly string[], threads = 1) {
  const script = path.join(folder, 'peer.py');
  writeFileSync(script, lines.join('\n'));
  return startTorchPeer({ script, threads, batch: 'b.bin', seconds: 0.5 });
}

describe.skipIf(!hasPython)('the PyTorch peer', () => {
  test('is asked for one measure at a time and keeps its memory', async () => {
    const peer = await start(
      [
        'import os, sys',
        'print(sys.argv[1:], "mmap_threshold" in os.environ["GLIBC_TUNABLES"], flush=True)',
        'for line in sys.stdin:',
        '    bench, seconds = line.split()',
        '    print(float(seconds) + len(bench), flush=True)',
      ],
      2,
    );
    expect(peer.detail).toBe("torch: ['--threads', '2', '--batch', 'b.bin'] True");
    const values = [];
    for (const contestant of peer.contestants) values.push([contestant.bench, await contestant.measure()]);
    expect(values).toEqual([
      ['train', 5.5],
      ['train-rvsm', 10.5],
      ['infer-1', 7.5],
      ['infer-32', 8.5],
    ]);
    peer.close();
  });

  test('that is ended refuses the measure that waits', async () => {
    const peer = await start(['import time', 'print("ready", flush=True)', 'time.sleep(60)']);
    const waiting = peer.contestants[0]?.measure();
    peer.close();
    await expect(waiting).rejects.toThrow('SIGTERM');
  });

  test('that dies is an error for the measure that waits', async () => {
    const peer = await start([
      'import sys',
      'print("ready", flush=True)',
      'sys.stdin.readline()',
      'sys.exit(7)',
    ]);
    await expect(peer.contestants[0]?.measure()).rejects.toThrow('exit code 7');
  });

  test('is looked for in one Python after the other', async () => {
    const script = path.join(folder, 'second.py');
    writeFileSync(script, 'print("ready", flush=True)\ninput()');
    const without = path.join(folder, 'python-without-torch');
    writeFileSync(without, '#!/bin/sh\nexit 3\n', { mode: 0o755 });
    const options = { script, threads: 1, batch: 'b.bin', seconds: 0.5 };
    const peer = await startTorchPeer(options, ['no-such-python', without, 'python3']);
    expect(peer.detail).toBe('torch: ready');
    peer.close();
    await expect(startTorchPeer(options, [without, without])).rejects.toThrow(
      'Python has no module torch. On Debian and Ubuntu: apt install python3-torch',
    );
    await expect(startTorchPeer(options, ['no-such-python'])).rejects.toMatchObject({ code: 'not-found' });
  });

  test('of ours says that there is no torch by its exit code', () => {
    const { status } = spawnSync('python3', [
      '-S',
      '-c',
      'import sys; sys.modules["torch"] = None; exec(open(sys.argv[1]).read())',
      PEER,
    ]);
    expect(status).toBe(3);
  });
});
