import { parse, type AST } from 'svelte/compiler';
import { describe, expect, test } from 'vitest';
import { words } from '../../renderer/words/words.ts';
import { ERROR_CODES } from '../../src/base/errors.ts';
import {
  DISCLAIMER,
  HANDS,
  INCONCLUSIVE_REASONS,
  LABELS,
  NOT_SCREENABLE_REASONS,
  SENSITIVITIES,
  TASKS,
  TASK_SOURCES,
  VERDICTS,
} from '../../src/base/words.ts';
import { POINTER_KINDS } from '../../src/ink/recording.ts';

describe('the dictionary', () => {
  test.each([
    ['tasks', words.common.tasks, TASKS],
    ['verdicts', words.common.verdicts, VERDICTS],
    ['labels', words.common.labels, LABELS],
    ['hands', words.common.hands, HANDS],
    ['reasons', words.common.reasons, NOT_SCREENABLE_REASONS],
    ['faults', words.common.faultHeads, ERROR_CODES],
    ['pointers', words.common.pointers, POINTER_KINDS],
    ['drawn tasks', words.screen.taskWords, TASKS.filter((task) => task !== 'page')],
    ['reasons in a list', words.library.shortReasons, NOT_SCREENABLE_REASONS],
    ['advices on refusals', words.verdict.refusalAdvice, NOT_SCREENABLE_REASONS],
    ['inconclusive reasons', words.verdict.inconclusiveShort, INCONCLUSIVE_REASONS],
    ['task sources', words.warnings.taskSources, TASK_SOURCES],
    ['sensitivities', words.common.sensitivities, SENSITIVITIES],
  ])('has a word for each of the %s, and no more', (_, entries, wanted) => {
    expect(Object.keys(entries).toSorted()).toEqual([...wanted].toSorted());
  });

  test('says the disclaimer as the core says it', () => expect(words.common.disclaimer).toBe(DISCLAIMER));

  test('holds no empty text', () => {
    const empty: string[] = [];
    const walk = (value: unknown, path: string): void => {
      if (typeof value === 'string') {
        if (value.trim() === '') empty.push(path);
      } else if (typeof value === 'object' && value !== null) {
        for (const [key, inner] of Object.entries(value)) walk(inner, `${path}.${key}`);
      }
    };
    walk(words, 'words');
    expect(empty).toEqual([]);
  });
});

const SOURCES = import.meta.glob<string>('../../renderer/**/*.svelte', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const SPOKEN = new Set(['aria-label', 'aria-description', 'title', 'placeholder', 'alt', 'label']);

describe('components', () => {
  test('there are some to look at', () => expect(Object.keys(SOURCES).length).toBeGreaterThan(20));

  test.each(Object.keys(SOURCES))('%s holds no text of its own', (path) => {
    const found: string[] = [];
    const walk = (node: unknown, attribute: string | null): void => {
      if (Array.isArray(node)) {
        for (const child of node) walk(child, attribute);
        return;
      }
      if (typeof node !== 'object' || node === null || !('type' in node)) return;
      const { type } = node;
      if (type === 'Text' && 'data' in node && (attribute === null || SPOKEN.has(attribute))) {
        if (/\p{L}/u.test(String(node.data))) found.push(String(node.data).trim());
      }
      const inside =
        /(Attribute|Directive)$/.test(String(type)) && 'name' in node ? String(node.name) : attribute;
      for (const [key, child] of Object.entries(node)) {
        if (key === 'expression' || key === 'metadata') continue;
        walk(child, inside);
      }
    };
    const { fragment }: AST.Root = parse(SOURCES[path] ?? '', { modern: true });
    walk(fragment, null);
    expect(found).toEqual([]);
  });
});
