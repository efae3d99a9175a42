/** What all readings of the clock share: how a movement is cut into windows, and what is held down. */

/** Length of a window, s. The surroundings of a peak ({@link USUAL_REACH} of peak-spectrum.ts) are meant for it. */
export const WINDOW_S = 2.56;

export const WINDOWING = { leastPresence: 0.35, leastWindows: 3, mostWindows: 600, highestHz: 20 } as const;

/** What may be asked for, an asked rhythm with its harmonics or even letters, counts no more than this. */
export const HELD_STRENGTH = 0.4;
