/** Accuracies on an axis that is logarithmic in what is wrong: 90, 99 and 99.9 % lie at equal distances. */
const TICKS = [0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.998, 0.999, 0.9995, 0.9998, 0.9999];
/** Where fewer decades than `FEW_DECADES` are shown. */
const FINE_TICKS = [0, 1, 2, 3].flatMap((decade) =>
  [10, 8, 6, 5, 4, 3, 2, 1.5].map((tenths) => Number((1 - (tenths / 10) * 10 ** -decade).toFixed(6))),
);
const FEW_DECADES = 1.2;
/** An axis shows this many at least: differences within the chance of a test set should not fill it. */
const LEAST_DECADES = 0.3;

export interface ErrorScale {
  /** The px of an accuracy; beyond `bottom` or `top` for one that lies outside. */
  readonly y: (accuracy: number) => number;
  /** Ascending, at least `distance` px apart; 1 where an accuracy reaches it. */
  readonly ticks: readonly number[];
}

/**
 * A scale that holds all accuracies with some room.
 * @param accuracies Shares, at least one.
 * @param patches Number of patches that they were counted on: nearer to 100 % than half a patch is shown as half a patch.
 * @param band px of its ends, the bottom one being larger.
 * @param distance Between ticks, px.
 */
export function errorScale(
  accuracies: readonly number[],
  patches: number,
  { top, bottom }: { readonly top: number; readonly bottom: number },
  distance: number,
): ErrorScale {
  const decades = (accuracy: number) => -Math.log10(Math.max(0.5 / patches, 1 - accuracy));
  const [low, high] = spread(accuracies.map(decades), 0.05, LEAST_DECADES);
  const y = (accuracy: number) => bottom - ((decades(accuracy) - low) / (high - low)) * (bottom - top);
  const whole = Math.max(...accuracies) === 1 ? [1] : [];
  const highest = whole.length > 0 ? y(1) + distance : top + 8;
  const fine = high - low < FEW_DECADES;
  const inside = (fine ? FINE_TICKS : TICKS).filter((tick) => y(tick) >= highest && y(tick) <= bottom);
  return { y, ticks: [...apart(inside, (tick) => -y(tick), distance), ...whole] };
}

/** Lowest and highest value with room around them, a share `pad` of their distance; `least` apart at least. */
export function spread(values: readonly number[], pad: number, least: number): [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = Math.max(pad * Math.max(least, high - low), (least - (high - low)) / 2);
  return [low - room, high + room];
}

/** Those that keep `distance` px from the one before; the last always stays. */
export function apart(ticks: readonly number[], at: (tick: number) => number, distance: number): number[] {
  return ticks.reduceRight<number[]>(
    (kept, tick) => (kept.length === 0 || at(kept[0]!) - at(tick) >= distance ? [tick, ...kept] : kept),
    [],
  );
}
