/** Words for a run that goes on from its start or its last checkpoint, on another engine. */
import type { EngineChoice, TrainerReply } from '../model/trainer-protocol.ts';
import { isAtStart, type RunState } from '../model/training-state.ts';

/** How far a run came, as its events tell it. */
export class RunPlace {
  #words = 'before training began';
  #epochs = 0;

  note(event: TrainerReply): void {
    if (event.kind === 'started') {
      this.#epochs = event.epochs;
      this.#words = placeOf(event.epochsDone ?? 0, event.epochs);
    } else if (event.kind === 'step') this.#words = `in epoch ${event.epoch}`;
    else if (event.kind === 'epoch') {
      this.#words = placeOf(event.report.epoch, this.#epochs);
    }
  }

  /** E.g. `in epoch 3`. */
  get words(): string {
    return this.#words;
  }
}

/** E.g. `in epoch 3`, or `after the last epoch`. */
export function placeOf(epochsDone: number, epochs: number): string {
  return epochsDone < epochs ? `in epoch ${epochsDone + 1}` : 'after the last epoch';
}

/**
 * E.g. `The backend webgpu failed in epoch 3: the device was lost. Training starts over on cpu.`
 *
 * @param what Happened to `from`, e.g. `failed in epoch 3`.
 * @param reason Why: of several lines the first is told.
 * @param checkpoint The last one: `… Training goes on from its last checkpoint on cpu.`
 */
export function startingOver(
  from: EngineChoice,
  to: EngineChoice,
  what: string,
  reason: string,
  checkpoint: RunState | null,
): string {
  const [line = ''] = reason.trim().split('\n');
  const told = line.replace(/\.$/, '').slice(0, 300);
  const goesOn =
    checkpoint === null || isAtStart(checkpoint) ? 'starts over' : 'goes on from its last checkpoint';
  return `The backend ${from.backend} ${what}: ${told}. Training ${goesOn} on ${to.backend}.`;
}
