import type { Host } from '../host.ts';
import { os, refusing } from './implementer.ts';

/** Settings, the report on this machine, and what the host has to say of itself. */
export function appRoutes(host: Host) {
  return {
    doctor: os.app.doctor.handler(() => host.doctor()),
    settings: os.app.settings.handler(() => host.settings.read()),
    changeSettings: os.app.changeSettings.handler(({ input }) => host.settings.change(input)),
    notices: os.app.notices.handler(async function* ({ signal }) {
      yield* refusing(host.notices.listen(signal));
    }),
    handedFile: os.app.handedFile.handler(({ input }) => host.handedFiles.take(input.id)),
  };
}

/** People, known by codes. */
export function participantRoutes(host: Host) {
  return {
    list: os.participants.list.handler(() => host.store.participants.list()),
    create: os.participants.create.handler(async ({ input }) => {
      await host.store.participants.create(input.code);
      return { code: input.code };
    }),
  };
}
