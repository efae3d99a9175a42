import { expect } from 'vitest';
import { type XmlElement, parseXml } from '../parse-xml.ts';

interface Box {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** All words lie in the picture and none on another. */
export function expectWordsApart(svg: string): void {
  const root = parseXml(svg);
  const boxes = textBoxes(root);
  expect(boxes.length).toBeGreaterThan(3);
  const height = Number(root.attributes['height']);
  const outside = boxes.filter((b) => b.left < 0 || b.right > 800 || b.top < 0 || b.bottom > height);
  expect(outside).toEqual([]);
  const overlaps = boxes.flatMap((one, i) =>
    boxes
      .slice(i + 1)
      .filter((b) => one.left < b.right && b.left < one.right && one.top < b.bottom && b.top < one.bottom)
      .map((b) => `${one.text} / ${b.text}`),
  );
  expect(overlaps).toEqual([]);
}

/** Boxes of all texts, 0.56 em a character, 0.8 em above the base line and 0.2 below; groups moved, upright text turned. */
function textBoxes(element: XmlElement, dx = 0, dy = 0): Box[] {
  const move = /^translate\(([\d.-]+) ([\d.-]+)\)$/.exec(element.attributes['transform'] ?? '');
  const [x0, y0] = move ? [dx + Number(move[1]), dy + Number(move[2])] : [dx, dy];
  if (element.name !== 'text') return element.children.flatMap((child) => textBoxes(child, x0, y0));
  const { x, y, 'font-size': size, 'text-anchor': anchor } = element.attributes;
  const wide = element.text.length * Number(size) * 0.56;
  const from = anchor === 'end' ? -wide : anchor === 'middle' ? -wide / 2 : 0;
  const [above, below] = [0.8 * Number(size), 0.2 * Number(size)];
  const [px, py] = [x0 + Number(x), y0 + Number(y)];
  const { text } = element;
  if (/^rotate\(-90/.test(element.attributes['transform'] ?? '')) {
    return [{ text, left: px - above, right: px + below, top: py - wide - from, bottom: py - from }];
  }
  return [{ text, left: px + from, right: px + from + wide, top: py - above, bottom: py + below }];
}
