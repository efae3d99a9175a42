/** What a user waits for: a picture in a warm screener, and the command line from its start to its answer. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Clock } from '../../base/clock.ts';
import { UserError } from '../../base/errors.ts';
import { reasonOf } from '../../screening/screen-result.ts';
import { ScreenerClient } from '../screener-client.ts';
import { spawnNode } from '../spawn-node.ts';
import type { BenchSource } from './bench-types.ts';

/** The screener and `screen` use this one, whatever else there is. */
const BACKEND = 'cpu';
const THREADS = 1;
/** A start that takes longer is a fault. */
const START_LIMIT_MS = 120_000;

export interface AppBenchOptions {
  readonly clock: Clock;
  readonly model: { readonly id: string; readonly file: Uint8Array };
  /** PNG files. */
  readonly spiral: string;
  readonly page: string;
  /** The file `bin/steadypen.js`. */
  readonly program: string;
  /** Least time of one measure of screening; at least one picture is screened. */
  readonly seconds: number;
}

/** Starts the screener with its model. */
export async function startAppBench(options: AppBenchOptions): Promise<BenchSource> {
  const { clock, model, spiral, page, seconds } = options;
  const screener = new ScreenerClient({ spawn: spawnNode });
  const stopping = new AbortController();
  const close = () => {
    stopping.abort();
    screener.close();
  };
  try {
    screener.useModel(model.id, model.file);
    await screener.warmUp();
  } catch (fault) {
    close();
    throw fault;
  }
  const common = { backend: BACKEND, threads: THREADS, unit: 'ms' } as const;
  const screening = (file: string) => () => meanMs(clock, seconds, () => screenOne(screener, file));
  return {
    detail: `screening: the screener process, model ${model.id}`,
    contestants: [
      { ...common, bench: 'screen-spiral', measure: screening(spiral) },
      { ...common, bench: 'screen-a4', measure: screening(page) },
      {
        ...common,
        bench: 'start',
        measure: () => meanMs(clock, 0, () => runScreen(options.program, spiral, stopping.signal)),
      },
    ],
    close,
  };
}

async function meanMs(clock: Clock, seconds: number, work: () => Promise<void>): Promise<number> {
  const start = clock.elapsedMs();
  for (let times = 1; ; times++) {
    await work();
    const elapsedMs = clock.elapsedMs() - start;
    if (elapsedMs >= 1000 * seconds) return elapsedMs / times;
  }
}

/** @throws UserError when the picture is refused: a refusal is quicker than an answer, so it must not be measured. */
async function screenOne(screener: ScreenerClient, file: string): Promise<void> {
  for await (const reply of screener.screen({ kind: 'path', path: file }, { task: null })) {
    if (reply.kind === 'page' && reply.result.verdict === 'not-screenable') {
      const why = `The bench's own picture ${path.basename(file)} was not screenable: ${reasonOf(reply.result)}.`;
      throw new UserError('internal', why, file);
    }
  }
}

/** A process of its own, without a data folder. */
async function runScreen(program: string, file: string, signal: AbortSignal): Promise<void> {
  await promisify(execFile)(process.execPath, [program, 'screen', file, '--json'], {
    signal,
    timeout: START_LIMIT_MS,
    env: { ...process.env, STEADYPEN_HOME: path.join(path.dirname(file), 'no-data-folder') },
  });
}
