/** Where the window was when it was last closed. */

import { writeFileSync } from 'node:fs';

export interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
export interface WindowState {
  /** null lets the system place the window. */
  readonly bounds: Bounds | null;
  readonly maximized: boolean;
}

export const MINIMUM = { width: 960, height: 640 } as const;
export const DEFAULT_SIZE = { width: 1280, height: 800 } as const;
const UNKNOWN: WindowState = { bounds: null, maximized: false };

/** Reads what `JSON.stringify` of a state gave; anything else counts as never seen, since a window can always open. */
export function parseWindowState(text: string | null): WindowState {
  if (text === null) return UNKNOWN;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return UNKNOWN;
  }
  if (typeof value !== 'object' || value === null || !('bounds' in value) || !('maximized' in value)) {
    return UNKNOWN;
  }
  return {
    bounds: isBounds(value.bounds) ? value.bounds : null,
    maximized: value.maximized === true,
  };
}

/** Remembers a state. Where the disk is full or may not be written, `warn` hears of it and the window closes all the same. */
export function saveWindowState(file: string, state: WindowState, warn: (message: string) => void): void {
  try {
    writeFileSync(file, JSON.stringify(state));
  } catch (fault) {
    warn(`The place of the window could not be remembered in ${file}: ${String(fault)}`);
  }
}

/**
 * Drops a place that no display shows any more, e.g. after a monitor was unplugged.
 * @param workAreas Usable part of each display.
 */
export function keepOnDisplay(state: WindowState, workAreas: readonly Bounds[]): WindowState {
  const { bounds } = state;
  if (bounds === null) return state;
  // A strip of the title bar must be in reach.
  const reachable = workAreas.some(
    (area) =>
      bounds.x + bounds.width > area.x + 100 &&
      bounds.x < area.x + area.width - 100 &&
      bounds.y >= area.y - 10 &&
      bounds.y < area.y + area.height - 50,
  );
  return reachable ? state : { ...state, bounds: null };
}

function isBounds(value: unknown): value is Bounds {
  if (typeof value !== 'object' || value === null) return false;
  if (!('x' in value && 'y' in value && 'width' in value && 'height' in value)) return false;
  const { x, y, width, height } = value;
  return (
    [x, y, width, height].every(Number.isInteger) &&
    Number(width) >= MINIMUM.width &&
    Number(height) >= MINIMUM.height
  );
}
