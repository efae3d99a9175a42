import type { Label, Screened } from '../api/types.ts';
import type { Batch } from './batch.svelte.ts';

/** What the card on the right tells of: a drawing of ours, one that a crash had cut off, a sample that ships, or a row of a batch. */
export interface Shown extends Screened {
  readonly from: 'drawing' | 'recovered' | 'example' | 'batch';
  /** File name or title; null for drawings. */
  readonly title: string | null;
  /** The row of a batch whose task can still be named. */
  readonly row: { readonly batch: Batch; readonly key: string } | null;
}

/** The open result, the label chosen for it but not yet saved, and whether its heat is shown. */
export class ResultView {
  #shown = $state.raw<Shown | null>(null);
  #label = $state<Label | null>(null);
  #showHeat = $state(false);

  get shown(): Shown | null {
    return this.#shown;
  }

  get label(): Label | null {
    return this.#label;
  }

  get showHeat(): boolean {
    return this.#showHeat;
  }

  open(shown: Shown): void {
    this.#shown = shown;
    this.#label = shown.sample.label;
    this.#showHeat = false;
  }

  close(): void {
    this.#shown = null;
    this.#label = null;
  }

  chooseLabel(label: Label | null): void {
    this.#label = label;
  }

  toggleHeat(): void {
    this.#showHeat = !this.#showHeat;
  }
}
