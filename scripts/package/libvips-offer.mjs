/** What an installed app says of libvips: its licence, where its sources are, how to exchange it, and what is linked into it. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * @param {string} root The project.
 * @param {readonly string[]} natives Folders below node_modules/@img; the one with versions.json holds libvips.
 * @returns {string} Markdown.
 * @throws {Error} where the package names no versions: then nobody could find the sources.
 */
export function libvipsOffer(root, natives) {
  const folders = natives.map((name) => path.join(root, 'node_modules/@img', name));
  const folder = folders.find((place) => existsSync(path.join(place, 'versions.json')));
  if (folder === undefined) throw new Error(`None of ${natives.join(', ')} says which libvips it holds.`);
  const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const versions = JSON.parse(readFileSync(path.join(folder, 'versions.json'), 'utf8'));
  const readme = readFileSync(path.join(folder, 'README.md'), 'utf8');
  return [
    `# libvips ${versions.vips} in Steadypen`,
    '',
    `Steadypen reads pictures with sharp, which loads libvips as a shared library from the package ${manifest.name} ${manifest.version}.`,
    'libvips and some of the libraries linked into it are under the GNU Lesser General Public License, version 3 (LGPL-3.0.txt, with',
    'GPL-3.0.txt, which it builds on). Steadypen itself is not: it uses the library as it is, unchanged.',
    '',
    '## Exchanging it',
    '',
    'The library lies outside of the archive of the app, in `app.asar.unpacked/node_modules/@img`: put one of your own with the same',
    'interface in its place. You may reverse engineer Steadypen to debug such a change.',
    '',
    '## Sources',
    '',
    `The scripts and the versions of all sources are in https://github.com/lovell/sharp-libvips, tag v${manifest.version}; they fetch`,
    'each library from the place of its own project. For three years after you were given this copy, the Steadypen authors',
    '(packages@steadypen.org) send the complete corresponding source code of the LGPL parts on request, for no more than the cost of',
    'sending it. This offer is valid for anybody who holds a copy.',
    '',
    '## What is inside',
    '',
    ...Object.entries(versions).map(([name, version]) => `- ${name} ${version}`),
    '',
    'Their notices are in libvips-notices.txt. In the words of the package:',
    '',
    readme.slice(readme.indexOf('## Licensing')).replace('## Licensing', '').trim(),
    '',
  ].join('\n');
}
