import { randomUUID } from 'node:crypto';
import { asSampleId } from '../ids.ts';
import type { Host } from '../host.ts';
import { os } from './implementer.ts';

/** The journal of a drawing in progress: what survives a crash. */
export function captureRoutes({ store }: Host) {
  return {
    begin: os.capture.begin.handler(async ({ input }) => {
      const id = randomUUID();
      await store.journals.begin(asSampleId(id), input);
      return { id };
    }),
    append: os.capture.append.handler(({ input }) =>
      store.journals.append(asSampleId(input.id), input.stroke),
    ),
    retract: os.capture.retract.handler(({ input }) => store.journals.retract(asSampleId(input.id))),
    abandon: os.capture.abandon.handler(({ input }) => store.journals.close(asSampleId(input.id))),
  };
}
