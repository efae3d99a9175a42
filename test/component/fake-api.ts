import type {
  Api,
  ClockWitness,
  RawStroke,
  Screened,
  ScreenResultView,
  Settings,
  Verdict,
} from '../../renderer/api/types.ts';

/** Numbers of calls and their inputs, by the name of the call. */
export type Calls = { readonly name: string; readonly input: unknown }[];

const CLOCK = {
  state: 'measured',
  says: 'tremor',
  strength: 5.6,
  peakHz: 5.1,
  swingMm: 1.2,
  swingPx: 4.5,
  share: 0.81,
  durationS: 18,
} as const satisfies ClockWitness;

const NO_TREMOR = {
  ...CLOCK,
  says: 'none',
  strength: 0.2,
  peakHz: null,
  swingMm: null,
  swingPx: null,
  share: 0,
} as const satisfies ClockWitness;

/** What differs from one verdict to the next. */
const BY_VERDICT: Readonly<Record<Verdict, Partial<ScreenResultView>>> = {
  'tremor-like': {
    probability: 0.96,
    picture: { probability: 0.88, says: 'tremor-like', places: 12 },
    clock: CLOCK,
    agreement: 'agree',
  },
  regular: {
    probability: 0.06,
    picture: { probability: 0.06, says: 'regular', places: 12 },
    clock: NO_TREMOR,
    agreement: 'agree',
  },
  inconclusive: {
    probability: 0.41,
    inconclusive: 'clock-shows-none',
    picture: { probability: 0.84, says: 'tremor-like', places: 12 },
    clock: NO_TREMOR,
    agreement: 'disagree',
    advice: 'usual-pace',
  },
  'not-screenable': { refusal: { reason: 'too-little-ink', found: 2, needed: 30, unit: 'mm' } },
};

/** A result as the host would give it; every field can be set. */
export function fakeResult(verdict: Verdict, change: Partial<ScreenResultView> = {}): ScreenResultView {
  const isJudged = verdict !== 'not-screenable';
  return {
    schemaVersion: 2,
    kind: 'recording',
    task: 'spiral-traced',
    taskFrom: 'told',
    verdict,
    probability: null,
    limits: { regularBelow: 0.35, tremorFrom: 0.55 },
    sensitivity: 'balanced',
    picture: null,
    clock: null,
    agreement: null,
    advice: null,
    warnings: [],
    evidence: {
      heat: isJudged ? fakeHeat(verdict === 'regular' ? 0.15 : 1) : null,
      where: isJudged && verdict !== 'regular' ? 'outer' : null,
      logit: isJudged ? 1.516 : null,
      patches: 64,
      scales: [0.8, 1, 1.25],
      tremor: {
        peakHz: verdict === 'tremor-like' ? 5.1 : null,
        peakRatio: 14,
        amplitudeMmRms: 0.424,
        amplitudePxRms: 1.6,
        rateHz: 143,
        durationS: 18,
        meanSpeedMmS: 33,
      },
    },
    modelId: '0123456789abcdef',
    elapsedMs: 42,
    ...BY_VERDICT[verdict],
    ...change,
  };
}

/** The same as a scan: no clock, no measures. */
export function fakeScan(verdict: Verdict, change: Partial<ScreenResultView> = {}): ScreenResultView {
  const drawn = fakeResult(verdict);
  return {
    ...drawn,
    kind: 'scan',
    clock: null,
    agreement: drawn.agreement === null ? null : 'picture-alone',
    ...(verdict === 'inconclusive' ? { inconclusive: 'between-limits' as const, advice: null } : {}),
    evidence: { ...drawn.evidence, tremor: null },
    ...change,
  };
}

const FEW: Extract<ClockWitness, { state: 'not-measured' }> = {
  state: 'not-measured',
  reason: 'too-short',
  durationS: 2.1,
  neededS: 3,
  rateHz: 143,
};
const ROUGH: ScreenResultView['warnings'] = [
  { code: 'task-guessed', task: 'spiral-traced', sure: true },
  { code: 'slow-sampling', rateHz: 60, neededHz: 100, visibleHz: 24 },
];

