/**
 * `npm test`: installs what is missing (packages, a Chromium, a real Electron), builds, then runs types, lint, formatting, unit,
 * component and end-to-end tests. Goes on after a failure, says how long each took, and ends with one line that
 * sums up all tests. `--only unit,e2e` runs some of them.
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { requireChromium } from './setup/chromium.mjs';
import { installPackages } from './setup/install.mjs';
import { requireNode24, root } from './setup/node24.mjs';
import { isStopping, runToEnd, stopOnSignals } from './setup/run.mjs';
import { prepareTestElectron } from './setup/test-electron.mjs';
import { countHosts, countPlaywright, countVitest, sumCounts } from './setup/test-counts.mjs';

const RESULTS = path.join(root, 'test-results/counts');
const say = (line) => console.error(`steadypen: ${line}`);
const bin = (name) => path.join(root, 'node_modules', name);
const result = (name) => path.join(RESULTS, `${name}.json`);
const vitest = (project) => [
  bin('vitest/vitest.mjs'),
  'run',
  '--project',
  project,
  '--reporter=dot',
  '--reporter=json',
  `--outputFile.json=${result(project)}`,
];

/** In this order; `needs` is what is made ready before. */
const STAGES = [
  {
    name: 'types',
    runs: [
      [bin('typescript/bin/tsc'), '-p', '.'],
      [bin('typescript/bin/tsc'), '-p', 'test/e2e'],
      [bin('svelte-check/bin/svelte-check'), '--tsconfig', 'renderer/tsconfig.json', '--fail-on-warnings'],
    ],
  },
  { name: 'lint', runs: [[bin('eslint/bin/eslint.js'), '.', '--max-warnings', '0']] },
  { name: 'format', runs: [[bin('prettier/bin/prettier.cjs'), '--check', '.', '--log-level', 'warn']] },
  { name: 'unit', runs: [vitest('unit')], count: countVitest },
  { name: 'component', runs: [vitest('component')], count: countVitest, needs: ['chromium'] },
  {
    name: 'e2e',
    runs: [[bin('@playwright/test/cli.js'), 'test']],
    count: countPlaywright,
    hosts: countHosts,
    needs: ['chromium', 'electron'],
  },
];

stopOnSignals();
try {
  await main();
} catch (error) {
  if (!isStopping()) {
    say(error instanceof Error ? error.message : String(error));
    console.log('0 passed, 1 failed, 0 skipped');
    process.exitCode = 1;
  }
}

async function main() {
  const stages = chooseStages();
  const started = Date.now();
  await installPackages(say);
  const env = {};
  const faults = await prepare(stages, env);
  const built = await runToEnd(requireNode24(), [path.join(root, 'scripts/build.mjs'), '--electron']);
  if (built !== 0) throw new Error('building failed; its message is above');
  rmSync(RESULTS, { recursive: true, force: true });
  mkdirSync(RESULTS, { recursive: true });

  const rows = [];
  for (const stage of stages) {
    if (isStopping()) return;
    console.log(`\n== ${stage.name}`);
    const fault = stage.needs?.map((need) => faults.get(need)).find((found) => found !== undefined);
    const row =
      fault === undefined ? await runStage(stage, env) : { ok: false, counts: null, seconds: 0, note: fault };
    rows.push({ name: stage.name, ...row });
  }
  if (isStopping()) return;
  console.log('');
  for (const { name, ok, seconds, counts, hosts, note } of rows) {
    const tests = counts ? inWords(counts) : (note ?? '');
    console.log(
      `${ok ? 'ok    ' : 'FAILED'} ${name.padEnd(10)} ${seconds.toFixed(1).padStart(6)} s  ${tests}`,
    );
    for (const [host, ofHost] of hosts ?? []) console.log(`         on ${host}: ${inWords(ofHost)}`);
  }
  const total = sumCounts(rows);
  console.log(`All of it took ${((Date.now() - started) / 1000).toFixed(0)} s.`);
  console.log(inWords(total));
  process.exitCode = total.failed === 0 ? 0 : 1;
}

/**
 * Makes ready what the stages need.
 * @param {Record<string, string>} env Gets what the stages are to know.
 * @returns {Promise<Map<string, string>>} What could not be had, and why.
 */
async function prepare(stages, env) {
  const deeds = {
    chromium: async () => {
      env.STEADYPEN_CHROMIUM = await requireChromium(say);
    },
    electron: () => prepareTestElectron(say),
  };
  const faults = new Map();
  for (const [need, deed] of Object.entries(deeds)) {
    if (!stages.some((stage) => stage.needs?.includes(need))) continue;
    try {
      await deed();
    } catch (error) {
      faults.set(need, error.message);
      say(error.message);
    }
  }
  return faults;
}

function inWords({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

function chooseStages() {
  const { values } = parseArgs({ options: { only: { type: 'string' } } });
  if (values.only === undefined) return STAGES;
  const names = values.only.split(',');
  for (const name of names) {
    if (!STAGES.some((stage) => stage.name === name)) {
      throw new Error(
        `--only: there is no "${name}"; choose from ${STAGES.map((stage) => stage.name).join(', ')}.`,
      );
    }
  }
  return STAGES.filter((stage) => names.includes(stage.name));
}

async function runStage(stage, env) {
  const started = Date.now();
  const file = result(stage.name);
  let ok = true;
  for (const args of stage.runs) {
    const code = await runToEnd(requireNode24(), args, { env: { ...env, STEADYPEN_TEST_RESULTS: file } });
    if (code !== 0) ok = false;
  }
  const report = stage.count && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
  const counts = report && stage.count(report);
  // A runner that ended well without saying what it ran has run nothing.
  if (stage.count && counts === null) ok = false;
  return {
    ok: ok && (counts?.failed ?? 0) === 0,
    counts,
    hosts: report && stage.hosts?.(report),
    seconds: (Date.now() - started) / 1000,
  };
}
