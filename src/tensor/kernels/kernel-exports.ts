/** The functions of our WebAssembly module (src/tensor/kernels/assembly/index.ts, where they are explained); all arguments are addresses, sizes or numbers. */
type Call<Names extends readonly unknown[]> = (...args: { [K in keyof Names]: number }) => void;

export interface KernelExports {
  readonly copyIn: Call<['image', 'padded', 'height', 'width', 'channels']>;
  readonly copyInBytes: Call<['image', 'padded', 'height', 'width']>;
  readonly copyOut: Call<['padded', 'image', 'height', 'width', 'channels']>;
  readonly packWeights: Call<['kernel', 'packed', 'taps', 'channelsOut']>;
  readonly transpose: Call<['from', 'to', 'rows', 'columns']>;
  readonly forward: Call<
    [
      ...['padded', 'packed', 'bias', 'y', 'yRowBytes', 'choice', 'blank'],
      ...['height', 'width', 'channelsIn', 'channelsOut'],
    ]
  >;
  readonly winogradWeights: Call<['kernel', 'transformed', 'channelsIn', 'channelsOut']>;
  readonly winogradForward: Call<
    [
      ...['padded', 'transformed', 'bias', 'y', 'yRowBytes', 'choice'],
      ...['windows', 'count', 'tiles', 'products', 'width', 'channelsIn', 'channelsOut'],
    ]
  >;
  readonly backward: Call<
    [
      ...['padded', 'dy', 'dyRowBytes', 'choice', 'blank', 'dPadded'],
      ...['sums', 'biasSums', 'turned', 'lists', 'ends', 'alive'],
      ...['height', 'width', 'channelsIn', 'channelsOut'],
    ]
  >;
  readonly unpackFirstLayer: Call<['sums', 'dKernel', 'channelsOut']>;
  readonly addBlankToBias: Call<
    ['blank', 'choices', 'dy', 'dyRowBytes', 'biasSums', 'rows', 'columns', 'channelsOut']
  >;
  readonly markBlankPixels: Call<['padded', 'blank', 'height', 'width']>;
  readonly markBlankWindows: Call<['before', 'blank', 'height', 'width']>;
  readonly listWindows: (blank: number, windows: number, rows: number, columns: number) => number;
  readonly fillBlank: Call<
    [
      ...['blank', 'held', 'values', 'choices', 'y', 'yRowBytes', 'choice'],
      ...['rows', 'columns', 'channelsOut'],
    ]
  >;
  readonly fcForward: Call<['x', 'kernel', 'inputs', 'out']>;
  readonly fcBackward: Call<['x', 'kernel', 'g0', 'g1', 'dx', 'dKernel', 'inputs']>;
  readonly weighCells: Call<['map', 'difference', 'out', 'cells', 'channels']>;
  readonly addUp: Call<['arrays', 'stride', 'count', 'length']>;
  readonly copyIntoFrame: Call<
    [
      ...['image', 'frame', 'height', 'width', 'channels'],
      ...['frameHeight', 'frameWidth', 'frameChannels', 'top', 'left'],
    ]
  >;
  readonly copyFromFrame: Call<
    [
      ...['frame', 'image', 'height', 'width', 'channels'],
      ...['frameHeight', 'frameWidth', 'frameChannels', 'top', 'left'],
    ]
  >;
  readonly copyPixels: Call<['from', 'fromChannels', 'to', 'toChannels', 'channels', 'count']>;
  readonly addConvFilterGradient: Call<
    [
      ...['frame', 'dy', 'sums', 'frameWidth', 'channelsIn', 'outHeight', 'outWidth', 'channelsOut'],
      ...['filterHeight', 'filterWidth', 'strideHeight', 'strideWidth'],
    ]
  >;
  readonly collectFilterGradient: Call<
    ['sums', 'dFilter', 'filterHeight', 'span', 'sumChannels', 'channelsOut']
  >;
  readonly packTurnedFilter: Call<
    ['filter', 'packed', 'filterHeight', 'filterWidth', 'channelsIn', 'channels', 'channelsOut']
  >;
  readonly addConvInputGradient: Call<
    [
      ...['frame', 'dy', 'packed', 'frameWidth', 'channels', 'outHeight', 'outWidth', 'channelsOut'],
      ...['filterHeight', 'filterWidth', 'strideHeight', 'strideWidth'],
    ]
  >;
  readonly maxPoolGradient: Call<
    [
      ...['x', 'dy', 'dx', 'batch', 'inHeight', 'inWidth', 'channels', 'outHeight', 'outWidth'],
      ...['filterHeight', 'filterWidth', 'strideHeight', 'strideWidth', 'top', 'left'],
    ]
  >;
  readonly sumRows: Call<['x', 'sums', 'rows', 'columns']>;
  readonly twoColumnsInputGradient: Call<['g', 'b', 'da', 'rows', 'inner']>;
  readonly twoColumnsWeightGradient: Call<['a', 'g', 'db', 'rows', 'inner']>;
}

const NAMES: Readonly<Record<keyof KernelExports, true>> = {
  copyIn: true,
  copyInBytes: true,
  copyOut: true,
  packWeights: true,
  transpose: true,
  forward: true,
  winogradWeights: true,
  winogradForward: true,
  backward: true,
  unpackFirstLayer: true,
  addBlankToBias: true,
  markBlankPixels: true,
  markBlankWindows: true,
  listWindows: true,
  fillBlank: true,
  fcForward: true,
  fcBackward: true,
  weighCells: true,
  addUp: true,
  copyIntoFrame: true,
  copyFromFrame: true,
  copyPixels: true,
  addConvFilterGradient: true,
  collectFilterGradient: true,
  packTurnedFilter: true,
  addConvInputGradient: true,
  maxPoolGradient: true,
  sumRows: true,
  twoColumnsInputGradient: true,
  twoColumnsWeightGradient: true,
};

/**
 * An instance of the module on a memory.
 * @throws Error when the module is not ours, or of another version.
 */
export function instantiateKernels(module: WebAssembly.Module, memory: WebAssembly.Memory): KernelExports {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  if (!isKernelExports(exports)) throw new Error('the kernel file lacks functions: npm run build:kernels');
  return exports;
}

function isKernelExports(exports: object): exports is KernelExports {
  return Object.keys(NAMES).every((name) => typeof Reflect.get(exports, name) === 'function');
}

/** Winograd's way works on four channels at a time. */
export function suitsWinograd(channelsIn: number): boolean {
  return channelsIn % 4 === 0;
}

/** Bytes that `backward` lists the living windows of a layer in. */
export function aliveBytes(windows: number): number {
  return 16 * (windows + 1) + 32;
}

/** Bytes of an image with a border of one pixel, and what the kernels may read behind it. */
export function paddedBytes(height: number, width: number, channels: number): number {
  return 4 * (height + 2) * (width + 2) * channels + 16;
}
