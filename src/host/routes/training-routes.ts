import type { Host } from '../host.ts';
import { summariseLabels } from '../label-summary.ts';
import { os, refusing } from './implementer.ts';

/** Training runs, and the labels there are to train on. */
export function trainingRoutes({ store, training }: Host) {
  return {
    data: os.training.data.handler(async () => summariseLabels(await store.library.labelled())),
    start: os.training.start.handler(({ input }) => training.start(input)),
    current: os.training.current.handler(() => training.current()),
    watch: os.training.watch.handler(async function* ({ input, signal }) {
      yield* refusing(training.watch(input.id, signal));
    }),
    cancel: os.training.cancel.handler(({ input }) => training.cancel(input.id)),
  };
}
