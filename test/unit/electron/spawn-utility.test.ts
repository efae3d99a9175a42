import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { spawnUtility, type ChildProgram } from '../../../electron/spawn-utility.ts';

/** Behaves like Electron's UtilityProcess as its documentation describes it: no pid before it runs, `exit` with a code. */
class FakeProgram extends EventEmitter implements ChildProgram {
  pid: number | undefined = undefined;
  readonly sent: unknown[] = [];
  killed = 0;
  postMessage(message: unknown): void {
    this.sent.push(message);
  }
  kill(): boolean {
    this.killed++;
    return true;
  }
}

function start(which: 'screener' | 'trainer' = 'screener') {
  const program = new FakeProgram();
  const names: string[] = [];
  let windows = 0;
  const port = spawnUtility(
    (name) => {
      names.push(name);
      return program;
    },
    () => {
      windows++;
      return Promise.reject(new Error('no window in this test'));
    },
  )(which);
  return { program, port, names, windows: () => windows };
}

test('starts the named program and carries messages both ways', () => {
  const { program, port, names } = start();
  const heard: unknown[] = [];
  port.onMessage((message) => heard.push(message));
  port.postMessage({ id: 1 });
  program.emit('message', { id: 2 });
  expect(names).toEqual(['screener']);
  expect(program.sent).toEqual([{ id: 1 }]);
  expect(heard).toEqual([{ id: 2 }]);
});

test('knows the process number once the program runs', () => {
  const { program, port } = start();
  expect(port.pid).toBeUndefined();
  program.pid = 4711;
  expect(port.pid).toBe(4711);
});

test('after the end a message throws instead of waiting for ever, and everyone is told', () => {
  const { program, port } = start();
  const reasons: string[] = [];
  port.onClose((reason) => reasons.push(reason));
  program.emit('exit', 9);
  expect(() => port.postMessage({})).toThrow('exit code 9');
  port.onClose((reason) => reasons.push(`late: ${reason}`));
  expect(reasons).toEqual(['exit code 9', 'late: exit code 9']);
});

test('close ends a running program, and does nothing to one that has ended', () => {
  const { program, port } = start();
  port.close();
  expect(program.killed).toBe(1);
  program.emit('exit', 0);
  port.close();
  expect(program.killed).toBe(1);
});

test('a trainer that wants WebGPU is answered here, and its host hears nothing of it', async () => {
  const { program, port, windows } = start('trainer');
  const heard: unknown[] = [];
  port.onMessage((message) => heard.push(message));
  program.emit('message', { kind: 'engine-wanted' });
  await expect.poll(() => program.sent).toHaveLength(1);
  expect(program.sent[0]).toMatchObject({
    kind: 'engine-refused',
    error: { message: 'no window in this test' },
  });
  expect(windows()).toBe(1);
  expect(heard).toEqual([]);
});

test('the screener, which opens untrusted files, gets no window', () => {
  const { program, windows } = start('screener');
  program.emit('message', { kind: 'engine-wanted' });
  expect(windows()).toBe(0);
});
