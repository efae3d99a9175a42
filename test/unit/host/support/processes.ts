import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'vitest';
import { residentBytes } from '../../../../src/host/memory.ts';

/** Fails unless the process ends within a second. */
export async function expectGone(pid: number | undefined): Promise<void> {
  if (pid === undefined) throw new Error('no process was started');
  for (let i = 0; i < 20 && isAlive(pid); i++) await wait(50);
  expect(isAlive(pid)).toBe(false);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || (residentBytes(pid) ?? 0) > 0; // a zombie holds no memory
  } catch {
    return false;
  }
}
