/** A part of a text; what was measured is strong. */
export interface Part {
  readonly text: string;
  readonly strong: boolean;
}

/** A sentence whose figures stand out. Only the language knows which words they are: it marks them itself. */
export type Text = readonly Part[];

/** A part that stands out: a number with its unit, or the word that stands for one. */
export function strong(text: string): Text {
  return [{ text, strong: true }];
}

/** Template tag: say`The line wavers ${strong('5.1 times a second')}.` */
export function say(pieces: TemplateStringsArray, ...values: readonly (string | Text)[]): Text {
  const parts: Part[] = [];
  const add = (part: Part) => {
    const last = parts.at(-1);
    if (part.text === '') return;
    if (last?.strong === part.strong) parts[parts.length - 1] = { ...last, text: last.text + part.text };
    else parts.push(part);
  };
  for (const [index, piece] of pieces.entries()) {
    add({ text: piece, strong: false });
    const value = values[index] ?? '';
    for (const part of typeof value === 'string' ? [{ text: value, strong: false }] : value) add(part);
  }
  return parts;
}

/** The same without what stands out: for names, tables and titles. */
export function plainOf(text: Text): string {
  return text.map((part) => part.text).join('');
}
