import path from 'node:path';
import { app, shell } from 'electron';
import { ask } from './dialogs.ts';
import { layOutLicences } from './lay-out-licences.ts';
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

/** Their folder is shown beside Chromium's files. */
async function openLicences(): Promise<void> {
  const folder = path.join(app.getPath('userData'), 'licences');
  layOutLicences(folder, {
    app: app.getAppPath(),
    program: path.dirname(app.getPath('exe')),
    resources: process.resourcesPath,
  });
  const fault = await shell.openPath(folder);
  if (fault !== '') console.warn(`The folder of the licences did not open: ${fault}`);
}
