/**
 * Millimetres per CSS pixel. 96 pixels an inch is what browsers assume; real screens differ by up to a third, so every
 * place that shows a length in millimetres says that the size is assumed.
 */
export const ASSUMED_MM_PER_PX = 25.4 / 96;
