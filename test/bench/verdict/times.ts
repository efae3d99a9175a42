/** How long a person waits: a recording in a running app, one picture in a program that has just started. */
import { spawnSync } from 'node:child_process';
import { median, screenRecording, type Bench } from './bench.ts';
import { knownRecording } from './known-drawings.ts';

const ROUNDS = 9;

export async function printTimes(bench: Bench): Promise<void> {
  const recordings = [0, 1, 2].map((hand) =>
    knownRecording({ task: 'spiral-free', hz: 5, swingMm: 1, hand }),
  );
  const warm: number[] = [];
  for (let i = 0; i < ROUNDS; i++) {
    const started = performance.now();
    await screenRecording(bench, recordings[i % recordings.length]!, null);
    warm.push(performance.now() - started);
  }
  console.log(`a recording, running: median ${median(warm.slice(3)).toFixed(0)} ms (must 60, aim 30)`);
  const cold: number[] = [];
  for (let i = 0; i < ROUNDS; i++) {
    const started = performance.now();
    const { status } = spawnSync('node', [
      'bin/steadypen.js',
      'screen',
      'assets/examples/spiral-tremor.png',
      '--json',
    ]);
    if (status !== 0) throw new Error(`screen ended with ${status}`);
    cold.push(performance.now() - started);
  }
  console.log(`one picture, cold: median ${(median(cold) / 1000).toFixed(2)} s (must 0.9, aim 0.6)`);
}
