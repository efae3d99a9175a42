/**
 * Opens a data folder, says so (or why not, as JSON), and holds it until killed. In the environment `TEST_UID` drops
 * rights first, and `TEST_ACCESS=read` opens it for reading, says how many samples and models it holds, and ends.
 */
import { toErrorInfo } from '../../../../src/base/errors.ts';
import { nodeClock } from '../../../../src/host/node-clock.ts';
import { openStore } from '../../../../src/store/open-store.ts';

const [home] = process.argv.slice(2);
if (home === undefined) throw new Error('holder.ts HOME');
const uid = process.env['TEST_UID'];
if (uid !== undefined) process.setuid?.(Number(uid));
try {
  if (process.env['TEST_ACCESS'] === 'read') {
    const store = await openStore(home, { clock: nodeClock, access: 'read' });
    const { total } = await store.library.list({ offset: 0, limit: 1 });
    process.stdout.write(
      `${JSON.stringify({ samples: total, models: (await store.models.list()).length })}\n`,
    );
    await store.close();
  } else {
    await openStore(home, { clock: nodeClock });
    process.stdout.write('open\n');
    setInterval(() => undefined, 1000);
  }
} catch (fault) {
  process.stdout.write(`${JSON.stringify(toErrorInfo(fault))}\n`);
  process.exitCode = 1;
}
