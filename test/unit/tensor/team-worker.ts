/** A thread of the team under test: the real network on a backend of its own. */
import { workerData } from 'node:worker_threads';
import { lossAndGradient } from '../../../src/model/network.ts';
import { followGradientTeam, type TeamMember } from '../../../src/tensor/gradient-team.ts';
import { loadBackend } from '../../../src/tensor/load-backend.ts';
import { SMALL_NET } from './small-net.ts';

const { invitation, failAt } = workerData as { invitation: TeamMember; failAt: number | null };
await loadBackend('cpu');
let calls = 0;
await followGradientTeam(invitation, (parameters, images, labels) => {
  if (++calls === failAt) throw new Error('this thread was told to fail');
  return lossAndGradient(SMALL_NET, parameters, images, labels);
});
