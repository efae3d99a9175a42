/**
 * What the clock alone says: of simulated hands with a known tremor and without, and of the real recordings of the
 * shared data folder, as they are and with a tremor added. Prints its seeds. Run: node test/bench/clock.ts [hands] [kinds, by commas; then of simulated hands only]
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { Rng } from '../../src/base/rng.ts';
import { taskGroupOf } from '../../src/base/words.ts';
import { readClock, type ClockEvidence } from '../../src/ink/clock-evidence.ts';
import { clockSays, type ClockSays } from '../../src/ink/clock-rule.ts';
import type { Recording } from '../../src/ink/recording.ts';
import { loadFontLibrary } from '../../src/synthetic/font-files.ts';
import { drawHand, groupOfKind, HAND_KINDS, type HandKind } from './clock-hands.ts';
import {
  readGraphomotor,
  readOpenHandWrite,
  readPohDb,
  readUciTablet,
  type RealRecording,
} from './real-recordings.ts';

const SHARED = path.resolve(import.meta.dirname, '../../../shared/data');
const FIRST_STEADY_SEED = 20_000;
const FIRST_SHAKY_SEED = 30_000;
const fonts = loadFontLibrary();
const asked = process.argv[3]?.split(',');
const kinds = HAND_KINDS.filter((kind) => asked?.includes(kind) ?? true);

const WORDS = ['tremor', 'unclear', 'none', 'not-measured'] as const;

function countWords(said: readonly ClockSays[]): string {
  return WORDS.map((word) => `${word} ${said.filter((one) => one === word).length}`).join(', ');
}

function readOf(recording: Recording, kind: HandKind): ClockEvidence {
  return readClock(recording, groupOfKind(kind));
}

function printSteadyHands(hands: number): void {
  console.log(`\nSteady hands, ${hands} a kind, seeds from ${FIRST_STEADY_SEED}`);
  for (const kind of kinds) {
    const evidence = Array.from({ length: hands }, (_, i) =>
      readOf(drawHand(kind, FIRST_STEADY_SEED + i, fonts), kind),
    );
    const strengths = evidence.flatMap((one) => (one.state === 'measured' ? [one.strength] : []));
    const highest = strengths
      .toSorted((a, b) => b - a)
      .slice(0, 3)
      .map((value) => value.toFixed(2));
    console.log(
      `${kind.padEnd(16)} ${countWords(evidence.map(clockSays)).padEnd(52)} highest ${highest.join(' ')}`,
    );
  }
}

function printShakyHands(hands: number): void {
  console.log(
    `\nKnown tremor, ${hands} a cell, seeds from ${FIRST_SHAKY_SEED}: tremor / none (of the measured), by swing in mm`,
  );
  for (const kind of kinds) {
    const swings = groupOfKind(kind) === 'writing' ? [0.5, 1, 2, 4] : [0.3, 0.6, 1, 2];
    const cells = [3, 4, 5, 8, 11].map((hz) => {
      const shares = swings.map((swingMm) => {
        const all = Array.from({ length: hands }, (_, i) =>
          readOf(drawHand(kind, FIRST_SHAKY_SEED + i, fonts, { hz, swingMm }), kind),
        );
        const said = all.map(clockSays).filter((word) => word !== 'not-measured');
        const share = (word: ClockSays): string =>
          (said.filter((one) => one === word).length / Math.max(1, said.length)).toFixed(2).replace(/^0/, '');
        return `${share('tremor')}/${share('none')}`;
      });
      return `${hz} Hz ${shares.join(' ')}`;
    });
    console.log(`${kind.padEnd(16)} ${swings.join(' ')}: ${cells.join(' | ')}`);
  }
}

/** How far strength and amplitude fall, at most, while the swing of the same tremor grows. */
function printDose(hands: number): void {
  console.log(
    `\nGrowing swing 0–10 mm, ${hands} hands, seeds from ${FIRST_SHAKY_SEED}: largest fall of strength, of amplitude, of strength below 2`,
  );
  for (const kind of ['line', 'wave', 'loops', 'spiral', 'words', 'cursive'] as const) {
    if (!kinds.includes(kind)) continue;
    const cells = [3.5, 5, 8].map((hz) => {
      let [strengthFall, amplitudeFall, lowFall] = [0, 0, 0];
      for (let i = 0; i < hands; i++) {
        let [strength, amplitude] = [0, 0];
        for (const swingMm of [0, 0.3, 0.6, 1, 1.5, 2, 3, 4, 6, 8, 10]) {
          const one = readOf(drawHand(kind, FIRST_SHAKY_SEED + i, fonts, { hz, swingMm }), kind);
          const now = one.state === 'measured' ? one : { strength: 0, amplitude: 0 };
          strengthFall = Math.max(strengthFall, strength - now.strength);
          lowFall = Math.max(lowFall, Math.min(2, strength) - Math.min(2, now.strength));
          amplitudeFall = Math.max(amplitudeFall, amplitude - now.amplitude);
          strength = Math.max(strength, now.strength);
          amplitude = Math.max(amplitude, now.amplitude);
        }
      }
      return `${hz} Hz ${strengthFall.toFixed(2)} ${amplitudeFall.toFixed(2)} ${lowFall.toFixed(2)}`;
    });
    console.log(`${kind.padEnd(16)} ${cells.join(' | ')}`);
  }
}

