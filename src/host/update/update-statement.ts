/**
 * What its publisher says about an installer file, signed: `<installer>.update.json` beside it. An app without network takes an
 * update from such a pair of files and from nothing else.
 */
import { sign, verify, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { UserError } from '../../base/errors.ts';

export const STATEMENT_ENDING = '.update.json';
/** A statement is text for people; anything larger is none. */
export const MOST_STATEMENT_BYTES = 1_000_000;

const VERSION = /^\d{1,6}\.\d{1,6}\.\d{1,6}$/;

const updateStatement = z.object({
  schemaVersion: z.literal(1),
  product: z.literal('Steadypen'),
  /** Such as 0.2.0. */
  version: z.string().regex(VERSION),
  platform: z.enum(['linux', 'darwin', 'win32']),
  /** Processors, as `process.arch`. */
  archs: z.array(z.enum(['x64', 'arm64'])).min(1),
  /** Name of the installer's file, without a folder. */
  file: z.string().regex(/^[\w.-]+$/),
  /** Bytes. */
  size: z.number().int().positive(),
  /** Lower-case hexadecimal. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** What changes, as plain text; may be empty. */
  changes: z.string(),
});
export type UpdateStatement = Readonly<z.infer<typeof updateStatement>>;

/** The signature covers the bytes of the inner text, so that nobody has to agree on how JSON is written. */
const signedFile = z.object({ statement: z.string(), signature: z.string().regex(/^[A-Za-z0-9+/=]+$/) });

/** @param key Private Ed25519 key of the publisher. @returns Text of the file. */
export function signUpdate(statement: UpdateStatement, key: KeyObject): string {
  const inner = JSON.stringify(updateStatement.parse(statement));
  const signature = sign(null, Buffer.from(inner), key).toString('base64');
  return `${JSON.stringify({ statement: inner, signature }, null, 2)}\n`;
}

/**
 * Reads a statement whose signature holds. What is not signed by the key is not even looked at.
 *
 * @param name Of the file, for messages.
 * @param key Public half of the publisher's key.
 * @throws UserError `damaged` or `no-access` that names the file.
 */
export function openUpdate(text: string, name: string, key: KeyObject): UpdateStatement {
  const outer = signedFile.safeParse(parseJson(text));
  if (!outer.success) {
    throw new UserError('damaged', `${name} is no update statement of Steadypen. Fetch it again.`, name);
  }
  const { statement, signature } = outer.data;
  if (!verify(null, Buffer.from(statement), key, Buffer.from(signature, 'base64'))) {
    throw new UserError(
      'no-access',
      `The signature of ${name} is not that of Steadypen's publisher. Do not install this file.`,
      name,
    );
  }
  const inner = updateStatement.safeParse(parseJson(statement));
  if (!inner.success) {
    throw new UserError(
      'unsupported-format',
      `${name} is of a form that this version does not know. Install the update by hand.`,
      name,
    );
  }
  return inner.data;
}

/** @returns Negative where `a` is older than `b`, 0 where they are the same. Both are three numbers. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split('.').map(Number));
  for (let index = 0; index < 3; index += 1) {
    const difference = (left?.[index] ?? 0) - (right?.[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
