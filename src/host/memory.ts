import { readFileSync } from 'node:fs';
import type { Port } from './port.ts';

const PAGE_BYTES = 4096;
const EVERY_MS = 200;

/** Message by which a child tells its memory where the host cannot look it up itself (src/host/own-port.ts). */
export interface MemoryMessage {
  readonly kind: 'memory';
  readonly rssBytes: number;
}

/** Whether a child's message tells its memory and not an answer. */
export function isMemoryMessage(message: unknown): message is MemoryMessage {
  return typeof message === 'object' && message !== null && 'kind' in message && message.kind === 'memory';
}

/**
 * Watches the resident memory of a child: through /proc where there is one, since a child deep in native code cannot
 * speak; by its own messages elsewhere.
 *
 * @param onTooMuch Called at most once, with the bytes seen.
 * @returns Stops watching.
 */
export function watchMemory(port: Port, limitBytes: number, onTooMuch: (bytes: number) => void): () => void {
  let stopped = false;
  const look = (bytes: number | null) => {
    if (stopped || bytes === null || bytes <= limitBytes) return;
    stop();
    onTooMuch(bytes);
  };
  const timer = setInterval(() => look(port.pid === undefined ? null : residentBytes(port.pid)), EVERY_MS);
  timer.unref();
  const stop = () => {
    stopped = true;
    clearInterval(timer);
  };
  port.onMessage((message) => {
    if (isMemoryMessage(message)) look(message.rssBytes);
  });
  return stop;
}

/** Resident memory of a process on Linux, its shared pages included; null elsewhere or when it has ended. */
export function residentBytes(pid: number): number | null {
  if (process.platform !== 'linux') return null;
  try {
    const pages = readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1];
    return pages === undefined ? null : Number(pages) * PAGE_BYTES;
  } catch {
    return null;
  }
}
