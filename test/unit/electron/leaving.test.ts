import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CrashCount } from '../../../electron/crash-count.ts';
import { handleFaults } from '../../../electron/faults.ts';
import { Leaving } from '../../../electron/leaving.ts';

function leavingWith(answers: boolean[], isBusy = true) {
  const seen = { asked: 0, quit: 0, heldBack: 0 };
  const leaving = new Leaving({
    isBusy: () => isBusy,
    ask: () => {
      seen.asked++;
      return Promise.resolve(answers.shift() ?? false);
    },
    quit: () => {
      seen.quit++;
      close(); // comes by the same way again
    },
  });
  const close = () => leaving.holdBack({ preventDefault: () => void seen.heldBack++ });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return { leaving, seen, close, settle };
}

test('nothing is asked where nothing goes on', async () => {
  const { seen, close, settle } = leavingWith([], false);
  close();
  await settle();
  expect(seen).toEqual({ asked: 0, quit: 0, heldBack: 0 });
});

test('No keeps the app, and the next attempt asks again; Yes ends it', async () => {
  const { seen, close, settle } = leavingWith([false, true]);
  close();
  close(); // a second attempt while the question is open is not a second question
  await settle();
  expect(seen).toEqual({ asked: 1, quit: 0, heldBack: 2 });
  close();
  await settle();
  expect(seen).toEqual({ asked: 2, quit: 1, heldBack: 3 });
});

test('a shutdown of the system is not held back', async () => {
  const { leaving, seen, close, settle } = leavingWith([]);
  leaving.allow();
  close();
  await settle();
  expect(seen).toEqual({ asked: 0, quit: 0, heldBack: 0 });
});

test('crashes count together within a minute', () => {
  const count = new CrashCount(60_000);
  expect([0, 59_999, 60_000, 200_000].map((nowMs) => count.add(nowMs))).toEqual([1, 2, 2, 1]);
});

const said: unknown[][] = [];
beforeEach(() => {
  said.length = 0;
  vi.spyOn(console, 'error').mockImplementation((...words) => void said.push(words));
});
afterEach(() => vi.restoreAllMocks());

test.each([
  { event: 'uncaughtException', canGoOn: false, answer: 'restart', does: 'restart' },
  { event: 'uncaughtException', canGoOn: false, answer: 'quit', does: 'quit' },
  { event: 'unhandledRejection', canGoOn: true, answer: 'go-on', does: null },
] as const)('$event is logged and put to the user: $answer', async ({ event, canGoOn, answer, does }) => {
  const target = new EventEmitter();
  const asked: unknown[] = [];
  const done: string[] = [];
  handleFaults(target, {
    ask: (...question) => {
      asked.push(question);
      return Promise.resolve(answer);
    },
    restart: () => done.push('restart'),
    quit: () => done.push('quit'),
  });
  const fault = new Error('broken');
  target.emit(event, fault);
  target.emit(event, fault); // a fault that comes again and again asks once
  await new Promise((resolve) => setImmediate(resolve));
  expect(asked).toEqual([['broken', canGoOn]]);
  expect(done).toEqual(does === null ? [] : [does]);
  expect(said.map((words) => words[1])).toEqual([fault, fault]);
});
