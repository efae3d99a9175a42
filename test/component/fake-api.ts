import type {
  Api,
  RawStroke,
  Screened,
  ScreenResultView,
  Settings,
  Verdict,
} from '../../renderer/api/types.ts';

/** Numbers of calls and their inputs, by the name of the call. */
export type Calls = { readonly name: string; readonly input: unknown }[];

/** A result as the host would give it; every field can be set. */
export function fakeResult(verdict: Verdict, change: Partial<ScreenResultView> = {}): ScreenResultView {
  const sentences: Record<Verdict, string> = {
    'tremor-like': 'The line wavers 5.1 times a second, by about 1.2 mm.',
    regular: 'Nothing between 4 and 12 times a second stands out.',
    inconclusive: 'A faint wavering near 7 times a second. Draw it again, or judge it yourself.',
    'not-screenable': 'Too little ink: 2 mm of line, 30 mm needed.',
  };
  const probabilities: Record<Verdict, number | null> = {
    'tremor-like': 0.82,
    regular: 0.11,
    inconclusive: 0.54,
    'not-screenable': null,
  };
  const isJudged = verdict !== 'not-screenable';
  return {
    kind: 'recording',
    task: 'spiral-traced',
    verdict,
    ...(isJudged ? {} : { reason: 'too-little-ink' as const }),
    probability: probabilities[verdict],
    limits: { regularBelow: 0.35, tremorFrom: 0.65 },
    sentence: sentences[verdict],
    warnings: [],
    evidence: {
      heat: isJudged ? fakeHeat() : null,
      where: isJudged ? 'outer' : null,
      logit: isJudged ? 1.516 : null,
      patches: 64,
      scales: [0.8, 1, 1.25],
      tremor: {
        peakHz: verdict === 'regular' ? null : 5.1,
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
    ...change,
  };
}

/** Hotter towards the rim, cold at the upper left. */
function fakeHeat() {
  const side = 24;
  const values = Array.from({ length: side * side }, (_, i) => {
    const x = (i % side) / (side - 1) - 0.5;
    const y = Math.floor(i / side) / (side - 1) - 0.5;
    return x < -0.2 && y < -0.2 ? 0 : Math.min(1, 0.1 + 1.7 * Math.hypot(x, y));
  });
  return { columns: side, rows: side, values };
}

export function fakeScreened(verdict: Verdict, change: Partial<ScreenResultView> = {}): Screened {
  const result = fakeResult(verdict, change);
  return {
    sample: {
      id: crypto.randomUUID(),
      kind: result.kind,
      task: result.task,
      hand: 'right',
      participant: 'P-017',
      createdAt: '2026-11-22T10:42:00.000Z',
      label: null,
      verdict,
      reason: result.reason ?? null,
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
  let settings: Settings = { theme: 'system', participant: 'P-017', hand: 'right', task: 'spiral-traced' };
  const inks = new Map<string, RawStroke[]>();
  const note = (name: string, input?: unknown) => calls.push({ name, input });
  const remember = (screened: Screened, strokes: RawStroke[]) => {
    inks.set(screened.sample.id, strokes);
    return screened;
  };
  const api = {
    app: {
      settings: () => Promise.resolve(settings),
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
