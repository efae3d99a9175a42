import type { InkMap } from '../images.ts';
import { thinMask } from '../skeleton.ts';
import { coarsen, drawLittle, LITTLE_SIDE, measureHoles, type LittlePicture } from './little-picture.ts';
import { findAxes } from './principal-axes.ts';
import { profileRow } from './row-profile.ts';
import { scoreSpiral } from './spiral-score.ts';
import { tracePath, type PathScale, type StrokePath } from './stroke-path.ts';

/** Smaller holes are gaps of a thick line, in pixels of the little picture. */
const LEAST_HOLE = 12;
const FINE: PathScale = { longestGap: 24, endSteps: 8, shortestBranch: 6 };
const COARSE: PathScale = { longestGap: 6, endSteps: 4, shortestBranch: 3 };

/** What the shape classifier looks at; in this order in its weights. */
export const SHAPE_FEATURES = [
  'pieces',
  'largest',
  'second',
  'ink',
  'lineWidth',
  'length',
  'fill',
  'boxFill',
  'hullRound',
  'ends',
  'junctions',
  'holes',
  'holeArea',
  'geo',
  'joinedShare',
  'joins',
  'joinFit',
  'straight',
  'forward',
  'wind',
  'detour',
  'outwards',
  'slenderness',
  'filled',
  'crossings',
  'crossingSpread',
  'columnHeight',
  'heightSpread',
  'upperRhythm',
  'lowerRhythm',
  'middleRhythm',
  'edgeBalance',
  'rowSpread',
  'columnSpread',
  'aroundFine',
  'aroundLowFine',
  'coveredFine',
  'offCentreFine',
  'aroundCoarse',
  'aroundLowCoarse',
  'coveredCoarse',
  'offCentreCoarse',
  'piecesFar',
  'largestFar',
  'inkFar',
  'endsFar',
  'junctionsFar',
  'holesFar',
  'geoFar',
  'joinedShareFar',
  'straightFar',
  'forwardFar',
  'windFar',
  'detourFar',
  'outwardsFar',
] as const;
export type ShapeFeature = (typeof SHAPE_FEATURES)[number];
export type ShapeFeatures = Readonly<Record<ShapeFeature, number>>;

/** Measures the shape of the ink, whatever its size; null without ink. Counts are logarithms. */
export function measureShape(map: InkMap): ShapeFeatures | null {
  const picture = drawLittle(map);
  if (picture === null || picture.pieceSizes.length === 0) return null;
  const { width, height, mask, pieceSizes } = picture;
  const skeleton = thinMask({ width, height, data: mask }).mask.data;
  const path = tracePath(skeleton, width, height, FINE);
  const ink = pieceSizes.reduce((sum, size) => sum + size, 0);
  const holes = measureHoles(picture, LEAST_HOLE);
  const hull = measureHull(picture);
  const row = profileRow(picture);
  const [fine, coarse] = scoreSpiral(picture);
  const length = Math.max(1, path.length);
  return {
    pieces: Math.log(pieceSizes.length),
    largest: pieceSizes[0]! / ink,
    second: (pieceSizes[1] ?? 0) / ink,
    ink: Math.log(ink / LITTLE_SIDE),
    lineWidth: Math.log(ink / length),
    length: Math.log(length / LITTLE_SIDE),
    fill: ink / Math.max(1, hull.area),
    boxFill: hull.area / Math.max(1, hull.boxArea),
    hullRound: hull.roundness,
    ends: Math.log(1 + path.ends),
    junctions: Math.log(1 + path.junctions),
    holes: Math.log(1 + holes.count),
    holeArea: holes.area / Math.max(1, hull.area),
    ...measurePath(path, length, picture),
    ...row,
    slenderness: Math.log(row.slenderness),
    crossings: Math.log(1 + row.crossings),
    aroundFine: fine.around,
    aroundLowFine: fine.aroundLow,
    coveredFine: fine.covered,
    offCentreFine: fine.offCentre,
    aroundCoarse: coarse.around,
    aroundLowCoarse: coarse.aroundLow,
    coveredCoarse: coarse.covered,
    offCentreCoarse: coarse.offCentre,
    ...measureFromAfar(coarsen(picture)),
  };
}

/** The same lines without detail: a shaken figure has its shape from afar. */
function measureFromAfar(picture: LittlePicture) {
  const { width, height, mask, pieceSizes } = picture;
  const traced = tracePath(thinMask({ width, height, data: mask }).mask.data, width, height, COARSE);
  const length = Math.max(1, traced.length);
  const ink = pieceSizes.reduce((sum, size) => sum + size, 0);
  const path = measurePath(traced, length, picture);
  return {
    piecesFar: Math.log(pieceSizes.length),
    largestFar: pieceSizes[0]! / ink,
    inkFar: Math.log(ink / length),
    endsFar: Math.log(1 + traced.ends),
    junctionsFar: Math.log(1 + traced.junctions),
    holesFar: Math.log(1 + measureHoles(picture, 1).count),
    geoFar: path.geo,
    joinedShareFar: path.joinedShare,
    straightFar: path.straight,
    forwardFar: path.forward,
    windFar: path.wind,
    detourFar: path.detour,
    outwardsFar: path.outwards,
  };
}

