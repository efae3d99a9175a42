import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { findById } from '../../../src/cli/models.ts';
import { linesOf, ROOT, runCli, temporaryFolder } from './run-cli.ts';

vi.setConfig({ testTimeout: 120_000 });
const folder = temporaryFolder();
const models = (home: string, ...args: string[]) =>
  runCli(['models', ...args, '--json', '--home', path.join(folder, home)], { cwd: ROOT });

test('before the first start the factory model is listed, and no data folder is made', async () => {
  const { code, stdout } = await models('new', 'list');
  expect(code).toBe(0);
  const lines = linesOf(stdout);
  expect(lines).toMatchObject([{ state: 'active', factory: true }]);
  expect(Number(lines[0]?.['fcZeros'])).toBeGreaterThanOrEqual(0.86);
  expect(existsSync(path.join(folder, 'new'))).toBe(false);
});

test('the first digits of an id are enough to show and to activate', async () => {
  const [factory] = linesOf((await models('used', 'list')).stdout);
  const digits = String(factory?.['id']).slice(0, 5);
  const activated = await models('used', 'activate', digits);
  expect(linesOf(activated.stdout)).toEqual([{ active: factory?.['id'] }]);
  const shown = linesOf((await models('used', 'show', digits)).stdout);
  expect(shown).toMatchObject([{ id: factory?.['id'], state: 'active', card: { name: factory?.['name'] } }]);
});

test.each(['', 'abc', 'spiral', '.*.*'])('"%s" is no id: nothing is activated', (digits) => {
  expect(() => findById([], digits)).toThrow('first 4 digits');
});

test('an empty id changes nothing', async () => {
  const { code, stdout, stderr } = await models('used', 'activate', '');
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain('is no ID');
});

test('a model that is not there, and a rollback with nothing before, say so', async () => {
  const unknown = await models('used', 'activate', 'ffffffffffffffff');
  expect([unknown.code, unknown.stdout]).toEqual([2, '']);
  expect(unknown.stderr).toContain('There is no model ffffffffffffffff');
  const rollback = await models('used', 'rollback');
  expect(rollback.code).toBe(2);
  expect(linesOf(rollback.stdout)).toMatchObject([{ error: { code: 'bad-argument' } }]);
});
