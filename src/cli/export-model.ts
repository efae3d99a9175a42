/** A model for other programs, written whole or not at all. */
import { mkdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { isNamed, type ModelNetworkName, type NetworkName } from '../base/words.ts';
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

/** A network of the model, where it has several, and where it was written. */
export interface ExportedNetwork {
  readonly network: NetworkName;
  readonly files: readonly string[];
}

export interface Exported {
  /** What was written, starting as typed. */
  readonly files: readonly string[];
  /** Which of them are of which network; left out where one file holds the model. */
  readonly networks?: readonly ExportedNetwork[];
  readonly bytes: number;
  /** Of ONNX only. */
  readonly opset?: number;
  /** The format in words. */
  readonly kind: string;
}

/** Files of one format, by their place below the place that was typed: '' is that place itself. */
interface Part {
  readonly network: ModelNetworkName;
  readonly files: readonly { readonly below: string; readonly content: Uint8Array }[];
}

/**
 * ONNX and TF.js hold one graph each: a model of two networks becomes two of them, `PATH-figures.onnx` and `PATH-writing.onnx`, or
 * the folders `figures` and `writing`. Only the sparse file keeps a model together.
 *
 * @param file The model file as the app keeps it; `sparse` writes it as it is.
 * @throws UsageError when a place is taken or cannot be used: then nothing is written; OutputFault `disk-full` or `read-only`
 *   when writing fails; UserError `bad-model` when the file is damaged.
 */
export async function exportModel(
  file: Uint8Array,
  format: ExportFormat,
  exporter: Exporter,
  to: ExportPlace,
): Promise<Exported> {
  const bundle = decodeModel(file, `the model ${exporter.modelId}`);
  const isSplit = bundle.networks.length > 1;
  switch (format) {
    case 'sparse': {
      const parts = [{ network: 'all' as const, files: [{ below: '', content: file }] }];
      return { ...(await writeParts(parts, to)), kind: 'sparse model file; models import reads it back' };
    }
    case 'onnx': {
      const parts = bundle.networks.map((network): Part => {
        const content = encodeOnnx(bundle, network, exporter);
        return { network: network.name, files: [{ below: isSplit ? `-${network.name}` : '', content }] };
      });
      return {
        ...(await writeParts(parts, to)),
        opset: ONNX_OPSET,
        kind: `ONNX, opset ${ONNX_OPSET}, IR version ${ONNX_IR_VERSION}`,
      };
    }
    case 'tfjs': {
      const parts = bundle.networks.map((network): Part => {
        const { modelJson, weights } = encodeTfjs(bundle, network, exporter);
        const folder = isSplit ? network.name : '';
        return {
          network: network.name,
          // model.json comes last, so that it never names weights that are not there.
          files: [
            { below: path.join(path.sep, folder, TFJS_WEIGHTS_FILE), content: weights },
            { below: path.join(path.sep, folder, MODEL_JSON), content: new TextEncoder().encode(modelJson) },
          ],
        };
      });
      return { ...(await writeParts(parts, to)), kind: 'TF.js layers model' };
    }
  }
}

const MODEL_JSON = 'model.json';

/** A `model.json` that is replaced goes first, so that it never names weights of another model. */
async function writeParts(
  parts: readonly Part[],
  { place, typed, force }: ExportPlace,
): Promise<Pick<Exported, 'files' | 'networks' | 'bytes'>> {
  const placed = parts.map(({ network, files }) => ({
    network,
    files: files.map(({ below, content }) => ({
      content,
      place: placeBelow(place, below),
      typed: placeBelow(typed, below),
    })),
  }));
  const all = placed.flatMap(({ files }) => files);
  for (const one of all) await refuseTaken(one.place, one.typed, force);
  for (const one of all) await makeFolder(path.dirname(one.place), typed);
  for (const { place: whole } of all.filter((one) => path.basename(one.place) === MODEL_JSON)) {
    await rm(whole, { force: true }).catch((fault: unknown) => {
      throw new OutputFault('--out', whole, fault);
    });
  }
  for (const one of all) await write(one.place, one.content);
  const networks = placed.flatMap(({ network, files }) =>
    isNamed(network) ? [{ network, files: files.map((one) => one.typed) }] : [],
  );
  return {
    files: all.map((one) => one.typed),
    ...(networks.length === 0 ? {} : { networks }),
    bytes: all.reduce((sum, { content }) => sum + content.length, 0),
  };
}

/** `-figures` goes before the extension, `/name` into the folder. */
function placeBelow(place: string, below: string): string {
  if (below.startsWith(path.sep)) return path.join(place, below);
  const { dir, name, ext } = path.parse(place);
  return below === '' ? place : path.join(dir, `${name}${below}${ext}`);
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
