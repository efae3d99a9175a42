/** What the command line says of a model. */
import type { ModelCard } from '../model/model-bundle.ts';
import type { StoredModel } from '../store/models.ts';

/** The record of one model in short. */
export function summaryOf({ id, state, factory, addedAt, card }: StoredModel) {
  const { name, createdAt, metrics, sparseBytes, denseBytes } = card;
  const fcZeros = card.fcZeros / card.fcWeights;
  const networks = zerosByNetwork(card);
  return {
    id,
    name,
    state,
    factory,
    createdAt,
    addedAt,
    fcZeros,
    ...(networks === null ? {} : { networks }),
    metrics,
    sparseBytes,
    denseBytes,
  };
}

type ZeroCount = Pick<ModelCard, 'fcZeros' | 'fcWeights'>;

/** Share of the FC weights of each network that are zero; null for models with one network for all groups. */
function zerosByNetwork({ networks }: ModelCard): Record<string, number> | null {
  if (networks === undefined) return null;
  return Object.fromEntries(networks.map(({ name, fcZeros, fcWeights }) => [name, fcZeros / fcWeights]));
}

/** One line for people. */
export function describeModel(model: StoredModel): string {
  const { card } = model;
  const percent = ({ fcZeros, fcWeights }: ZeroCount): string => ((100 * fcZeros) / fcWeights).toFixed(1);
  const each = (card.networks ?? []).map((network) => `${network.name} ${percent(network)}`);
  const zeros = `${percent(card)} %${each.length === 0 ? '' : ` (${each.join(', ')})`}`;
  const kind = model.factory && model.state !== 'factory' ? `${model.state}, factory` : model.state;
  return harmless(
    `${model.id}  ${kind.padEnd(16)} ${card.createdAt.slice(0, 10)}  accuracy ${(100 * card.metrics.accuracy).toFixed(1)} %, FC zeros ${zeros}  ${card.name}`,
  );
}

/** The whole card for people. */
export function cardLines({ card }: StoredModel): string {
  return JSON.stringify(card, null, 2).split('\n').map(harmless).join('\n');
}

/** A model from elsewhere brings its own words: they must not steer the terminal. */
function harmless(line: string): string {
  return line.replace(/\p{Cc}/gu, '\uFFFD');
}
