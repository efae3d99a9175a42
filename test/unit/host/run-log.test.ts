import { expect, test } from 'vitest';
import type { RunEvent } from '../../../src/api/contract.ts';
import { RunLog } from '../../../src/host/run-log.ts';

const stepOf = (step: number): RunEvent => ({
  kind: 'step',
  epoch: 1,
  step,
  steps: 5000,
  loss: 1 / step,
  imagesPerSecond: 100,
  remainingMs: 10,
});
const END: RunEvent = {
  kind: 'failed',
  reason: 'cancelled',
  error: { code: 'cancelled', message: 'Stopped.' },
};

async function heard(log: RunLog): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  for await (const event of log.watch()) events.push(event);
  return events;
}
const stepsIn = (events: readonly RunEvent[]) =>
  events.flatMap((event) => (event.kind === 'step' ? [event.step] : []));

test('one who looks later gets a bounded number of steps over the whole run; one who looks on gets all', async () => {
  const log = new RunLog();
  const live = heard(log);
  log.add({ kind: 'warning', message: 'first' });
  for (let step = 1; step <= 5000; step++) log.add(stepOf(step));
  log.add({ kind: 'warning', message: 'second' });
  log.add(END);

  const all = await live;
  expect(stepsIn(all)).toEqual(Array.from({ length: 5000 }, (_, i) => i + 1));

  const late = await heard(log);
  const kept = stepsIn(late);
  expect(kept.length).toBeGreaterThanOrEqual(200);
  expect(kept.length).toBeLessThanOrEqual(401);
  expect(kept.at(-1)).toBe(5000);
  const gaps = kept.map((step, i) => step - (kept[i - 1] ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThan(0); // in order, none twice
  expect(Math.max(...gaps)).toBeLessThanOrEqual(5000 / 100);
  expect(late.filter((event) => event.kind !== 'step')).toEqual([
    { kind: 'warning', message: 'first' },
    { kind: 'warning', message: 'second' },
    END,
  ]);
});

test('the newest step is there however many came before', async () => {
  for (const count of [1, 399, 400, 401, 402, 601, 602]) {
    const log = new RunLog();
    for (let step = 1; step <= count; step++) log.add(stepOf(step));
    log.add(END);
    const kept = stepsIn(await heard(log));
    expect(kept.at(-1)).toBe(count);
    expect(kept.length).toBe({ 1: 1, 399: 399, 400: 400, 401: 201, 402: 202, 601: 301, 602: 302 }[count]);
  }
});

test('of the progress of preparing only the newest is kept', async () => {
  const log = new RunLog();
  for (let done = 0; done < 10; done++) log.add({ kind: 'preparing', done, total: 10 });
  log.add(END);
  expect(await heard(log)).toEqual([{ kind: 'preparing', done: 9, total: 10 }, END]);
});
