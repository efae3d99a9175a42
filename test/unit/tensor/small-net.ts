import type { Architecture } from '../../../src/model/model-bundle.ts';

/** The reference net in small, for tests that need a whole network. */
export const SMALL_NET: Architecture = {
  kind: 'conv-relu-pool',
  inputSide: 16,
  channels: [8, 8],
  classes: 2,
};
