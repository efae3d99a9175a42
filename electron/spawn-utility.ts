import type { UtilityProcess } from 'electron';
import type { Port, ProgramName, SpawnChild } from '../src/host/port.ts';

/** The part of Electron's UtilityProcess that is used here, so that tests can stand in for it. */
export type ChildProgram = Pick<UtilityProcess, 'pid' | 'postMessage' | 'kill'> & {
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'exit', listener: (code: number) => void): unknown;
};

/**
 * Starts our child programs in Electron's utility processes.
 * After a child has ended `postMessage` throws, so that no caller waits for an answer that cannot come.
 *
 * @param fork Starts one program, e.g. by `utilityProcess.fork`.
 */
export function spawnUtility(fork: (program: ProgramName) => ChildProgram): SpawnChild {
  return (program) => portOf(fork(program));
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
    onMessage: (listener) => void child.on('message', listener),
    onClose: (listener) => {
      if (closed !== null) listener(closed);
      else closeListeners.push(listener);
    },
    close: () => {
      if (closed === null) child.kill();
    },
  };
}