/** The longest way along the lines: how much of them it is, and how it runs along the ink and about its middle. */
function measurePath({ x, y, ...path }: StrokePath, length: number, { mask, width }: LittlePicture) {
  const axes = findAxes(mask, width);
  const count = x.length;
  const cos = Math.cos(axes.angle);
  const sin = Math.sin(axes.angle);
  const along = Array.from(x, (value, i) => cos * (value - axes.x) + sin * (y[i]! - axes.y));
  const radius = Array.from(x, (value, i) => Math.hypot(value - axes.x, y[i]! - axes.y));
  const size = axes.long || 1;
  let turn = 0;
  let forward = 0;
  let backward = 0;
  for (let i = 1; i < count; i++) {
    const step = along[i]! - along[i - 1]!;
    if (step > 0) forward += step;
    else backward -= step;
    // Close to the middle every step is a turn.
    if (radius[i]! < 0.2 * size || radius[i - 1]! < 0.2 * size) continue;
    const angle =
      Math.atan2(y[i]! - axes.y, x[i]! - axes.x) - Math.atan2(y[i - 1]! - axes.y, x[i - 1]! - axes.x);
    turn += angle > Math.PI ? angle - 2 * Math.PI : angle < -Math.PI ? angle + 2 * Math.PI : angle;
  }
  const chord = count < 2 ? 0 : Math.hypot(x[count - 1]! - x[0]!, y[count - 1]! - y[0]!);
  return {
    geo: count / length,
    joinedShare: path.joinedShare,
    joins: Math.log(1 + path.joins),
    joinFit: path.joinFit,
    straight: Math.abs(correlationWithIndex(along)),
    forward: forward + backward === 0 ? 0 : Math.abs(forward - backward) / (forward + backward),
    wind: Math.log(1 + Math.abs(turn) / (2 * Math.PI)),
    detour: Math.log(Math.max(1, count) / Math.max(1, chord)),
    outwards: Math.abs(correlationWithIndex(radius)),
  };
}

function correlationWithIndex(values: readonly number[]): number {
  const count = values.length;
  if (count < 3) return 0;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  let product = 0;
  let power = 0;
  let indexPower = 0;
  for (let i = 0; i < count; i++) {
    const index = i - (count - 1) / 2;
    product += index * (values[i]! - mean);
    power += (values[i]! - mean) ** 2;
    indexPower += index * index;
  }
  return power === 0 ? 0 : product / Math.sqrt(power * indexPower);
}

/** The convex hull of the ink: its area, that of the box along the ink's axes, and 4π·area over the squared perimeter. */
function measureHull({ width, height, mask }: LittlePicture) {
  const points: (readonly [number, number])[] = [];
  for (let y = 0; y < height; y++) {
    const first = mask.indexOf(1, y * width);
    if (first < 0 || first >= (y + 1) * width) continue;
    const last = mask.lastIndexOf(1, (y + 1) * width - 1);
    points.push([first - y * width, y], [last - y * width + 1, y], [first - y * width, y + 1]);
    points.push([last - y * width + 1, y + 1]);
  }
  const hull = convexHull(points);
  const axes = findAxes(mask, width);
  const cos = Math.cos(axes.angle);
  const sin = Math.sin(axes.angle);
  let area = 0;
  let perimeter = 0;
  let [lowU, highU, lowV, highV] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const [i, [x, y]] of hull.entries()) {
    const [nextX, nextY] = hull[(i + 1) % hull.length]!;
    area += (x * nextY - nextX * y) / 2;
    perimeter += Math.hypot(nextX - x, nextY - y);
    const u = cos * x + sin * y;
    const v = cos * y - sin * x;
    lowU = Math.min(lowU, u);
    highU = Math.max(highU, u);
    lowV = Math.min(lowV, v);
    highV = Math.max(highV, v);
  }
  return {
    area: Math.abs(area),
    boxArea: (highU - lowU) * (highV - lowV),
    roundness: perimeter === 0 ? 0 : (4 * Math.PI * Math.abs(area)) / perimeter ** 2,
  };
}

/** Andrew's monotone chain. */
function convexHull(points: readonly (readonly [number, number])[]): (readonly [number, number])[] {
  const sorted = points.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]);
  const half = (list: readonly (readonly [number, number])[]) => {
    const chain: (readonly [number, number])[] = [];
    for (const point of list) {
      while (chain.length >= 2) {
        const [ax, ay] = chain[chain.length - 2]!;
        const [bx, by] = chain[chain.length - 1]!;
        if ((bx - ax) * (point[1] - ay) - (by - ay) * (point[0] - ax) > 0) break;
        chain.pop();
      }
      chain.push(point);
    }
    return chain.slice(0, -1);
  };
  return [...half(sorted), ...half(sorted.toReversed())];
}
