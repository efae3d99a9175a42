import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { Rng } from '../../../src/base/rng.ts';
import { openPicture, readBounded } from '../../../src/imaging/decode.ts';
import { encodeColourPng, encodeGreyWebp, encodeInkPng } from '../../../src/imaging/encode.ts';
import type { GreyImage } from '../../../src/imaging/images.ts';
import { turnQuarter } from '../../../src/imaging/turn-grey.ts';
import { preparePage } from '../../../src/screening/prepare-page.ts';
import { screenInk } from '../../../src/screening/screen-ink.ts';
import { createScreener } from '../../../src/screening/screener.ts';
import type { ScreenerReply } from '../../../src/screening/screener-protocol.ts';
import { loadFontLibrary } from '../../../src/synthetic/font-files.ts';
import { darken, layOnDesk, printRules } from '../../bench/gate-drawings.ts';
import { makeGears } from '../../bench/no-writing/outlines.ts';
import { makeForm } from '../../bench/no-writing/prints.ts';
import { pageOf } from '../../bench/page-of.ts';
import { spiralPage, textPage } from '../imaging/drawn.ts';
import { linearPredictor, modelWith } from './linear-predictor.ts';

const spiral = spiralPage(170);
const text = textPage();

const screen = async (grey: GreyImage, weight = 0.01) =>
  screenInk(await modelWith(linearPredictor(() => weight)), pageOf(grey), { pause: () => Promise.resolve() });

describe('preparePage', () => {
  test.each([
    { what: 'light on dark', code: 'inverted', page: darken(spiral) },
    { what: 'a sheet on a desk', code: 'desk-cut', page: layOnDesk(spiral, new Rng(5)) },
    { what: 'ruled paper', code: 'rules-removed', page: printRules(spiral, new Rng(6), false) },
    { what: 'squared paper', code: 'rules-removed', page: printRules(spiral, new Rng(7), true) },
    { what: 'a page on its side', code: 'turned', page: turnQuarter(text) },
  ])('mends $what, says so, and judges it as the plain page', async ({ code, page }) => {
    const plain = await screen(code === 'turned' ? text : spiral);
    const { result } = await screen(page);
    expect(result.warnings.map((warning) => warning.code)).toContain(code);
    expect(plain.result.warnings.map((warning) => warning.code)).not.toContain(code);
    expect([result.verdict, result.task]).toEqual([plain.result.verdict, plain.result.task]);
    expect(Math.abs(result.probability! - plain.result.probability!)).toBeLessThan(0.1);
  });

  test('refuses print, and says why', async () => {
    const { result } = await screen(makeForm(new Rng('form'), loadFontLibrary()));
    expect(result).toMatchObject({
      verdict: 'not-screenable',
      refusal: { reason: 'printed' },
      probability: null,
    });
  });

  test('holds what may not be drawn by hand back, whatever the network says', async () => {
    const gears = makeGears(new Rng('first/gears/3'), loadFontLibrary());
    for (const weight of [-0.01, 0.01]) {
      const { result } = await screen(gears, weight);
      expect([result.verdict, result.inconclusive]).toEqual(['inconclusive', 'maybe-no-pen-line']);
    }
    expect(preparePage(pageOf(spiral)).maybeNoPenLine).toBe(false);
    expect(preparePage(pageOf(text)).maybeNoPenLine).toBe(false);
  });

  test('a page with too little on it is told so first', async () => {
    const dot = { width: 30, height: 30, data: new Uint8Array(900).fill(128) };
    expect((await screen(dot)).result.refusal?.reason).toBe('too-small');
  });

  test('recordings are taken as they are', () => {
    const page = { ...pageOf(darken(spiral)), kind: 'recording' } as const;
    const prepared = preparePage(page);
    expect(prepared.grey).toBe(page.grey);
    expect([prepared.refusal, prepared.warnings]).toEqual([null, []]);
  });

  test('the size of the page as it came follows a cut', () => {
    const desk = layOnDesk(spiral, new Rng(5));
    const scanned = { width: 2 * desk.width, height: 2 * desk.height };
    const { grey, original } = preparePage({ ...pageOf(desk), original: scanned });
    expect(original).toEqual({ width: 2 * grey.width, height: 2 * grey.height });
  });
});

test('stored page, ink and overlay lie on the mended page', async () => {
  const desk = layOnDesk(spiral, new Rng(5));
  const raw = { raw: { width: desk.width, height: desk.height, channels: 1 } } as const;
  const bytes = await sharp(desk.data, raw).png().toBuffer();
  const model = await modelWith(linearPredictor(() => 0.01));
  const screener = createScreener({
    clock: { nowMs: () => 0, elapsedMs: () => 0 },
    files: { readFile: readBounded, openPicture },
    pictures: { encodeColourPng, encodeGreyWebp, encodeInkPng },
    loadModel: () => Promise.resolve(model),
    pause: () => Promise.resolve(),
  });
  const replies: ScreenerReply[] = [];
  await screener.handle(
    { id: 1, kind: 'load-model', model: new Uint8Array(), modelId: 'm' },
    () => undefined,
  );
  await screener.handle(
    {
      id: 2,
      kind: 'screen',
      input: { kind: 'bytes', bytes, name: 'desk.png' },
      task: null,
      sensitivity: 'balanced',
      pictures: true,
      overlay: true,
    },
    (reply) => replies.push(reply),
  );
  const page = replies.find((reply) => reply.kind === 'page')!;
  const { grey } = preparePage(pageOf(desk));
  expect(grey.width).toBeLessThan(0.95 * desk.width);
  const sizes = await Promise.all(
    [page.pictures!.page, page.pictures!.ink, page.overlay!].map(async (picture) => {
      const { width, height } = await sharp(picture).metadata();
      return [width, height];
    }),
  );
  expect(sizes).toEqual([1, 2, 3].map(() => [grey.width, grey.height]));
  // Where the desk was, there is paper now.
  const stored = await sharp(page.pictures!.page).greyscale().raw().toBuffer();
  expect(stored[0]).toBeGreaterThan(200);
});
