import { ORPCError } from '@orpc/client';
import type { ErrorInfo } from './types.ts';

/** The host went away and did not come back in time. */
export class HostLost extends Error {
  constructor() {
    super('the host is not there');
    this.name = 'HostLost';
  }
}

/** What may be shown of a failed call: the host's own words, or the one fault that only this side sees. */
export type Fault =
  | { readonly kind: 'refused'; readonly info: ErrorInfo }
  | { readonly kind: 'host-lost' }
  | { readonly kind: 'unknown'; readonly message: string };

/** Sorts anything thrown by an api call. */
export function faultOf(error: unknown): Fault {
  if (error instanceof HostLost) return { kind: 'host-lost' };
  if (error instanceof ORPCError && error.code === 'REFUSED' && isInfo(error.data))
    return { kind: 'refused', info: error.data };
  return { kind: 'unknown', message: error instanceof Error ? error.message : String(error) };
}

function isInfo(data: unknown): data is ErrorInfo {
  return typeof data === 'object' && data !== null && 'message' in data && typeof data.message === 'string';
}

/** True for a call that was stopped on purpose. */
export function isAbort(error: unknown, signal: AbortSignal): boolean {
  return signal.aborted || (error instanceof DOMException && error.name === 'AbortError');
}
