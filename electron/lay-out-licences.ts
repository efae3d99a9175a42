import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';

/** Where the texts lie; the same places are looked at in a clone, which has fewer of them. */
export interface LicencePlaces {
  /** The app's root: a folder, or app.asar. */
  readonly app: string;
  /** The folder of Electron's program. */
  readonly program: string;
  /** The folder of app.asar. */
  readonly resources: string;
}

/**
 * Writes all licences and notices into one folder, as files that every program can read: other programs see neither into
 * app.asar nor into Chromium's notices, which an installed app holds packed (scripts/package/after-pack.mjs).
 *
 * @param folder Made if it is not there.
 */
export function layOutLicences(folder: string, { app, program, resources }: LicencePlaces): void {
  mkdirSync(folder, { recursive: true });
  const libvips = path.join(resources, 'licences');
  const files = [
    ...['LICENSE', 'THIRD-PARTY-NOTICES.md'].map((name) => path.join(app, name)),
    ...['LICENSE.electron.txt', 'LICENSES.chromium.html'].map((name) => path.join(program, name)),
    ...(existsSync(libvips) ? readdirSync(libvips).map((name) => path.join(libvips, name)) : []),
  ];
  for (const file of files) {
    if (existsSync(file)) copyFileSync(file, path.join(folder, path.basename(file)));
  }
  const packed = path.join(resources, 'LICENSES.chromium.html.gz');
  if (existsSync(packed)) {
    writeFileSync(path.join(folder, 'LICENSES.chromium.html'), gunzipSync(readFileSync(packed)));
  }
}
