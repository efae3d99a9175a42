/** What the pen's own times say of a tremor: the clock as a witness, without any model. */
import type { Task, TaskGroup } from '../base/words.ts';
import {
  belongsToRhythm,
  findAskedRhythm,
  lowestTellableHz,
  type AskedRhythm,
  type Repeating,
} from './asked-rhythm.ts';
import { HELD_STRENGTH, WINDOWING, WINDOW_S } from './clock-windows.ts';
import { isLetterRhythm } from './letter-rhythm.ts';
import { measureBand, measurePeak } from './peak-size.ts';
import {
  findPeaks,
  meanSpectrum,
  surroundingsOf,
  type LogSpectrum,
  type WindowMean,
} from './peak-spectrum.ts';
import { joinVelocities, velocityGain } from './pen-velocity.ts';
import type { Recording } from './recording.ts';
import { cutIntoPieces } from './stroke-pieces.ts';
import { usualMmPerUnit } from './usual-size.ts';
import { shareOfTime } from './tremor-share.ts';
import { strongestInWriting } from './writing-peaks.ts';
import { takeWindowSpectra } from './window-spectra.ts';

export interface MeasuredClock {
  readonly state: 'measured';
  /**
   * How far the strongest peak that is no part of what was asked for stands out: natural logarithm of its power over its
   * surroundings', less what chance gives in so short a recording; 0..6. About 0 in steady hands. In writing it is weighed
   * with what speaks for letters instead (writing-peaks.ts), on the same scale.
   */
  readonly strength: number;
  /**
   * Size of that movement, 0..2: log10 of its rms over 0.05 mm, times how surely it stands out. Where the physical size
   * is unknown the drawing is taken to be of the usual size (usual-size.ts).
   */
  readonly amplitude: number;
  /** Mean frequency of the tremor, 3..12.5 Hz; null where none stands out. */
  readonly peakHz: number | null;
  /** rms of the tremor over both axes; null where none stands out, or where the size is unknown. Its swing is 2√2 times this. */
  readonly rmsMm: number | null;
  /** The same in the recording's unit. */
  readonly rmsUnits: number | null;
  /** Power of the strongest peak over its surroundings, tremor or not; null where there is no peak. */
  readonly peakRatio: number | null;
  /** rms of all movement between 4 and 12 Hz over both axes, in the recording's unit: tremor, haste and roughness together. */
  readonly bandRmsUnits: number;
  /** The same on the scale of `amplitude`, 0..2: log10 of it over 0.05 mm, at the usual size where nobody knows it. */
  readonly bandAmplitude: number;
  /** Share of the pen-down time in which the tremor stands out, 0..1. */
  readonly share: number;
  /** Swing, mm, that a tremor of 4–8 Hz would need to be found in this recording; Infinity where it could not be told from the asked-for rhythm. */
  readonly leastSwingMm: number;
  /** Independent looks at the movement: windows that do not overlap, times two, less one; at least 1. */
  readonly windows: number;
  /** Time with the pen down, without holes in the samples, s. */
  readonly durationS: number;
  /** Samples a second in that time. */
  readonly rateHz: number;
}

export interface UnmeasuredClock {
  readonly state: 'not-measured';
  /**
   * `clock-unusable`: the times stand still or jump. `written-too-fast`: letters move the pen as fast as a tremor and
   * further, so that the two cannot be told apart.
   */
  readonly reason: 'too-short' | 'sampled-too-slowly' | 'written-too-fast' | 'clock-unusable';
  readonly durationS: number;
  /** Time that would be enough, s. */
  readonly neededS: number;
  /** null where the clock gives none. */
  readonly rateHz: number | null;
}

/** Not measured is never none. */
export type ClockEvidence = MeasuredClock | UnmeasuredClock;

/** Below these nothing can be said of a tremor. */
export const SHORTEST_RECORDING_S = 3;
export const SLOWEST_RATE_HZ = 25;
/** Share of the sample rate up to which movement can be seen. */
export const VISIBLE_SHARE = 0.4;
/** Where peaks are looked for, Hz. */
const LOWEST_PEAK_HZ = 2.8;
const HIGHEST_PEAK_HZ = 12.5;

const GRID_HZ = 100;
/** Long enough to tell a rhythm from its harmonics. */
const RHYTHM_WINDOW_S = 5.12;

interface Reading {
  readonly mean: WindowMean;
  /** Prominence that chance gives: this over the root of the number of windows. */
  readonly chance: number;
  /** From here on a tremor stands out. */
  readonly standsOut: number;
  /** What the strength of a peak is: how far it stands out, less chance, or weighed with what speaks for letters. */
  readonly strengthBy: 'prominence' | 'weighing';
}

