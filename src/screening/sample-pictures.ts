import { fitInside, PAGE_LONG_SIDE, THUMB_LONG_SIDE } from '../imaging/encode.ts';
import type { ColourImage, EncodedPicture } from '../imaging/encode.ts';
import type { GreyImage, InkMap } from '../imaging/images.ts';
import { reduceGrey } from '../imaging/resample.ts';
import { paintOverlay } from './overlay.ts';
import type { HeatMap } from './screen-result.ts';
import type { SamplePictures } from './screener-protocol.ts';

/** How pictures are written: src/imaging/encode.ts, or a double in tests. */
export interface PictureTools {
  encodeGreyWebp(grey: GreyImage, longSide: number): Promise<EncodedPicture>;
  encodeInkPng(ink: InkMap, size: { readonly width: number; readonly height: number }): Promise<Uint8Array>;
  encodeColourPng(image: ColourImage): Promise<Uint8Array>;
}

/** The pictures that the library stores. A blank page has an empty ink picture. */
export async function makeSamplePictures(
  grey: GreyImage,
  ink: InkMap | null,
  tools: PictureTools,
): Promise<SamplePictures> {
  const page = await tools.encodeGreyWebp(grey, PAGE_LONG_SIDE);
  const drawn = ink ?? {
    width: grey.width,
    height: grey.height,
    data: new Float32Array(grey.width * grey.height),
  };
  return {
    thumb: await tools.encodeInkPng(drawn, fitInside(page, THUMB_LONG_SIDE)),
    page: page.bytes,
    ink: await tools.encodeInkPng(drawn, page),
    width: page.width,
    height: page.height,
  };
}

/** The heat over the page, long side at most 1600 px, as PNG. */
export function makeOverlay(grey: GreyImage, heat: HeatMap | null, tools: PictureTools): Promise<Uint8Array> {
  return tools.encodeColourPng(paintOverlay(reduceGrey(grey, PAGE_LONG_SIDE), heat));
}
