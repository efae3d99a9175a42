import { en } from './en.ts';

/** Every text of the window; components hold none themselves. */
export type Words = typeof en;

/** The words in use. English is the only language so far. */
export const words: Words = en;
