/**
 * Bad input as a value people can read: what happened, to which thing, what to do now.
 * A bug throws a plain Error; only a `UserError` reaches a user as it is.
 */

export const ERROR_CODES = [
  'not-found',
  'no-access',
  'empty-file',
  'not-an-image',
  'unsupported-format',
  'damaged',
  'too-large',
  'too-small',
  'no-strokes',
  'no-inputs',
  'bad-argument',
  'read-only',
  'disk-full',
  'in-use',
  'bad-model',
  'too-few-samples',
  'non-finite-loss',
  'timed-out',
  'out-of-memory',
  'cancelled',
  'no-backend',
  'engine-failed',
  'internal',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** The shape that crosses processes, the command line and the screen. */
export interface ErrorInfo {
  readonly code: ErrorCode;
  /** One or two plain sentences: what is wrong, then what to do. Names the file or field. */
  readonly message: string;
  /** The file, folder, field or argument that is at fault. */
  readonly subject?: string;
}

/** A fault that the user can do something about: its message may be shown as it is. Everything else that is thrown is a fault of ours. */
export class UserError extends Error {
  readonly code: ErrorCode;
  readonly subject: string | undefined;

  /**
   * @param code Stable word for programs.
   * @param message What happened and what to do, naming the subject.
   */
  constructor(code: ErrorCode, message: string, subject?: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'UserError';
    this.code = code;
    this.subject = subject;
  }
}

/** Turns anything thrown into what may be shown; an unknown fault keeps its message but is marked `internal`. */
export function toErrorInfo(error: unknown): ErrorInfo {
  if (error instanceof UserError) {
    return {
      code: error.code,
      message: error.message,
      ...(error.subject === undefined ? {} : { subject: error.subject }),
    };
  }
  return { code: 'internal', message: error instanceof Error ? error.message : String(error) };
}

/** The error again on the other side of a process boundary; keeps code, message and subject. */
export function fromErrorInfo(info: ErrorInfo): UserError {
  return new UserError(info.code, info.message, info.subject);
}