/** Chosen on simulated hands: the highest of 660 steady ones of 11 kinds reaches 0.87 (`node test/bench/clock.ts 60`). */
const DRAWING: Reading = { mean: 'root', chance: 1.4, standsOut: 0.9, strengthBy: 'prominence' };
/** Of 180 steady hands that write words there, none reaches 0.52; of 60 with rows of letter loops 2 are above. */
const WRITING: Reading = { mean: 'log', chance: 2, standsOut: 0.9, strengthBy: 'weighing' };

const MOST_STRENGTH = 6;

/**
 * Reads the clock of a recording.
 *
 * The velocity of the pen (its path left in: taking it away first loses more than it gives) is looked at in windows of
 * 2.56 s; a tremor is a peak of the mean spectrum between 3 and 12.5 Hz that stands out from both its sides. In waves,
 * loops and spirals the rhythm that was asked for and its harmonics are held down; letters are weighed against.
 *
 * @param group What was drawn; null: unknown, which is read with the care that both drawing and writing need.
 * @param task Tells lines, waves and loops apart: lines ask for no rhythm, loops for two.
 */
export function readClock(
  recording: Recording,
  group: TaskGroup | null,
  task: Task | null = recording.task,
): ClockEvidence {
  const { pieces, durationS, rateHz, fault } = cutIntoPieces(recording.strokes);
  const refuse = (reason: UnmeasuredClock['reason']): UnmeasuredClock => ({
    state: 'not-measured',
    reason,
    durationS,
    neededS: SHORTEST_RECORDING_S,
    rateHz,
  });
  if (fault !== null) return refuse(fault);
  if (rateHz === null || durationS < SHORTEST_RECORDING_S) return refuse('too-short');
  if (rateHz < SLOWEST_RATE_HZ) return refuse('sampled-too-slowly');
  const velocity = joinVelocities(pieces, GRID_HZ);
  const spectra = takeWindowSpectra(velocity.x, velocity.y, velocity.present, GRID_HZ, {
    ...WINDOWING,
    lengthS: WINDOW_S,
  });
  if (spectra.windows === 0) return refuse('too-short');
  const presentS = velocity.present.reduce((sum, value) => sum + value, 0) / GRID_HZ;
  const windows = Math.max(1, (2 * presentS) / WINDOW_S - 1);
  const power = meanSpectrum(spectra, 'power');
  const gainAt = (hz: number): number => velocityGain(hz, GRID_HZ, rateHz);
  const highestHz = Math.min(HIGHEST_PEAK_HZ, VISIBLE_SHARE * rateHz);
  const repeating = repeatingOf(group, task);
  const rhythm =
    repeating === null
      ? null
      : findAskedRhythm(velocity, repeating, { ...WINDOWING, lengthS: RHYTHM_WINDOW_S });

  const mm = recording.mmPerUnit ?? usualMmPerUnit(recording.strokes, group) ?? 1;
  const strongestInDrawing = (spectrum: LogSpectrum, chance: number): Strongest => {
    let best: Strongest = NOTHING;
    for (const peak of findPeaks(spectrum, LOWEST_PEAK_HZ, highestHz)) {
      const above = Math.min(MOST_STRENGTH, peak.prominence - chance);
      if (above <= best.strength) continue;
      const size = measurePeak(power, peak.hz, gainAt);
      const held = rhythm !== null && belongsToRhythm(rhythm, size);
      const strength = held ? Math.min(HELD_STRENGTH, above) : above;
      if (strength > best.strength) best = { ...size, strength, prominence: peak.prominence };
    }
    return best;
  };
  const strongestOfLetters = (): Strongest => {
    const limits = { lowHz: LOWEST_PEAK_HZ, highHz: highestHz, looks: windows, mmPerUnit: mm, gainAt };
    const best = strongestInWriting(velocity, limits);
    if (best === null || best.strength <= 0) return NOTHING;
    return { ...best, strength: Math.min(MOST_STRENGTH, best.strength) };
  };
  const readings = readingsOf(group).map((reading) => {
    const spectrum = meanSpectrum(spectra, reading.mean);
    const chance = reading.chance / Math.sqrt(windows);
    const strongest =
      reading.strengthBy === 'weighing' ? strongestOfLetters() : strongestInDrawing(spectrum, chance);
    const least = leastVelocity(
      spectrum,
      strongest,
      reading.standsOut + chance,
      Math.min(8, highestHz),
      rhythm,
    );
    return { reading, spectrum, chance, strongest, least };
  });
  // Unknown: the more doubtful of both readings.
  const { reading, spectrum, chance, strongest, least } = readings.reduce((a, b) =>
    b.strongest.strength < a.strongest.strength ? b : a,
  );
  const standsOut =
    strongest.hz !== null && strongest.strength >= reading.standsOut && strongest.rms * mm >= LEAST_RMS_MM;
  const leastSwingMm = least * mm;
  if (!standsOut && group === 'writing') {
    const lettersStandOut = (): boolean =>
      findPeaks(spectrum, LOWEST_PEAK_HZ, highestHz).some(
        ({ hz, prominence }) =>
          prominence - chance > HELD_STRENGTH && isLetterRhythm(power, measurePeak(power, hz, gainAt), mm),
      );
    if (leastSwingMm > TOO_FAST_SWING_MM || lettersStandOut()) return refuse('written-too-fast');
  }
  const bandRmsUnits = measureBand(power, BAND_LOW_HZ, Math.min(BAND_HIGH_HZ, highestHz), gainAt);
  return {
    state: 'measured',
    strength: strongest.strength,
    amplitude: amplitudeOf(strongest, mm, reading),
    peakHz: standsOut ? strongest.hz : null,
    rmsMm: standsOut && recording.mmPerUnit !== null ? strongest.rms * recording.mmPerUnit : null,
    rmsUnits: standsOut ? strongest.rms : null,
    peakRatio: strongest.hz === null ? null : Math.exp(strongest.prominence),
    bandRmsUnits,
    bandAmplitude: sizeOf(bandRmsUnits * mm),
    share: standsOut ? shareOfTime(spectra, strongest.hz!) : 0,
    leastSwingMm,
    windows,
    durationS,
    rateHz,
  };
}

