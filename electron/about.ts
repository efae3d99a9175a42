import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { app, shell } from 'electron';
import { ask } from './dialogs.ts';
import { WORDS } from './words.ts';

/** Versions and the licence, and the way to the licences of what is inside. */
export async function showAbout(): Promise<void> {
  const { electron, chrome, node } = process.versions;
  const versions = `Version ${app.getVersion()}\nElectron ${electron}, Chromium ${chrome}, Node ${node}`;
  const chosen = await ask({
    type: 'info',
    title: WORDS.appName,
    message: WORDS.appName,
    detail: WORDS.aboutDetail(versions),
    buttons: [WORDS.licences, WORDS.close],
    defaultId: 1,
  });
  if (chosen === 0) await openLicences();
}

/** Other programs cannot look into app.asar: the texts are laid out beside Chromium's files, and their folder is shown. */
async function openLicences(): Promise<void> {
  const folder = path.join(app.getPath('userData'), 'licences');
  mkdirSync(folder, { recursive: true });
  const ours = ['LICENSE', 'THIRD-PARTY-NOTICES.md'].map((name) => path.join(app.getAppPath(), name));
  const electrons = ['LICENSE.electron.txt', 'LICENSES.chromium.html'].map((name) =>
    path.join(path.dirname(app.getPath('exe')), name),
  );
  for (const file of [...ours, ...electrons]) {
    if (existsSync(file)) copyFileSync(file, path.join(folder, path.basename(file)));
  }
  const fault = await shell.openPath(folder);
  if (fault !== '') console.warn(`The folder of the licences did not open: ${fault}`);
}
