/** Makes the patches of a study on all cores, in memory that the training threads share. */
import type { PatchSet } from '../../imaging/patch-set.ts';
import type { DatasetName } from '../../reproduction/results.ts';
import { dataSeeds, STUDIES, type StudySize } from '../../reproduction/studies.ts';
import { PARTS, type Part } from '../../synthetic/font-library.ts';
import { dataHash, makeSyntheticPatches } from '../../synthetic/synthetic-patches.ts';
import { DataThreads } from '../data-threads.ts';
import type { SharedPatches } from './study-protocol.ts';

export interface MadeStudy {
  readonly patches: SharedPatches;
  /** Of all three parts. */
  readonly dataHash: string;
}

/** @throws UserError `cancelled`. */
export async function makeStudy(
  name: DatasetName,
  size: StudySize,
  signal: AbortSignal,
  onProgress: (done: number, total: number) => void,
): Promise<MadeStudy> {
  const { kinds, range } = STUDIES[name];
  const seeds = dataSeeds(name);
  const total = PARTS.reduce((sum, part) => sum + size.patches[part], 0);
  const threads = new DataThreads({ signal });
  let before = 0;
  const make = async (part: Part): Promise<PatchSet> => {
    const set = await makeSyntheticPatches({
      count: size.patches[part],
      kinds,
      range,
      seed: seeds[part],
      part,
      maker: threads.patches,
      signal,
      onProgress: (done) => onProgress(before + done, total),
    });
    before += set.count;
    return { ...set, pixels: shared(set.pixels), labels: shared(set.labels) };
  };
  try {
    const train = await make('train');
    const validation = await make('validation');
    const test = await make('test');
    const patches = { train, validation, test };
    return { patches, dataHash: PARTS.map((part) => dataHash(patches[part])).join('-') };
  } finally {
    threads.close();
  }
}

function shared(bytes: Uint8Array): Uint8Array {
  const copy = new Uint8Array(new SharedArrayBuffer(bytes.length));
  copy.set(bytes);
  return copy;
}
