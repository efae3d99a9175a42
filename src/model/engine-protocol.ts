import type { ErrorInfo } from '../base/errors.ts';
import type { Engine, LossAndGradient, Network, NetworkShape } from '../tensor/engine.ts';

/** What an engine says of itself. */
export type EngineFacts = Pick<Engine, 'backend' | 'detail' | 'threads' | 'warning'>;

/** The calls of an engine that computes elsewhere, with the answer of each. Networks are numbered by who opens them. */
export interface EngineCalls {
  describe: { readonly args: readonly []; readonly answer: EngineFacts };
  open: { readonly args: readonly [network: number, shape: NetworkShape]; readonly answer: null };
  lossAndGradient: {
    readonly args: readonly [network: number, ...Parameters<Network['lossAndGradient']>];
    readonly answer: LossAndGradient;
  };
  cellContributions: {
    readonly args: readonly [network: number, ...Parameters<Network['cellContributions']>];
    readonly answer: Float32Array;
  };
  closeNetwork: { readonly args: readonly [network: number]; readonly answer: null };
}

/** Requests are answered in their order, each once. */
export type EngineRequest = {
  [Name in keyof EngineCalls]: {
    readonly id: number;
    readonly call: Name;
    readonly args: EngineCalls[Name]['args'];
  };
}[keyof EngineCalls];

export type EngineReply =
  | { readonly id: number; readonly answer: EngineCalls[keyof EngineCalls]['answer'] }
  | { readonly id: number; readonly error: ErrorInfo };
