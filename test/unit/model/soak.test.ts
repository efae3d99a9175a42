import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { memory, scalar } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { openEngine } from '../../../src/model/open-engine.ts';
import type { OpenNetwork } from '../../../src/model/predictor.ts';
import { judgeSoak, soak, type SoakSample } from '../../bench/soak-steps.ts';
import { TINY, tinyPatches } from './tiny.ts';

const patches = tinyPatches(16, 'soak');
const batch = { images: Float32Array.from(patches.pixels, (value) => value / 255), labels: patches.labels };
const engine = await openEngine('cpu');
const open: OpenNetwork = { architecture: TINY, network: await engine.open(TINY) };
// Resident memory of a test runner says nothing: a process of its own looks at it, below.
const options = { steps: 300, warmUp: 10, every: 10, look: () => ({ rss: 1, tensors: memory().numTensors }) };

test('300 training steps leave no tensor behind', async () => {
  const samples = await soak(open, batch, options);
  expect(samples.map(({ step }) => step)).toEqual(Array.from({ length: 30 }, (_, i) => 10 * i));
  expect(judgeSoak(samples).faults).toEqual([]);
  expect(new Set(samples.map(({ tensors }) => tensors)).size).toBe(1);
});

test('1,000 steps of the kernels that train every model leave resident memory flat', async () => {
  const program = new URL('../../bench/soak.ts', import.meta.url).pathname;
  const { stdout } = await promisify(execFile)(process.execPath, [program, '--steps', '1000', '--json']);
  expect(JSON.parse(stdout)).toMatchObject({ backend: 'cpu', steps: 1000, faults: [] });
}, 240_000);

test('a network that keeps one tensor a step is found out', async () => {
  const kept: { dispose(): void }[] = [];
  const leaking: OpenNetwork = {
    ...open,
    network: {
      ...open.network,
      lossAndGradient: (...given) => {
        kept.push(scalar(1));
        return open.network.lossAndGradient(...given);
      },
    },
  };
  const { faults } = judgeSoak(await soak(leaking, batch, options));
  for (const tensor of kept) tensor.dispose();
  expect(faults).toEqual([expect.stringMatching(/^the number of live tensors grew from \d+ to \d+$/)]);
});

const samplesOf = (rss: (i: number) => number): SoakSample[] =>
  Array.from({ length: 100 }, (_, i) => ({ step: i, rss: rss(i), tensors: 3 }));

test.each([
  { at: 'a steady climb to 6 % more', rss: (i: number) => 100 + (6.5 * i) / 99, faults: 1 },
  { at: 'a climb to 4 % more', rss: (i: number) => 100 + (4 * i) / 99, faults: 0 },
  { at: 'waves that come back', rss: (i: number) => 100 + 30 * (i % 2), faults: 0 },
  { at: 'one high sample at the end', rss: (i: number) => (i === 99 ? 300 : 100), faults: 0 },
  { at: 'memory that falls', rss: (i: number) => 200 - i, faults: 0 },
])('resident memory: $at', ({ rss, faults }) => {
  expect(judgeSoak(samplesOf(rss)).faults).toHaveLength(faults);
});
