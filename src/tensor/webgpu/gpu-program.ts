import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';

/** What tfjs-backend-webgpu 4.22 runs: WGSL around a `main`, and the numbers that go with one run of it. */
export type GpuProgram = Parameters<WebGPUBackend['runWebGPUProgram']>[0];
export type Uniforms = NonNullable<Parameters<WebGPUBackend['runWebGPUProgram']>[3]>;

const WORKGROUP = 64;

export interface ProgramText {
  /** Of the shader; one name, one text. */
  readonly name: string;
  /** Names of the input buffers in WGSL, and how many neighbouring values each of their elements holds. */
  readonly inputs: Readonly<Record<string, number>>;
  readonly outputShape: number[];
  /** Neighbouring values in one element of `result`, 1 or 4. */
  readonly lanes: number;
  /** Calls of `main(index)`; the last ones of a work group have an index beyond it and have to return at once. */
  readonly threads: number;
  /** Fields of the struct `uniforms` besides tfjs's own: shape of every input (`xShape`), `outShape`. */
  readonly uniforms?: string;
  /** Holds `fn main(index : i32)`; reads the inputs by name, writes `result`. */
  readonly code: string;
}

/** A program of independent threads in one row. */
export function gpuProgram(text: ProgramText): GpuProgram {
  return {
    variableNames: Object.keys(text.inputs),
    variableComponents: Object.values(text.inputs),
    ...(text.uniforms === undefined ? {} : { uniforms: text.uniforms }),
    workgroupSize: [WORKGROUP, 1, 1],
    outputShape: text.outputShape,
    outputComponent: text.lanes,
    dispatchLayout: { x: [...text.outputShape.keys()] },
    // Folded into a square by tfjs where a device takes fewer groups in one row.
    dispatch: [Math.ceil(text.threads / WORKGROUP), 1, 1],
    shaderKey: `steadypen${text.name}${text.lanes}`,
    getUserCode: () => text.code,
  };
}
