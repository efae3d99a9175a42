import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Recording } from '../../../src/ink/recording.ts';
import { openPicture, readBounded } from '../../../src/imaging/decode.ts';
import { encodeColourPng, encodeGreyWebp, encodeInkPng } from '../../../src/imaging/encode.ts';
import { rasterizeStrokes } from '../../../src/imaging/rasterize.ts';
import { createScreener } from '../../../src/screening/screener.ts';
import { reasonOf } from '../../../src/screening/screen-result.ts';
import type { ScreenerReply, ScreenerRequest } from '../../../src/screening/screener-protocol.ts';
import { WITNESS_RULE } from '../../../src/screening/witness-rule.ts';
import { spiralStroke, writtenStrokes } from '../imaging/drawn.ts';
import { linearPredictor, modelWith } from './linear-predictor.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'steadypen-screener-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

type Page = Extract<ScreenerReply, { kind: 'page' }>;

/** A screener with real files and pictures, and a network that likes ink or not. */
async function startScreener(weight = 0.01, onPause: () => void = () => undefined) {
  let clock = 0;
  const model = await modelWith(linearPredictor(() => weight));
  const screener = createScreener({
    clock: { nowMs: () => 0, elapsedMs: () => (clock += 5) },
    files: { readFile: readBounded, openPicture },
    pictures: { encodeColourPng, encodeGreyWebp, encodeInkPng },
    loadModel: (_bytes, id) => Promise.resolve({ ...model, id }),
    pause: () => Promise.resolve(onPause()),
  });
  const ask = async (request: ScreenerRequest) => {
    const replies: ScreenerReply[] = [];
    await screener.handle(request, (reply) => replies.push(reply));
    return replies;
  };
  await ask({ id: 1, kind: 'load-model', model: new Uint8Array(), modelId: 'test-model' });
  return { screener, ask };
}

type ScreenRequest = Extract<ScreenerRequest, { kind: 'screen' }>;
const screenRequest = (
  input: ScreenRequest['input'],
  pictures = false,
  sensitivity: ScreenRequest['sensitivity'] = 'balanced',
): ScreenRequest => ({ id: 7, kind: 'screen', input, task: null, sensitivity, pictures, overlay: pictures });

function recordingOf(radiusMm: number, samples = 2400): Recording {
  const [stroke] = [spiralStroke(radiusMm)];
  return {
    schemaVersion: 1,
    task: 'spiral-traced',
    unit: 'mm',
    mmPerUnit: 1,
    pointer: 'pen',
    strokes: [
      {
        samples: Array.from({ length: samples }, (_, i) => {
          const at = stroke!.samples[Math.floor((i * 799) / samples)]!;
          return { timeMs: i * 5, ...at, pressure: null, tiltXDeg: null, tiltYDeg: null };
        }),
      },
    ],
  };
}

async function spiralPng(): Promise<Uint8Array> {
  const picture = rasterizeStrokes([spiralStroke(110)], { pxPerUnit: 1, penWidthPx: 3, margin: 12 });
  return sharp(picture.data, { raw: { width: picture.width, height: picture.height, channels: 1 } })
    .png()
    .toBuffer();
}

