import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { generateKeyPairSync } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, describe, expect, test } from 'vitest';
import config from '../../../electron-builder.config.mjs';
import { appRules, holdAgainst, nativePackages } from '../../../scripts/package/allow-list.mjs';
import { writeChecksums } from '../../../scripts/package/checksums.mjs';
import { ICON_SOURCE, makeIcons } from '../../../scripts/package/icons.mjs';
import { appLanguages, chromiumLocales } from '../../../scripts/package/languages.mjs';
import { signingFromEnvironment } from '../../../scripts/package/signing.mjs';
import { shipPublicKey, updateKey } from '../../../scripts/package/update-key.mjs';
import { changesOf } from '../../../scripts/package/update-statement.mjs';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const folder = mkdtempSync(path.join(tmpdir(), 'steadypen-packaging-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('icons: one drawing becomes pictures of each size, an .ico and an .icns with the same pictures', async () => {
  const out = path.join(folder, 'icons');
  await makeIcons(path.join(ROOT, ICON_SOURCE), out);
  const png = (size: number) => readFileSync(path.join(out, `png/${size}x${size}.png`));
  for (const size of [16, 256, 1024]) {
    const { data, info } = await sharp(png(size)).raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height, info.channels]).toEqual([size, size, 4]);
    expect(data[3]).toBe(0); // round corners
    const low = ((size - 2) * size + Math.floor(size / 2)) * 4;
    expect([...data.subarray(low, low + 4)]).toEqual([0x27, 0x49, 0xa5, 255]);
  }
  const ico = readFileSync(path.join(out, 'icon.ico'));
  expect([ico.readUInt16LE(0), ico.readUInt16LE(2), ico.readUInt16LE(4)]).toEqual([0, 1, 7]);
  const last = 6 + 16 * 6;
  expect(ico[last]).toBe(0); // 256
  const at = ico.readUInt32LE(last + 12);
  expect(ico.subarray(at, at + ico.readUInt32LE(last + 8)).equals(png(256))).toBe(true);
  const icns = readFileSync(path.join(out, 'icon.icns'));
  expect(icns.subarray(0, 4).toString()).toBe('icns');
  expect(icns.readUInt32BE(4)).toBe(icns.length);
  const entries: string[] = [];
  for (let offset = 8; offset < icns.length; offset += icns.readUInt32BE(offset + 4)) {
    entries.push(icns.subarray(offset, offset + 4).toString());
  }
  expect(entries).toEqual(['ic11', 'ic12', 'ic07', 'ic08', 'ic13', 'ic09', 'ic14', 'ic10']);
});

describe('signing follows from the environment', () => {
  test('without a certificate nothing is signed, and that is said', () => {
    const { mac, win, said } = signingFromEnvironment({});
    expect(mac).toMatchObject({ identity: null, hardenedRuntime: false, notarize: false });
    expect(win.signExecutable).toBe(false);
    expect(said.win32).toContain('not signed');
  });

  test('with one, macOS is hardened with our entitlements and notarised', () => {
    const { mac, win } = signingFromEnvironment({
      CSC_LINK: 'cert.p12',
      CSC_KEY_PASSWORD: 'x',
      APPLE_ID: 'a@b',
      APPLE_APP_SPECIFIC_PASSWORD: 'x',
      APPLE_TEAM_ID: 'T',
    });
    expect(mac).toMatchObject({ hardenedRuntime: true, notarize: true });
    expect(mac).not.toHaveProperty('identity');
    expect(existsSync(path.join(ROOT, mac.entitlements))).toBe(true);
    expect(win.signExecutable).toBe(true);
  });

  test.each([
    { env: { CSC_LINK: 'cert.p12' }, says: /CSC_KEY_PASSWORD is not/ },
    { env: { APPLE_ID: 'a@b', CSC_NAME: 'n' }, says: /APPLE_APP_SPECIFIC_PASSWORD, APPLE_TEAM_ID is not/ },
    {
      env: { APPLE_API_KEY: 'k', APPLE_API_KEY_ID: 'i', APPLE_API_ISSUER: 's' },
      says: /needs a signed app/,
    },
  ])('half of it is refused: $says', ({ env, says }) => {
    expect(() => signingFromEnvironment(env)).toThrow(says);
  });
});

test('languages are those of the screens, under the names of Chromium', () => {
  expect(appLanguages(ROOT)).toEqual(['en']);
  expect(chromiumLocales(['de', 'en', 'zh'])).toEqual(['de', 'en-US', 'zh-CN']);
});

test('the list finds what is too much and what is missing', () => {
  const rules = [{ pattern: /^a$/ }, { pattern: /^b\/.+$/ }, { pattern: /^c$/, optional: true }];
  expect(holdAgainst(['a', 'b/1', 'b/2'], rules)).toEqual([]);
  expect(holdAgainst(['b/1', 'd'], rules)).toEqual(['d is not on the list', 'nothing fits ^a$ of the list']);
  expect(nativePackages('darwin', ['x64', 'arm64'])).toHaveLength(4);
  expect(() => nativePackages('linux', ['ia32'])).toThrow(/not made for linux on ia32/);
});

test('a bundle may be named after a file of a package, and has its hash', () => {
  const rules = appRules({ platform: 'linux', archs: ['x64'], fonts: [], strokeFonts: [] });
  const faults = holdAgainst(
    ['server.CMf4nKky-DrYOdWHW.js', 'patches-CvuGBz7W.js', 'notes.js', 'main.js.map'].map(
      (name) => `dist/electron/${name}`,
    ),
    rules,
  );
  expect(faults.filter((fault) => fault.endsWith('is not on the list'))).toEqual([
    'dist/electron/notes.js is not on the list',
    'dist/electron/main.js.map is not on the list',
  ]);
});

