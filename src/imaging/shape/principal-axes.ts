/** Where points lie and how they spread. */
export interface PrincipalAxes {
  readonly x: number;
  readonly y: number;
  /** Direction of the largest spread, radians in (−π/2, π/2]. */
  readonly angle: number;
  /** Standard deviations along and across it. */
  readonly long: number;
  readonly short: number;
}

/** @param weight Of each pixel of a plane that is `width` wide; zeros do not count. */
export function findAxes(weight: ArrayLike<number>, width: number): PrincipalAxes {
  let total = 0;
  let sx = 0;
  let sy = 0;
  let sxx = 0;
  let sxy = 0;
  let syy = 0;
  for (let i = 0; i < weight.length; i++) {
    const w = weight[i]!;
    if (w === 0) continue;
    const x = i % width;
    const y = (i - x) / width;
    total += w;
    sx += w * x;
    sy += w * y;
    sxx += w * x * x;
    sxy += w * x * y;
    syy += w * y * y;
  }
  if (total === 0) return { x: 0, y: 0, angle: 0, long: 0, short: 0 };
  const x = sx / total;
  const y = sy / total;
  const xx = sxx / total - x * x;
  const xy = sxy / total - x * y;
  const yy = syy / total - y * y;
  const root = Math.sqrt(((xx - yy) / 2) ** 2 + xy * xy);
  const middle = (xx + yy) / 2;
  return {
    x,
    y,
    angle: 0.5 * Math.atan2(2 * xy, xx - yy),
    long: Math.sqrt(Math.max(0, middle + root)),
    short: Math.sqrt(Math.max(0, middle - root)),
  };
}