describe('screen', () => {
  test('a file by path: reading, page with pictures, done', async () => {
    const file = path.join(folder, 'P01.png');
    await writeFile(file, await spiralPng());
    const { ask } = await startScreener();
    const replies = await ask(screenRequest({ kind: 'path', path: file }, true));
    expect(replies.map(({ kind }) => kind)).toEqual(['reading', 'page', 'done']);
    const page = replies[1] as Page;
    expect(page.result).toMatchObject({
      schemaVersion: 2,
      kind: 'scan',
      task: 'spiral-free',
      taskFrom: 'shape',
      verdict: 'tremor-like',
      modelId: 'test-model',
      elapsedMs: 5,
      limits: { regularBelow: 0.3, tremorFrom: 0.7 },
      sensitivity: 'balanced',
      // Whole in every patch: its quarters.
      picture: { probability: page.result.probability, says: 'tremor-like', places: 4 },
      clock: null,
      agreement: 'picture-alone',
      advice: null,
    });
    expect(page.result).not.toHaveProperty('page');
    expect(page.result).not.toHaveProperty('inconclusive');
    expect(page.result.warnings).toContainEqual({ code: 'task-guessed', task: 'spiral-free', sure: true });
    expect(page.result.evidence.scales[1]).toBeCloseTo((0.85 * 112) / 206, 1);
    const pictures = page.pictures!;
    const ink = await sharp(pictures.ink).metadata();
    const stored = await sharp(pictures.page).metadata();
    expect([ink.width, ink.height, ink.hasAlpha]).toEqual([pictures.width, pictures.height, true]);
    expect([stored.format, stored.width, stored.height]).toEqual(['webp', pictures.width, pictures.height]);
    const alpha = await sharp(pictures.ink).extractChannel('alpha').raw().toBuffer();
    expect(Math.max(...alpha)).toBe(255);
    expect(alpha[0]).toBe(0);
    expect((await sharp(page.overlay!).metadata()).format).toBe('png');
  });

  test('an even network calls the same drawing regular', async () => {
    const { ask } = await startScreener(-0.01);
    const replies = await ask(screenRequest({ kind: 'bytes', bytes: await spiralPng(), name: 'a.png' }));
    const { result } = replies[1] as Page;
    expect([result.verdict, result.picture?.says, result.evidence.where]).toEqual([
      'regular',
      'regular',
      null,
    ]);
    expect(result.probability).toBeLessThan(0.3);
  });

  test('a recording is drawn, judged by its own task and measured', async () => {
    const { ask } = await startScreener();
    const replies = await ask(screenRequest({ kind: 'recording', recording: recordingOf(35) }, true));
    const { result, pictures, recording } = replies[1] as Page;
    expect([result.kind, result.task, recording?.task]).toEqual([
      'recording',
      'spiral-traced',
      'spiral-traced',
    ]);
    expect(result.evidence.tremor?.rateHz).toBeCloseTo(200, 0);
    // The drawn spiral is steady, whatever the network says of its picture.
    expect(result).toMatchObject({
      taskFrom: 'file',
      verdict: 'inconclusive',
      inconclusive: 'between-limits',
      clock: { state: 'measured', says: 'none', peakHz: null, swingMm: null },
      picture: { says: 'tremor-like' },
      agreement: 'disagree',
      advice: 'once-more',
    });
    // The picture alone is as sure as it may be, at log-odds of 5; a clock that shows nothing adds nothing.
    const { bias, picture } = WITNESS_RULE.spiral;
    expect(result.picture?.probability).toBeGreaterThan(0.9933);
    expect(result.evidence.logOdds).toBeCloseTo(bias + 5 * picture, 1);
    expect(result.warnings.map(({ code }) => code)).not.toContain('task-guessed');
    expect(Math.max(pictures!.width, pictures!.height)).toBeLessThanOrEqual(1600);
  });

  test('what lies between the limits is inconclusive, with the reason', async () => {
    const png = await spiralPng();
    const screened = async (weight: number) => {
      const { ask } = await startScreener(weight);
      const input = { kind: 'bytes', bytes: png, name: 'a.png' } as const;
      return ((await ask(screenRequest(input, false, 'specific')))[1] as Page).result;
    };
    // The network is linear in its weight, so that two weights tell which one gives a logit of 0.
    const [none, some] = [await screened(0), await screened(0.01)];
    const [atNone, atSome] = [none.evidence.logit ?? NaN, some.evidence.logit ?? NaN];
    const between = await screened((-0.01 * atNone) / (atSome - atNone));
    expect(between.probability).toBeCloseTo(0.5, 2);
    expect(between).toMatchObject({
      verdict: 'inconclusive',
      inconclusive: 'between-limits',
      picture: { says: 'inconclusive' },
      agreement: 'picture-alone',
      sensitivity: 'specific',
      advice: null,
    });
  });

  test('a recording file', async () => {
    const { ask } = await startScreener();
    const bytes = new TextEncoder().encode(JSON.stringify(recordingOf(35)));
    const replies = await ask(screenRequest({ kind: 'bytes', bytes, name: 'a.json' }));
    expect((replies[1] as Page).result.kind).toBe('recording');
  });

  test('a recording without strokes and one of 15 samples a second', async () => {
    const { ask } = await startScreener();
    const empty = { ...recordingOf(35), strokes: [] };
    expect(await ask(screenRequest({ kind: 'recording', recording: empty }))).toContainEqual(
      expect.objectContaining({ kind: 'error', error: expect.objectContaining({ code: 'no-strokes' }) }),
    );
    const full = recordingOf(35).strokes[0]!.samples;
    const slow = { ...recordingOf(35), strokes: [{ samples: full.filter((_, i) => i % 13 === 0) }] };
    const replies = await ask(screenRequest({ kind: 'recording', recording: slow }));
    expect((replies[1] as Page).result).toMatchObject({
      verdict: 'not-screenable',
      refusal: { reason: 'sampled-too-slowly', neededHz: 25 },
      probability: null,
      picture: null,
      clock: { state: 'not-measured', reason: 'sampled-too-slowly' },
      agreement: null,
      advice: null,
    });
  });

  test('each page of a TIFF by itself, a blank one refused without stopping the rest', async () => {
    const text = rasterizeStrokes(writtenStrokes(20, 6, 8), { pxPerUnit: 1, penWidthPx: 3, margin: 30 });
    const size = text.width * text.height;
    const data = new Uint8Array(size * 3).fill(255);
    data.set(text.data, 0);
    data.set(text.data, 2 * size);
    const tiff = await sharp(data, {
      raw: { width: text.width, height: 3 * text.height, channels: 1, pageHeight: text.height },
    })
      .tiff({ compression: 'lzw' })
      .toBuffer();
    const { ask } = await startScreener(-0.01);
    const replies = await ask(screenRequest({ kind: 'bytes', bytes: tiff, name: 'letter.tif' }));
    const pages = replies.filter((reply) => reply.kind === 'page');
    expect(pages.map(({ result }) => [result.page, result.verdict, reasonOf(result)])).toEqual([
      [1, 'regular', null],
      [2, 'not-screenable', 'blank'],
      [3, 'regular', null],
    ]);
    expect(replies.at(-1)?.kind).toBe('done');
  });

  test('what cannot be read becomes an error that names it', async () => {
    const { ask } = await startScreener();
    const replies = await ask(
      screenRequest({ kind: 'bytes', bytes: new TextEncoder().encode('hello'), name: 'a.png' }),
    );
    expect(replies).toEqual([
      {
        id: 7,
        kind: 'error',
        error: { code: 'not-an-image', message: expect.stringContaining('a.png'), subject: 'a.png' },
      },
    ]);
  });

  test('cancel ends a request before its next page', async () => {
    let pauses = 0;
    const started = await startScreener(0.01, () => {
      pauses++;
      if (pauses === 2) void started.screener.handle({ id: 8, kind: 'cancel', cancels: 7 }, () => undefined);
    });
    const replies = await started.ask(screenRequest({ kind: 'recording', recording: recordingOf(35) }));
    expect(replies.at(-1)).toMatchObject({ kind: 'error', error: { code: 'cancelled' } });
    expect(replies.some(({ kind }) => kind === 'page')).toBe(false);
  });
});

