import { UserError } from '../../base/errors.ts';
import { asSampleId } from '../ids.ts';
import type { Host } from '../host.ts';
import { os } from './implementer.ts';

const TYPES = { thumb: 'image/png', page: 'image/webp', ink: 'image/png' } as const;

/** The library: samples, their pictures and labels. */
export function sampleRoutes({ store, recovery }: Host) {
  return {
    list: os.samples.list.handler(async ({ input }) => {
      await recovery.settled; // a list from before would lack the drawing that a crash left behind, and stay so
      return store.library.list(input);
    }),
    get: os.samples.get.handler(async ({ input }) => {
      const sample = await store.library.get(input.id);
      return { ...sample, labels: [...sample.labels] };
    }),
    picture: os.samples.picture.handler(async ({ input }) => {
      const picture = await store.library.picture(input.id, input.what);
      if (picture === null) throw new UserError('not-found', 'This sample has no picture.', input.id);
      return new Blob([picture], { type: TYPES[input.what] });
    }),
    label: os.samples.label.handler(async ({ input }) => {
      const former = await store.samples.label(input.ids.map(asSampleId), input.label, 'user');
      return { former };
    }),
    delete: os.samples.delete.handler(({ input }) => store.samples.delete(input.ids.map(asSampleId))),
    restore: os.samples.restore.handler(({ input }) => store.samples.restore(input.ids.map(asSampleId))),
  };
}
