import { EngineRates } from '../host/engine-rates.ts';
import { nodeClock } from '../host/node-clock.ts';
import { spawnNode } from '../host/spawn-node.ts';
import { dataFolder } from '../store/home.ts';
import { appVersion } from './app-files.ts';
import type { Given } from './given.ts';
import type { Terminal } from './terminal.ts';

/** How fast each backend is here, kept in the data folder that `--home` or the environment names. */
export function openRates(given: Given, terminal: Terminal): EngineRates {
  const home = dataFolder(terminal.env, process.platform, given.text('home'));
  return new EngineRates({ home, spawn: spawnNode, clock: nodeClock, version: appVersion() });
}
