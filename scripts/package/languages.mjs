/** Which of Chromium's languages are packed: those that the screens speak, found by their files in renderer/words. */
import { readdirSync } from 'node:fs';
import path from 'node:path';

/** Where Chromium has no file for the bare language, the region that is taken. */
const REGIONS = { en: 'en-US', pt: 'pt-BR', zh: 'zh-CN' };

/** @param {string} root The project. @returns {string[]} As in renderer/words, e.g. ['en']. */
export function appLanguages(root) {
  const found = readdirSync(path.join(root, 'renderer/words'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  if (found.length === 0) throw new Error('renderer/words holds no language.');
  return found.sort();
}

/** @param {readonly string[]} languages @returns {string[]} Names of Chromium's locale files. */
export function chromiumLocales(languages) {
  return languages.map((language) => REGIONS[language] ?? language);
}
