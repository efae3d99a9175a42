import { implement, ORPCError } from '@orpc/server';
import { contract } from '../../api/contract.ts';
import { toErrorInfo, UserError } from '../../base/errors.ts';

/**
 * The contract to be implemented, with one rule for failures: everything that a handler throws reaches the screens as
 * the typed error `REFUSED` with an `ErrorInfo`; faults of ours are also logged.
 */
export const os = implement(contract).use(async ({ next }) => {
  try {
    return await next();
  } catch (fault) {
    throw asRefusal(fault);
  }
});

/** For what is thrown while events are sent, after the handler itself has returned. */
export async function* refusing<T>(events: AsyncIterable<T>): AsyncGenerator<T, void, void> {
  try {
    yield* events;
  } catch (fault) {
    throw asRefusal(fault);
  }
}

function asRefusal(fault: unknown): unknown {
  if (fault instanceof ORPCError) return fault;
  if (!(fault instanceof UserError)) console.error('fault while answering a call:', fault);
  const data = toErrorInfo(fault);
  return new ORPCError('REFUSED', { defined: true, message: data.message, data });
}
