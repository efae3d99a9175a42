/**
 * The key that updates without a network are signed with. Its private half comes from the environment and goes nowhere; its public
 * half is packed into the app, which then takes updates of that key alone.
 */
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * @param {Record<string, string | undefined>} env STEADYPEN_UPDATE_KEY holds a private Ed25519 key as PEM, or the path of one.
 * @returns {import('node:crypto').KeyObject | null} null where none is given.
 * @throws {Error} that says what is wrong with it, without a word of its content.
 */
export function updateKey(env) {
  const given = env.STEADYPEN_UPDATE_KEY;
  if (!given) return null;
  const isPem = given.includes('-----BEGIN');
  if (!isPem && !existsSync(given)) {
    throw new Error('STEADYPEN_UPDATE_KEY is neither a PEM nor the path of a file that exists.');
  }
  let key;
  try {
    key = createPrivateKey(isPem ? given.replaceAll('\\n', '\n') : readFileSync(given));
  } catch {
    throw new Error('STEADYPEN_UPDATE_KEY holds no private key as PEM, or one with a passphrase.');
  }
  if (key.asymmetricKeyType !== 'ed25519') {
    throw new Error(
      `STEADYPEN_UPDATE_KEY is a key of the type ${key.asymmetricKeyType}; Ed25519 is needed (openssl genpkey -algorithm ed25519).`,
    );
  }
  return key;
}

/** Writes the public half where the builder takes it from; without a key there is none, and the app takes no update. */
export function shipPublicKey(folder, key) {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, 'update-key.pem');
  if (key === null) rmSync(file, { force: true });
  else writeFileSync(file, createPublicKey(key).export({ type: 'spki', format: 'pem' }));
}
