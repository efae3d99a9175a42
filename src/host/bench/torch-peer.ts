/** PyTorch on the same batch in the same rounds, by test/bench/torch-peer.py: one process per number of threads. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { UserError } from '../../base/errors.ts';
import { NETWORK_BENCHES, type BenchSource } from './bench-types.ts';

export const PEER = 'torch';

/** What the script ends with where torch cannot be imported. */
const NO_TORCH = 3;
/** What `python3` means may be one of the user's own, which Debian's packages do not reach. */
const PYTHONS =
  process.platform === 'win32' ? (['python'] as const) : (['python3', '/usr/bin/python3'] as const);
const INSTALL = 'On Debian and Ubuntu: apt install python3-torch';
/** Keeps freed memory in the process: otherwise PyTorch spends a third of a step on page faults. */
const MALLOC =
  'glibc.malloc.mmap_threshold=4294967296:glibc.malloc.trim_threshold=8589934592:glibc.malloc.top_pad=268435456';

export interface TorchPeerOptions {
  /** The script. */
  readonly script: string;
  readonly threads: number;
  /** File of float32 ink [32, 128, 128], then 32 bytes of labels. */
  readonly batch: string;
  readonly seconds: number;
}

/**
 * Starts the peer in the first Python that has torch and waits until it is loaded.
 *
 * @param pythons To be tried in this order; the one on the path and the system's own unless given.
 * @throws UserError `not-found` that says what to install where there is no Python or no torch.
 */
export async function startTorchPeer(
  options: TorchPeerOptions,
  [python, ...others]: readonly [string, ...string[]] = PYTHONS,
): Promise<BenchSource> {
  try {
    return await startIn(python, options);
  } catch (fault) {
    const [next, ...rest] = others;
    if (next === undefined || !(fault instanceof UserError)) throw fault;
    return startTorchPeer(options, [next, ...rest]);
  }
}

async function startIn(
  python: string,
  { script, threads, batch, seconds }: TorchPeerOptions,
): Promise<BenchSource> {
  const child = spawn(python, [script, '--threads', String(threads), '--batch', batch], {
    env: { ...process.env, GLIBC_TUNABLES: MALLOC },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const { nextLine, close } = readLines(child);
  try {
    const detail = await nextLine();
    return {
      detail: `${PEER}: ${detail}`,
      contestants: NETWORK_BENCHES.map((bench) => ({
        bench,
        backend: PEER,
        threads,
        unit: 'images/s',
        measure: async () => {
          child.stdin.write(`${bench} ${seconds}\n`);
          return Number(await nextLine());
        },
      })),
      close,
    };
  } catch (fault) {
    close();
    throw fault;
  }
}

/** One line per question. The end of the process is an error for whoever waits. */
function readLines(child: ChildProcess) {
  const lines: string[] = [];
  let waiting: PromiseWithResolvers<string> | null = null;
  let end: Error | null = null;
  const finish = (error: Error) => {
    end ??= error;
    waiting?.reject(end);
    waiting = null;
  };
  if (child.stdout === null) throw new Error('the peer has no output to read');
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (waiting === null) lines.push(line);
    else waiting.resolve(line);
    waiting = null;
  });
  child.stdin?.on('error', () => undefined); // shows as its end
  child.on('error', (error) => finish(missing(`Python cannot be started (${error.message})`)));
  child.on('close', (code, signal) => {
    finish(
      code === NO_TORCH
        ? missing('Python has no module torch')
        : new Error(`the PyTorch peer ended with ${signal ?? `exit code ${code}`}`),
    );
  });
  return {
    nextLine: (): Promise<string> => {
      const line = lines.shift();
      if (line !== undefined) return Promise.resolve(line);
      if (end !== null) return Promise.reject(end);
      waiting = Promise.withResolvers<string>();
      return waiting.promise;
    },
    close: () => {
      child.kill();
    },
  };
}

function missing(reason: string): UserError {
  return new UserError('not-found', `PyTorch is not measured: ${reason}. ${INSTALL}`, PEER);
}
