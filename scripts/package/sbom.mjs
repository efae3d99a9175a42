/**
 * What an installed app is made of, as CycloneDX 1.6: what the bundles hold (dist/.packages), what is shipped as it is,
 * Electron with Chromium and Node, and the libraries inside of libvips. Not what only builds or tests it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Contrib, Enums, Models, Serialize, Spec } from '@cyclonedx/cyclonedx-library';
import { PackageURL } from 'packageurl-js';
import parseExpression from 'spdx-expression-parse';

const BUNDLES = ['renderer', 'electron', 'preload', 'engine-preload', 'engine', 'engine-worker'];
const licences = new Contrib.License.Factories.LicenseFactory(parseExpression);

/**
 * @param {{ root: string, fonts: readonly string[], natives: readonly string[], electronVersion: string }} input
 *   `natives`: folders below node_modules/@img.
 * @returns {string} JSON with the same bytes for the same input: no time, no serial number.
 */
export function makeSbom({ root, fonts, natives, electronVersion }) {
  const bom = new Models.Bom();
  const app = componentOf(readManifest(path.join(root, 'package.json')), Enums.ComponentType.Application);
  bom.metadata.component = app;
  const folders = new Set([
    ...BUNDLES.flatMap((name) =>
      JSON.parse(readFileSync(path.join(root, `dist/.packages/${name}.json`), 'utf8')),
    ),
    ...fonts.map((name) => `node_modules/@fontsource/${name}`),
    ...['hersheytext', 'sharp', 'detect-libc', 'semver', '@img/colour'].map((name) => `node_modules/${name}`),
    ...natives.map((name) => `node_modules/@img/${name}`),
  ]);
  for (const folder of [...folders].map((name) => name.replace(/^(\.\.\/)+/, '')).sort()) {
    const component = componentOf(
      readManifest(path.join(root, folder, 'package.json')),
      Enums.ComponentType.Library,
    );
    for (const part of partsOfLibvips(path.join(root, folder))) component.components.add(part);
    add(bom, app, component);
  }
  add(bom, app, electronComponent(electronVersion));
  const serializer = new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6));
  return `${serializer.serialize(bom, { sortLists: true, space: 2 })}\n`;
}

function add(bom, app, component) {
  bom.components.add(component);
  app.dependencies.add(component.bomRef);
}

const builder = new Contrib.FromNodePackageJson.Builders.ComponentBuilder(
  new Contrib.FromNodePackageJson.Factories.ExternalReferenceFactory(),
  licences,
);

function componentOf(manifest, type) {
  const component = builder.makeComponent(manifest, type);
  if (component === undefined) throw new Error(`${manifest.name}: its package.json names no package`);
  component.purl = purlOf('npm', manifest.name, manifest.version);
  component.bomRef.value = component.purl;
  return component;
}

function purlOf(type, name, version) {
  const [, namespace = null, bare] = /^(?:(@[^/]+)\/)?(.+)$/.exec(name);
  return new PackageURL(type, namespace, bare, version, null, null).toString();
}

function electronComponent(version) {
  const electron = new Models.Component(Enums.ComponentType.Framework, 'electron', {
    version,
    purl: purlOf('npm', 'electron', version),
    description: 'Brings Chromium and Node.js; their notices are in LICENSES.chromium.html.gz.',
  });
  electron.bomRef.value = electron.purl;
  electron.licenses.add(licences.makeFromString('MIT'));
  return electron;
}

/** sharp's packages with libvips name the versions of everything that is linked into it. */
function partsOfLibvips(folder) {
  if (!readdirSync(folder).includes('versions.json')) return [];
  return Object.entries(JSON.parse(readFileSync(path.join(folder, 'versions.json'), 'utf8'))).map(
    ([name, version]) => {
      const part = new Models.Component(Enums.ComponentType.Library, name, {
        version,
        purl: purlOf('generic', name, version),
      });
      part.bomRef.value = `${path.basename(folder)}/${part.purl}`;
      return part;
    },
  );
}

function readManifest(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}
