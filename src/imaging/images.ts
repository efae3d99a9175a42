/** 8-bit grey picture, row by row, 0 black … 255 white. `data.length === width * height`. */
export interface GreyImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** How much ink each pixel holds: 0 paper … 1 full ink, row by row. `data.length === width * height`. */
export interface InkMap {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** Side of the square that the network sees, in pixels. */
export const PATCH_SIDE = 128;
