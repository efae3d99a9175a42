/** Kinematic measures of a recording; null where one cannot be had. */
export interface TremorMeasures {
  /** Mean tremor frequency, Hz; null where none stands out between 3 and 12.5 Hz. */
  readonly peakHz: number | null;
  /** Height of the peak over its surroundings, ratio of power. */
  readonly peakRatio: number | null;
  /**
   * rms over both axes, mm; null where the physical size is unknown. Of the tremor alone where one stands out, otherwise
   * of all movement between 4 and 12 Hz. The swing of a tremor is 2√2 times this.
   */
  readonly amplitudeMmRms: number | null;
  /** The same in the recording's pixels; null for recordings in mm. */
  readonly amplitudePxRms: number | null;
  /** Samples a second while the pen is down. */
  readonly rateHz: number | null;
  /** Time with the pen down, s. */
  readonly durationS: number | null;
  /** Length of the drawn line over that time. */
  readonly meanSpeedMmS: number | null;
}

/** Why a measure is null or should be read with care, with the numbers behind it. */
export type MeasureWarning =
  /** Under `neededHz` nothing is measured; above it nothing faster than `visibleHz` can be seen. */
  | {
      readonly code: 'slow-sampling';
      readonly rateHz: number;
      readonly neededHz: number;
      readonly visibleHz: number;
    }
  /** The pen was down for `durationS`; where that is `neededS` or more, every single stroke is too short. */
  | { readonly code: 'short-recording'; readonly durationS: number; readonly neededS: number }
  | { readonly code: 'size-unknown' };
