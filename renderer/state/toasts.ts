import { toast } from 'svelte-sonner';
import { faultOf } from '../api/faults.ts';
import { words } from '../words/words.ts';

/** A toast stays this long, or while the pointer rests on it. */
export const TOAST_MS = 10_000;
/** One that offers nothing goes sooner: it lies over the foot of the screen. */
const NOTICE_MS = 5_000;

export interface ToastOptions {
  /** Shows Undo and runs this when it is pressed; a failure is told. */
  readonly undo?: () => void | Promise<void>;
  /** Shows a button of this name in place of Undo. */
  readonly action?: { readonly label: string; readonly run: () => void | Promise<void> };
  readonly durationMs?: number;
}

/** Says what happened, with Undo where it can be taken back. */
export function say(text: string, options: ToastOptions = {}): void {
  const { undo } = options;
  const action = options.action ?? (undo && { label: words.common.undo, run: undo });
  const { durationMs = action === undefined ? NOTICE_MS : TOAST_MS } = options;
  toast(text, {
    duration: durationMs,
    ...(action === undefined
      ? {}
      : {
          action: {
            label: action.label,
            onClick: () => {
              Promise.resolve(action.run()).catch(sayFault);
            },
          },
        }),
  });
}

/** Says what went wrong in words; for faults that have no place of their own on the screen. */
export function sayFault(error: unknown): void {
  say(faultText(error), { durationMs: TOAST_MS });
}

/** The words for anything thrown by an api call. */
export function faultText(error: unknown): string {
  const fault = faultOf(error);
  switch (fault.kind) {
    case 'refused':
      return fault.info.message;
    case 'host-lost':
      return words.common.hostLostNow;
    case 'unknown':
      return `${words.common.unknownFault} ${fault.message}`;
  }
}
