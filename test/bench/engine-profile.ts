/**
 * Where a training step of the CPU engine spends its time, function by function, and how far the convolutions stand from what
 * the processor could do: 4 floats a vector, two multiplications and two additions a cycle.
 *
 * Usage: node test/bench/engine-profile.ts [--json] [--steps 300] [--noise]
 * One thread, a batch of 32 synthetic patches: the reference net from a fresh start, and the factory model, which is another net. --noise
 * takes pictures without any blank paper, as the engine is never given.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import asc from 'assemblyscript/asc';
import { Rng } from '../../src/base/rng.ts';
import { makeBenchBatch } from '../../src/host/bench/bench-pictures.ts';
import type { Architecture } from '../../src/model/model-bundle.ts';
import { decodeModel } from '../../src/model/model-file.ts';
import { flatOf, initialParameters, REFERENCE_ARCHITECTURE } from '../../src/model/parameters.ts';
import { loadCpuEngine } from '../../src/tensor/load-cpu-engine.ts';

const KERNELS = path.resolve(import.meta.dirname, '../../src/tensor/kernels/assembly');
const MEMORY = ['--importMemory', '--initialMemory', '1'];
/** As scripts/build-kernels.mjs, and with the names of the functions. */
const ENGINE_FLAGS = [
  ...['-O3', '--noAssert', '--runtime', 'stub', '--use', 'abort=', ...MEMORY, '--debug'],
  ...['--enable', 'simd,bulk-memory,threads', '--sharedMemory', '--maximumMemory', '65536'],
];
/** Each turn of the loop waits for the one before: a rotation and a sum, one cycle each on every processor we know. */
const CLOCK = `export function spin(turns: i32): i32 {
  let x = turns;
  for (let i = 0; i < turns; i++) x = rotl(x, 1) + i;
  return x;
}`;
const CYCLES_A_TURN = 2;

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    steps: { type: 'string', default: '300' },
    noise: { type: 'boolean', default: false },
  },
});
const steps = Number(options.steps);
if (!(Number.isInteger(steps) && steps > 0)) {
  console.error('engine profile: --steps takes a whole number above 0');
  process.exit(2);
}

const folder = mkdtempSync(path.join(tmpdir(), 'steadypen-profile-'));
try {
  const gigahertz = await measureClock();
  const file = path.join(folder, 'engine.wasm');
  writeFileSync(file, await compile('index.ts', KERNELS, ENGINE_FLAGS));
  const profiles = await profileEngine(file);
  if (options.json) console.log(JSON.stringify({ gigahertz, profiles }));
  else print(gigahertz, profiles);
} finally {
  rmSync(folder, { recursive: true });
}

interface Profile {
  readonly weights: string;
  readonly microsecondsPerImage: number;
  /** By function, the slowest first. */
  readonly functions: readonly (readonly [name: string, microseconds: number])[];
  /** Multiplications of Winograd's products per image: windows that are not blank, 16 · channels in · out each. */
  readonly winogradProducts: number;
}

async function profileEngine(file: string): Promise<Profile[]> {
  const { images: ink, labels } = await makeBenchBatch();
  const rng = new Rng('noise');
  const images = options.noise ? ink.map(() => rng.next()) : ink;
  const factory = decodeModel(readFileSync('assets/models/factory.spm'), 'The factory model');
  const engine = await loadCpuEngine(file, 1);
  const profiles: Profile[] = [];
  for (const [weights, architecture, flat] of [
    [
      'reference net, fresh start',
      REFERENCE_ARCHITECTURE,
      initialParameters(REFERENCE_ARCHITECTURE, new Rng('bench')),
    ],
    ['factory model', factory.architecture, flatOf(factory.architecture, factory.networks[0]?.weights ?? {})],
  ] as const) {
    const network = await engine.open(architecture);
    const run = async (count: number): Promise<void> => {
      for (let i = 0; i < count; i++) await network.lossAndGradient(flat, images, labels);
    };
    await run(50);
    const session = new Session();
    session.connect();
    await session.post('Profiler.enable');
    await session.post('Profiler.setSamplingInterval', { interval: 200 });
    await session.post('Profiler.start');
    const start = performance.now();
    await run(steps);
    const perImage = (1000 * (performance.now() - start)) / steps / labels.length;
    const { profile } = await session.post('Profiler.stop');
    session.disconnect();
    const names = new Map(profile.nodes.map(({ id, callFrame }) => [id, callFrame.functionName]));
    const samples = new Map<string, number>();
    for (const id of profile.samples ?? []) {
      const name = names.get(id) || '(host)';
      samples.set(name, (samples.get(name) ?? 0) + 1);
    }
    const total = profile.samples?.length ?? 1;
    profiles.push({
      weights,
      microsecondsPerImage: perImage,
      functions: [...samples]
        .sort((a, b) => b[1] - a[1])
        .slice(0, 12)
        .map(([name, count]) => [name, (perImage * count) / total] as const),
      winogradProducts: winogradProducts(architecture, images, labels.length),
    });
    network.close();
  }
  engine.close();
  return profiles;
}

