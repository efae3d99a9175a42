/** Words for a run that goes on from its start, on another engine. */
import type { EngineChoice, TrainerReply } from '../model/trainer-protocol.ts';

/** How far a run came, as its events tell it. */
export class RunPlace {
  #words = 'before training began';
  #epochs = 0;

  note(event: TrainerReply): void {
    if (event.kind === 'started') {
      this.#epochs = event.epochs;
      this.#words = 'in epoch 1';
    } else if (event.kind === 'step') this.#words = `in epoch ${event.epoch}`;
    else if (event.kind === 'epoch') {
      const { epoch } = event.report;
      this.#words = epoch < this.#epochs ? `in epoch ${epoch + 1}` : 'after the last epoch';
    }
  }

  /** E.g. `in epoch 3`. */
  get words(): string {
    return this.#words;
  }
}

/**
 * E.g. `The backend webgpu failed in epoch 3: the device was lost. Training starts over on cpu.`
 *
 * @param what Happened to `from`, e.g. `failed in epoch 3`.
 * @param reason Why: of several lines the first is told.
 */
export function startingOver(from: EngineChoice, to: EngineChoice, what: string, reason: string): string {
  const [line = ''] = reason.trim().split('\n');
  const told = line.replace(/\.$/, '').slice(0, 300);
  return `The backend ${from.backend} ${what}: ${told}. Training starts over on ${to.backend}.`;
}
