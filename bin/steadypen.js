#!/usr/bin/env node
/** `steadypen`: runs src/cli/main.ts under Node 24, whichever Node this is started with. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

const MAJOR = 24;
const root = path.resolve(import.meta.dirname, '..');

if (Number(process.versions.node.split('.')[0]) >= MAJOR) {
  await keepCompiled();
  const { main } = await import('../src/cli/main.ts');
  await main(process.argv.slice(2));
} else {
  const node = path.join(root, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (!existsSync(node)) {
    console.error(
      `steadypen: this needs Node ${MAJOR}, which comes with the packages: run \`npm ci\` in ${root} first.`,
    );
    process.exit(1);
  }
  const channel = process.channel ? ['ipc'] : [];
  const child = spawn(node, [path.join(root, 'bin/steadypen.js'), ...process.argv.slice(2)], {
    stdio: ['inherit', 'inherit', 'inherit', ...channel],
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  process.on('disconnect', () => child.connected && child.disconnect());
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));
}

/**
 * Keeps what the sources are compiled to beside the packages, for this program and those that it starts: a quarter of a second at
 * every start. Where nothing can be written there, nothing is kept.
 */
async function keepCompiled() {
  const { enableCompileCache } = await import('node:module');
  process.env.NODE_COMPILE_CACHE ??= path.join(root, 'node_modules/.cache/steadypen');
  enableCompileCache(process.env.NODE_COMPILE_CACHE);
}