/** The same recording with a straight, even tremor along a direction drawn by its name. */
export function addSwing({ recording, name }: RealRecording, hz: number, halfSwingMm: number): Recording {
  let seed = 1;
  for (const character of name) seed = (31 * seed + character.charCodeAt(0)) >>> 0;
  const rng = new Rng(seed);
  const direction = rng.between(0, Math.PI);
  const phase = rng.between(0, 2 * Math.PI);
  const half = halfSwingMm / (recording.mmPerUnit ?? 1);
  return {
    ...recording,
    strokes: recording.strokes.map(({ samples }) => ({
      samples: samples.map((sample) => {
        const shift = half * Math.sin(2 * Math.PI * hz * (sample.timeMs / 1000) + phase);
        return {
          ...sample,
          x: sample.x + shift * Math.cos(direction),
          y: sample.y + shift * Math.sin(direction),
        };
      }),
    })),
  };
}

function printSet(title: string, set: readonly RealRecording[]): void {
  const read = (recording: Recording): ClockEvidence => readClock(recording, groupOf(recording));
  const plain = set.map(({ recording }) => read(recording));
  console.log(`${title} (${set.length}): ${countWords(plain.map(clockSays))}`);
  for (const hz of groupOf(set[0]!.recording) === 'writing' ? [5] : [3, 5]) {
    const cells = [0.5, 1, 2].map((half) => {
      const shaken = set.map((one) => read(addSwing(one, hz, half)));
      return `${half} mm: ${countWords(shaken.map(clockSays))}`;
    });
    console.log(`   + ${hz} Hz, half swing ${cells.join(' · ')}`);
  }
}

function groupOf({ task }: Recording): ReturnType<typeof taskGroupOf> {
  return taskGroupOf(task ?? 'page');
}

/** Share of pairs in which the second has more; ties count half. */
function areaUnderCurve(low: readonly number[], high: readonly number[]): number {
  let sum = 0;
  for (const a of low) for (const b of high) sum += b > a ? 1 : b === a ? 0.5 : 0;
  return sum / (low.length * high.length);
}

function printUci(): void {
  const all = readUciTablet(SHARED);
  const of = (cohort: 'C' | 'H' | 'P'): RealRecording[] => all.filter((one) => one.cohort === cohort);
  const valuesOf = (cohort: 'C' | 'H' | 'P', key: 'strength' | 'amplitude'): number[] =>
    of(cohort).map(({ recording }) => {
      const one = readClock(recording, 'spiral');
      return one.state === 'measured' ? one[key] : 0;
    });
  for (const cohort of ['C', 'H', 'P'] as const) printSet(`uci static ${cohort}`, of(cohort));
  for (const key of ['strength', 'amplitude'] as const) {
    const [c, h, p] = (['C', 'H', 'P'] as const).map((cohort) => valuesOf(cohort, key)) as [
      number[],
      number[],
      number[],
    ];
    const areas = [areaUnderCurve(c, h), areaUnderCurve(c, p), areaUnderCurve(p, h)].map((area) =>
      area.toFixed(2),
    );
    console.log(
      `   AUC of ${key}: C against H ${areas[0]}, C against P ${areas[1]}, P against H ${areas[2]}`,
    );
  }
}

function printReal(): void {
  if (!existsSync(SHARED)) {
    console.warn(`\nSKIPPED: no shared data folder (${SHARED}), real recordings were not read`);
    return;
  }
  console.log('\nReal recordings, and with a straight 3 or 5 Hz tremor added');
  printUci();
  const graphomotor = readGraphomotor(SHARED);
  printSet(
    'graphomotor traced',
    graphomotor.filter(({ name }) => name.includes('trace')),
  );
  printSet(
    'graphomotor recalled',
    graphomotor.filter(({ name }) => name.includes('recall')),
  );
  printSet(
    'graphomotor alphabet',
    graphomotor.filter(({ name }) => name.includes('alphabet')),
  );
  printSet('poh_db', readPohDb(SHARED));
  printSet('openhandwrite', readOpenHandWrite(SHARED));
}

if (import.meta.main) {
  const hands = Number(process.argv[2] ?? 40);
  printSteadyHands(hands);
  printShakyHands(Math.ceil(hands / 4));
  printDose(5);
  if (asked === undefined) printReal();
}