test('checksums are those of sha256sum', async () => {
  writeFileSync(path.join(folder, 'a.deb'), 'abc');
  writeFileSync(path.join(folder, 'b.dmg'), '');
  await writeChecksums(folder, [path.join(folder, 'b.dmg'), path.join(folder, 'a.deb')]);
  expect(readFileSync(path.join(folder, 'SHA256SUMS'), 'utf8')).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  a.deb\n' +
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  b.dmg\n',
  );
});

describe('the key of updates', () => {
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;

  test('its public half alone is shipped, and none without a key', () => {
    const file = path.join(folder, 'update-key.pem');
    writeFileSync(path.join(folder, 'key'), pem);
    shipPublicKey(folder, updateKey({ STEADYPEN_UPDATE_KEY: path.join(folder, 'key') }));
    expect(readFileSync(file, 'utf8')).toContain('BEGIN PUBLIC KEY');
    shipPublicKey(folder, updateKey({}));
    expect(existsSync(file)).toBe(false);
    expect(updateKey({ STEADYPEN_UPDATE_KEY: pem.replaceAll('\n', '\\n') })).not.toBeNull();
  });

  test.each([
    { given: '/nowhere/key', says: /neither a PEM nor/ },
    { given: '-----BEGIN nonsense', says: /no private key/ },
    {
      given: generateKeyPairSync('x25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
      says: /type x25519; Ed25519 is needed/,
    },
  ])('one that is none is refused: $says', ({ given, says }) => {
    expect(() => updateKey({ STEADYPEN_UPDATE_KEY: given })).toThrow(says);
  });

  test('what changes is the section of the version', () => {
    expect(changesOf('# C\n\n## [Unreleased]\n\n- new\n\n## [0.1.0]\n\n- old\n', '0.1.0')).toBe('- old');
    expect(changesOf('# C\n\n## [Unreleased]\n\n- new\n\n## [0.1.0]\n\n- old\n', '0.2.0')).toBe('- new');
  });
});

test('tfjs-node-gpu is named as an optional peer: npm ci fetches nothing of it, and the builder takes no package but sharp', () => {
  const manifest = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as Record<
    string,
    object
  >;
  const name = '@tensorflow/tfjs-node-gpu';
  expect(manifest['peerDependencies']).toEqual({ [name]: '4.22.0' });
  expect(manifest['peerDependenciesMeta']).toEqual({ [name]: { optional: true } });
  const lock = JSON.parse(readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, object>;
  };
  expect(Object.keys(lock.packages).filter((place) => place.includes('tfjs-node'))).toEqual([]);
});

test('no installer takes .json over, or claims models, which the app does not open', () => {
  expect([config.fileAssociations, config.win?.fileAssociations, config.linux?.fileAssociations]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect(config.mac?.fileAssociations).toMatchObject([{ ext: 'json', rank: 'Alternate' }]);
  expect(config.linux?.mimeTypes).toEqual(['application/json']);
  const script = readFileSync(path.join(ROOT, 'packaging/installer.nsh'), 'utf8');
  expect(script).not.toMatch(/WriteRegStr .*Classes\\\.json"/);
  expect(script).toContain('.json\\OpenWithProgids');
});

test.skipIf(spawnSync('dpkg-deb', ['--version']).status !== 0)(
  'dpkg-deb makes of fpm’s arguments a package with the right owner, rights, sums and fields',
  () => {
    const [source, script, out] = ['app', 'after', 'x.deb'].map((name) => path.join(folder, name));
    spawnSync('mkdir', ['-p', `${source}/bin`]);
    writeFileSync(`${source}/bin/tool`, '#!/bin/sh\n', { mode: 0o700 });
    writeFileSync(`${source}/note`, 'n', { mode: 0o600 });
    writeFileSync(script as string, '#!/bin/sh\ntrue\n');
    const words = [
      '-s',
      'dir',
      '--force',
      '-t',
      'deb',
      '-d',
      'libnss3',
      '-d',
      'xdg-utils',
      '--deb-compression',
      'gz',
    ];
    words.push(
      '--architecture',
      'amd64',
      '--after-install',
      `${script}`,
      '--version',
      '1.2.3',
      '--name',
      'tool',
    );
    words.push('--maintainer', 'A <a@b>', '--url', 'https://x', '--description', 'Short\n Long text.');
    words.push('--package', `${out}`, `${source}/=/opt/Tool`);
    const made = spawnSync(process.execPath, [path.join(ROOT, 'scripts/package/fpm-by-dpkg.mjs'), ...words]);
    expect(made.stderr.toString()).toBe('');
    const ask = (...args: string[]) => spawnSync('dpkg-deb', [...args, `${out}`]).stdout.toString();
    expect(ask('--field')).toMatch(/Depends: libnss3, xdg-utils\n[^]*Description: Short\n Long text\./);
    const content = ask('--contents');
    expect(content).toMatch(/^drwxr-xr-x root\/root .*\.\/$/m);
    expect(content).toMatch(/-rwxr-xr-x root\/root .*\.\/opt\/Tool\/bin\/tool/);
    expect(content).toMatch(/-rw-r--r-- root\/root .*\.\/opt\/Tool\/note/);
    expect(spawnSync('dpkg-deb', ['--ctrl-tarfile', `${out}`]).stdout.toString('latin1')).toContain(
      'postinst',
    );
  },
);