/** What the task asks to be repeated; loops where it is unknown, as they are the most like a tremor. */
function repeatingOf(group: TaskGroup | null, task: Task | null): Repeating | null {
  if (group === 'writing' || task === 'line') return null;
  if (group === 'spiral') return 'turns';
  return task === 'wave' ? 'crests' : 'loops';
}

interface Strongest {
  readonly strength: number;
  readonly prominence: number;
  readonly hz: number | null;
  readonly rms: number;
}

const NOTHING: Strongest = { strength: 0, prominence: 0, hz: null, rms: 0 };

/** Where movement of all kinds is added up. */
const BAND_LOW_HZ = 4;
const BAND_HIGH_HZ = 12;

/** Smaller movement is the hand's own, healthy tremor: rms, mm. */
const LEAST_RMS_MM = 0.05;
/** A tremor would have to be as large as the letters to be found. */
const TOO_FAST_SWING_MM = 4;

function readingsOf(group: TaskGroup | null): readonly Reading[] {
  return group === null ? [DRAWING, WRITING] : group === 'writing' ? [WRITING] : [DRAWING];
}

/** Full once a peak stands out plainly. */
const FULL_SIZE_FROM = 1.2;
const MOST_AMPLITUDE = 2;

function amplitudeOf({ strength, rms }: Strongest, mmPerUnit: number, { standsOut }: Reading): number {
  const sure = Math.max(0, Math.min(1, (strength - standsOut / 2) / (FULL_SIZE_FROM - standsOut / 2)));
  return sure * sizeOf(rms * mmPerUnit);
}

function sizeOf(rmsMm: number): number {
  return rmsMm > 0 ? Math.max(0, Math.min(MOST_AMPLITUDE, Math.log10(rmsMm / LEAST_RMS_MM))) : 0;
}

/** Where tremors usually are; a recording must show them there to say that there is none. */
const USUAL_LOW_HZ = 4;
/** Width over which a tremor that wanders a little spreads its power in windows of 2.56 s, Hz. */
const PEAK_WIDTH_HZ = 0.8;

/** Swing along one axis, in the recording's unit, at which a tremor would stand out anywhere between 4 and 8 Hz. */
function leastVelocity(
  spectrum: LogSpectrum,
  strongest: Strongest,
  needed: number,
  highestHz: number,
  rhythm: AskedRhythm | null,
): number {
  if (highestHz < USUAL_LOW_HZ || (rhythm !== null && lowestTellableHz(rhythm) > USUAL_LOW_HZ))
    return Infinity;
  let most = 0;
  for (let hz = USUAL_LOW_HZ; hz <= highestHz; hz += 0.5) {
    // A peak that is there would count among its own surroundings.
    if (strongest.hz !== null && Math.abs(hz - strongest.hz) < 2 && Math.abs(hz - strongest.hz) > 0.5)
      continue;
    const velocityRms = Math.sqrt(PEAK_WIDTH_HZ * Math.exp(surroundingsOf(spectrum, hz).both + needed));
    most = Math.max(most, (2 * Math.SQRT2 * velocityRms) / (2 * Math.PI * hz));
  }
  return most;
}