/** Every state of a result that looks different, the tallest texts among them. */
export const STATES: Readonly<Record<string, ScreenResultView>> = {
  agree: fakeResult('tremor-like'),
  regular: fakeResult('regular'),
  disagree: fakeResult('inconclusive'),
  silent: fakeResult('regular', { clock: FEW, agreement: 'picture-alone' }),
  'silent-advice': fakeResult('inconclusive', {
    inconclusive: 'between-limits',
    clock: FEW,
    agreement: 'picture-alone',
    advice: 'longer',
    picture: { probability: 0.47, says: 'inconclusive', places: 5 },
  }),
  'too-fast': fakeResult('inconclusive', {
    task: 'sentence',
    inconclusive: 'between-limits',
    clock: { ...FEW, reason: 'written-too-fast', durationS: 9 },
    agreement: 'picture-alone',
    advice: 'slower',
  }),
  'read-slowly': fakeResult('tremor-like', {
    clock: { ...FEW, reason: 'sampled-too-slowly', durationS: 20, rateHz: 30 },
    agreement: 'picture-alone',
    warnings: [{ code: 'slow-sampling', rateHz: 30, neededHz: 100, visibleHz: 12 }],
  }),
  'clock-wavers': fakeResult('inconclusive', {
    inconclusive: 'clock-wavers',
    picture: { probability: 0.12, says: 'regular', places: 12 },
    clock: { ...CLOCK, says: 'unclear', strength: 1.1, swingMm: 0.4, share: 0.34 },
    agreement: 'one-unclear',
    advice: 'once-more',
  }),
  scan: fakeScan('tremor-like'),
  'scan-guessed': fakeScan('regular', {
    taskFrom: 'shape',
    task: 'spiral-free',
    warnings: [{ code: 'task-guessed', task: 'spiral-free', sure: false }, { code: 'low-resolution' }],
  }),
  'scan-unknown': fakeScan('inconclusive', {
    task: null,
    taskFrom: 'unknown',
    inconclusive: 'task-unknown',
    warnings: [{ code: 'task-unknown' }, { code: 'size-unknown' }],
  }),
  'scan-mended': fakeScan('tremor-like', {
    task: 'page',
    taskFrom: 'name',
    warnings: [
      { code: 'inverted' },
      { code: 'rules-removed', lines: 24 },
      { code: 'turned', degrees: 90 },
      { code: 'very-large' },
    ],
  }),
  refused: fakeResult('not-screenable'),
  'refused-scan': fakeScan('not-screenable', {
    task: null,
    taskFrom: 'unknown',
    refusal: { reason: 'no-pen-line' },
    warnings: [{ code: 'desk-cut' }, { code: 'turned', degrees: 180 }],
  }),
  'one-place': fakeScan('inconclusive', {
    task: 'words',
    inconclusive: 'one-place',
    picture: { probability: 0.97, says: 'tremor-like', places: 1 },
    advice: 'longer',
  }),
  warned: fakeResult('tremor-like', { taskFrom: 'shape', warnings: ROUGH }),
  tallest: fakeResult('inconclusive', {
    taskFrom: 'shape',
    warnings: [...ROUGH, { code: 'size-unknown' }, { code: 'measures-disagree' }],
    evidence: { ...fakeResult('inconclusive').evidence, where: 'inner' },
  }),
  pixels: fakeResult('tremor-like', {
    task: 'page',
    clock: { ...CLOCK, says: 'unclear', peakHz: 11.5, swingMm: null, swingPx: 112 },
    agreement: 'one-unclear',
    warnings: [{ code: 'size-unknown' }],
  }),
};

/** Hotter towards the rim, cold at the upper left. */
function fakeHeat(most: number) {
  const side = 24;
  const values = Array.from({ length: side * side }, (_, i) => {
    const x = (i % side) / (side - 1) - 0.5;
    const y = Math.floor(i / side) / (side - 1) - 0.5;
    return x < -0.2 && y < -0.2 ? 0 : most * Math.min(1, 0.1 + 1.7 * Math.hypot(x, y));
  });
  return { columns: side, rows: side, values };
}

export function fakeScreened(verdict: Verdict, change: Partial<ScreenResultView> = {}): Screened {
  return screenedAs(change.kind === 'scan' ? fakeScan(verdict, change) : fakeResult(verdict, change));
}

/** A stored sample with this result. */
export function screenedAs(result: ScreenResultView): Screened {
  return {
    sample: {
      id: crypto.randomUUID(),
      kind: result.kind,
      task: result.task,
      hand: 'right',
      participant: 'P-017',
      createdAt: '2026-11-22T10:42:00.000Z',
      label: null,
      verdict: result.verdict,
      reason: result.refusal?.reason ?? null,
      probability: result.probability,
      disagree: false,
      durationS: result.kind === 'recording' ? 18 : null,
      page: result.page ?? null,
    },
    result,
  };
}

