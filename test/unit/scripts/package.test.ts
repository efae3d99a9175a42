import { execFile } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { extractAll, listPackage } from '@electron/asar';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { FuseState, FuseV1Options, FuseVersion, flipFuses, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import config from '../../../electron-builder.config.mjs';
import { checkPackage, SIZE_BUDGET } from '../../../scripts/package/check-package.mjs';
import { layOutLicences } from '../../../electron/lay-out-licences.ts';
import { findElectron } from '../../../scripts/setup/electron.mjs';
import { openNetworkBench } from '../../../src/host/bench/network-bench.ts';
import { SYNTHETIC_KINDS } from '../../../src/base/words.ts';
import { DataThreads } from '../../../src/host/data-threads.ts';
import { readFactoryModel } from '../../../src/host/model-shelf.ts';
import { ScreenerClient } from '../../../src/host/screener-client.ts';
import { forkProgram } from '../../../src/host/spawn-node.ts';
import type { StartRequest } from '../../../src/model/trainer-protocol.ts';
import type { TrainEvent } from '../../../src/model/training-types.ts';
import { OUTLINE_FONTS, STROKE_FONTS } from '../../../src/synthetic/font-list.ts';
import { dataHash, makeSyntheticPatches } from '../../../src/synthetic/synthetic-patches.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const out = mkdtempSync(path.join(tmpdir(), 'steadypen-package-'));
const app = path.join(out, 'linux-unpacked');
const asar = path.join(app, 'resources/app.asar');
const unpacked = `${asar}.unpacked`;

describe.skipIf(process.platform !== 'linux')('npm run package', () => {
  let files: readonly string[] = [];

  beforeAll(async () => {
    if (findElectron() === null) console.warn('Electron has no binary here: packed against a stand-in.');
    await promisify(execFile)(process.execPath, [path.join(ROOT, 'scripts/package.mjs'), '--out', out], {
      cwd: ROOT,
      maxBuffer: 16 * 1024 * 1024,
    });
    files = listPackage(asar, { isPack: false });
  }, 300_000);
  afterAll(() => rmSync(out, { recursive: true, force: true }));

  test.each([
    '/package.json',
    '/LICENSE',
    '/THIRD-PARTY-NOTICES.md',
    '/dist/electron/main.js',
    '/dist/electron/preload.cjs',
    '/dist/electron/engine-preload.cjs',
    '/dist/engine/index.html',
    '/dist/electron/screener.js',
    '/dist/electron/trainer.js',
    '/dist/electron/cpu-helper.js',
    '/dist/electron/network-bench.js',
    '/dist/electron/data-thread.js',
    '/dist/renderer/index.html',
    '/dist/kernels/steadypen-kernels.wasm',
    '/dist/kernels/steadypen-engine.wasm',
    '/dist/kernels/tfjs-backend-wasm-simd.wasm',
    '/assets/models/factory.spm',
    '/assets/examples/examples.json',
  ])('holds %s', (file) => {
    expect(files).toContain(file);
  });

  test('holds every font that training needs', () => {
    for (const { name } of OUTLINE_FONTS) {
      expect(files).toContain(`/node_modules/@fontsource/${name}/files/${name}-latin-400-normal.woff2`);
      expect(files).toContain(`/node_modules/@fontsource/${name}/LICENSE`);
    }
    for (const { file } of STROKE_FONTS)
      expect(files).toContain(`/node_modules/hersheytext/svg_fonts/${file}.svg`);
  });

  test('holds no sources, tests, documents, maps or data of other people', () => {
    const own = files.filter((file) => !file.startsWith('/node_modules/'));
    expect(own.filter((file) => /\.(ts|svelte|map|csv|sh)$/.test(file))).toEqual([]);
    expect(new Set(own.map((file) => file.split('/')[1]))).toEqual(
      new Set(['package.json', 'LICENSE', 'THIRD-PARTY-NOTICES.md', 'dist', 'assets', 'node_modules']),
    );
    expect(files.filter((file) => /shared|zham|uci_tablet/i.test(file))).toEqual([]);
  });

  test('brings no package but sharp with what it needs, and fonts', () => {
    const packages = files
      .map((file) => /^\/node_modules\/((?:@[^/]+\/)?[^/@]+)$/.exec(file)?.[1] ?? '')
      .filter((name) => name !== '' && !name.startsWith('@fontsource/'));
    expect(packages.filter((name) => !name.startsWith('@img/')).sort()).toEqual([
      'detect-libc',
      'hersheytext',
      'semver',
      'sharp',
    ]);
  });

  test('holds the licences of libvips with an offer of its sources, and the notices of what is inside of it', () => {
    const licences = path.join(app, 'resources/licences');
    expect(readdirSync(licences).sort()).toEqual([
      'GPL-3.0.txt',
      'LGPL-3.0.txt',
      'libvips-notices.txt',
      'libvips.md',
    ]);
    const offer = readFileSync(path.join(licences, 'libvips.md'), 'utf8');
    const part = path.join(unpacked, `node_modules/@img/sharp-libvips-linux-${process.arch}/versions.json`);
    const versions = JSON.parse(readFileSync(part, 'utf8')) as Record<string, string>;
    for (const [name, version] of Object.entries(versions)) expect(offer).toContain(`- ${name} ${version}`);
    expect(offer).toMatch(/three years[^]*complete corresponding source code/);
    expect(readFileSync(path.join(licences, 'LGPL-3.0.txt'), 'utf8')).toContain(
      'GNU LESSER GENERAL PUBLIC LICENSE',
    );
    const notices = gunzipSync(readFileSync(path.join(app, 'resources/LICENSES.chromium.html.gz')));
    expect(notices.length).toBeGreaterThan(0);
  });

  test('About lays out all licences of an installed app, readable', () => {
    const folder = path.join(out, 'licences');
    layOutLicences(folder, { app: ROOT, program: app, resources: path.join(app, 'resources') });
    expect(readdirSync(folder).sort()).toEqual([
      'GPL-3.0.txt',
      'LGPL-3.0.txt',
      'LICENSE',
      'LICENSE.electron.txt',
      'LICENSES.chromium.html',
      'THIRD-PARTY-NOTICES.md',
      'libvips-notices.txt',
      'libvips.md',
    ]);
    expect(readFileSync(path.join(folder, 'LICENSES.chromium.html'), 'utf8')).toMatch(/^<[^]*>/);
  });

  test('holds a bill of materials that is valid CycloneDX and names what is shipped, and nothing that is not', async () => {
    const text = readFileSync(path.join(app, 'resources/sbom.cdx.json'), 'utf8');
    const fault = await new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(text);
    expect(fault).toBeNull();
    const bom = JSON.parse(text) as {
      components: { name: string; group?: string; components?: { name: string }[] }[];
    };
    const names = bom.components.map(({ group, name }) => (group ? `${group}/${name}` : name));
    for (const name of ['electron', 'sharp', 'svelte', 'kysely', '@tensorflow/tfjs-core', 'hersheytext']) {
      expect(names).toContain(name);
    }
    for (const name of ['electron-builder', 'vitest', '@tensorflow/tfjs-node-gpu', 'webgpu']) {
      expect(names).not.toContain(name);
    }
    const libvips = bom.components.find(({ name }) => name.startsWith('sharp-libvips'));
    expect(libvips?.components?.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['glib', 'vips', 'webp']),
    );
  });

  test('speaks the languages of the screens and no others', () => {
    expect(readdirSync(path.join(app, 'locales'))).toEqual(['en-US.pak']);
  });

  describe('an app that is not as it should be makes no installer', () => {
    const broken = path.join(out, 'broken');
    const facts = () => ({
      folder: broken,
      resources: path.join(broken, 'resources'),
      binary: path.join(broken, 'steadypen'),
      executable: 'steadypen',
      platform: 'linux',
      archs: [process.arch],
      fonts: OUTLINE_FONTS.map(({ name }) => name),
      strokeFonts: STROKE_FONTS.map(({ file }) => file),
      locales: ['en-US'],
      fuses: config.electronFuses as Record<string, boolean>,
    });
    const natives = `resources/app.asar.unpacked/node_modules/@img/sharp-linux-${process.arch}`;
    beforeAll(() => cpSync(app, broken, { recursive: true }));

    test('as it was packed there is no fault, and it is within its budget', async () => {
      const { faults, bytes } = await checkPackage(facts());
      expect(faults).toEqual([]);
      expect(bytes).toBeLessThan(SIZE_BUDGET);
    });

    test('a file more, beside the program, the archive or in it', async () => {
      const extra = [
        'spy.so',
        'resources/extra.json',
        `resources/app.asar.unpacked/node_modules/left-pad/index.js`,
      ];
      for (const file of extra) cpSync(path.join(app, 'LICENSE.electron.txt'), path.join(broken, file));
      const { faults } = await checkPackage(facts());
      expect(faults).toEqual([
        'node_modules/left-pad/index.js is not on the list',
        'extra.json is not on the list',
        'spy.so is not on the list',
      ]);
      for (const file of extra) rmSync(path.join(broken, file));
    });

    test("sharp's library is missing, or of another machine", async () => {
      rmSync(path.join(broken, natives), { recursive: true });
      expect((await checkPackage(facts())).faults).toEqual([
        expect.stringMatching(`@img/sharp-linux-${process.arch} with its library is not packed.*npm install`),
      ]);
      cpSync(path.join(app, natives), path.join(broken, natives), { recursive: true });
      const { faults } = await checkPackage({ ...facts(), platform: 'win32' });
      expect(faults.join()).toContain(`@img/sharp-win32-${process.arch} with its library is not packed`);
    });

    test('a file of the list is missing', async () => {
      rmSync(path.join(broken, 'resources/licences/LGPL-3.0.txt'));
      expect((await checkPackage(facts())).faults).toEqual([expect.stringContaining('LGPL-3')]);
      cpSync(path.join(app, 'resources/licences'), path.join(broken, 'resources/licences'), {
        recursive: true,
      });
    });

    test('a fuse is another one', async () => {
      await flipFuses(path.join(broken, 'steadypen'), {
        version: FuseVersion.V1,
        [FuseV1Options.RunAsNode]: true,
      });
      expect((await checkPackage(facts())).faults).toEqual(['the fuse runAsNode should be off']);
      cpSync(path.join(app, 'steadypen'), path.join(broken, 'steadypen'));
    });

    test('it is larger than it may be', async () => {
      const file = path.join(broken, 'resources.pak');
      truncateSync(file, SIZE_BUDGET); // a hole: nothing is written
      expect((await checkPackage(facts())).faults).toEqual([
        expect.stringMatching(/large, over the 260\.0 MB/),
      ]);
      writeFileSync(file, '');
    });
  });

  test("sharp's native parts lie outside of the archive", () => {
    const machine = `linux-${process.arch}`;
    expect(existsSync(path.join(unpacked, `node_modules/@img/sharp-${machine}/lib`))).toBe(true);
    expect(existsSync(path.join(unpacked, `node_modules/@img/sharp-libvips-${machine}/lib`))).toBe(true);
  });

  test('fuses: no running as Node, no NODE_OPTIONS, no inspector, the archive alone and checked', async () => {
    const wire = await getCurrentFuseWire(path.join(app, 'steadypen'));
    const fuse = (option: FuseV1Options) => wire[option];
    expect(fuse(FuseV1Options.RunAsNode)).toBe(FuseState.DISABLE);
    expect(fuse(FuseV1Options.EnableNodeOptionsEnvironmentVariable)).toBe(FuseState.DISABLE);
    expect(fuse(FuseV1Options.EnableNodeCliInspectArguments)).toBe(FuseState.DISABLE);
    expect(fuse(FuseV1Options.GrantFileProtocolExtraPrivileges)).toBe(FuseState.DISABLE);
    expect(fuse(FuseV1Options.EnableCookieEncryption)).toBe(FuseState.ENABLE);
    expect(fuse(FuseV1Options.EnableEmbeddedAsarIntegrityValidation)).toBe(FuseState.ENABLE);
    expect(fuse(FuseV1Options.OnlyLoadAppFromAsar)).toBe(FuseState.ENABLE);
  });

  test('the packed screener works away from the clone, with nothing but what was packed', async () => {
    const copy = path.join(out, 'copy');
    extractAll(asar, copy);
    cpSync(unpacked, copy, { recursive: true });
    const screener = new ScreenerClient({
      spawn: (program) => forkProgram(path.join(copy, `dist/electron/${program}.js`)),
    });
    try {
      screener.useModel('packed', await readFactoryModel(path.join(copy, 'assets')));
      const verdicts: string[] = [];
      const example = path.join(copy, 'assets/examples/spiral-tremor.png');
      for await (const reply of screener.screen({ kind: 'path', path: example }, { task: 'spiral-free' })) {
        if (reply.kind === 'page') verdicts.push(reply.result.verdict);
      }
      expect(verdicts).toEqual(['tremor-like']);
    } finally {
      screener.close();
    }
  }, 60_000);

  test('the packed bench process measures the processor, with what was packed', async () => {
    const bench = openNetworkBench('cpu', (program) =>
      forkProgram(path.join(out, `copy/dist/electron/${program}.js`)),
    );
    try {
      expect((await bench.start(1, null, 60_000)).detail).not.toContain('slow');
      expect(await bench.measure('train-rvsm', 0.1, 60_000)).toBeGreaterThan(1);
    } finally {
      bench.close();
    }
  }, 120_000);
  test('the packed data thread makes the bytes of the clone, with the packed fonts', async () => {
    const options = { count: 24, kinds: SYNTHETIC_KINDS, seed: 1, part: 'train' } as const;
    const program = path.join(out, 'copy/dist/electron/data-thread.js');
    const threads = new DataThreads({ threads: 1, program });
    const warn = vi.spyOn(console, 'warn');
    try {
      const packed = await makeSyntheticPatches({ ...options, maker: threads.patches });
      expect(dataHash(packed)).toBe(dataHash(await makeSyntheticPatches(options)));
      expect(warn).not.toHaveBeenCalled(); // it says so when it does without threads
    } finally {
      threads.close();
      warn.mockRestore();
    }
  }, 60_000);

  test('the packed trainer trains away from the clone, and finds its data threads', async () => {
    const said = vi.spyOn(process.stderr, 'write');
    const port = forkProgram(path.join(out, 'copy/dist/electron/trainer.js'));
    const start: StartRequest = {
      kind: 'start',
      recipe: {
        seed: 1,
        epochs: 1,
        fineTuneEpochs: 0,
        batchSize: 16,
        penalty: null,
        targetSparsity: 0,
        paperForm: null,
        synthetic: { count: 32, kinds: ['wave'] },
        backend: 'cpu',
      },
      engines: [{ backend: 'cpu', threads: 2 }],
      startedOver: [],
      own: null,
      active: null,
      name: 'packed',
      command: 'test',
      createdAt: '2026-01-01T00:00:00Z',
    };
    try {
      const last = await new Promise<TrainEvent>((resolve, reject) => {
        port.onMessage((message) => {
          const event = message as TrainEvent;
          if (event.kind === 'done' || event.kind === 'failed') resolve(event);
        });
        port.onClose((reason) => reject(new Error(reason)));
        port.postMessage(start);
      });
      expect(last.kind).toBe('done');
      expect(said.mock.calls.map(([text]) => String(text)).join('')).not.toContain('data thread');
    } finally {
      port.close();
      said.mockRestore();
    }
  }, 60_000);

  test.each(['preload', 'engine-preload'])(
    '%s is one CommonJS file that imports nothing but electron',
    (name) => {
      const preload = readFileSync(path.join(out, `copy/dist/electron/${name}.cjs`), 'utf8');
      expect([...preload.matchAll(/require\(["']([^"']+)["']\)/g)].map((match) => match[1])).toEqual([
        'electron',
      ]);
    },
  );
});
