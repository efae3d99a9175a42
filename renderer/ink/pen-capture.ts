import type { PointerKind, RawSample } from '../api/types.ts';

/** A raw sample before it knows when its recording began: `timeMs` counts from the window's time origin. */
export type WindowSample = RawSample;

export interface CaptureHandlers {
  /** A stroke begins; its first sample follows at once by `add`. */
  begin(pointer: PointerKind): void;
  /** Samples in the order the device gave them, none left out, none changed. */
  add(samples: readonly WindowSample[]): void;
  /** The stroke is over. `keep` is false for a palm that touched before the pen came. */
  end(keep: boolean): void;
}

/**
 * Reads pen, mouse and finger on an element, as raw as the browser gives them: coalesced events are unpacked, nothing
 * is smoothed, rounded or thinned. x and y are CSS pixels from the element's centre, y downwards.
 *
 * Once a pen has been seen, fingers and palms are ignored.
 */
export class PenCapture {
  readonly #element: HTMLElement;
  readonly #handlers: CaptureHandlers;
  readonly #abort = new AbortController();
  #active: { readonly id: number; readonly kind: PointerKind } | null = null;
  #penSeen = false;
  /** This stroke came by pointerrawupdate; pointermove repeats its samples, some moved to the time of the frame. */
  #isRaw = false;
  #lastX = NaN;
  #lastY = NaN;
  #centreX = 0;
  #centreY = 0;

  constructor(element: HTMLElement, handlers: CaptureHandlers) {
    this.#element = element;
    this.#handlers = handlers;
    const options = { signal: this.#abort.signal };
    element.addEventListener('pointerdown', (event) => this.#down(event), options);
    // Sent as the device reports, up to a frame earlier than pointermove; absent outside secure contexts and elsewhere.
    element.addEventListener(
      'pointerrawupdate',
      (event) => this.#moved(event as PointerEvent, true),
      options,
    );
    element.addEventListener('pointermove', (event) => this.#moved(event, false), options);
    for (const type of ['pointerup', 'pointercancel', 'lostpointercapture'] as const) {
      element.addEventListener(type, (event) => this.#up(event), options);
    }
    element.addEventListener(
      'pointerover',
      (event) => {
        if (event.pointerType === 'pen') this.#penSeen = true;
      },
      options,
    );
    // Without this a long press of a finger opens a menu in the middle of a line.
    element.addEventListener('contextmenu', (event) => event.preventDefault(), options);
  }

  dispose(): void {
    this.#abort.abort();
  }

  #down(event: PointerEvent): void {
    const kind = kindOf(event);
    if (kind === 'pen') this.#penSeen = true;
    if (event.button !== 0 || (kind === 'touch' && this.#penSeen)) return;
    if (this.#active !== null) {
      if (kind !== 'pen' || this.#active.kind !== 'touch') return;
      this.#finish(false);
    }
    event.preventDefault();
    this.#active = { id: event.pointerId, kind };
    this.#isRaw = false;
    const box = this.#element.getBoundingClientRect();
    this.#centreX = box.left + box.width / 2;
    this.#centreY = box.top + box.height / 2;
    if (event.isTrusted) this.#element.setPointerCapture(event.pointerId);
    this.#handlers.begin(kind);
    this.#add([event]);
  }

  #moved(event: PointerEvent, isRaw: boolean): void {
    if (this.#active?.id !== event.pointerId || (this.#isRaw && !isRaw)) return;
    this.#isRaw = isRaw;
    const coalesced = event.getCoalescedEvents();
    this.#add(coalesced.length > 0 ? coalesced : [event]);
  }

  #up(event: PointerEvent): void {
    if (this.#active?.id !== event.pointerId) return;
    // Lifting repeats the last place; only a place that no move told is news.
    const hasMoved = event.clientX !== this.#lastX || event.clientY !== this.#lastY;
    if (event.type === 'pointerup' && hasMoved) this.#add([event]);
    this.#finish(true);
  }

  #finish(keep: boolean): void {
    this.#active = null;
    this.#handlers.end(keep);
  }

  #add(events: readonly PointerEvent[]): void {
    const last = events.at(-1);
    if (last === undefined) return;
    this.#lastX = last.clientX;
    this.#lastY = last.clientY;
    this.#handlers.add(events.map((event) => this.#sampleOf(event)));
  }

  #sampleOf(event: PointerEvent): WindowSample {
    const isPen = event.pointerType === 'pen';
    return {
      timeMs: event.timeStamp,
      x: event.clientX - this.#centreX,
      y: event.clientY - this.#centreY,
      pressure: pressureOf(event),
      tiltXDeg: isPen ? event.tiltX : null,
      tiltYDeg: isPen ? event.tiltY : null,
    };
  }
}

/** A mouse has no pressure but reports 0.5; so does a finger on glass that cannot feel it. */
function pressureOf(event: PointerEvent): number | null {
  if (event.pointerType === 'pen') return event.pressure;
  if (event.pointerType !== 'touch') return null;
  return event.pressure === 0 || event.pressure === 0.5 || event.pressure === 1 ? null : event.pressure;
}

function kindOf(event: PointerEvent): PointerKind {
  const { pointerType } = event;
  return pointerType === 'pen' || pointerType === 'mouse' || pointerType === 'touch'
    ? pointerType
    : 'unknown';
}
