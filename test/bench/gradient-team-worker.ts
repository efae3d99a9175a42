/** A further thread of the gradient team bench: the reference net. */
import { workerData } from 'node:worker_threads';
import { lossAndGradient } from '../../src/model/network.ts';
import { REFERENCE_ARCHITECTURE } from '../../src/model/parameters.ts';
import { followGradientTeam, type TeamMember } from '../../src/tensor/gradient-team.ts';
import { loadBackend } from '../../src/tensor/load-backend.ts';

await loadBackend('cpu');
await followGradientTeam(workerData as TeamMember, (...chunk) =>
  lossAndGradient(REFERENCE_ARCHITECTURE, ...chunk),
);
