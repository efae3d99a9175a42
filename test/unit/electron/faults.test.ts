import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { handleFaults } from '../../../electron/faults.ts';

type Answer = 'go-on' | 'restart' | 'quit';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
  vi.spyOn(console, 'error').mockReturnValue();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** @param isHeld Leaves questions open until `answer`; else each is answered at once, with Continue. */
function faults(isHeld = false) {
  const target = new EventEmitter();
  const asked: string[] = [];
  const done: string[] = [];
  const open: ((answer: Answer) => void)[] = [];
  handleFaults(target, {
    ask: (what) => {
      asked.push(what);
      return isHeld ? new Promise((resolve) => open.push(resolve)) : Promise.resolve('go-on');
    },
    restart: () => done.push('restart'),
    quit: () => done.push('quit'),
  });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  const after = async (ms: number, event: 'uncaughtException' | 'unhandledRejection', what: string) => {
    vi.advanceTimersByTime(ms);
    target.emit(event, new Error(what));
    await settle();
  };
  const answer = async (chosen: Answer) => {
    open.shift()?.(chosen);
    await settle();
  };
  return { asked, done, after, answer };
}

test('an exception is put to the user however soon it comes after another fault', async () => {
  const { asked, after } = faults();
  await after(0, 'unhandledRejection', 'promise');
  await after(1_000, 'uncaughtException', 'exception');
  await after(1_000, 'uncaughtException', 'second exception');
  expect(asked).toEqual(['promise', 'exception', 'second exception']);
});

test('promises that fail every 50 s are asked about every second time', async () => {
  const { asked, after } = faults();
  for (const what of ['a', 'b', 'c', 'd', 'e']) await after(50_000, 'unhandledRejection', what);
  expect(asked).toEqual(['a', 'c', 'e']);
});

test('a question about a promise that stands does not keep an exception back, and its answer ends the app', async () => {
  const { asked, done, after, answer } = faults(true);
  await after(0, 'unhandledRejection', 'promise');
  await after(120_000, 'unhandledRejection', 'promise again');
  await after(0, 'uncaughtException', 'exception');
  await after(0, 'uncaughtException', 'exception again');
  await after(120_000, 'unhandledRejection', 'promise once more');
  expect(asked).toEqual(['promise', 'exception']);
  await answer('go-on');
  await answer('quit');
  expect(done).toEqual(['quit']);
});

test('the minute begins with the answer', async () => {
  const { asked, after, answer } = faults(true);
  await after(0, 'unhandledRejection', 'a');
  vi.advanceTimersByTime(300_000);
  await answer('go-on');
  await after(59_000, 'unhandledRejection', 'b');
  await after(1_000, 'unhandledRejection', 'c');
  expect(asked).toEqual(['a', 'c']);
});
