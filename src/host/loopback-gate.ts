/** Who may talk to the loopback server: the browser that used the start URL, from our own page. */
export interface Gate {
  /** `127.0.0.1:port`. Another name means DNS rebinding. */
  readonly host: string;
  readonly origin: string;
  /** Whether a Cookie header holds our secret. */
  isKnown(cookies: string): boolean;
}

export interface Refusal {
  readonly status: 403 | 404 | 421;
  readonly message: string;
}

/**
 * Says why a request is refused, or null when it may go on.
 *
 * @param header Reads a request header by its lower-case name.
 * @param where `start`: the request that brings a token, so that no cookie is asked. `originNeeded`: a WebSocket upgrade,
 *   for which browsers always send Origin.
 */
export function refuseRequest(
  gate: Gate,
  header: (name: string) => string | undefined,
  where: { readonly start?: boolean; readonly originNeeded?: boolean },
): Refusal | null {
  if (header('host') !== gate.host)
    return { status: 421, message: 'This server answers to its own address only.' };
  const origin = header('origin');
  if (origin === undefined ? where.originNeeded : origin !== gate.origin) {
    return { status: 403, message: 'Requests from other pages are refused.' };
  }
  const site = header('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin' && site !== 'none') {
    return { status: 403, message: 'Requests from other sites are refused.' };
  }
  if (!where.start && !gate.isKnown(header('cookie') ?? '')) {
    return { status: 403, message: 'Open Steadypen with the address that it printed when it started.' };
  }
  return null;
}
