import { UserError } from '../base/errors.ts';
import { nodeClock } from '../host/node-clock.ts';
import { openStore, type Store } from '../store/open-store.ts';

/**
 * Opens a data folder beside a running app, changing nothing.
 * @returns null where there is none yet: it is made when the app first starts.
 * @throws UserError where it is there and cannot be read.
 */
export async function openForReading(home: string): Promise<Store | null> {
  try {
    return await openStore(home, { clock: nodeClock, access: 'read' });
  } catch (fault) {
    if (fault instanceof UserError && fault.code === 'not-found') return null;
    throw fault;
  }
}
