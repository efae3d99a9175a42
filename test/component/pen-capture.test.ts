import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RawSample } from '../../renderer/api/types.ts';
import { PenCapture } from '../../renderer/ink/pen-capture.ts';

/** An area of 200 × 100 px whose middle is at (150, 100). */
let area: HTMLDivElement;
let samples: RawSample[];
let log: string[];
let capture: PenCapture;

beforeEach(() => {
  area = document.createElement('div');
  area.style.cssText = 'position:fixed;left:50px;top:50px;width:200px;height:100px';
  document.body.append(area);
  samples = [];
  log = [];
  capture = new PenCapture(area, {
    begin: (pointer) => log.push(`begin ${pointer}`),
    add: (added) => samples.push(...added),
    end: (keep) => log.push(keep ? 'end' : 'end, dropped'),
  });
});

afterEach(() => {
  capture.dispose();
  area.remove();
});

function pen(type: string, clientX: number, clientY: number, more: PointerEventInit = {}): PointerEvent {
  return new PointerEvent(type, {
    bubbles: true,
    pointerId: 7,
    pointerType: 'pen',
    button: type === 'pointerdown' ? 0 : -1,
    pressure: 0.4,
    tiltX: 12,
    tiltY: -8,
    clientX,
    clientY,
    ...more,
  });
}

describe('capture', () => {
  test('keeps every coalesced sample, in order, unrounded', () => {
    const places = [
      [151.125, 100.0625],
      [151.3333333, 100.0000001],
      [151.3333333, 100.0000001],
      [152.75, 99.9],
    ] as const;
    area.dispatchEvent(pen('pointerdown', 150, 100));
    const coalescedEvents = places.map(([x, y], i) => pen('pointermove', x, y, { pressure: 0.1 + i / 100 }));
    area.dispatchEvent(pen('pointermove', 152.75, 99.9, { coalescedEvents }));
    area.dispatchEvent(pen('pointerup', 152.75, 99.9, { pressure: 0 }));

    expect(log).toEqual(['begin pen', 'end']);
    expect(samples.length).toBe(5);
    expect(samples[0]).toMatchObject({ x: 0, y: 0, pressure: Math.fround(0.4), tiltXDeg: 12, tiltYDeg: -8 });
    places.forEach(([x, y], i) => {
      expect(samples[i + 1]?.x).toBe(x - 150);
      expect(samples[i + 1]?.y).toBe(y - 100);
      expect(samples[i + 1]?.pressure).toBe(Math.fround(0.1 + i / 100));
      expect(samples[i + 1]?.timeMs).toBe(coalescedEvents[i]?.timeStamp);
    });
  });

  test('takes raw updates once, not again when pointermove repeats them', () => {
    area.dispatchEvent(pen('pointerdown', 150, 100));
    const raw = [pen('pointermove', 151, 100), pen('pointermove', 152, 100)];
    area.dispatchEvent(pen('pointerrawupdate', 152, 100, { coalescedEvents: raw }));
    area.dispatchEvent(pen('pointermove', 152, 100, { coalescedEvents: raw }));
    expect(samples.map(({ x }) => x)).toEqual([0, 1, 2]);
  });

  test('falls back on the event itself where nothing was coalesced', () => {
    area.dispatchEvent(pen('pointerdown', 150, 100));
    area.dispatchEvent(pen('pointermove', 160, 101));
    expect(samples.map(({ x, y }) => [x, y])).toEqual([
      [0, 0],
      [10, 1],
    ]);
  });

  test('a mouse has neither pressure nor tilt', () => {
    area.dispatchEvent(pen('pointerdown', 150, 100, { pointerType: 'mouse', pressure: 0.5 }));
    expect(samples[0]).toMatchObject({ pressure: null, tiltXDeg: null, tiltYDeg: null });
  });

  test('the place where the pen is lifted counts only when no move told it', () => {
    area.dispatchEvent(pen('pointerdown', 150, 100));
    area.dispatchEvent(pen('pointerup', 150, 100));
    expect(samples.length).toBe(1);
    area.dispatchEvent(pen('pointerdown', 150, 100));
    area.dispatchEvent(pen('pointerup', 158, 100));
    expect(samples.map(({ x }) => x)).toEqual([0, 0, 8]);
  });

  test('a palm that touched first gives way to the pen, and later palms are ignored', () => {
    const touch = { pointerType: 'touch', pointerId: 1 };
    area.dispatchEvent(pen('pointerdown', 60, 60, touch));
    area.dispatchEvent(pen('pointerdown', 150, 100));
    area.dispatchEvent(pen('pointermove', 61, 60, touch));
    area.dispatchEvent(pen('pointerup', 150, 100));
    area.dispatchEvent(pen('pointerdown', 60, 60, touch));
    expect(log).toEqual(['begin touch', 'end, dropped', 'begin pen', 'end']);
  });

  test('a finger draws while no pen was seen, and side buttons do not', () => {
    area.dispatchEvent(pen('pointerdown', 60, 60, { pointerType: 'touch' }));
    area.dispatchEvent(pen('pointerup', 60, 60, { pointerType: 'touch' }));
    area.dispatchEvent(pen('pointerdown', 60, 60, { pointerType: 'mouse', button: 2 }));
    expect(log).toEqual(['begin touch', 'end']);
  });
});
