/** What Linux says about the processes of a running app. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect } from '@playwright/test';
import { isRoot, ORDINARY_UID } from './ordinary-user.ts';

interface ProcessFacts {
  readonly pid: number;
  /** Chromium's word for what it does: `browser`, `renderer`, `gpu-process`, `utility`, … */
  readonly type: string;
  readonly arguments: readonly string[];
  /** Real user. */
  readonly uid: number;
  /** 2: system calls are filtered; 0: they are not. */
  readonly seccomp: number;
  /** It can gain no rights, not by a setuid program either. */
  readonly noNewPrivileges: boolean;
}

/** A process and all that it and its children started, itself first. Those that end meanwhile are left out. */
function processTree(rootPid: number): ProcessFacts[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const parent = statusOf(Number(name))?.get('PPid');
    if (parent !== undefined) parents.set(Number(name), Number(parent));
  }
  const tree = [rootPid];
  for (const pid of tree) for (const [child, parent] of parents) if (parent === pid) tree.push(child);
  return tree.flatMap((pid) => factsOf(pid) ?? []);
}

/** Holds every process of a running app to an ordinary user, and the pages to Chromium's sandbox. */
export function expectSandbox(rootPid: number): void {
  const processes = processTree(rootPid);
  expect(processes.map(({ type }) => type)).toEqual(
    expect.arrayContaining(['browser', 'renderer', 'utility']),
  );
  for (const { type, arguments: words, uid, seccomp, noNewPrivileges } of processes) {
    expect(words, type).not.toContain('--no-sandbox');
    if (isRoot) expect(uid, type).toBe(ORDINARY_UID);
    if (type === 'renderer')
      expect({ seccomp, noNewPrivileges }).toEqual({ seccomp: 2, noNewPrivileges: true });
  }
}

function factsOf(pid: number): ProcessFacts | null {
  const status = statusOf(pid);
  const words = readProc(pid, 'cmdline')?.split(/[\0 ]/) ?? [];
  if (status === null) return null;
  return {
    pid,
    type: words.find((word) => word.startsWith('--type='))?.slice('--type='.length) ?? 'browser',
    arguments: words,
    uid: Number(status.get('Uid')?.split('\t')[0]),
    seccomp: Number(status.get('Seccomp')),
    noNewPrivileges: status.get('NoNewPrivs') === '1',
  };
}

function statusOf(pid: number): Map<string, string> | null {
  const text = readProc(pid, 'status');
  if (text === null) return null;
  return new Map(
    text.split('\n').map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon), line.slice(colon + 1).trim()];
    }),
  );
}

function readProc(pid: number, file: string): string | null {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return null; // It has ended.
  }
}
