import type { Host } from './host.ts';
import { appRoutes, participantRoutes } from './routes/app-routes.ts';
import { captureRoutes } from './routes/capture-routes.ts';
import { os } from './routes/implementer.ts';
import { modelRoutes } from './routes/model-routes.ts';
import { sampleRoutes } from './routes/sample-routes.ts';
import { screeningRoutes } from './routes/screening-routes.ts';
import { trainingRoutes } from './routes/training-routes.ts';

/** Every call of src/api/contract.ts. The same router serves the WebSocket of a browser and Electron's MessagePort. */
export function createRouter(host: Host) {
  return os.router({
    app: appRoutes(host),
    participants: participantRoutes(host),
    capture: captureRoutes(host),
    screening: screeningRoutes(host),
    samples: sampleRoutes(host),
    training: trainingRoutes(host),
    models: modelRoutes(host),
  });
}
export type HostRouter = ReturnType<typeof createRouter>;
