/** Spirals and waves on paper, by people with and without Parkinson's disease; what is drawn is not told. */
import { globSync } from 'node:fs';
import path from 'node:path';
import { Rng } from '../../../src/base/rng.ts';
import { classFigures } from '../../../src/model/metrics.ts';
import { expectedCalibrationError, reliabilityCurve } from '../../../src/model/reliability.ts';
import { findSet, percent, screenFile, shareLine, type Bench } from './bench.ts';

/** At most this share of the healthy drawings may be flagged where sensitivity is read off. */
const FALSE_ALARMS = 1 / 20;

export async function printPaper(bench: Bench): Promise<void> {
  for (const [set, task] of [
    ['zham_spiral', 'spiral'],
    ['zham_wave', 'wave'],
  ] as const) {
    const folder = findSet(bench, set);
    if (folder === null) continue;
    const files = globSync('*/*/*.png', { cwd: folder }).sort();
    const rows = [];
    for (const file of files) {
      // The name tells the group of people, not the task.
      const result = await screenFile(bench, path.join(folder, file), null, 'scan.png');
      const isPatient = file.includes('parkinson');
      const person = `${isPatient ? 'P' : 'H'}-${path.basename(file).slice(0, 3)}`;
      rows.push({ result, isPatient, person });
    }
    const judged = rows.filter(({ result }) => result.probability !== null);
    const probabilities = judged.map(({ result }) => result.probability!);
    const logits = Float32Array.from(probabilities, (p) => Math.log((p + 1e-6) / (1 - p + 1e-6)));
    const labels = Uint8Array.from(judged, ({ isPatient }) => (isPatient ? 1 : 0));
    const people = judged.map(({ person }) => person);
    const { auc } = classFigures(logits, labels, people, new Rng('paper'), 10_000);
    const healthy = probabilities.filter((_, i) => labels[i] === 0).sort((a, b) => b - a);
    const threshold = healthy[Math.floor(FALSE_ALARMS * healthy.length)]!;
    const patients = judged.filter(({ isPatient }) => isPatient);
    const ece = expectedCalibrationError(reliabilityCurve(probabilities, labels));
    console.log(`${set}: ${judged.length} of ${rows.length} judged, ${new Set(people).size} people`);
    console.log(
      `  AUC ${auc.value.toFixed(3)} (95 % ${auc.low.toFixed(2)}–${auc.high.toFixed(2)} over people); ECE ${ece.toFixed(3)}`,
    );
    console.log(
      `  sensitivity at ≤ 1 false alarm in 20: ${shareLine(
        patients.map(({ result }) => result.probability! > threshold),
        patients.map(({ person }) => person),
      )}`,
    );
    for (const isPatient of [false, true]) {
      const own = rows.filter((row) => row.isPatient === isPatient);
      const counts = ['tremor-like', 'inconclusive', 'regular', 'not-screenable'].map(
        (verdict) => `${own.filter(({ result }) => result.verdict === verdict).length} ${verdict}`,
      );
      console.log(`  ${isPatient ? 'patients' : 'healthy'} at the model's limits: ${counts.join(', ')}`);
    }
    const right = rows.filter(({ result }) => result.task?.startsWith(task)).length;
    console.log(`  taken for a ${task}: ${right} of ${rows.length} (${percent(right / rows.length)})`);
  }
}
