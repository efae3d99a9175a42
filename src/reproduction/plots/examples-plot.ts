import { encodeBase64 } from '../base64.ts';
import { UserError } from '../../base/errors.ts';
import { PATCH_SIDE } from '../../imaging/images.ts';
import type { DatasetResult, ExampleImage } from '../results.ts';
import { DATASET_TITLES } from '../wording.ts';
import { encodeGreyPng } from './grey-png.ts';
import { markerAt } from './series-look.ts';
import { element, MARGIN, svgFile, textAt, textWidth, WIDTH, wrapText } from './svg.ts';

const COLUMNS = 5;
const GAP = 16;
const TILE = (WIDTH - 2 * MARGIN - (COLUMNS - 1) * GAP) / COLUMNS;
/** Of a kind: its name above its tiles; below a tile what it is, in lines of this height. */
const NAME = 26;
const LINE = 16;
/** Left of a caption, for its mark. */
const MARK = 16;

/** Patches of both classes as the network sees them, by kind and amplitude; null where none were kept. */
export function examplesPlot(dataset: DatasetResult): string | null {
  const { examples, name } = dataset;
  if (examples.length === 0) return null;
  const kinds = [...new Set(examples.map(({ kind }) => kind))];
  let y = 0;
  const body = kinds.flatMap((kind) => {
    const own = examples.filter((example) => example.kind === kind).toSorted(byAmplitude);
    const from = y + NAME;
    const captions = Math.max(...own.map((example) => captionOf(example).length)) * LINE;
    const pitch = TILE + captions + 18;
    y = from + Math.ceil(own.length / COLUMNS) * pitch + 6;
    return [
      textAt(MARGIN, from - 10, kind, { size: 13, weight: 600, colour: 'text' }),
      ...own.map((example, i) =>
        tile(
          example,
          `${kinds.indexOf(kind)}-${i}`,
          MARGIN + (i % COLUMNS) * (TILE + GAP),
          from + Math.floor(i / COLUMNS) * pitch,
        ),
      ),
    ];
  });
  return svgFile({
    title: `${DATASET_TITLES[name]}: examples`,
    note: `${dataset.description.trim().replace(/([^.!?])$/, '$1.')} Patches of 128 × 128 px as the network sees them.`,
    height: y - 18,
    body: body.join(''),
  });
}

/** Regular ones first, then by what their amplitude's number says; unchanged where it says none. */
function byAmplitude(one: ExampleImage, other: ExampleImage): number {
  const size = ({ tremorLike, amplitude }: ExampleImage) =>
    tremorLike ? Number.parseFloat(amplitude ?? '') || 0 : -1;
  return size(one) - size(other);
}

/** The ink is a mask, so that it is dark on a light page and light on a dark one. */
function tile(example: ExampleImage, id: string, x: number, y: number): string {
  const { tremorLike } = example;
  const png = encodeGreyPng(inkOf(example), PATCH_SIDE, PATCH_SIDE);
  const box = { x, y, width: TILE, height: TILE };
  const captionY = y + TILE + 18;
  return [
    element(
      'mask',
      { id: `ink-${id}`, maskUnits: 'userSpaceOnUse', ...box },
      element('image', { ...box, href: `data:image/png;base64,${encodeBase64(png)}` }),
    ),
    element('rect', { class: 'ink', ...box, fill: 'currentColor', mask: `url(#ink-${id})` }),
    element('rect', { class: 'rule', ...box, fill: 'none', stroke: 'currentColor' }),
    element(
      'g',
      { class: tremorLike ? 'tremor' : 'regular' },
      markerAt(x + 5, captionY - 4, tremorLike ? 'diamond' : 'circle'),
    ),
    ...captionOf(example).map((line, i) => textAt(x + MARK, captionY + i * LINE, line)),
  ].join('');
}

/** On one line where it fits, or else the amplitude below. */
function captionOf({ tremorLike, amplitude }: ExampleImage): string[] {
  if (!tremorLike) return ['regular'];
  if (amplitude === null) return ['tremor-like'];
  const whole = `tremor-like, ${amplitude}`;
  const room = TILE + GAP - MARK - 4;
  return textWidth(whole) <= room ? [whole] : ['tremor-like,', ...wrapText(amplitude, room, 12)];
}

/** @throws UserError `damaged` where an example is not a whole patch. */
function inkOf({ kind, ink }: ExampleImage): Uint8Array {
  let text = '';
  try {
    text = atob(ink);
  } catch {
    // Not base64: as damaged as one that is too short.
  }
  if (text.length !== PATCH_SIDE * PATCH_SIDE) {
    throw new UserError(
      'damaged',
      `An example image of ${kind} holds ${text.length} bytes of ink instead of ${PATCH_SIDE * PATCH_SIDE}. Run the reproduction again.`,
    );
  }
  return Uint8Array.from(text, (char) => char.charCodeAt(0));
}
