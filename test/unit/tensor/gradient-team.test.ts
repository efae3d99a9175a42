import { Worker } from 'node:worker_threads';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { Rng } from '../../../src/base/rng.ts';
import { lossAndGradient } from '../../../src/model/network.ts';
import { initialParameters, layoutOf } from '../../../src/model/parameters.ts';
import { GradientTeam } from '../../../src/tensor/gradient-team.ts';
import { loadBackend } from '../../../src/tensor/load-backend.ts';
import { relativeDifference } from './slow-block.ts';
import { SMALL_NET } from './small-net.ts';

const PIXELS = SMALL_NET.inputSide ** 2;
const SIZES = { parameters: layoutOf(SMALL_NET).length, pixelsPerImage: PIXELS, largestBatch: 20, chunk: 6 };

const workers: Worker[] = [];

beforeAll(async () => {
  await loadBackend('cpu');
});

afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.terminate()));
});

function startTeam(members: number, failAt: number | null = null): GradientTeam {
  const team = new GradientTeam(SIZES, members, (...chunk) => lossAndGradient(SMALL_NET, ...chunk));
  for (const invitation of team.invitations()) {
    const worker = new Worker(new URL('./team-worker.ts', import.meta.url), {
      workerData: { invitation, failAt },
    });
    worker.on('error', (error) => team.fail(error instanceof Error ? error : new Error(String(error))));
    workers.push(worker);
  }
  return team;
}

function problem(count: number): { flat: Float32Array; images: Float32Array; labels: Uint8Array } {
  const rng = new Rng(`team ${count}`);
  return {
    flat: initialParameters(SMALL_NET, rng),
    images: Float32Array.from({ length: count * PIXELS }, () => rng.next()),
    labels: Uint8Array.from({ length: count }, () => rng.int(2)),
  };
}

/** Ten steps of plain descent, over batches of changing size. */
async function train(team: GradientTeam): Promise<{ flat: Float32Array; losses: number[] }> {
  const { flat } = problem(1);
  const losses: number[] = [];
  for (let step = 0; step < 10; step++) {
    const { images, labels } = problem([20, 7, 18, 3][step % 4] ?? 20);
    const { loss, gradient } = await team.lossAndGradient(flat, images, labels);
    losses.push(loss);
    for (let i = 0; i < flat.length; i++) flat[i]! -= 0.05 * gradient[i]!;
  }
  return { flat, losses };
}

test('one, two and three threads give the same weights, bit for bit', async () => {
  const alone = await train(startTeam(1));
  expect(alone.losses.at(-1)).not.toBe(alone.losses[0]);
  for (const members of [2, 3]) {
    const team = startTeam(members);
    expect(await train(team)).toEqual(alone);
    team.close();
  }
});

test('the chunks add up to the gradient of the whole batch', async () => {
  const { flat, images, labels } = problem(20);
  const whole = await lossAndGradient(SMALL_NET, flat, images, labels);
  const team = startTeam(1);
  const { loss, gradient } = await team.lossAndGradient(flat, images, labels);
  expect(loss).toBeCloseTo(whole.loss, 5);
  expect(relativeDifference(gradient, whole.gradient)).toBeLessThan(1e-5);
});

test('a thread that dies ends the step with its error instead of hanging', async () => {
  const { flat, images, labels } = problem(20);
  // Of four chunks a step it computes two: the third call is in the second step.
  const team = startTeam(2, 3);
  await team.lossAndGradient(flat, images, labels);
  await expect(team.lossAndGradient(flat, images, labels)).rejects.toThrow('told to fail');
  await expect(team.lossAndGradient(flat, images, labels)).rejects.toThrow('told to fail');
});

test('batches that do not fit are refused', async () => {
  const { flat, images, labels } = problem(20);
  const team = startTeam(1);
  await expect(team.lossAndGradient(flat, images.subarray(1), labels)).rejects.toThrow('agreed on');
  await expect(team.lossAndGradient(flat, images, new Uint8Array(0))).rejects.toThrow(
    '1 to 20 images, not 0',
  );
  await expect(team.lossAndGradient(flat, images, new Uint8Array(21))).rejects.toThrow('not 21');
});
