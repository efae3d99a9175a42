import type sharpModule from 'sharp';

type SharpModule = typeof sharpModule;

/** libvips loaders for the formats we take; all others stay shut, so that no other parser sees an untrusted file. */
const LOADERS = [
  'VipsForeignLoadPng',
  'VipsForeignLoadJpeg',
  'VipsForeignLoadTiff',
  'VipsForeignLoadWebp',
  'VipsForeignLoadNsgif',
];

let loading: Promise<SharpModule> | null = null;

/** sharp, loaded on first use: one thread, no cache, known loaders only. */
export function loadSharp(): Promise<SharpModule> {
  loading ??= import('sharp').then(({ default: sharp }) => {
    sharp.cache(false);
    sharp.concurrency(1);
    sharp.block({ operation: ['VipsForeignLoad'] });
    sharp.unblock({ operation: LOADERS });
    return sharp;
  });
  return loading;
}
