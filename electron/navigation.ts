/** What the windows may show and load: our own pages, and nothing else. */
import { securityHeaders } from '../src/host/static-files.ts';

export const APP_SCHEME = 'app';
export const APP_HOST = 'steadypen';
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`;
export const START_URL = `${APP_ORIGIN}/index.html`;
/** The page of the hidden window that computes with WebGPU: an origin of its own, which no call is answered to. */
export const ENGINE_HOST = 'engine';
export const ENGINE_ORIGIN = `${APP_SCHEME}://${ENGINE_HOST}`;
export const ENGINE_URL = `${ENGINE_ORIGIN}/index.html`;

/** True for addresses of our own pages. Everything that does not parse is foreign. */
export function isAppUrl(url: string): boolean {
  return isOurs(url, APP_HOST);
}

function isOurs(url: string, ourHost: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, host, username, password } = new URL(url);
  return protocol === `${APP_SCHEME}:` && host === ourHost && username === '' && password === '';
}

/**
 * True for what may be loaded inside a page. `blob:` and `data:` never leave the machine; `devtools:` is Chromium's own.
 */
export function mayLoad(url: string): boolean {
  if (isAppUrl(url) || isOurs(url, ENGINE_HOST)) return true;
  if (url.startsWith('blob:')) return isAppUrl(url.slice('blob:'.length));
  return url.startsWith('data:') || url.startsWith('devtools:');
}

/** True for the one thing that a page of ours may ask for: to put text on the clipboard. Nothing is ever read from there. */
export function mayUse(permission: string, url: string): boolean {
  return permission === 'clipboard-sanitized-write' && isAppUrl(url);
}

/** Headers of the hidden window's page and of its worker: our own scripts, and nothing else at all. */
export function engineHeaders(): Record<string, string> {
  return {
    ...securityHeaders(ENGINE_ORIGIN),
    'content-security-policy':
      "default-src 'none'; script-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  };
}
