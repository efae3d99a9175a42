/**
 * Trains in a real trainer process, keeps its checkpoints in the folder of its first argument, goes on from the one that lies
 * there, and leaves `model.spm`. Says `trainer PID` when training may be killed, and `kept` after every checkpoint. Where a
 * second argument is given nothing is kept. For tests that end it at any instant.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { Rng } from '../../../../src/base/rng.ts';
import { spawnNode } from '../../../../src/host/spawn-node.ts';
import { runTrainer } from '../../../../src/host/trainer-process.ts';
import { PATCH_SIDE } from '../../../../src/imaging/images.ts';
import type { PatchSet } from '../../../../src/model/dataset.ts';
import type { StartRequest } from '../../../../src/model/trainer-protocol.ts';
import { KeptCheckpoint } from '../../../../src/store/kept-checkpoint.ts';

/**
 * Lines across the patch; those of tremor-like ones are ragged. One patch of a wave and one of writing of each of 60 people, so that
 * two networks are trained.
 */
function ownPatches(): PatchSet {
  const count = 120;
  const rng = new Rng('own');
  const pixels = new Uint8Array(count * PATCH_SIDE * PATCH_SIDE);
  const labels = Uint8Array.from({ length: count }, (_, i) => (i >> 1) % 2);
  for (let n = 0; n < count; n++) {
    const first = 10 + rng.int(100);
    for (let column = 0; column < PATCH_SIDE; column++) {
      const row = first + (labels[n] === 1 ? rng.int(12) : 4);
      pixels[(n * PATCH_SIDE + row) * PATCH_SIDE + column] = 255;
    }
  }
  const subjects = Array.from(labels, (_, i) => `person ${i >> 1}`);
  return {
    count,
    pixels,
    labels,
    subjects,
    groups: Array.from(labels, (_, i) => (i % 2 === 0 ? ('wave' as const) : ('writing' as const))),
  };
}

const [, , folder = '', undisturbed] = process.argv;
const kept = new KeptCheckpoint(folder);
await kept.sweep();
const file = await kept.read();
const start: StartRequest = {
  kind: 'start',
  recipe: {
    seed: 5,
    epochs: 35,
    fineTuneEpochs: 10,
    batchSize: 8,
    penalty: { kind: 'l0', a: 1 },
    targetSparsity: 0.9,
    paperForm: null,
    synthetic: { count: 0, kinds: [] },
    backend: 'cpu',
  },
  engines: [{ backend: 'cpu', threads: 1 }],
  startedOver: [],
  own: ownPatches(),
  active: null,
  name: 'A run',
  command: 'test',
  createdAt: '2026-01-01T00:00:00Z',
  ...(file === null ? {} : { resume: { file, name: kept.file, otherwise: 'refuse' } }),
  ...(undisturbed === undefined ? { checkpointEveryMs: 0 } : {}),
};
const spawn: typeof spawnNode = (program) => {
  const port = spawnNode(program);
  console.log(`trainer ${port.pid}`);
  return port;
};
const keep = async (content: Uint8Array): Promise<void> => {
  if (undisturbed !== undefined) return;
  await kept.keep(content);
  console.log('kept');
};
for await (const event of runTrainer(spawn, start, new AbortController().signal, keep)) {
  if (event.kind === 'failed' || event.kind === 'warning')
    console.log(event.kind === 'warning' ? event.message : event.error.message);
  if (event.kind !== 'done') continue;
  writeFileSync(path.join(folder, 'model.spm'), event.model);
  await kept.remove();
}