describe('patches', () => {
  test('of labelled samples, with what was left out in words', async () => {
    const { ask } = await startScreener();
    const bytes = await spiralPng();
    const blank = await sharp({ create: { width: 90, height: 90, channels: 3, background: '#fff' } })
      .png()
      .toBuffer();
    const labelled = { page: 1, task: 'spiral-free', subject: 'person:A' } as const;
    const [reply] = await ask({
      id: 3,
      kind: 'patches',
      inputs: [
        { ...labelled, input: { kind: 'bytes', bytes, name: 'a.png' }, tremorLike: true },
        { ...labelled, input: { kind: 'bytes', bytes: blank, name: 'blank.png' }, tremorLike: false },
        { ...labelled, input: { kind: 'recording', recording: recordingOf(30) }, tremorLike: false },
      ],
    });
    if (reply?.kind !== 'patches') throw new Error('no patches');
    expect(reply.patches.count).toBe(6);
    expect([...reply.patches.labels]).toEqual([1, 1, 1, 0, 0, 0]);
    expect(reply.patches.groups).toEqual(Array.from({ length: 6 }, () => 'spiral'));
    expect(reply.patches.pixels.length).toBe(6 * 128 * 128);
    expect(Math.max(...reply.patches.pixels)).toBeGreaterThan(200);
    expect(reply.skipped).toMatchObject([
      { code: 'too-few-samples', subject: 'blank.png', message: expect.stringMatching(/blank\.png.*blank/) },
    ]);
  });

  test('of samples that were told their part: every patch of a sample has it', async () => {
    const { ask } = await startScreener();
    const input = { kind: 'recording', recording: recordingOf(30) } as const;
    const labelled = { page: 1, task: 'spiral-free', subject: 'person:A', tremorLike: true, input } as const;
    const partsOf = async (parts: readonly ('train' | 'test' | undefined)[]) => {
      const inputs = parts.map((part) => ({ ...labelled, part }));
      const [reply] = await ask({ id: 5, kind: 'patches', inputs });
      return reply?.kind === 'patches' ? reply.patches.parts : null;
    };
    expect(await partsOf(['test', 'train'])).toEqual(['test', 'test', 'test', 'train', 'train', 'train']);
    expect(await partsOf(['test', undefined])).toBeUndefined();
  });

  test('of samples whose task nobody names: guessed, or as the recording says', async () => {
    const { ask } = await startScreener();
    const bytes = await spiralPng();
    const labelled = { page: 1, task: null, subject: 'person:A', tremorLike: true } as const;
    const [reply] = await ask({
      id: 4,
      kind: 'patches',
      inputs: [
        { ...labelled, input: { kind: 'bytes', bytes, name: 'a.png' } },
        { ...labelled, input: { kind: 'recording', recording: { ...recordingOf(30), task: 'wave' } } },
      ],
    });
    if (reply?.kind !== 'patches') throw new Error('no patches');
    expect(reply.skipped).toEqual([]);
    expect(new Set(reply.patches.groups.slice(0, 3))).toEqual(new Set(['spiral']));
    expect(reply.patches.groups.at(-1)).toBe('wave');
  });
});
