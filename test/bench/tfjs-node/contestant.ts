/** Entry of one process of compare.ts: one engine for its whole life. Answers one request at a time. */
import { toErrorInfo } from '../../../src/base/errors.ts';
import { ownPort } from '../../../src/host/own-port.ts';
import type { Batch } from '../../../src/model/batches.ts';
import type { LossAndGradient } from '../../../src/tensor/engine.ts';
import {
  gradientOf,
  loadEngine,
  measureTraining,
  trainOnce,
  type Curve,
  type EngineChoice,
  type LoadedEngine,
  type TrainingTask,
} from './engine-under-test.ts';

/** Each request with its answer. */
export interface Requests {
  load: { ask: { engine: EngineChoice; environment: Readonly<Record<string, string>> }; answer: string };
  gradient: { ask: { flat: Float32Array; batch: Batch }; answer: LossAndGradient };
  train: { ask: TrainingTask; answer: Curve };
  measure: { ask: { batch: Batch; seconds: number }; answer: Measured };
}

export interface Measured {
  readonly imagesPerSecond: number;
  /** Processor time over time: how many cores it kept busy. */
  readonly cores: number;
}

export type Request = { [K in keyof Requests]: { readonly kind: K } & Requests[K]['ask'] }[keyof Requests];
export type Reply = { readonly answer: unknown } | { readonly error: string };

const port = ownPort();
let loaded: LoadedEngine | null = null;
port.onMessage((message) => {
  answer(message as Request).then(
    (value) => port.postMessage({ answer: value } satisfies Reply),
    (fault: unknown) => port.postMessage({ error: toErrorInfo(fault).message } satisfies Reply),
  );
});

async function answer(request: Request): Promise<Requests[keyof Requests]['answer']> {
  switch (request.kind) {
    case 'load':
      Object.assign(process.env, request.environment);
      loaded = await loadEngine(request.engine);
      return loaded.engine.detail;
    case 'gradient':
      return gradientOf(engine(), request.flat, request.batch);
    case 'train':
      return trainOnce(engine(), request);
    case 'measure':
      return measure(request.batch, request.seconds);
  }
}

/** @throws Error where `load` did not come first. */
function engine(): LoadedEngine {
  if (loaded === null) throw new Error('no engine is loaded');
  return loaded;
}

async function measure(batch: Batch, seconds: number): Promise<Measured> {
  const [start, before] = [performance.now(), process.cpuUsage()];
  const imagesPerSecond = await measureTraining(engine(), batch, seconds);
  const { user, system } = process.cpuUsage(before);
  return { imagesPerSecond, cores: (user + system) / 1000 / (performance.now() - start) };
}
