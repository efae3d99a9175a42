import type { RawSample, RawStroke } from '../api/types.ts';
import { smoothForDisplay, widthAt, type DisplayStroke } from './display-stroke.ts';

/**
 * Paints ink on two stacked canvases: finished strokes on one, the stroke under the pen on the other, which bypasses the
 * compositor where the browser can and gets only the new part of the line.
 */
export class InkPainter {
  readonly #settled: HTMLCanvasElement;
  readonly #live: HTMLCanvasElement;
  readonly #settledContext: CanvasRenderingContext2D | null;
  readonly #liveContext: CanvasRenderingContext2D | null;
  readonly #outlines = new WeakMap<RawStroke, DisplayStroke>();
  #colour = '#000';
  #last: RawSample | null = null;

  constructor(settled: HTMLCanvasElement, live: HTMLCanvasElement) {
    this.#settled = settled;
    this.#live = live;
    this.#settledContext = settled.getContext('2d');
    this.#liveContext = live.getContext('2d', { desynchronized: true });
  }

  /** Fits both canvases to the area, crisp on any screen, and paints anew. Sizes in CSS pixels; the middle is (0, 0). */
  paintAll(
    strokes: readonly RawStroke[],
    width: number,
    height: number,
    ratio: number,
    colour: string,
  ): void {
    this.#colour = colour;
    for (const canvas of [this.#settled, this.#live]) {
      const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
      if (canvas.width !== wide) canvas.width = wide;
      if (canvas.height !== high) canvas.height = high;
    }
    for (const context of [this.#settledContext, this.#liveContext]) {
      if (context === null) continue;
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, context.canvas.width, context.canvas.height);
      context.setTransform(ratio, 0, 0, ratio, (width * ratio) / 2, (height * ratio) / 2);
      context.lineCap = 'round';
      context.lineJoin = 'round';
      context.fillStyle = colour;
      context.strokeStyle = colour;
    }
    for (const stroke of strokes) this.#paintSettled(stroke);
  }

  /** Adds the newest samples of the stroke under the pen. */
  extend(samples: readonly RawSample[]): void {
    const context = this.#liveContext;
    if (context === null) return;
    for (const sample of samples) {
      context.beginPath();
      context.lineWidth = widthAt(sample);
      context.moveTo(this.#last?.x ?? sample.x, this.#last?.y ?? sample.y);
      context.lineTo(sample.x, sample.y);
      context.stroke();
      this.#last = sample;
    }
  }

  /** Takes away the stroke under the pen; with `stroke`, its finished form takes its place. */
  settle(stroke: RawStroke | null): void {
    this.#last = null;
    const context = this.#liveContext;
    if (context !== null) {
      context.save();
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, context.canvas.width, context.canvas.height);
      context.restore();
    }
    if (stroke !== null) this.#paintSettled(stroke);
  }

  #paintSettled(stroke: RawStroke): void {
    const context = this.#settledContext;
    if (context === null) return;
    let outline = this.#outlines.get(stroke);
    if (outline === undefined) this.#outlines.set(stroke, (outline = smoothForDisplay(stroke.samples)));
    context.fillStyle = this.#colour;
    context.fill(outline.path);
  }
}
