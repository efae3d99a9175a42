/** Opens a data folder, says so (or why not, as JSON), and holds it until killed. `UID` in the environment drops rights first. */
import { toErrorInfo } from '../../../../src/base/errors.ts';
import { nodeClock } from '../../../../src/host/node-clock.ts';
import { openStore } from '../../../../src/store/open-store.ts';

const [home] = process.argv.slice(2);
if (home === undefined) throw new Error('holder.ts HOME');
const uid = process.env['TEST_UID'];
if (uid !== undefined) process.setuid?.(Number(uid));
try {
  await openStore(home, { clock: nodeClock });
  process.stdout.write('open\n');
  setInterval(() => undefined, 1000);
} catch (fault) {
  process.stdout.write(`${JSON.stringify(toErrorInfo(fault))}\n`);
  process.exitCode = 1;
}
