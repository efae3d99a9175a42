import type { MessagePortMain, UtilityProcess } from 'electron';
import { isEngineWanted } from '../src/host/engine-door.ts';
import type { Port, ProgramName, SpawnChild } from '../src/host/port.ts';
import { openEnginesFor, type EngineWindow } from './engine-door.ts';

/** The part of Electron's UtilityProcess that is used here, so that tests can stand in for it. */
export type ChildProgram = Pick<UtilityProcess, 'pid' | 'kill'> & {
  postMessage(message: unknown, ports?: MessagePortMain[]): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'exit', listener: (code: number) => void): unknown;
};

/**
 * Starts our child programs in Electron's utility processes.
 * After a child has ended `postMessage` throws, so that no caller waits for an answer that cannot come.
 *
 * @param fork Starts one program, e.g. by `utilityProcess.fork`.
 * @param openEngineWindow Called for a program that asks for an engine on WebGPU.
 */
export function spawnUtility(
  fork: (program: ProgramName) => ChildProgram,
  openEngineWindow: () => Promise<EngineWindow>,
): SpawnChild {
  return (program) => {
    const child = fork(program);
    // The screener opens untrusted files and has no use for one.
    if (program !== 'screener') openEnginesFor(child, openEngineWindow);
    return portOf(child);
  };
}

function portOf(child: ChildProgram): Port {
  let closed: string | null = null;
  const closeListeners: ((reason: string) => void)[] = [];
  child.on('exit', (code) => {
    closed = `exit code ${code}`;
    for (const listener of closeListeners) listener(closed);
  });
  return {
    /** Known once the process runs. */
    get pid() {
      return child.pid;
    },
    postMessage: (message) => {
      if (closed !== null) throw new Error(`the process has ended (${closed})`);
      child.postMessage(message);
    },
    onMessage: (listener) =>
      void child.on('message', (message) => {
        if (!isEngineWanted(message)) listener(message);
      }),
    onClose: (listener) => {
      if (closed !== null) listener(closed);
      else closeListeners.push(listener);
    },
    close: () => {
      if (closed === null) child.kill();
    },
  };
}
