import type { MessagePortMain } from 'electron';
import { toErrorInfo } from '../src/base/errors.ts';
import { isEngineWanted, type EngineAnswer } from '../src/host/engine-door.ts';

/** A place that computes with WebGPU: the hidden window, or what stands in for it in a test. */
export interface EngineWindow {
  /** One end of the channel; the other one is with the worker. */
  readonly port: MessagePortMain;
  /** @param listener Called once the window can no longer compute, unless `close` did that. */
  onGone(listener: (reason: string) => void): void;
  /** Safe to call twice. */
  close(): void;
}

/** The part of a child program used here. */
export interface EngineSeeker {
  postMessage(message: unknown, ports?: MessagePortMain[]): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'exit', listener: () => void): unknown;
}

/**
 * Opens an engine window for a child that asks for one, and closes it when the child ends or asks for another.
 * @param open Rejects with a UserError where WebGPU cannot be had.
 */
export function openEnginesFor(child: EngineSeeker, open: () => Promise<EngineWindow>): void {
  let ended = false;
  let current: EngineWindow | null = null;
  const tell = (answer: EngineAnswer, ports?: MessagePortMain[]): void => {
    if (!ended) child.postMessage(answer, ports);
  };
  const serve = async (): Promise<void> => {
    current?.close();
    current = null;
    try {
      const window = await open();
      if (ended) return window.close();
      current = window;
      window.onGone((reason) => tell({ kind: 'engine-gone', reason }));
      tell({ kind: 'engine-here' }, [window.port]);
    } catch (error) {
      tell({ kind: 'engine-refused', error: toErrorInfo(error) });
    }
  };
  child.on('message', (message) => {
    if (isEngineWanted(message)) void serve();
  });
  child.on('exit', () => {
    ended = true;
    current?.close();
  });
}