/** Counted from the pictures alone: a window of layer n is blank when the square of pixels that it sees is. */
function winogradProducts(
  { inputSide: side, channels }: Architecture,
  images: Float32Array,
  count: number,
): number {
  let products = 0;
  for (let layer = 1; layer < channels.length; layer++) {
    const cell = 2 ** (layer + 1);
    for (let image = 0; image < count; image++) {
      const pixels = images.subarray(image * side * side, (image + 1) * side * side);
      for (let row = 0; row < side; row += cell) {
        for (let column = 0; column < side; column += cell) {
          if (isBlank(pixels, side, row - cell + 1, column - cell + 1, 3 * cell - 2)) continue;
          products += 16 * channels[layer - 1]! * channels[layer]!;
        }
      }
    }
  }
  return products / count;
}

function isBlank(pixels: Float32Array, side: number, top: number, left: number, size: number): boolean {
  for (let row = Math.max(0, top); row < Math.min(side, top + size); row++) {
    for (let column = Math.max(0, left); column < Math.min(side, left + size); column++) {
      if (pixels[row * side + column] !== 0) return false;
    }
  }
  return true;
}

async function measureClock(): Promise<number> {
  const source = path.join(folder, 'clock.ts');
  writeFileSync(source, CLOCK);
  const bytes = await compile('clock.ts', folder, ['-O3', '--runtime', 'stub']);
  const spin = new WebAssembly.Instance(new WebAssembly.Module(bytes), {}).exports['spin'];
  if (typeof spin !== 'function') throw new Error('the clock did not compile');
  const turns = 200_000_000;
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    spin(turns);
    return performance.now() - start;
  });
  return (CYCLES_A_TURN * turns) / (1e6 * Math.min(...times));
}

async function compile(entry: string, from: string, flags: string[]): Promise<Uint8Array> {
  const written = new Map<string, string | Uint8Array>();
  const { error, stderr } = await asc.main([entry, '--outFile', 'out.wasm', ...flags], {
    readFile: (name, base) => {
      try {
        return readFileSync(path.resolve(from, base, name), 'utf8');
      } catch {
        return null;
      }
    },
    writeFile: (name, contents) => void written.set(name, contents),
    listFiles: () => [],
  });
  const bytes = written.get('out.wasm');
  if (error || !(bytes instanceof Uint8Array)) throw new Error(`did not compile: ${stderr.toString()}`);
  return bytes;
}

function print(gigahertz: number, profiles: readonly Profile[]): void {
  console.log(`Clock about ${gigahertz.toFixed(2)} GHz; batch 32, one thread, ${steps} steps.`);
  for (const { weights, microsecondsPerImage, functions, winogradProducts: products } of profiles) {
    console.log(`\n${weights}: ${microsecondsPerImage.toFixed(0)} µs an image`);
    for (const [name, microseconds] of functions) {
      const share = `${((100 * microseconds) / microsecondsPerImage).toFixed(0)} %`;
      console.log(`  ${name.padEnd(42)}${microseconds.toFixed(1).padStart(7)} µs ${share.padStart(6)}`);
    }
    const least = products / (8 * gigahertz * 1000);
    const [, taken = NaN] = functions.find(([name]) => name.endsWith('winogradForward')) ?? [];
    console.log(
      `  Winograd: ${(products / 1e6).toFixed(2)} million products an image, at least ${least.toFixed(0)} µs at 8 a cycle: ` +
        `${((100 * least) / taken).toFixed(0)} % of the limit, transforms and pooling included.`,
    );
  }
}
