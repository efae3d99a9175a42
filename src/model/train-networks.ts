/** Trains the networks of a run one after the other, and tells of them as one run. */
import type { Clock } from '../base/clock.ts';
import { UserError } from '../base/errors.ts';
import { isNamed, type ModelNetworkName, type NetworkName } from '../base/words.ts';
import type { Breathe } from './evaluate.ts';
import type { OpenNetwork } from './predictor.ts';
import { epochsOf } from './run-plan.ts';
import type { NetworkJob, TrainJob } from './train.ts';
import { runTraining } from './training-loop.ts';
import type { CheckpointSink, FinishedNetwork, TrainedNetwork } from './training-state.ts';
import type { TrainEvent } from './training-types.ts';

interface RunDeps {
  readonly clock: Clock;
  readonly breathe: Breathe;
  readonly checkpoints?: CheckpointSink | undefined;
}

/**
 * Yields `step`, `epoch` and `warning` events; epochs and time are counted over all networks.
 *
 * @param open Computes for all of them.
 * @returns The networks in the job's order.
 * @throws UserError `non-finite-loss`, or whatever `breathe` throws.
 */
export async function* trainNetworks(
  { clock, breathe, checkpoints }: RunDeps,
  { recipe, networks, resumeFrom = null }: Pick<TrainJob, 'recipe' | 'networks' | 'resumeFrom'>,
  open: OpenNetwork,
): AsyncGenerator<TrainEvent, readonly FinishedNetwork[]> {
  const finished = [...(resumeFrom?.finished ?? [])];
  const startedMs = clock.elapsedMs() - (resumeFrom?.state.elapsedMs ?? 0);
  const epochs = epochsOf(recipe);
  const stepsOf = (jobs: readonly NetworkJob[]): number =>
    jobs.reduce((sum, { train }) => sum + epochs * Math.ceil(train.perEpoch / recipe.batchSize), 0);
  for (const [index, { name, train, validation }] of networks.entries()) {
    if (index < finished.length) continue;
    const before = [...finished];
    const training = runTraining(
      {
        clock,
        breathe,
        checkpoints: checkpoints && {
          everyMs: checkpoints.everyMs,
          save: (state) => checkpoints.save({ finished: before, network: name, state }),
        },
      },
      {
        ...open,
        recipe,
        train,
        validation,
        resumeFrom: resumeFrom?.network === name ? resumeFrom.state : null,
        around: {
          stepsBefore: stepsOf(networks.slice(0, index)),
          stepsAfter: stepsOf(networks.slice(index + 1)),
          elapsedMs: clock.elapsedMs() - startedMs,
        },
      },
    );
    const place = { name, epochsBefore: index * epochs, epochs: networks.length * epochs };
    const { flat, epoch, accuracy } = yield* tellAsPart(training, place);
    finished.push({ name, flat, epoch, accuracy });
  }
  return finished;
}

interface Place {
  readonly name: ModelNetworkName;
  /** Epochs of the networks before it. */
  readonly epochsBefore: number;
  /** Epochs of the whole run. */
  readonly epochs: number;
}

/** What the training of one network says, as the run says it. */
async function* tellAsPart(
  training: AsyncGenerator<TrainEvent, TrainedNetwork>,
  { name, epochsBefore, epochs }: Place,
): AsyncGenerator<TrainEvent, TrainedNetwork> {
  const network = isNamed(name) ? { network: name } : {};
  try {
    for (;;) {
      const next = await training.next();
      if (next.done === true) return next.value;
      const event = next.value;
      if (event.kind === 'step') yield { ...event, ...network, epoch: epochsBefore + event.epoch };
      else if (event.kind === 'epoch') {
        const { report } = event;
        yield {
          kind: 'epoch',
          report: { ...report, ...network, epoch: epochsBefore + report.epoch, epochs },
        };
      } else if (event.kind === 'warning') yield { ...event, message: aboutNetwork(name, event.message) };
      else yield event;
    }
  } catch (fault) {
    if (!(fault instanceof UserError && fault.code === 'non-finite-loss')) throw fault;
    throw new UserError(fault.code, aboutNetwork(name, fault.message), fault.subject, { cause: fault });
  }
}

/** A sentence about one of several networks: `Figures: …`. */
export function aboutNetwork(name: ModelNetworkName, sentence: string): string {
  return isNamed(name) ? `${name === 'figures' ? 'Figures' : 'Writing'}: ${sentence}` : sentence;
}

/** For the event that a run starts with: its networks, where they have names. */
export function namesOf(networks: readonly { readonly name: ModelNetworkName }[]): {
  networks?: readonly NetworkName[];
} {
  const names = networks.map(({ name }) => name).filter(isNamed);
  return names.length === 0 ? {} : { networks: names };
}
