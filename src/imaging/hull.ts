/** x and y. */
export type Corner = readonly [number, number];
/** Clockwise from the upper left, y downwards. */
export type Quadrilateral = readonly [Corner, Corner, Corner, Corner];

/** The same shape in a picture that is `by` times as large. */
export function scaleCorners([a, b, c, d]: Quadrilateral, by: number): Quadrilateral {
  const scale = ([x, y]: Corner): Corner => [x * by, y * by];
  return [scale(a), scale(b), scale(c), scale(d)];
}

/** Convex hull, clockwise (y downwards), without corners on a straight side (Andrew 1979). */
export function convexHull(points: readonly Corner[]): Corner[] {
  const sorted = [...points].sort(([ax, ay], [bx, by]) => ax - bx || ay - by);
  const half = (list: readonly Corner[]): Corner[] => {
    const chain: Corner[] = [];
    for (const point of list) {
      while (chain.length >= 2 && cross(chain[chain.length - 2]!, chain[chain.length - 1]!, point) <= 0)
        chain.pop();
      chain.push(point);
    }
    return chain.slice(0, -1);
  };
  return [...half(sorted), ...half(sorted.reverse())];
}

/** Area of a polygon without crossings, ≥ 0. */
export function polygonArea(points: readonly Corner[]): number {
  let sum = 0;
  points.forEach(([x, y], i) => {
    const [nextX, nextY] = points[(i + 1) % points.length]!;
    sum += x * nextY - nextX * y;
  });
  return Math.abs(sum) / 2;
}

/**
 * Four-cornered shape around a hull: again and again the side whose removal adds the least area goes, its neighbours
 * being drawn out until they meet.
 *
 * @returns null where that does not lead to four corners.
 */
export function quadrilateralAround(hull: readonly Corner[]): Quadrilateral | null {
  const points = [...hull];
  while (points.length > 4) {
    let best: { at: number; corner: Corner; added: number } | null = null;
    for (let i = 0; i < points.length; i++) {
      const at = (k: number): Corner => points[(i + k) % points.length]!;
      const [a, b, c, d] = [at(0), at(1), at(2), at(3)];
      const corner = meetingOf(a, b, d, c);
      if (corner === null) continue;
      const added = polygonArea([b, corner, c]);
      if (best === null || added < best.added) best = { at: i, corner, added };
    }
    if (best === null) return null;
    points[(best.at + 1) % points.length] = best.corner;
    points.splice((best.at + 2) % points.length, 1);
  }
  if (points.length !== 4) return null;
  const first = points.reduce(
    (least, [x, y], i) => (x + y < points[least]![0] + points[least]![1] ? i : least),
    0,
  );
  const [a, b, c, d] = [...points.slice(first), ...points.slice(0, first)];
  return [a!, b!, c!, d!];
}

/** Where the line from a through b, drawn out beyond b, meets that from d through c; null where it does not. */
function meetingOf(a: Corner, b: Corner, d: Corner, c: Corner): Corner | null {
  const [ux, uy] = [b[0] - a[0], b[1] - a[1]];
  const [vx, vy] = [c[0] - d[0], c[1] - d[1]];
  const turn = ux * vy - uy * vx;
  if (Math.abs(turn) < 1e-9) return null;
  const t = ((d[0] - a[0]) * vy - (d[1] - a[1]) * vx) / turn;
  const s = ((d[0] - a[0]) * uy - (d[1] - a[1]) * ux) / turn;
  return t < 1 || s < 1 ? null : [a[0] + t * ux, a[1] + t * uy];
}

/** Twice the signed area of a triangle; > 0 where the way o → a → b turns clockwise (y downwards). */
function cross(o: Corner, a: Corner, b: Corner): number {
  return (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0]);
}
