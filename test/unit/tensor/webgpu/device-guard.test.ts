import { expect, test } from 'vitest';
import { UserError } from '../../../../src/base/errors.ts';
import { guardDevice } from '../../../../src/tensor/webgpu/device-guard.ts';

class GPUValidationError {
  readonly message: string;
  constructor(message: string) {
    this.message = message;
  }
}
class GPUOutOfMemoryError extends GPUValidationError {}

/** Behaves like a GPUDevice as far as failing goes: scopes form a stack, and no call ever throws. */
function fakeDevice() {
  const lost = Promise.withResolvers<{ reason: string; message: string }>();
  const scopes: { filter: string; error: unknown }[] = [];
  const listeners: ((event: { error: unknown }) => void)[] = [];
  const device = {
    lost: lost.promise,
    addEventListener: (_name: string, listener: (event: { error: unknown }) => void) =>
      void listeners.push(listener),
    pushErrorScope: (filter: string) => void scopes.push({ filter, error: null }),
    popErrorScope: () => Promise.resolve(scopes.pop()?.error ?? null),
  };
  return {
    guarded: guardDevice(device as unknown as GPUDevice),
    lose: (reason: string, message: string) => lost.resolve({ reason, message }),
    openScopes: () => scopes.length,
    raise: (error: GPUValidationError) => {
      const filter = error instanceof GPUOutOfMemoryError ? 'out-of-memory' : 'validation';
      const scope = scopes.findLast((open) => open.filter === filter);
      if (scope) scope.error ??= error;
      else for (const listener of listeners) listener({ error });
    },
  };
}

async function faultOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    (value) => ({ value }),
    (error: unknown) => error,
  );
}

test('what goes well passes through, and leaves no scope open', async () => {
  const { guarded, openScopes } = fakeDevice();
  expect(await guarded.guard(() => Promise.resolve(42))).toBe(42);
  expect(openScopes()).toBe(0);
  expect(guarded.isLost()).toBe(false);
});

test('a refused command fails the call that gave it, though its result arrived', async () => {
  const { guarded, raise } = fakeDevice();
  const work = () => (raise(new GPUValidationError('bind group does not fit\n - more')), Promise.resolve(0));
  const fault = await faultOf(guarded.guard(work));
  expect(fault).toBeInstanceOf(UserError);
  expect(fault).toMatchObject({ code: 'engine-failed', subject: 'webgpu' });
  expect(String(fault)).toContain('webgpu failed: bind group does not fit. ');
  expect(await guarded.guard(() => Promise.resolve('next'))).toBe('next');
});

test.each([
  new GPUOutOfMemoryError('no room'),
  new GPUValidationError('Buffer size (2252800000) exceeds the max buffer size limit (1073741824).'),
])('too little memory is told as such: $message', async (error) => {
  const { guarded, raise } = fakeDevice();
  const fault = await faultOf(guarded.guard(() => (raise(error), Promise.resolve(0))));
  expect(fault).toMatchObject({ code: 'out-of-memory', subject: 'webgpu' });
});

test('a loss ends the call that runs, even one that would wait for ever, and every later one', async () => {
  const { guarded, lose } = fakeDevice();
  const running = faultOf(guarded.guard(() => new Promise<never>(() => undefined)));
  lose('unknown', 'the driver was reset');
  expect(await running).toMatchObject({ code: 'engine-failed', subject: 'webgpu' });
  expect(String(await running)).toContain('the driver was reset');
  let ran = false;
  const later = await faultOf(guarded.guard(() => ((ran = true), Promise.resolve(0))));
  expect(later).toMatchObject({ code: 'engine-failed' });
  expect(ran).toBe(false);
  expect(guarded.isLost()).toBe(true);
});

test('a download that the device gave up is the engine’s failure; a bug of ours stays a bug', async () => {
  const { guarded, openScopes } = fakeDevice();
  const abort = new DOMException('the device was lost', 'AbortError');
  expect(await faultOf(guarded.guard(() => Promise.reject(abort)))).toMatchObject({ code: 'engine-failed' });
  const bug = new TypeError('x is undefined');
  expect(await faultOf(guarded.guard(() => Promise.reject(bug)))).toBe(bug);
  const throws = (): Promise<never> => {
    throw bug;
  };
  expect(await faultOf(guarded.guard(throws))).toBe(bug);
  expect(openScopes()).toBe(0);
});

test('an error that no scope saw is told by the next call, once', async () => {
  const { guarded, raise } = fakeDevice();
  raise(new GPUValidationError('came late'));
  expect(await faultOf(guarded.guard(() => Promise.resolve(1)))).toMatchObject({ code: 'engine-failed' });
  expect(await guarded.guard(() => Promise.resolve(2))).toBe(2);
});
