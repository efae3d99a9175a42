/** Models and patches that every export is tried on, with what our own engine says of them. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Rng } from '../../../src/base/rng.ts';
import type { TaskGroup } from '../../../src/base/words.ts';
import { NO_CALIBRATION } from '../../../src/model/calibration.ts';
import type { Exporter } from '../../../src/model/export-facts.ts';
import type { Architecture, ModelBundle, ModelNetwork } from '../../../src/model/model-bundle.ts';
import { decodeModel } from '../../../src/model/model-file.ts';
import { openEngine } from '../../../src/model/open-engine.ts';
import { initialParameters, weightsOf } from '../../../src/model/parameters.ts';
import { createPredictor } from '../../../src/model/predictor.ts';
import { makeSyntheticPatches } from '../../../src/synthetic/synthetic-patches.ts';
import { plainCard } from './plain-card.ts';
import { tinyPatches } from './tiny.ts';

export const EXPORTER: Exporter = { modelId: '0123456789abcdef', version: '1.2.3' };

const root = path.resolve(import.meta.dirname, '../../..');
/** The model that ships, made sparse by training. */
export const factory = decodeModel(
  readFileSync(path.join(root, 'assets/models/factory.spm')),
  'the factory model',
);

/** Not one size like another, channels in no multiples of 8, so that nothing mixed up comes out even. */
const ODD: Architecture = { kind: 'conv-relu-pool', inputSide: 16, channels: [3, 5], classes: 2 };
const rng = new Rng('odd');
/** Random, biases too. */
export const odd: ModelBundle = {
  schemaVersion: 2,
  architecture: ODD,
  networks: [
    {
      name: 'all',
      weights: weightsOf(
        ODD,
        initialParameters(ODD, rng).map((value) => value + 0.3 * rng.normal()),
      ),
    },
  ],
  preprocessing: 'ink-1',
  calibration: { spiral: NO_CALIBRATION, wave: { ...NO_CALIBRATION, slope: 0.7 }, writing: NO_CALIBRATION },
  card: plainCard({ name: 'Größe 1' }),
};

export interface Judged {
  /** Ink 0..1, shape [count, side, side]. */
  readonly ink: Float32Array;
  readonly count: number;
  /** What our engine says, shape [count]. */
  readonly logits: Float32Array;
}

export interface Exported {
  readonly what: string;
  readonly bundle: ModelBundle;
  readonly network: ModelNetwork;
  /** Groups whose calibration belongs to the network. */
  readonly groups: readonly TaskGroup[];
}

/** Every network that an export is tried on. */
export const EXPORTED: readonly Exported[] = [
  {
    what: 'the factory network of figures',
    bundle: factory,
    network: networkOf(factory, 'figures'),
    groups: ['spiral', 'wave'],
  },
  {
    what: 'the factory network of writing',
    bundle: factory,
    network: networkOf(factory, 'writing'),
    groups: ['writing'],
  },
  {
    what: 'a random one with 3 and 5 channels',
    bundle: odd,
    network: networkOf(odd, 'all'),
    groups: ['spiral', 'wave', 'writing'],
  },
];

function networkOf({ networks }: ModelBundle, name: string): ModelNetwork {
  const network = networks.find((one) => one.name === name);
  if (network === undefined) throw new Error(`a model without a network of ${name}`);
  return network;
}

/** 64 patches: synthetic drawings, then noise of several strengths, then an empty and a full one. */
export async function judged({ bundle, network }: Exported): Promise<Judged> {
  const count = 64;
  const size = bundle.architecture.inputSide ** 2;
  const drawn =
    bundle.architecture === ODD
      ? tinyPatches(48, 'exports')
      : await makeSyntheticPatches({
          count: 48,
          kinds: ['fonts', 'handwriting', 'spiral', 'wave'],
          seed: 5,
          part: 'test',
        });
  const noise = new Rng('noise');
  const ink = Float32Array.from({ length: count * size }, (_, i) => {
    const patch = Math.floor(i / size);
    if (patch < drawn.count) return drawn.pixels[i]! / 255;
    if (patch >= count - 2) return patch === count - 1 ? 1 : 0;
    return noise.next() < (patch - drawn.count + 1) / 16 ? noise.next() : 0;
  });
  const engine = await openEngine('cpu');
  const predictor = await createPredictor(engine, { ...bundle, ...network });
  const { logits } = await predictor.predict(ink, count);
  predictor.dispose();
  await engine.close();
  return { ink, count, logits };
}

/** Second column minus first of [n, 2], in float64: tremor-like minus regular. */
export function differences(pairs: ArrayLike<number>): number[] {
  return Array.from({ length: pairs.length / 2 }, (_, i) => pairs[2 * i + 1]! - pairs[2 * i]!);
}

/** The largest absolute difference. */
export function largestGap(one: ArrayLike<number>, other: ArrayLike<number>): number {
  if (one.length !== other.length) return Infinity;
  // Math.max says NaN where one is NaN, and no comparison accepts that.
  return Math.max(...Array.from(one, (value, i) => Math.abs(value - other[i]!)));
}