/** Black line on nothing, cropped to the strokes with a margin, as the host draws it. */
export async function inkPicture(strokes: readonly RawStroke[]): Promise<Blob> {
  const samples = strokes.flatMap((stroke) => stroke.samples);
  const left = Math.min(...samples.map(({ x }) => x));
  const top = Math.min(...samples.map(({ y }) => y));
  const width = Math.max(...samples.map(({ x }) => x)) - left;
  const height = Math.max(...samples.map(({ y }) => y)) - top;
  const margin = 0.06 * Math.max(width, height, 1);
  const canvas = new OffscreenCanvas(Math.ceil(width + 2 * margin + 1), Math.ceil(height + 2 * margin + 1));
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no 2d context');
  context.lineWidth = 3;
  for (const stroke of strokes) {
    context.beginPath();
    for (const { x, y } of stroke.samples) context.lineTo(x - left + margin, y - top + margin);
    context.stroke();
  }
  return canvas.convertToBlob();
}

/** A spiral of three turns; `tremorPx` lets it waver 5 times a second. */
export function spiralStroke(tremorPx: number, radius = 230): RawStroke {
  const samples = Array.from({ length: 2574 }, (_, i) => {
    const angle = (i / 2573) * 6 * Math.PI;
    const timeMs = i * 7;
    const r = (radius * angle) / (6 * Math.PI) + tremorPx * Math.sin((2 * Math.PI * 5 * timeMs) / 1000);
    return {
      timeMs,
      x: r * Math.cos(angle),
      y: r * Math.sin(angle),
      pressure: 0.5 + 0.2 * Math.sin(i / 90),
      tiltXDeg: 20,
      tiltYDeg: 10,
    };
  });
  return { samples };
}

type Screening = Api['screening'];
type Parts = {
  app?: Partial<Api['app']>;
  participants?: Partial<Api['participants']>;
  capture?: Partial<Api['capture']>;
  screening?: Partial<Screening>;
  samples?: Partial<Api['samples']>;
};

/**
 * The same type as the real thing, for parts that need answers before a host runs. Every call is written down.
 * Calls that no test of ours makes are missing: using one throws.
 */
export function fakeApi(parts: Parts = {}, verdict: Verdict = 'tremor-like'): { api: Api; calls: Calls } {
  const calls: Calls = [];
  let settings: Settings = {
    theme: 'system',
    participant: 'P-017',
    hand: 'right',
    task: 'spiral-traced',
    sensitivity: 'balanced',
  };
  const inks = new Map<string, RawStroke[]>();
  const note = (name: string, input?: unknown) => calls.push({ name, input });
  const remember = (screened: Screened, strokes: RawStroke[]) => {
    inks.set(screened.sample.id, strokes);
    return screened;
  };
  const api = {
    app: {
      settings: () => Promise.resolve(settings),
      notices: async function* () {},
      changeSettings: (change: Partial<Settings>) => Promise.resolve((settings = { ...settings, ...change })),
      ...parts.app,
    },
    participants: {
      list: () => Promise.resolve([{ code: 'P-017', samples: 3 }]),
      create: ({ code }: { code: string }) => Promise.resolve({ code }),
      ...parts.participants,
    },
    capture: {
      begin: (input: unknown) => {
        note('capture.begin', input);
        return Promise.resolve({ id: crypto.randomUUID() });
      },
      append: (input: unknown) => Promise.resolve(void note('capture.append', input)),
      abandon: (input: unknown) => Promise.resolve(void note('capture.abandon', input)),
      ...parts.capture,
    },
    screening: {
      recording: (input: Parameters<Screening['recording']>[0]) => {
        note('screening.recording', input);
        return Promise.resolve(
          remember(fakeScreened(verdict, { task: input.recording.task }), [...input.recording.strokes]),
        );
      },
      examples: () =>
        Promise.resolve([
          { name: 'a', title: 'Spiral with tremor', task: 'spiral-traced' as const },
          { name: 'b', title: 'Steady wave', task: 'wave' as const },
        ]),
      example: (input: { name: string }) => {
        note('screening.example', input);
        return Promise.resolve(remember(fakeScreened(verdict), [spiralStroke(5)]));
      },
      ...parts.screening,
    },
    samples: {
      list: () =>
        Promise.resolve({ samples: [], matching: 3, total: 3, people: 1, matchingPeople: 1, disagreeing: 0 }),
      picture: ({ id }: { id: string }) => inkPicture(inks.get(id) ?? [spiralStroke(0)]),
      label: (input: { ids: string[] }) => {
        note('samples.label', input);
        return Promise.resolve({ former: input.ids.map((id) => ({ id, label: null })) });
      },
      delete: (input: unknown) => Promise.resolve(void note('samples.delete', input)),
      restore: (input: unknown) => Promise.resolve(void note('samples.restore', input)),
      ...parts.samples,
    },
  };
  return { api: api as unknown as Api, calls };
}
