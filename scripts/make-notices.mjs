/**
 * `npm run notices`: writes THIRD-PARTY-NOTICES.md from what the builds really contain (dist/.packages), the fonts, and
 * the packages that are shipped as they are. Fails when a licence text cannot be found or a licence is not a known free one.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { spawnSync } from 'node:child_process';
import { continueUnderNode24, requireNode24, root } from './setup/node24.mjs';

/** Licences that may be shipped beside Apache-2.0; LGPL for libvips, which sharp loads as a shared library. */
const ALLOWED =
  /^(MIT|ISC|BSD-2-Clause|BSD-3-Clause|0BSD|Apache-2\.0|OFL-1\.1|LGPL-3\.0-or-later|Unlicense|Apache-2\.0 AND LGPL-3\.0-or-later( AND MIT)?)$/;

const MIT_TEXT = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

await continueUnderNode24(import.meta.url);
const built = spawnSync(requireNode24(), [path.join(root, 'scripts/build.mjs'), '--electron'], {
  stdio: 'inherit',
});
if (built.status !== 0) process.exit(1);

const bundled = ['renderer', 'electron', 'preload', 'engine-preload', 'engine', 'engine-worker'].flatMap(
  (name) => JSON.parse(readFileSync(path.join(root, `dist/.packages/${name}.json`), 'utf8')),
);
const { OUTLINE_FONTS, STROKE_FONTS } = await import('../src/synthetic/font-list.ts');
const folders = new Set([
  ...bundled.map((folder) => folder.replace(/^(\.\.\/)+/, '')),
  ...OUTLINE_FONTS.map(({ name }) => `node_modules/@fontsource/${name}`),
  'node_modules/hersheytext',
  ...shippedWithSharp(),
]);

const entries = [...folders].map(describe).sort((a, b) => (a.title < b.title ? -1 : 1));
const text = [
  '# Third-party notices',
  '',
  'Steadypen itself is licensed under Apache-2.0 (LICENSE). What it ships of others, with their licences; made by',
  '`npm run notices` from what the builds contain. Electron and Chromium bring their own notices beside the app.',
  '',
  ...STROKE_FONTS.flatMap(({ file }) => [
    `## ${file} (single-stroke font, from hersheytext)`,
    '',
    '```',
    strokeFontTerms(file),
    '```',
    '',
  ]),
  ...entries.flatMap(({ title, licence, body }) => [
    `## ${title}`,
    '',
    `Licence: ${licence}`,
    '',
    '```',
    body,
    '```',
    '',
  ]),
].join('\n');
writeFileSync(path.join(root, 'THIRD-PARTY-NOTICES.md'), text);
console.log(`THIRD-PARTY-NOTICES.md: ${entries.length} packages`);

/** sharp and what it needs on this platform; other platforms' parts come from the same repositories and licences. */
function shippedWithSharp() {
  const names = ['sharp', 'detect-libc', 'semver'];
  const parts = readdirSync(path.join(root, 'node_modules/@img')).map((name) => `@img/${name}`);
  return [...names, ...parts].map((name) => `node_modules/${name}`);
}

function describe(folder) {
  const manifest = JSON.parse(readFileSync(path.join(root, folder, 'package.json'), 'utf8'));
  const title = `${manifest.name} ${manifest.version}`;
  const stated = typeof manifest.license === 'string' ? manifest.license : manifest.licenses?.[0]?.type;
  const licence = stated ?? licenceByText(folder);
  if (!ALLOWED.test(licence ?? ''))
    throw new Error(`${title}: the licence ${licence} is not among the known ones`);
  return { title, licence, body: licenceText(folder, manifest, licence) };
}

/** For manifests that name none. */
function licenceByText(folder) {
  const file = licenceFile(folder);
  const start = file === undefined ? '' : readFileSync(file, 'utf8').slice(0, 200);
  return /^\s*(# )?(The )?MIT License/i.test(start) ? 'MIT' : undefined;
}

function licenceFile(folder) {
  const name = readdirSync(path.join(root, folder)).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
  return name === undefined ? undefined : path.join(root, folder, name);
}

/** The package's own licence file; where it ships none, its named holder under the licence's name. */
function licenceText(folder, manifest, licence) {
  if (licence === 'LGPL-3.0-or-later') return lgplText();
  const file = licenceFile(folder);
  if (file !== undefined)
    return readFileSync(file, 'utf8').trim().replaceAll('```', "'''").replaceAll('\r\n', '\n');
  const author = typeof manifest.author === 'string' ? manifest.author : manifest.author?.name;
  const home = manifest.repository?.url ?? manifest.repository ?? manifest.homepage ?? '';
  const says = `The package carries no licence file. Its manifest says: ${licence}${author ? `, by ${author}` : ''}. ${home}`;
  return licence === 'MIT' ? `${says}\n\n${MIT_TEXT}` : says;
}

/** libvips: the app shows its sources, parts and notices in files of their own (scripts/package/libvips-offer.mjs). */
function lgplText() {
  return [
    'libvips with the libraries linked into it. In the installed app the folder `licences` says which they are, where their sources',
    'are and how to exchange the library, with the notices of each and the text of the GNU GPL, version 3.',
    '',
    readFileSync(path.join(root, 'packaging/licences/LGPL-3.0.txt'), 'utf8').trim(),
  ].join('\n');
}

/** Each of these files carries its own terms. */
function strokeFontTerms(name) {
  const svg = readFileSync(path.join(root, `node_modules/hersheytext/svg_fonts/${name}.svg`), 'utf8');
  const terms = /<metadata>([^]*?)<\/metadata>/.exec(svg)?.[1]?.trim();
  if (!terms) throw new Error(`${name}.svg states no terms`);
  return terms.replaceAll('\r\n', '\n');
}
