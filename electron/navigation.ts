/** What the window may show and load: our own pages, and nothing else. */

export const APP_SCHEME = 'app';
export const APP_HOST = 'steadypen';
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`;
export const START_URL = `${APP_ORIGIN}/index.html`;

/** True for addresses of our own pages. Everything that does not parse is foreign. */
export function isAppUrl(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, host, username, password } = new URL(url);
  return protocol === `${APP_SCHEME}:` && host === APP_HOST && username === '' && password === '';
}

/**
 * True for what may be loaded inside a page. `blob:` and `data:` never leave the machine; `devtools:` is Chromium's own.
 */
export function mayLoad(url: string): boolean {
  if (isAppUrl(url)) return true;
  if (url.startsWith('blob:')) return isAppUrl(url.slice('blob:'.length));
  return url.startsWith('data:') || url.startsWith('devtools:');
}
