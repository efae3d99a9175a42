/** A part of a sentence; the figures in it are strong. */
export interface Part {
  readonly text: string;
  readonly strong: boolean;
}

/** Splits a sentence so that its measured figures, number and unit together, can stand out. */
export function emphasiseFigures(sentence: string): Part[] {
  const figure = /((?<!\band |\d|\.)\d+(?:\.\d+)?[\s\u00a0](?:times a second|mm)(?!\w))/g;
  return sentence
    .split(figure)
    .map((text, index) => ({ text, strong: index % 2 === 1 }))
    .filter(({ text }) => text !== '');
}
