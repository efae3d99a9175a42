/** SVG files as strings: 800 units wide, light and dark by the reader's own setting, on a page of their own. */
import { COLOURS } from './colours.ts';

export const WIDTH = 800;
/** Free space at both sides. */
export const MARGIN = 24;
/** Below the title and its notes. */
const HEAD_GAP = 18;

type Attributes = Readonly<Record<string, string | number | undefined>>;

/** One element; numbers are written to two decimals. @throws RangeError for a number that is not finite. */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined
      ? []
      : [` ${key}="${typeof value === 'number' ? coordinate(value) : escapeXml(value)}"`],
  );
  const open = `<${name}${written.join('')}`;
  return children.length === 0 ? `${open}/>` : `${open}>${children.join('')}</${name}>`;
}

/** A number for a path or an attribute, two decimals at most. @throws RangeError unless finite: no plot holds a NaN. */
export function coordinate(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`a plot was asked to draw at ${value}`);
  return String(Number(value.toFixed(2)));
}

export function escapeXml(text: string): string {
  // Control characters have no place in XML, not even escaped.
  const legal = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '\ufffd');
  return legal.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

export interface TextLook {
  /** 12 px unless given. */
  readonly size?: number;
  readonly weight?: number;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly colour?: keyof typeof COLOURS;
  /** Degrees around its own place. */
  readonly turn?: number;
}

/** Text with its base line at (x, y). A space before % becomes narrow and unbreakable. */
export function textAt(x: number, y: number, text: string, look: TextLook = {}): string {
  const { size = 12, weight, anchor, colour = 'text-2', turn } = look;
  return element(
    'text',
    {
      class: colour,
      x,
      y,
      'font-size': size,
      'font-weight': weight,
      'text-anchor': anchor === 'start' ? undefined : anchor,
      transform: turn === undefined ? undefined : `rotate(${turn} ${coordinate(x)} ${coordinate(y)})`,
    },
    escapeXml(text.replace(/[ \u00a0]%/g, '\u202f%')),
  );
}

/** No narrower than the text may turn out in any usual sans serif, so that what is laid out by it does not overlap. */
export function textWidth(text: string, size = 12): number {
  return text.length * size * 0.57;
}

/** Breaks between words, never around × or before %, into lines that are no wider than `width`. */
export function wrapText(text: string, width: number, size: number): string[] {
  const glued = text.replace(/ %/g, '\u00a0%').replace(/(\d) × (?=\d)/g, '$1\u00a0×\u00a0');
  const lines: string[] = [];
  for (const word of glued.split(/[ \n]+/)) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && textWidth(longer, size) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** A line from point to point; nothing for fewer than two. */
export function polyline(points: readonly (readonly [number, number])[], attributes: Attributes): string {
  if (points.length < 2) return '';
  const d = points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${coordinate(x)} ${coordinate(y)}`).join('');
  return element('path', { fill: 'none', stroke: 'currentColor', d, ...attributes });
}

export interface Plot {
  readonly title: string;
  /** Below the title, wrapped. */
  readonly note: string;
  /** Of the body alone. */
  readonly height: number;
  /** Drawn with `top` at 0. */
  readonly body: string;
}

/** A whole file, title and note above the body. */
export function svgFile({ title, note, height, body }: Plot): string {
  const titles = wrapText(title, WIDTH - 2 * MARGIN, 18);
  const notes = wrapText(note, WIDTH - 2 * MARGIN, 12.5);
  const titleEnd = 18 + 24 * titles.length;
  const headEnd = titleEnd + 18 * notes.length + HEAD_GAP;
  const total = Math.ceil(headEnd + height + MARGIN);
  return `${element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width: WIDTH,
      height: total,
      viewBox: `0 0 ${WIDTH} ${total}`,
      role: 'img',
      'font-family': "Inter, 'Inter Variable', system-ui, 'Segoe UI', Helvetica, Arial, sans-serif",
    },
    element('title', {}, escapeXml(title)),
    element('desc', {}, escapeXml(note)),
    element('style', {}, styleSheet()),
    element('rect', { class: 'surface', width: WIDTH, height: total, fill: 'currentColor' }),
    ...titles.map((line, i) => textAt(MARGIN, 32 + 24 * i, line, { size: 18, weight: 600, colour: 'text' })),
    ...notes.map((line, i) => textAt(MARGIN, titleEnd + 12 + 18 * i, line, { size: 12.5 })),
    element('g', { transform: `translate(0 ${coordinate(headEnd)})` }, body),
  )}\n`;
}

/** Every colour as a class that sets `color`, which readers without CSS variables know too. */
function styleSheet(): string {
  const rules = (which: 0 | 1) =>
    Object.entries(COLOURS)
      .map(([name, pair]) => `.${name}{color:${pair[which]}}`)
      .join('');
  return `text{fill:currentColor;font-variant-numeric:tabular-nums}${rules(0)}@media(prefers-color-scheme:dark){${rules(1)}}`;
}
