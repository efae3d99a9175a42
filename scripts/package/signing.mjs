/** What is signed and notarised follows from the environment alone; no key or password stands in a file of the project. */

/** All of a group, or none of it: half a group would fail after an hour of building. */
const GROUPS = {
  macSign: ['CSC_LINK', 'CSC_KEY_PASSWORD'],
  windowsSign: ['WIN_CSC_LINK', 'WIN_CSC_KEY_PASSWORD'],
  appleAccount: ['APPLE_ID', 'APPLE_APP_SPECIFIC_PASSWORD', 'APPLE_TEAM_ID'],
  appleKey: ['APPLE_API_KEY', 'APPLE_API_KEY_ID', 'APPLE_API_ISSUER'],
};

/**
 * @param {Record<string, string | undefined>} env
 * @returns The builder's settings for macOS and Windows, and one line for people about each.
 * @throws {Error} that names the missing variables where a group is incomplete, or where notarising is asked of an unsigned app.
 */
export function signingFromEnvironment(env) {
  const has = Object.fromEntries(Object.entries(GROUPS).map(([name, keys]) => [name, isComplete(env, keys)]));
  // A certificate in the keychain is named instead of being handed over as a file.
  const macSigned = has.macSign || Boolean(env.CSC_NAME);
  const notarize = has.appleAccount || has.appleKey;
  if (notarize && !macSigned) {
    throw new Error('Notarising needs a signed app: set CSC_LINK and CSC_KEY_PASSWORD, or CSC_NAME.');
  }
  const entitlements = env.STEADYPEN_ENTITLEMENTS || 'packaging/entitlements.mac.plist';
  return {
    mac: {
      hardenedRuntime: macSigned,
      entitlements,
      entitlementsInherit: entitlements,
      notarize,
      // Without this the builder would take any identity that it finds in the keychain.
      ...(macSigned ? {} : { identity: null }),
    },
    win: { signExecutable: has.windowsSign || has.macSign },
    said: {
      darwin: macSigned ? `signed${notarize ? ' and notarised' : ', not notarised'}` : 'not signed',
      win32: has.windowsSign || has.macSign ? 'signed' : 'not signed: SmartScreen will warn',
      linux: 'not signed; SHA256SUMS is there to compare',
    },
  };
}

function isComplete(env, keys) {
  const given = keys.filter((key) => env[key]);
  if (given.length === 0) return false;
  const missing = keys.filter((key) => !env[key]);
  if (missing.length > 0) {
    throw new Error(
      `${given.join(', ')} is set, but ${missing.join(', ')} is not: set all of them, or none.`,
    );
  }
  return true;
}
