import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { openScreen } from '../screens.ts';
import { ELECTRON_LABEL, launchElectron, needElectron } from './electron-app.ts';

/** Gives Chromium a graphics processor in software, in a place that has none. */
const SOFTWARE_GPU = [
  '--use-webgpu-adapter=swiftshader',
  '--use-angle=swiftshader',
  '--use-vulkan=swiftshader',
];

interface EngineRates {
  readonly machines: readonly {
    readonly backends: readonly { readonly backend: string; readonly unusable: string | null }[];
  }[];
}

test.describe(`on ${ELECTRON_LABEL}`, () => {
  needElectron();

  // The same page in Chromium, request by request: webgpu-window.spec.ts.
  test("a training's engines are measured, WebGPU in the hidden window among them", async () => {
    test.setTimeout(240_000);
    const run = await launchElectron({ args: [...SOFTWARE_GPU, '--enable-features=Vulkan'] });
    try {
      await openScreen(run.page, 'Train');
      const hidden = run.electron.waitForEvent('window', { timeout: 120_000 });
      await run.page.getByRole('button', { name: 'Start training' }).click();
      const page = await hidden;
      expect(page.url()).toBe('app://engine/index.html');
      const worker = page.workers()[0] ?? (await page.waitForEvent('worker'));
      expect(await worker.evaluate(async () => (await navigator.gpu.requestAdapter()) !== null)).toBe(true);
      // A processor that plays a graphics processor beside other work may be too slow to be measured; it was found all the same.
      await expect
        .poll(() => wordsOnWebgpu(run.home), { timeout: 120_000 })
        .toMatch(/^measured$|gave no answer within/);
      await run.page.getByRole('button', { name: 'Stop' }).click();
    } finally {
      await run.close();
    }
  });
});

async function wordsOnWebgpu(home: string): Promise<string> {
  const text = await readFile(path.join(home, 'engine-rates.json'), 'utf8').catch(() => '{"machines":[]}');
  const { machines } = JSON.parse(text) as EngineRates;
  const webgpu = machines[0]?.backends.find(({ backend }) => backend === 'webgpu');
  if (webgpu === undefined) return 'not measured yet';
  return webgpu.unusable ?? 'measured';
}
