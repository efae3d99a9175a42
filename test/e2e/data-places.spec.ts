import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { ELECTRON_LABEL, launchElectron, needElectron, requireStage } from './electron/electron-app.ts';

test.describe(`places of the data, on ${ELECTRON_LABEL}`, () => {
  needElectron();

  test('Chromium’s caches lie apart from the data, tagged for backups', async () => {
    const data = path.join(requireStage().userHome, 'data');
    const caches = path.join(requireStage().userHome, 'caches');
    const app = await launchElectron({
      // No folder of one's own: the usual places, here below a home of the test.
      env: { STEADYPEN_HOME: '', XDG_DATA_HOME: data, XDG_CACHE_HOME: caches },
    });
    try {
      await app.page.getByRole('button', { name: 'Start drawing' }).waitFor();
      const places = await app.electron.evaluate(({ app: main }) =>
        ['userData', 'sessionData'].map((name) => main.getPath(name as 'userData')),
      );
      expect(places[1]).toContain('/steadypen/chromium');
      expect(readFileSync(path.join(places[1] ?? '', 'CACHEDIR.TAG'), 'utf8')).toMatch(
        /^Signature: 8a477f59/,
      );
      // The files of a page's session are there and not here.
      expect(readdirSync(places[1] ?? '')).toEqual(expect.arrayContaining(['Code Cache']));
      expect(existsSync(path.join(places[0] ?? '', 'Code Cache'))).toBe(false);
    } finally {
      await app.close();
    }
  });
});
