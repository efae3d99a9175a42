import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { madeUpInk } from '../made-up.ts';
import { findAll, parseXml } from '../parse-xml.ts';
import { named, plotsOfOne, textsOf } from './plots-of-one.ts';
import { expectWordsApart } from './words-apart.ts';

describe('examples', () => {
  const ink = madeUpInk(3, 4);
  const examples = [
    { kind: 'wave', tremorLike: true, amplitude: '1.2 mm', ink },
    { kind: 'wave', tremorLike: true, amplitude: '0.4 mm', ink },
    { kind: 'wave', tremorLike: false, amplitude: null, ink },
  ];

  test('regular ones first, then by amplitude; their pixels are the ink', async () => {
    const svg = named(plotsOfOne({ examples }), 'fonts-examples.svg');
    expect(textsOf(svg).slice(-3)).toEqual(['regular', 'tremor-like, 0.4 mm', 'tremor-like, 1.2 mm']);
    const images = findAll(parseXml(svg), 'image');
    expect(images).toHaveLength(3);
    const png = Buffer.from(images[0]!.attributes['href']!.replace('data:image/png;base64,', ''), 'base64');
    const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([128, 128]);
    const grey = Buffer.from(Array.from({ length: 128 * 128 }, (_, i) => data[i * info.channels]!));
    expect(grey.equals(Buffer.from(ink, 'base64'))).toBe(true);
  });

  test('long words go on below', () => {
    const long = { ...examples[0]!, amplitude: '0.35 mm rms, bursts of 1.2 mm' };
    const svg = named(
      plotsOfOne({ examples: [long, long, examples[2]!, long, long, long] }),
      'fonts-examples.svg',
    );
    expectWordsApart(svg);
    expect(textsOf(svg).slice(-3).join(' ')).toBe('tremor-like, 0.35 mm rms, bursts of 1.2 mm');
  });

  test.each(['AAAA', 'not base64!'])('refuses ink that is no patch: %s', (broken) => {
    expect(() => plotsOfOne({ examples: [{ ...examples[0]!, ink: broken }] })).toThrow(
      /example image of wave/,
    );
  });

  test('words of others stay words', () => {
    const strange = { ...examples[0]!, kind: '<b> & "x"\u0001' };
    const texts = textsOf(
      named(plotsOfOne({ examples: [strange], description: 'a < b' }), 'fonts-examples.svg'),
    );
    expect(texts).toContain('<b> & "x"\ufffd');
  });
});
