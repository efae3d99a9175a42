import path from 'node:path';
import type { ProgramName } from '../src/host/port.ts';

/** Where the parts of the app lie; the same in a clone and in app.asar. */
export interface AppFolders {
  readonly renderer: string;
  readonly assets: string;
  readonly preload: string;
  /** The page that computes with WebGPU, and its preload. */
  readonly engine: string;
  readonly enginePreload: string;
  readonly programs: Readonly<Record<ProgramName, string>>;
}

/** @param root The folder of package.json: `app.getAppPath()`. */
export function appFolders(root: string): AppFolders {
  const electron = path.join(root, 'dist/electron');
  return {
    renderer: path.join(root, 'dist/renderer'),
    assets: path.join(root, 'assets'),
    preload: path.join(electron, 'preload.cjs'),
    engine: path.join(root, 'dist/engine'),
    enginePreload: path.join(electron, 'engine-preload.cjs'),
    programs: {
      screener: path.join(electron, 'screener.js'),
      trainer: path.join(electron, 'trainer.js'),
      'network-bench': path.join(electron, 'network-bench.js'),
    },
  };
}
