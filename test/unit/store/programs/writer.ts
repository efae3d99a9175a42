/** Stores and labels samples without end and says on stdout what was acknowledged. Ended by being killed. */
import { createHash, randomUUID } from 'node:crypto';
import { nodeClock } from '../../../../src/host/node-clock.ts';
import type { SampleId } from '../../../../src/base/ids.ts';
import { openStore } from '../../../../src/store/open-store.ts';
import { sampleOf } from '../support.ts';

const [home] = process.argv.slice(2);
if (home === undefined) throw new Error('writer.ts HOME');
const store = await openStore(home, { clock: nodeClock });
for (;;) {
  const id = randomUUID() as string as SampleId;
  const text = createHash('sha512').update(id).digest('hex').repeat(200);
  const file = await store.blobs.put(new TextEncoder().encode(text));
  await store.samples.add(sampleOf({ id, participant: 'P-1', file }));
  process.stdout.write(`sample ${id}\n`);
  await store.samples.label([id], 'tremor-like', 'user');
  process.stdout.write(`label ${id}\n`);
  await store.journals.begin(id, { task: 'wave' });
  await store.journals.append(id, { stroke: id });
  process.stdout.write(`stroke ${id}\n`);
}
