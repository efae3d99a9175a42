import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Api, ScreenEvent } from '../../../src/api/contract.ts';
import { residentBytes } from '../../../src/host/memory.ts';
import type { Port } from '../../../src/host/port.ts';
import { spawnNode } from '../../../src/host/spawn-node.ts';
import { RECORDING, temporaryFolder } from '../store/support.ts';
import { layOut, startApp, type RunningApp } from './support/running-app.ts';

/** Nothing here is a stand-in: the shipped model and examples, the real screener in its own process. */
let folder: ReturnType<typeof temporaryFolder>;
let app: RunningApp;
let api: Api;
const ports: Port[] = [];
beforeAll(async () => {
  folder = temporaryFolder();
  const places = layOut(folder.path);
  const assets = fileURLToPath(new URL('../../../assets', import.meta.url));
  app = await startApp({ ...places, assets }, (program) => {
    const port = spawnNode(program);
    ports.push(port);
    return port;
  });
  api = (await app.connect()).api;
});
afterAll(async () => {
  await app.close();
  folder.remove();
});

async function refusalOf(name: string, content: string | Uint8Array<ArrayBuffer>): Promise<unknown> {
  const events: ScreenEvent[] = [];
  try {
    const file = new Blob([content]);
    for await (const event of await api.screening.file({ file, name, task: null, participant: null }))
      events.push(event);
  } catch (fault) {
    return fault instanceof Error && 'data' in fault ? fault.data : fault;
  }
  return events;
}

test('the shipped model finds more tremor in the shaky example than in the even one, drawn or scanned', async () => {
  const probability = async (name: string) => {
    const { sample, result } = await api.screening.example({ name, participant: null });
    const thumb = new Uint8Array(
      await (await api.samples.picture({ id: sample.id, what: 'thumb' })).arrayBuffer(),
    );
    expect([...thumb.subarray(1, 4)]).toEqual([...new TextEncoder().encode('PNG')]);
    expect(result.modelId).toBe((await api.models.list()).find((model) => model.state === 'active')?.id);
    return result.probability ?? Number.NaN;
  };
  expect(await probability('spiral-tremor.json')).toBeGreaterThan(await probability('spiral-regular.json'));
  expect(await probability('spiral-tremor.png')).toBeGreaterThan(await probability('spiral-regular.png'));
});

test('what cannot be used is refused by its own name, and the screener lives on', async () => {
  const before = ports.length;
  expect(await refusalOf('letter.png', 'just text')).toMatchObject({
    code: 'not-an-image',
    subject: 'letter.png',
  });
  expect(await refusalOf('nothing.png', '')).toMatchObject({ code: 'empty-file', subject: 'nothing.png' });
  const noise = new Uint8Array(1e6).fill(0x5a);
  expect(await refusalOf('noise.tif', noise)).toMatchObject({ subject: 'noise.tif' });
  expect(ports).toHaveLength(before);
});

test('two dots of ink are stored as not screenable, with the reason', async () => {
  const drawing = { recording: RECORDING, hand: 'right', participant: null, journal: null } as const;
  const { sample } = await api.screening.recording(drawing);
  expect(sample).toMatchObject({ verdict: 'not-screenable', probability: null });
  expect(sample.reason).not.toBeNull();
});

test.runIf(process.platform === 'linux')('the screener stays under 700 MB', () => {
  const pid = ports[0]?.pid;
  if (pid === undefined) throw new Error('no screener was started');
  expect(residentBytes(pid)).toBeLessThan(700e6);
});
