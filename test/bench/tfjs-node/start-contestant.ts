import { fileURLToPath } from 'node:url';
import { UserError } from '../../../src/base/errors.ts';
import { forkProgram } from '../../../src/host/spawn-node.ts';
import type { Measured, Reply, Request, Requests } from './contestant.ts';
import type { EngineChoice } from './engine-under-test.ts';

/** One engine in its process. */
export interface Contestant {
  readonly name: string;
  /** Library and version, as the engine tells them. */
  readonly detail: string;
  /** Filled by whoever measures. */
  readonly rates: Measured[];
  /** One request at a time. @throws UserError `no-backend` with the engine's reason, or that its process has ended. */
  ask<K extends keyof Requests>(kind: K, request: Requests[K]['ask']): Promise<Requests[K]['answer']>;
  close(): void;
}

/**
 * Starts a process and loads an engine in it.
 * @param environment Set in it before the engine is loaded.
 */
export async function startContestant(
  name: string,
  engine: EngineChoice,
  environment: Readonly<Record<string, string>> = {},
): Promise<Contestant> {
  const port = forkProgram(fileURLToPath(new URL('./contestant.ts', import.meta.url)));
  let waiting: PromiseWithResolvers<unknown> | null = null;
  const fail = (reason: string): void => waiting?.reject(new UserError('no-backend', `${name}: ${reason}`));
  port.onMessage((message) => {
    const reply = message as Reply;
    if ('error' in reply) fail(reply.error);
    else waiting?.resolve(reply.answer);
  });
  port.onClose((reason) => fail(`its process ended, ${reason}`));
  const ask: Contestant['ask'] = (kind, request) => {
    const answer = Promise.withResolvers<Requests[typeof kind]['answer']>();
    waiting = answer as PromiseWithResolvers<unknown>;
    port.postMessage({ kind, ...request } as Request);
    return answer.promise;
  };
  try {
    const detail = await ask('load', { engine, environment });
    return { name, detail, rates: [], ask, close: () => port.close() };
  } catch (error) {
    port.close();
    throw error;
  }
}
