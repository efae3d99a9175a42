/**
 * Results of schema 1 as results of schema 2, for the migration of that name. As it was when schema 2 came, and so it
 * stays: constants and shapes are written out here, and what changes elsewhere changes nothing.
 */

/** A result of schema 1, which had one witness, a sentence and messages in English. */
export interface Result1 {
  readonly kind: 'scan' | 'recording';
  readonly task: string;
  readonly verdict: 'tremor-like' | 'regular' | 'inconclusive' | 'not-screenable';
  readonly reason?: string;
  readonly probability: number | null;
  readonly sentence: string;
  readonly warnings: readonly { readonly code: string; readonly message: string }[];
  readonly evidence: {
    readonly patches: number;
    readonly scales: readonly number[];
    readonly tremor: Tremor1 | null;
  };
}

interface Tremor1 {
  readonly peakHz: number | null;
  readonly peakRatio: number | null;
  readonly amplitudeMmRms: number | null;
  readonly amplitudePxRms: number | null;
  readonly rateHz: number | null;
  readonly durationS: number | null;
}

const NEEDED_S = 3;
const NEEDED_HZ = 25;
/** Share of the sample rate up to which movement can be seen. */
const VISIBLE_SHARE = 0.4;
const SWING_PER_RMS = 2 * Math.SQRT2;
const MOST_STRENGTH = 6;

/**
 * Codes and numbers are kept, words dropped. The picture's probability was the only one; the clock's witness comes from
 * the measures, without the share of the time, which was not measured. Numbers of a refusal stood in its sentence only.
 */
export function toResult2(before: Result1): object {
  const { reason, sentence, warnings, ...kept } = before;
  const { kind, verdict, probability, evidence } = before;
  const picture =
    verdict === 'not-screenable' ? null : { probability, says: verdict, places: placesOf(before) };
  const clock = kind === 'scan' ? null : clockOf(evidence.tremor);
  return {
    ...kept,
    schemaVersion: 2,
    taskFrom: isGuessed(before) ? 'shape' : 'told',
    ...(reason === undefined ? {} : { refusal: refusalOf(reason, sentence, evidence.tremor) }),
    ...(verdict === 'inconclusive' ? { inconclusive: 'between-limits' } : {}),
    sensitivity: 'balanced',
    picture,
    clock,
    agreement: picture === null ? null : agreementOf(picture.says, clock),
    // The only advice to draw again that was given.
    advice: warnings.some(({ code }) => code === 'measures-disagree') ? 'once-more' : null,
    warnings: warnings.map(({ code }) => warningOf(code, before)),
  };
}

/** Of a scan that was refused nobody was told that its task was a guess; it mostly was. */
function isGuessed({ kind, verdict, warnings }: Result1): boolean {
  return (
    (kind === 'scan' && verdict === 'not-screenable') || warnings.some(({ code }) => code === 'task-guessed')
  );
}

/** Patches of one scale: tiles half a side apart. */
function placesOf({ evidence: { patches, scales } }: Result1): number {
  return Math.max(1, Math.round(patches / Math.max(1, scales.length)));
}

function clockOf(tremor: Tremor1 | null) {
  const rateHz = tremor?.rateHz ?? null;
  const durationS = tremor?.durationS ?? 0;
  const notMeasured = (reason: string) =>
    ({ state: 'not-measured', reason, durationS, neededS: NEEDED_S, rateHz }) as const;
  if (tremor === null) return notMeasured('clock-unusable');
  if (rateHz !== null && rateHz < NEEDED_HZ) return notMeasured('sampled-too-slowly');
  if (rateHz === null || durationS < NEEDED_S) return notMeasured('too-short');
  const { peakHz, peakRatio, amplitudeMmRms, amplitudePxRms } = tremor;
  if (peakRatio === null && amplitudeMmRms === null && amplitudePxRms === null) {
    return notMeasured('written-too-fast');
  }
  // Schema 1 looked for a peak alone: that it found none is not what a clock says that clearly shows none.
  if (peakHz === null) return notMeasured('not-recorded');
  const swing = (rms: number | null) => (rms === null ? null : SWING_PER_RMS * rms);
  return {
    state: 'measured',
    says: 'tremor',
    strength: Math.min(MOST_STRENGTH, Math.max(0, Math.log2(peakRatio ?? 1))),
    peakHz,
    swingMm: swing(amplitudeMmRms),
    swingPx: swing(amplitudePxRms),
    share: null,
    durationS,
  } as const;
}

function agreementOf(says: Result1['verdict'], clock: ReturnType<typeof clockOf> | null): string {
  if (clock === null || clock.state === 'not-measured') return 'picture-alone';
  if (says === 'inconclusive') return 'one-unclear';
  return says === 'tremor-like' ? 'agree' : 'disagree';
}

/** 0 stands for a number that the sentence does not tell; none was ever written without them. */
function refusalOf(reason: string, sentence: string, tremor: Tremor1 | null): object {
  const [first = 0, second = first] = Array.from(sentence.matchAll(/\d+/g), ([digits]) => Number(digits));
  switch (reason) {
    case 'too-little-ink':
      // “Too little ink: 2 mm of line, 30 mm needed.”, “Too little ink: a line of 80 pixels, 250 pixels needed.”
      return { reason, found: first, needed: second, unit: sentence.includes(' mm ') ? 'mm' : 'px' };
    case 'too-small':
      // “The picture is too small: 20 × 30 pixels. …”, “The drawing is too small: 43 pixels long. …”
      return sentence.startsWith('The picture')
        ? { reason, what: 'picture', widthPx: first, heightPx: second }
        : { reason, what: 'drawing', widthPx: first, heightPx: first };
    case 'sampled-too-slowly':
      return { reason, rateHz: tremor?.rateHz ?? first, neededHz: NEEDED_HZ };
    default:
      return { reason };
  }
}

function warningOf(code: string, { task, evidence: { tremor } }: Result1): object {
  const rateHz = tremor?.rateHz ?? 0;
  switch (code) {
    case 'task-guessed':
      // What was neither a spiral nor a wave was taken for a page.
      return { code, task, sure: task !== 'page' };
    case 'slow-sampling':
      return { code, rateHz, neededHz: NEEDED_HZ, visibleHz: VISIBLE_SHARE * rateHz };
    case 'short-recording':
      return { code, durationS: tremor?.durationS ?? 0, neededS: NEEDED_S };
    default:
      return { code };
  }
}
