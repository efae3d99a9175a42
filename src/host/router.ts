import type { Host } from './host.ts';
import { appRoutes, participantRoutes } from './routes/app-routes.ts';

/** Every call of src/api/contract.ts. The same router serves the WebSocket of a browser and Electron's MessagePort. */
export function createRouter(host: Host) {
  return {
    app: appRoutes(host),
    participants: participantRoutes(host),
  };
}
export type HostRouter = ReturnType<typeof createRouter>;
