/** A model for other programs, written whole or not at all. */
import { mkdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { encodeOnnx, ONNX_IR_VERSION, ONNX_OPSET } from '../model/export-onnx.ts';
import { encodeTfjs, TFJS_WEIGHTS_FILE } from '../model/export-tfjs.ts';
import type { Exporter } from '../model/export-facts.ts';
import { decodeModel } from '../model/model-file.ts';
import { replaceFile } from '../store/replace-file.ts';
import { UsageError } from './command.ts';
import { OutputFault } from './output-fault.ts';

export const EXPORT_FORMATS = ['onnx', 'tfjs', 'sparse'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export interface ExportPlace {
  /** Absolute: the file to write, or for `tfjs` the folder. */
  readonly place: string;
  /** As typed, for messages and the answer. */
  readonly typed: string;
  /** Replace what is there. */
  readonly force: boolean;
}

export interface Exported {
  /** What was written, starting as typed. */
  readonly files: readonly string[];
  readonly bytes: number;
  /** Of ONNX only. */
  readonly opset?: number;
  /** The format in words. */
  readonly kind: string;
}

/**
 * @param file The model file as the app keeps it; `sparse` writes it as it is.
 * @throws UsageError when the place is taken or cannot be used; OutputFault `disk-full` or `read-only` when writing fails;
 *   UserError `bad-model` when the file is damaged.
 */
export async function exportModel(
  file: Uint8Array,
  format: ExportFormat,
  exporter: Exporter,
  to: ExportPlace,
): Promise<Exported> {
  const bundle = decodeModel(file, `the model ${exporter.modelId}`);
  switch (format) {
    case 'sparse':
      return { ...(await writeOne(file, to)), kind: 'sparse model file; models import reads it back' };
    case 'onnx': {
      const written = await writeOne(encodeOnnx(bundle, exporter), to);
      return {
        ...written,
        opset: ONNX_OPSET,
        kind: `ONNX, opset ${ONNX_OPSET}, IR version ${ONNX_IR_VERSION}`,
      };
    }
    case 'tfjs': {
      const { modelJson, weights } = encodeTfjs(bundle, exporter);
      const parts = { [TFJS_WEIGHTS_FILE]: weights, [MODEL_JSON]: new TextEncoder().encode(modelJson) };
      return { ...(await writeFolder(parts, to)), kind: 'TF.js layers model' };
    }
  }
}

const MODEL_JSON = 'model.json';

async function writeOne(content: Uint8Array, to: ExportPlace) {
  await refuseTaken(to.place, to.typed, to.force);
  await makeFolder(path.dirname(to.place), to.typed);
  await write(to.place, content);
  return { files: [to.typed], bytes: content.length };
}

/** `model.json` comes last and goes first, so that it never names weights of another model. */
async function writeFolder(
  parts: Readonly<Record<string, Uint8Array>>,
  { place, typed, force }: ExportPlace,
) {
  for (const name of Object.keys(parts)) {
    await refuseTaken(path.join(place, name), path.join(typed, name), force);
  }
  await makeFolder(place, typed);
  const whole = path.join(place, MODEL_JSON);
  await rm(whole, { force: true }).catch((fault: unknown) => {
    throw new OutputFault('--out', whole, fault);
  });
  for (const [name, content] of Object.entries(parts)) await write(path.join(place, name), content);
  return {
    files: Object.keys(parts).map((name) => path.join(typed, name)),
    bytes: Object.values(parts).reduce((sum, content) => sum + content.length, 0),
  };
}

/** @throws UsageError when something is there that must not be replaced. */
async function refuseTaken(place: string, typed: string, force: boolean): Promise<void> {
  const there = await stat(place).catch(() => null); // What cannot be looked at cannot be written either, and then says why.
  if (there === null) return;
  if (!there.isFile()) {
    const what = there.isDirectory() ? 'a folder' : 'no ordinary file';
    throw new UsageError(`--out: ${typed} is ${what}, where a file should go. Choose another name.`);
  }
  if (!force) {
    throw new UsageError(
      `--out: ${typed} is there already. Choose another name, or add --force to replace it.`,
    );
  }
}

async function makeFolder(folder: string, typed: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (fault) {
    const reason = fault instanceof Error ? fault.message : String(fault);
    throw new UsageError(`--out: nothing can be written to ${typed} (${reason}).`);
  }
}

async function write(file: string, content: Uint8Array): Promise<void> {
  try {
    await replaceFile(file, content);
  } catch (fault) {
    throw new OutputFault('--out', file, fault);
  }
}
