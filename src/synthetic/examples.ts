/** The samples that ship with the app, so that the first run has something to try. Always the same ones. */
import { Rng } from '../base/rng.ts';
import { taskGroupOf, type Label, type Task } from '../base/words.ts';
import type { GreyImage } from '../imaging/images.ts';
import type { Recording } from '../ink/recording.ts';
import { loadFontLibrary } from './font-files.ts';
import type { FontLibrary } from './font-library.ts';
import { movePen, type PenStroke } from './pen-path.ts';
import { recordingOf } from './pen-recording.ts';
import { drawPenPicture } from './picture.ts';
import type { Polyline } from './polyline.ts';
import { samplesOf, shakePen } from './shaken-pen.ts';
import { makePhysiological, makeTremor } from './tremor.ts';
import { makeWriter, writeBlock } from './writer.ts';

export interface Example {
  /** Stable name, also the file's: `spiral-tremor`. */
  readonly name: string;
  readonly title: string;
  readonly task: Task;
  readonly label: Label;
  /** Simulated pen movement at 200 Hz, mm. */
  readonly recording: Recording;
  /** The same drawing on paper, scanned. */
  readonly grey: GreyImage;
  readonly pxPerMm: number;
}

interface Plan {
  readonly name: string;
  readonly title: string;
  readonly task: Task;
  /** null for a regular hand. Half swing in mm. */
  readonly tremor: { readonly hz: number; readonly amplitudeMm: number } | null;
  readonly speedMmS: number;
}

const X_HEIGHT_MM = 4;

const PLANS: readonly Plan[] = [
  { name: 'spiral-regular', title: 'Spiral, regular', task: 'spiral-free', tremor: null, speedMmS: 32 },
  {
    name: 'spiral-tremor',
    title: 'Spiral with 5 Hz tremor',
    task: 'spiral-free',
    tremor: { hz: 5, amplitudeMm: 0.9 },
    speedMmS: 26,
  },
  { name: 'wave-regular', title: 'Wave, regular', task: 'wave', tremor: null, speedMmS: 34 },
  {
    name: 'wave-tremor',
    title: 'Wave with 6 Hz tremor',
    task: 'wave',
    tremor: { hz: 6, amplitudeMm: 0.8 },
    speedMmS: 28,
  },
  { name: 'sentence-regular', title: 'Sentence, regular', task: 'sentence', tremor: null, speedMmS: 24 },
  {
    name: 'sentence-tremor',
    title: 'Sentence with 6 Hz tremor',
    task: 'sentence',
    tremor: { hz: 6, amplitudeMm: 0.36 },
    speedMmS: 16,
  },
];

const SENTENCE = ['The', 'quick', 'brown', 'fox', 'runs', 'home', 'along', 'the', 'river', 'road.'];

/** Makes the six examples: spiral, wave and sentence, each regular and with tremor. */
export function makeExamples(fonts: FontLibrary = loadFontLibrary()): Example[] {
  return PLANS.map((plan) => makeExample(plan, fonts));
}

function makeExample(plan: Plan, fonts: FontLibrary): Example {
  const rng = new Rng(`example/${plan.name}`);
  const group = taskGroupOf(plan.task);
  const pen = penStrokes(plan, curvesOf(plan, rng, fonts));
  const count = samplesOf(pen);
  const shift =
    plan.tremor === null
      ? makePhysiological(rng, count, 0.06)
      : makeTremor(rng, count, {
          ...plan.tremor,
          wander: 0.04,
          roundness: 0.4,
          directionRad: 0.7,
          burstiness: 0.2,
          jitter: 0.1,
        });
  const strokes = shakePen(pen, shift, plan.speedMmS, 8);
  const { grey, pxPerMm } = drawPenPicture(rng, strokes, group, group === 'writing' ? X_HEIGHT_MM : null, {
    pxPerMm: 6,
    pen: 'ballpoint',
  });
  return {
    name: plan.name,
    title: plan.title,
    task: plan.task,
    label: plan.tremor === null ? 'regular' : 'tremor-like',
    recording: recordingOf(plan.task, strokes),
    grey,
    pxPerMm,
  };
}

function curvesOf(plan: Plan, rng: Rng, fonts: FontLibrary): Polyline[] {
  if (plan.task === 'sentence') {
    const font = fonts.strokeFonts.find(({ name }) => name === 'ems-felix') ?? fonts.strokeFonts[0];
    if (font === undefined) throw new Error('the font library has no single-stroke font');
    const writer = { ...makeWriter(rng, font.open()), xHeightMm: X_HEIGHT_MM, lineGap: 3, rounding: 0.12 };
    return writeBlock(rng, writer, SENTENCE, { width: 24, lines: 3, once: true });
  }
  const curve = (count: number, at: (part: number) => readonly [number, number]): Polyline => {
    const points = Array.from({ length: count }, (_, i) => at(i / (count - 1)));
    return { x: Float64Array.from(points, ([x]) => x), y: Float64Array.from(points, ([, y]) => y) };
  };
  if (plan.task === 'wave') {
    return [curve(800, (part) => [100 * part, 7 * Math.sin(2 * Math.PI * 5 * part)])];
  }
  return [
    curve(1500, (part) => {
      const angle = 2 * Math.PI * 3.2 * part;
      const radius = 1 + 22 * part + 0.35 * Math.sin(1.3 * angle);
      return [radius * Math.cos(angle), 0.93 * radius * Math.sin(angle)];
    }),
  ];
}

function penStrokes(plan: Plan, curves: readonly Polyline[]): PenStroke[] {
  const strokes: PenStroke[] = [];
  let first = 0;
  for (const curve of curves) {
    const stroke = movePen(curve, { speedMmS: plan.speedMmS, exponent: 1 / 3 }, first);
    strokes.push(stroke);
    first += stroke.xMm.length + 30;
  }
  return strokes;
}
