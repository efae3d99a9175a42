/** Recordings of real hands: how many healthy ones are flagged, and whether a tremor that is added to them is found. */
import { Rng } from '../../../src/base/rng.ts';
import { classFigures } from '../../../src/model/metrics.ts';
import type { Recording } from '../../../src/ink/recording.ts';
import {
  readGraphomotor,
  readOpenHandWrite,
  readPohDb,
  readUciTablet,
  type RealRecording,
} from '../real-recordings.ts';
import { findSet, screenRecording, shareLine, type Bench, type Result } from './bench.ts';

const TREMOR_HZ = 5;
const HALF_SWINGS_MM = [0.5, 1, 2];

interface Screened {
  readonly from: RealRecording;
  readonly result: Result;
}

export async function printPen(bench: Bench): Promise<void> {
  if (findSet(bench, 'uci_tablet') === null || findSet(bench, 'online_healthy') === null) return;
  const uci = readUciTablet(bench.data);
  const graphomotor = readGraphomotor(bench.data);
  const traced = graphomotor.filter(({ name }) => name.includes('trace'));
  const otherSpirals = graphomotor.filter(({ name }) => name.includes('recall'));
  const alphabet = graphomotor.filter(({ name }) => !name.includes('spiral'));
  const writing = [...readPohDb(bench.data), ...readOpenHandWrite(bench.data), ...alphabet];
  const controls = uci.filter(({ cohort }) => cohort === 'C');

  const healthy = {
    'graphomotor traced': traced,
    'graphomotor recalled': otherSpirals,
    'uci_tablet controls': controls,
    writing,
  };
  for (const [name, list] of Object.entries(healthy)) printVerdicts(name, await screenAll(bench, list));
  const online = [...traced, ...otherSpirals, ...writing];
  const flagged = await screenAll(bench, online);
  console.log(
    `online_healthy flagged: ${shareLine(
      flagged.map(({ result }) => result.verdict === 'tremor-like'),
      online.map(({ subject }) => subject),
    )}`,
  );

  const drawings = [...traced, ...otherSpirals, ...controls];
  for (const halfMm of HALF_SWINGS_MM) {
    for (const [name, list] of [
      ['drawings', drawings],
      ['writing', writing],
    ] as const) {
      const shaken = list.map((from) => ({ ...from, recording: shake(from.recording, halfMm) }));
      const screened = await screenAll(bench, shaken);
      const of = (verdict: Result['verdict']): boolean[] =>
        screened.map(({ result }) => result.verdict === verdict);
      const people = list.map(({ subject }) => subject);
      console.log(
        `${TREMOR_HZ} Hz of ${halfMm} mm half swing added, ${name}: flagged ${shareLine(of('tremor-like'), people)}; regular ${shareLine(of('regular'), people)}; refused ${of('not-screenable').filter(Boolean).length}`,
      );
    }
  }

  const screened = await screenAll(bench, uci);
  for (const cohort of ['C', 'H', 'P'] as const) {
    printVerdicts(
      `uci_tablet static, ${cohort}`,
      screened.filter(({ from }) => from.cohort === cohort),
    );
  }
  for (const [low, high] of [
    ['C', 'H'],
    ['C', 'P'],
    ['P', 'H'],
  ] as const) {
    const pair = screened.filter(
      ({ from, result }) => [low, high].includes(from.cohort as 'C') && result.probability !== null,
    );
    const logits = Float32Array.from(pair, ({ result }) => logitOf(result.probability!));
    const labels = Uint8Array.from(pair, ({ from }) => (from.cohort === high ? 1 : 0));
    const people = pair.map(({ from }) => from.subject);
    const { auc } = classFigures(logits, labels, people, new Rng('pen'), 5000);
    console.log(
      `  AUC ${low} against ${high}: ${auc.value.toFixed(2)} (95 % ${auc.low.toFixed(2)}–${auc.high.toFixed(2)}, ${pair.length} people)`,
    );
  }
}

async function screenAll(bench: Bench, list: readonly RealRecording[]): Promise<Screened[]> {
  const screened: Screened[] = [];
  for (const from of list)
    screened.push({ from, result: await screenRecording(bench, from.recording, null) });
  return screened;
}

function printVerdicts(name: string, list: readonly Screened[]): void {
  const verdicts = ['tremor-like', 'inconclusive', 'regular', 'not-screenable'] as const;
  const counts = verdicts.map(
    (verdict) => `${list.filter(({ result }) => result.verdict === verdict).length} ${verdict}`,
  );
  const p = list.map(({ result }) => result.probability?.toFixed(2) ?? '–').join(' ');
  console.log(`${name}, ${list.length}: ${counts.join(', ')}; p ${p}`);
}

/** A straight tremor along the diagonal, its pace wandering by a twentieth; the same phase for all. */
function shake(recording: Recording, halfMm: number): Recording {
  const half = halfMm / (recording.mmPerUnit ?? 1);
  return {
    ...recording,
    strokes: recording.strokes.map(({ samples }) => ({
      samples: samples.map((sample) => {
        const t = sample.timeMs / 1000;
        const angle = 2 * Math.PI * TREMOR_HZ * t + 0.5 * Math.sin(1.1 * t);
        const shift = (half / Math.SQRT2) * Math.sin(angle);
        return { ...sample, x: sample.x + shift, y: sample.y + shift };
      }),
    })),
  };
}

function logitOf(probability: number): number {
  return Math.log((probability + 1e-6) / (1 - probability + 1e-6));
}
