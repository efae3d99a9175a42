import type { Page } from '@playwright/test';

/** One pen position: milliseconds from pen down, CSS pixels of the page, pressure 0..1. */
export interface PenPoint {
  readonly timeMs: number;
  readonly x: number;
  readonly y: number;
  readonly pressure: number;
}

export interface SpiralOptions {
  readonly centre: { readonly x: number; readonly y: number };
  readonly outerRadiusPx: number;
  readonly turns?: number;
  readonly durationS?: number;
  /** Pen samples a second. */
  readonly rateHz?: number;
  /** A sinusoidal tremor across the line; swing is from peak to trough. */
  readonly tremor?: { readonly hz: number; readonly swingPx: number };
}

/** An Archimedean spiral drawn outwards at constant speed along the line, with or without a tremor of known frequency. */
export function spiralPoints(options: SpiralOptions): PenPoint[] {
  const { centre, outerRadiusPx, turns = 3, durationS = 12, rateHz = 125, tremor } = options;
  const total = turns * 2 * Math.PI;
  const pitch = outerRadiusPx / total;
  const count = Math.round(durationS * rateHz);
  return Array.from({ length: count + 1 }, (_, i) => {
    const timeS = i / rateHz;
    const angle = total * Math.sqrt(i / count);
    const wobble = tremor ? (tremor.swingPx / 2) * Math.sin(2 * Math.PI * tremor.hz * timeS) : 0;
    const radius = pitch * angle + wobble;
    return {
      timeMs: timeS * 1000,
      x: centre.x + radius * Math.cos(angle),
      y: centre.y + radius * Math.sin(angle),
      pressure: 0.5 + 0.1 * Math.sin(i / 40),
    };
  });
}

/**
 * Draws with a pen through the DevTools protocol: real pointer events with pressure and their own time stamps. Moves
 * are sent without waiting, so that the browser coalesces them as it does for a fast pen.
 */
export async function drawWithPen(page: Page, points: readonly PenPoint[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const startS = Date.now() / 1000;
  const send = (type: 'mousePressed' | 'mouseMoved' | 'mouseReleased', point: PenPoint) =>
    session.send('Input.dispatchMouseEvent', {
      type,
      x: point.x,
      y: point.y,
      button: 'left',
      buttons: type === 'mouseReleased' ? 0 : 1,
      clickCount: type === 'mouseMoved' ? 0 : 1,
      pointerType: 'pen',
      force: type === 'mouseReleased' ? 0 : point.pressure,
      tiltX: 10,
      tiltY: -5,
      timestamp: startS + point.timeMs / 1000,
    });
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) throw new RangeError('drawWithPen: no points');
  await send('mousePressed', first);
  const batch = 8;
  for (let i = 1; i < points.length; i += batch) {
    await Promise.all(points.slice(i, i + batch).map((point) => send('mouseMoved', point)));
  }
  await send('mouseReleased', last);
  await session.detach();
}
