/** Markdown as Prettier would leave it, so that a report can stand in a repository as it is. */

/**
 * A table with columns as wide as their widest cell.
 * @param rows As many cells each as the head; finished Markdown.
 */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, ...rows];
  const widths = head.map((_, column) =>
    Math.max(3, ...lines.map((line) => [...(line[column] ?? '')].length)),
  );
  const row = (cells: readonly string[]) =>
    `| ${widths.map((width, column) => (cells[column] ?? '').padEnd(width)).join(' | ')} |`;
  return [row(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rows.map(row)].join(
    '\n',
  );
}

/** A bulleted list. */
export function bullets(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

/** Text that was written elsewhere, on one line and without any meaning for Markdown. */
export function plain(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*<>|[\]]|(?<!\w)_|_(?!\w)/g, '\\$&');
}

/** Blocks with a blank line between them; empty ones are left out. Ends in a line break. */
export function joinBlocks(blocks: readonly string[]): string {
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}
