import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Clock } from '../../../src/base/clock.ts';
import type { SampleId } from '../../../src/base/ids.ts';
import type { Recording } from '../../../src/ink/recording.ts';
import type { ScreenResult } from '../../../src/screening/screen-result.ts';
import type { NewSample } from '../../../src/store/samples.ts';

/** A folder of its own for one test, and its removal. */
export function temporaryFolder(): { readonly path: string; remove(): void } {
  const folder = mkdtempSync(path.join(tmpdir(), 'steadypen-'));
  return { path: folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Starts at 2026-01-02T03:04:05Z and moves by hand. */
export class HandClock implements Clock {
  ms = Date.UTC(2026, 0, 2, 3, 4, 5);
  nowMs(): number {
    return this.ms;
  }
  elapsedMs(): number {
    return this.ms;
  }
  advance(ms: number): void {
    this.ms += ms;
  }
}

export const RECORDING: Recording = {
  schemaVersion: 1,
  task: 'spiral-free',
  unit: 'mm',
  mmPerUnit: 1,
  pointer: 'pen',
  strokes: [
    {
      samples: [
        { timeMs: 0, x: 1.25, y: 2.5, pressure: 0.5, tiltXDeg: null, tiltYDeg: null },
        { timeMs: 5, x: 1.5, y: 2.75, pressure: 0.75, tiltXDeg: 10, tiltYDeg: -20 },
      ],
    },
  ],
};

export function resultOf(changes: Partial<ScreenResult> = {}): ScreenResult {
  return {
    schemaVersion: 2,
    kind: 'recording',
    task: 'spiral-free',
    taskFrom: 'told',
    verdict: 'regular',
    probability: 0.2,
    limits: { regularBelow: 0.35, tremorFrom: 0.65 },
    sensitivity: 'balanced',
    picture: { probability: 0.2, says: 'regular', places: 1 },
    clock: { state: 'not-measured', reason: 'too-short', durationS: 2, neededS: 3, rateHz: 200 },
    agreement: 'picture-alone',
    advice: null,
    warnings: [],
    evidence: { heat: null, where: null, logit: -1.4, patches: 3, scales: [0.5], tremor: null },
    modelId: '0123456789abcdef',
    elapsedMs: 12,
    ...changes,
  };
}

let count = 0;
/** A different id each time, the same on every run. */
export function nextSampleId(): SampleId {
  count++;
  return `00000000-0000-4000-8000-${String(count).padStart(12, '0')}` as SampleId;
}

export function sampleOf(changes: Partial<NewSample> = {}): NewSample {
  const text = new TextEncoder();
  const id = changes.id ?? nextSampleId();
  return {
    id,
    hand: 'right',
    participant: null,
    originalName: null,
    file: null,
    recording: RECORDING,
    result: resultOf(),
    pictures: {
      thumb: text.encode(`thumb of ${id}`),
      page: text.encode(`page of ${id}`),
      ink: text.encode(`ink of ${id}`),
      width: 640,
      height: 480,
    },
    ...changes,
  };
}
