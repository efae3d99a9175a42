/** `steadypen bench`: every measure on every backend that loads, in interleaved rounds. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { toErrorInfo, UserError } from '../../base/errors.ts';
import { describeBackends } from '../../tensor/load-backend.ts';
import { nodeClock } from '../node-clock.ts';
import { spawnNode } from '../spawn-node.ts';
import { startAppBench } from './app-bench.ts';
import { makeBenchBatch, makePagePng, makeSpiralPng } from './bench-pictures.ts';
import type { BenchLine, BenchSource } from './bench-types.ts';
import { startNetworkSource } from './network-source.ts';
import type { BenchBatch } from './network-bench-protocol.ts';
import { runRounds } from './run-rounds.ts';
import { ratiosAgainst, summarise, type BenchRatio } from './summary.ts';
import { PEER, startTorchPeer } from './torch-peer.ts';

export interface BenchOptions {
  readonly rounds: number;
  /** Least time of one measure in one round. */
  readonly seconds: number;
  readonly model: { readonly id: string; readonly file: Uint8Array };
  /** The file `bin/steadypen.js`. */
  readonly program: string;
  /** The peer's script; null for none. */
  readonly peerScript: string | null;
  readonly signal: AbortSignal;
  /** What is measured, known before the first round. */
  readonly onDetail: (line: string) => void;
  /** What was left out, and why. */
  readonly onRemark: (line: string) => void;
  /** @param round From 1; 0 warms up. */
  readonly onRound: (round: number) => void;
}

export interface BenchReport {
  readonly lines: readonly BenchLine[];
  /** Empty without a peer. */
  readonly ratios: readonly BenchRatio[];
  /** False when a backend that was found, or one measure, failed. */
  readonly complete: boolean;
}

/** @throws UserError when nothing at all could be measured; the signal's reason when it is aborted. */
export async function runBench(options: BenchOptions): Promise<BenchReport> {
  const { rounds, signal, onDetail, onRemark, onRound } = options;
  const folder = await mkdtemp(path.join(tmpdir(), 'steadypen-bench-'));
  const sources: BenchSource[] = [];
  const closeAll = () => {
    for (const source of sources) source.close();
  };
  signal.addEventListener('abort', closeAll);
  let complete = true;
  try {
    for await (const started of startSources(options, folder)) {
      if ('contestants' in started) {
        sources.push(started);
        signal.throwIfAborted();
        onDetail(started.detail);
      } else {
        complete &&= started.optional;
        onRemark(started.remark);
      }
    }
    const measured = await runRounds(
      sources.flatMap(({ contestants }) => contestants),
      {
        rounds,
        signal,
        onRound,
        onFailure: ({ bench, backend }, fault) => {
          complete = false;
          onRemark(`${bench} on ${backend} was left out: ${toErrorInfo(fault).message}`);
        },
      },
    );
    if (measured.length === 0) throw new UserError('no-backend', 'Nothing could be measured; see above why.');
    return { lines: measured.map(summarise), ratios: ratiosAgainst(PEER, measured), complete };
  } finally {
    signal.removeEventListener('abort', closeAll);
    closeAll();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Not started: why, and whether it need not be there. */
interface LeftOut {
  readonly remark: string;
  readonly optional: boolean;
}

/** One after the other, so that the caller can end what has started when a later one fails. */
async function* startSources(options: BenchOptions, folder: string): AsyncGenerator<BenchSource | LeftOut> {
  const { seconds, model, program, peerScript } = options;
  const batch = await makeBenchBatch();
  for (const { name, found, detail } of await describeBackends()) {
    yield found
      ? await startOr(
          false,
          startNetworkSource({
            spawn: spawnNode,
            backend: name,
            threads: 1,
            batch,
            seconds,
            limitMs: 600_000,
          }),
        )
      : { remark: `${name} is not measured: ${detail}`, optional: true };
  }
  if (peerScript !== null) yield* startPeers(peerScript, batch, seconds, folder);
  const [spiral, page] = [path.join(folder, 'spiral.png'), path.join(folder, 'a4.png')];
  await writeFile(spiral, await makeSpiralPng());
  await writeFile(page, await makePagePng());
  yield startAppBench({ clock: nodeClock, model, spiral, page, program, seconds });
}

async function* startPeers(
  script: string,
  { images, labels }: BenchBatch,
  seconds: number,
  folder: string,
): AsyncGenerator<BenchSource | LeftOut> {
  const file = path.join(folder, 'batch.bin');
  await writeFile(file, Buffer.concat([new Uint8Array(images.buffer), labels]));
  for (const threads of availableParallelism() > 1 ? [1, 2] : [1]) {
    const started = await startOr(true, startTorchPeer({ script, threads, batch: file, seconds }));
    yield started;
    if ('remark' in started) return;
  }
}

/** @param optional Of what was asked for in any case, a failure makes the report incomplete. */
function startOr(optional: boolean, starting: Promise<BenchSource>): Promise<BenchSource | LeftOut> {
  return starting.catch((fault: unknown) => {
    if (!(fault instanceof UserError)) throw fault;
    return { remark: fault.message, optional };
  });
}
