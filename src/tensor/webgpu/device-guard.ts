/**
 * Makes the failures of a GPU visible. WebGPU itself never throws for them: a call on a lost device does nothing, a buffer
 * that did not fit stands for zeros, and a wrong program leaves its output as it was.
 */
import { UserError } from '../../base/errors.ts';

/** Runs one computation and reports what went wrong on the device meanwhile. */
export type Guard = <T>(work: () => Promise<T>) => Promise<T>;

export interface GuardedDevice {
  /**
   * The computation must have given all its commands to the device by its first `await`, and end with a download.
   * @throws UserError `engine-failed` for a lost device or a refused command, `out-of-memory`; what `work` throws for itself.
   */
  readonly guard: Guard;
  /** True once the device is gone for good: nothing runs on it any more. */
  isLost(): boolean;
}

/** The innermost comes last. Each catches one kind of error of the commands that are given while it is open. */
const SCOPES: readonly GPUErrorFilter[] = ['internal', 'out-of-memory', 'validation'];

export function guardDevice(device: GPUDevice): GuardedDevice {
  let lost: UserError | null = null;
  let unseen: UserError | null = null;
  const loss = device.lost.then(({ reason, message }) => {
    lost = engineFailed(`the device was lost (${message.trim() || reason})`);
    return lost;
  });
  device.addEventListener('uncapturederror', (event) => {
    unseen ??= faultOf((event as GPUUncapturedErrorEvent).error);
  });
  const throwKnown = (): void => {
    const fault = lost ?? unseen;
    if (lost === null) unseen = null; // told once; a lost device stays lost
    if (fault !== null) throw fault;
  };
  return {
    isLost: () => lost !== null,
    guard: async (work) => {
      throwKnown();
      for (const scope of SCOPES) device.pushErrorScope(scope);
      const computing = (async () => work())(); // one that throws at once must not leave the scopes open
      const verdicts = Promise.all(SCOPES.map(() => device.popErrorScope())).catch(() => []);
      const outcome = await Promise.race([
        computing.then(
          (value) => ({ value }),
          (thrown: unknown) => ({ thrown }),
        ),
        loss.then((thrown) => ({ thrown })),
      ]);
      const error = (await Promise.race([verdicts, loss.then(() => [])])).find((found) => found !== null);
      throwKnown();
      if (error !== undefined && error !== null) throw faultOf(error);
      if ('thrown' in outcome) throw explain(outcome.thrown);
      return outcome.value;
    },
  };
}

function faultOf(error: GPUError): UserError {
  return isOutOfMemory(error) ? outOfMemory(error.message) : engineFailed(error.message);
}

/**
 * By names, since the classes of WebGPU are global in browsers only. A buffer above the device's limit is refused as wrong
 * rather than as too large, and means the same to the user.
 */
function isOutOfMemory({ constructor, message }: GPUError): boolean {
  return constructor.name === 'GPUOutOfMemoryError' || /exceeds the max \w* ?buffer/i.test(message);
}

/** A download that the device gave up, or a buffer that could not be mapped, reject with these; all else is a fault of ours. */
function explain(thrown: unknown): unknown {
  if (!(thrown instanceof Error) || thrown instanceof UserError) return thrown;
  if (thrown instanceof RangeError && /createBuffer|allocation/i.test(thrown.message)) {
    return outOfMemory(thrown.message);
  }
  return ['AbortError', 'OperationError'].includes(thrown.name) ? engineFailed(thrown.message) : thrown;
}

function engineFailed(what: string): UserError {
  return new UserError(
    'engine-failed',
    `The engine webgpu failed: ${firstLine(what)}. Train again, or on the engine cpu.`,
    'webgpu',
  );
}

function outOfMemory(what: string): UserError {
  return new UserError(
    'out-of-memory',
    `The graphics processor has too little memory (${firstLine(what)}). Use smaller batches, or the engine cpu.`,
    'webgpu',
  );
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? '').trim().replace(/\.$/, '');
}
