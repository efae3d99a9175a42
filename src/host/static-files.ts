import { promises as fs } from 'node:fs';
import path from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
};

/**
 * What the screens may load: themselves, and pictures of their own making. Style attributes are allowed because charts
 * and floating parts place themselves by them; style elements are not.
 */
export function contentPolicy(origin: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' blob: data:",
    `connect-src 'self' ${origin.replace('http', 'ws')}`,
    "font-src 'self'",
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** Headers of every answer. @param origin Of the app itself, e.g. `http://127.0.0.1:4567`: the only one that scripts and connections may come from. */
export function securityHeaders(origin: string): Record<string, string> {
  return {
    'content-security-policy': contentPolicy(origin),
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=(), payment=()',
    'cache-control': 'no-store',
  };
}

/**
 * Answers with a file of a folder, and never with one outside it.
 *
 * @param folder Absolute path.
 * @param urlPath Path of the URL, still percent-encoded.
 */
export async function serveFile(
  folder: string,
  urlPath: string,
  headers: Readonly<Record<string, string>>,
): Promise<Response> {
  const file = await resolveInside(folder, urlPath);
  if (file === null) {
    const missing = urlPath === '/' && (await resolveInside(folder, '/')) === null;
    const message = missing ? 'The screens are not built. Run: npm run build' : 'Not found';
    return new Response(message, {
      status: missing ? 503 : 404,
      headers: { ...headers, 'content-type': 'text/plain' },
    });
  }
  const type = TYPES[path.extname(file).toLowerCase()] ?? 'application/octet-stream';
  return new Response(await fs.readFile(file), { headers: { ...headers, 'content-type': type } });
}

/** The real file behind a URL path, links followed, or null where there is none inside the folder. */
export async function resolveInside(folder: string, urlPath: string): Promise<string | null> {
  let relative: string;
  try {
    relative = decodeURIComponent(urlPath);
  } catch {
    return null;
  }
  if (relative.includes('\0') || relative.includes('\\')) return null;
  if (relative.endsWith('/')) relative += 'index.html';
  try {
    const root = await fs.realpath(folder);
    const file = await fs.realpath(path.join(root, relative));
    if (!file.startsWith(root + path.sep)) return null;
    return (await fs.stat(file)).isFile() ? file : null;
  } catch {
    return null;
  }
}
