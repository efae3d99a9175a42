/**
 * Compiles the AssemblyScript kernels to dist/kernels twice, as steadypen-kernels.wasm for the memory of tfjs and as
 * steadypen-engine.wasm for a memory that threads share, and puts tfjs's own .wasm files beside them, so that the folder holds
 * every binary that the backend `cpu` loads. Does nothing when the result is up to date (content hash).
 *
 * Usage: node scripts/build-kernels.mjs [--force]
 */
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const sources = path.join(root, 'src', 'tensor', 'kernels', 'assembly');
const target = path.join(root, 'dist', 'kernels');
const stamp = path.join(target, 'steadypen-kernels.hash');
const require = createRequire(import.meta.url);
const tfjsFolder = path.dirname(require.resolve('@tensorflow/tfjs-backend-wasm'));
const tfjsFiles = ['tfjs-backend-wasm-simd.wasm', 'tfjs-backend-wasm.wasm'];

const FLAGS = [
  '-O3',
  '--noAssert',
  '--runtime',
  'stub',
  '--use',
  'abort=',
  '--importMemory',
  '--initialMemory',
  '1',
];
/** The same functions; only the kind of memory that they work in differs. */
const BINARIES = {
  'steadypen-kernels.wasm': ['--enable', 'simd,bulk-memory'],
  'steadypen-engine.wasm': [
    ...['--enable', 'simd,bulk-memory,threads'],
    ...['--sharedMemory', '--maximumMemory', '65536'],
  ],
};

const hash = await hashOfInputs();
if (!process.argv.includes('--force') && (await isUpToDate(hash))) {
  console.log('kernels: up to date');
} else {
  await mkdir(target, { recursive: true });
  for (const file of tfjsFiles) await copyFile(path.join(tfjsFolder, file), path.join(target, file));
  for (const [name, flags] of Object.entries(BINARIES)) {
    const bytes = await compile([...FLAGS, ...flags]);
    await writeFile(path.join(target, name), bytes);
    console.log(`kernels: built ${path.relative(root, path.join(target, name))}, ${bytes.length} bytes`);
  }
  await writeFile(stamp, hash);
}

/** @returns {Promise<Uint8Array>} The module; ends the program with the compiler's words when it does not compile. */
async function compile(flags) {
  const { default: asc } = await import('assemblyscript/asc');
  const written = new Map();
  const { error, stderr } = await asc.main(['index.ts', '--outFile', 'kernels.wasm', ...flags], {
    readFile: (name, base) => readFile(path.resolve(sources, base, name), 'utf8').catch(() => null),
    writeFile: (name, contents) => void written.set(name, contents),
    listFiles: () => [],
  });
  const bytes = written.get('kernels.wasm');
  if (error || !bytes) {
    console.error(`kernels: did not compile\n${stderr.toString()}`);
    process.exit(1);
  }
  refuseOwnData(bytes);
  return bytes;
}

/** The module works in tfjs's memory: a data segment would overwrite what lies there. */
function refuseOwnData(bytes) {
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(bytes)).map(
    (i) => `${i.module}.${i.name}`,
  );
  if (imports.join() !== 'env.memory') {
    throw new Error(`kernels: must import env.memory alone, not ${imports.join(', ')}`);
  }
  const DATA_SECTION = 11;
  for (let at = 8; at < bytes.length;) {
    const id = bytes[at++];
    let size = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      size |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    if (id === DATA_SECTION)
      throw new Error('kernels: must have no data of their own (a string or static array?)');
    at += size;
  }
}

async function hashOfInputs() {
  const sum = createHash('sha256');
  sum.update(JSON.parse(await readFile(require.resolve('assemblyscript/package.json'), 'utf8')).version);
  sum.update(
    JSON.parse(await readFile(require.resolve('@tensorflow/tfjs-backend-wasm/package.json'), 'utf8')).version,
  );
  sum.update(await readFile(fileURLToPath(import.meta.url)));
  for (const file of (await readdir(sources)).filter((name) => name.endsWith('.ts')).sort()) {
    sum.update(file).update(await readFile(path.join(sources, file)));
  }
  return sum.digest('hex');
}

async function isUpToDate(wanted) {
  try {
    for (const file of [...Object.keys(BINARIES), ...tfjsFiles]) await readFile(path.join(target, file));
    return (await readFile(stamp, 'utf8')) === wanted;
  } catch {
    return false;
  }
}
