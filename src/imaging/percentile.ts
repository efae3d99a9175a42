/**
 * Percentile of values in 0 … 256 by a histogram of quarter steps: exact to 0.25, one pass, no sorting.
 *
 * @param fraction 0 … 1.
 * @param window Rows and columns to look at; the whole plane when left out.
 */
export function percentileOf(
  plane: Float32Array,
  width: number,
  height: number,
  fraction: number,
  window = { x: 0, y: 0, width, height },
): number {
  const bins = new Uint32Array(1025);
  for (let y = window.y; y < window.y + window.height; y++) {
    for (let at = y * width + window.x, end = at + window.width; at < end; at++) {
      bins[Math.min(1024, Math.max(0, Math.round(plane[at]! * 4)))]!++;
    }
  }
  const rank = fraction * Math.max(0, window.width * window.height - 1);
  let seen = 0;
  for (let i = 0; i < bins.length; i++) {
    seen += bins[i]!;
    if (seen > rank) return i / 4;
  }
  return 256;
}
