import type { Host } from '../host.ts';
import { os } from './implementer.ts';

/** Settings and the report on this machine. */
export function appRoutes(host: Host) {
  return {
    doctor: os.app.doctor.handler(() => host.doctor()),
    settings: os.app.settings.handler(() => host.settings.read()),
    changeSettings: os.app.changeSettings.handler(({ input }) => host.settings.change(input)),
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
