/** `steadypen bench`: every measure on every backend that loads, in interleaved rounds. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { toErrorInfo, UserError } from '../../base/errors.ts';
import type { BackendName } from '../../base/words.ts';
import { describeBackends } from '../../tensor/load-backend.ts';
import { nodeClock } from '../node-clock.ts';
import { spawnNode } from '../spawn-node.ts';
import { startAppBench } from './app-bench.ts';
import { makeBenchBatch, makePagePng, makeSpiralPng } from './bench-pictures.ts';
import type { BenchLine, BenchSource } from './bench-types.ts';
import { startNetworkSource, TooSlow } from './network-source.ts';
import type { BenchBatch } from './network-bench-protocol.ts';
import { runRounds } from './run-rounds.ts';
import { ratiosAgainst, summarise, type BenchRatio } from './summary.ts';
import { PEER, startTorchPeer } from './torch-peer.ts';

/** How long a single step, and a whole measure, may take: within a time limit, and without one. */
const HURRIED = { slowestStepSeconds: 1.5, limitMs: 10_000 } as const;
const PATIENT = { slowestStepSeconds: 20, limitMs: 120_000 } as const;

export interface BenchOptions {
  readonly rounds: number;
  /** Least time of one measure in one round. */
  readonly seconds: number;
  /** Of the whole bench: once it is over no further round begins; null for as long as it takes. */
  readonly limitSeconds: number | null;
  readonly model: { readonly id: string; readonly file: Uint8Array };
  /** The file `bin/steadypen.js`. */
  readonly program: string;
  /** PyTorch in the same rounds, where there is one; null for none. */
  readonly peer: {
    readonly script: string;
    /** Its absence makes the report incomplete. */
    readonly required: boolean;
  } | null;
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
  const { rounds, limitSeconds, signal, onDetail, onRemark, onRound } = options;
  const until = limitSeconds === null ? Infinity : nodeClock.elapsedMs() + 1000 * limitSeconds;
  let round = 0;
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
        isOver: () => nodeClock.elapsedMs() >= until,
        signal,
        onRound: (next) => {
          round = next;
          onRound(next);
        },
        onFailure: ({ bench, backend, threads }, fault) => {
          complete &&= fault instanceof TooSlow;
          onRemark(`${bench} on ${nameOf(backend, threads)} was left out: ${toErrorInfo(fault).message}`);
        },
      },
    );
    if (round < rounds) onRemark(`Stopped after ${round} of ${rounds} rounds: ${limitSeconds} s were over.`);
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
  const { seconds, model, program, peer } = options;
  const batch = await makeBenchBatch();
  for (const { name, found, detail } of await describeBackends()) {
    if (found) yield* startBackend(name, batch, options);
    else yield { remark: `${name} is not measured: ${detail}`, optional: true };
  }
  if (peer !== null) yield* startPeers(peer, batch, seconds, folder);
  const [spiral, page] = [path.join(folder, 'spiral.png'), path.join(folder, 'a4.png')];
  await writeFile(spiral, await makeSpiralPng());
  await writeFile(page, await makePagePng());
  yield startAppBench({ clock: nodeClock, model, spiral, page, program, seconds });
}

/** One source for each number of threads that the backend takes. */
async function* startBackend(
  backend: BackendName,
  batch: BenchBatch,
  { seconds, limitSeconds }: BenchOptions,
): AsyncGenerator<BenchSource | LeftOut> {
  const { slowestStepSeconds, limitMs } = limitSeconds === null ? PATIENT : HURRIED;
  const seen = new Set<number | undefined>();
  for (const threads of backend === 'cpu' ? threadCounts() : [1]) {
    const options = { spawn: spawnNode, backend, threads, batch, seconds, slowestStepSeconds, limitMs };
    const started = await startOr(false, startNetworkSource(options));
    const taken = 'contestants' in started ? started.contestants[0]?.threads : undefined;
    if ('contestants' in started && seen.has(taken)) {
      started.close();
      yield { remark: `${nameOf(backend, threads)} is not measured: it uses ${taken}.`, optional: true };
    } else yield started;
    seen.add(taken);
  }
}

async function* startPeers(
  { script, required }: NonNullable<BenchOptions['peer']>,
  { images, labels }: BenchBatch,
  seconds: number,
  folder: string,
): AsyncGenerator<BenchSource | LeftOut> {
  const file = path.join(folder, 'batch.bin');
  await writeFile(file, Buffer.concat([new Uint8Array(images.buffer), labels]));
  for (const threads of threadCounts()) {
    const started = await startOr(!required, startTorchPeer({ script, threads, batch: file, seconds }));
    yield started;
    if ('remark' in started) return;
  }
}

/** One, and all that the processor has. */
function threadCounts(): readonly number[] {
  const cores = availableParallelism();
  return cores > 1 ? [1, cores] : [1];
}

function nameOf(backend: string, threads: number): string {
  return threads === 1 ? backend : `${backend} with ${threads} threads`;
}

/** @param optional Of what was asked for in any case, a failure makes the report incomplete. */
function startOr(optional: boolean, starting: Promise<BenchSource>): Promise<BenchSource | LeftOut> {
  return starting.catch((fault: unknown) => {
    if (!(fault instanceof UserError)) throw fault;
    return { remark: fault.message, optional };
  });
}
