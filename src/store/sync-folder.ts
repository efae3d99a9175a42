import type { promises as fs } from 'node:fs';

/** Makes a new name in a folder itself last. Windows cannot open folders and needs no such step. */
export async function syncFolder(folder: string, open: (typeof fs)['open']): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
