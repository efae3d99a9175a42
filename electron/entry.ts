/** The first file that Electron runs: the app with its window, or one command of `steadypen` without any (`--cli`). */
import { commandOf } from './command-of.ts';

const command = commandOf(process.argv);
// Electron waits for this file before it is ready: what has to be done before that is done by then.
if (command === null) await import('./main.ts');
else (await import('./cli.ts')).runCommand(command);
