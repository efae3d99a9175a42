import type { Host } from '../host.ts';
import { os } from './implementer.ts';

/** Models: list, show, activate, go back, discard. */
export function modelRoutes({ store, shelf }: Host) {
  return {
    list: os.models.list.handler(() => shelf.list()),
    show: os.models.show.handler(({ input }) => shelf.show(input.id)),
    activate: os.models.activate.handler(({ input }) => shelf.activate(input.id)),
    rollback: os.models.rollback.handler(async () => ({ id: await store.models.rollback() })),
    discard: os.models.discard.handler(({ input }) => store.models.discard(input.id)),
  };
}
