#!/usr/bin/env node
/**
 * Stands in for `fpm` when electron-builder makes a .deb: the same arguments, done by dpkg-deb, which every Debian and Ubuntu
 * has. The builder's own fpm is fetched from github.com with a Ruby; this needs no network. Only `-t deb` is known.
 */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { filesBelow } from './check-package.mjs';

const text = { type: 'string' };
const OPTIONS = {
  ...Object.fromEntries(
    [
      ...['architecture', 'after-install', 'after-remove', 'description', 'version', 'package', 'name'],
      ...['maintainer', 'vendor', 'url', 'category', 'deb-priority', 'license', 'iteration', 'log'],
      ...['deb-compression'],
    ].map((name) => [name, text]),
  ),
  source: { type: 'string', short: 's' },
  target: { type: 'string', short: 't' },
  depends: { type: 'string', short: 'd', multiple: true },
  'deb-recommends': { type: 'string', multiple: true },
  force: { type: 'boolean' },
  debug: { type: 'boolean' },
};

/** dpkg-deb's words for fpm's. */
const COMPRESSIONS = { gz: 'gzip', zst: 'zstd', xz: 'xz' };

const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
if (values.target !== 'deb') throw new Error(`fpm-by-dpkg makes .deb only, not ${values.target}.`);
const stage = mkdtempSync(path.join(tmpdir(), 'steadypen-deb-'));
try {
  chmodSync(stage, 0o755);
  for (const pair of positionals) copyInto(stage, pair);
  writeControl(stage, values);
  run('dpkg-deb', [
    '--root-owner-group',
    `-Z${COMPRESSIONS[values['deb-compression']] ?? 'xz'}`,
    '--build',
    stage,
    path.resolve(values.package),
  ]);
} finally {
  rmSync(stage, { recursive: true, force: true });
}

/** `FROM=/TO`; a folder with `/` at its end gives its content. */
function copyInto(folder, pair) {
  const at = pair.lastIndexOf('=');
  const [from, to] = [pair.slice(0, at), path.join(folder, pair.slice(at + 1))];
  mkdirSync(statSync(from).isDirectory() ? to : path.dirname(to), { recursive: true, mode: 0o755 });
  cpSync(from, to, { recursive: true, verbatimSymlinks: true });
  // What was made with a private umask must still be readable for all who use the computer.
  const files = statSync(to).isDirectory() ? filesBelow(to).files.map((file) => path.join(to, file)) : [to];
  for (const file of files) {
    const { mode } = lstatSync(file);
    if (!lstatSync(file).isSymbolicLink()) chmodSync(file, mode & 0o111 ? 0o755 : 0o644);
  }
}

function writeControl(folder, given) {
  const control = path.join(folder, 'DEBIAN');
  mkdirSync(control, { mode: 0o755 });
  const [synopsis, ...rest] = given.description.trim().split('\n');
  const fields = {
    Package: given.name,
    Version: given.iteration ? `${given.version}-${given.iteration}` : given.version,
    Architecture: given.architecture,
    Maintainer: given.maintainer,
    'Installed-Size': String(Math.ceil(filesBelow(folder).bytes / 1024)),
    Depends: given.depends?.join(', '),
    Recommends: given['deb-recommends']?.join(', '),
    Section: given.category ?? 'default',
    Priority: given['deb-priority'],
    Homepage: given.url,
    Description: [synopsis.trim(), ...rest.map((line) => ` ${line.trim() || '.'}`)].join('\n'),
  };
  const lines = Object.entries(fields).filter(([, value]) => value !== undefined && value !== '');
  writeFileSync(path.join(control, 'control'), lines.map(([name, value]) => `${name}: ${value}\n`).join(''));
  for (const [name, file] of [
    ['postinst', given['after-install']],
    ['postrm', given['after-remove']],
  ]) {
    if (file === undefined || !existsSync(file)) continue;
    writeFileSync(path.join(control, name), readFileSync(file), { mode: 0o755 });
  }
  run('sh', [
    '-c',
    'find . -type f ! -path "./DEBIAN/*" -printf "%P\\0" | sort -z | xargs -0 md5sum > DEBIAN/md5sums',
  ]);
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, { cwd: stage, stdio: ['ignore', 'inherit', 'inherit'] });
  if (error ?? status !== 0) throw new Error(`${command} failed: ${error?.message ?? `exit code ${status}`}`);
}
