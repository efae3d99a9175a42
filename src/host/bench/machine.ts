import os from 'node:os';

/** E.g. `Intel(R) Xeon(R), 2 cores, 8 GB; linux 6.1.0 x64; Node 24.1.0`. */
export function describeMachine(): string {
  const model = os.cpus()[0]?.model.trim();
  const cores = os.availableParallelism();
  const gigabytes = Math.round(os.totalmem() / 2 ** 30);
  return [
    `${model === undefined || model === '' ? 'unknown processor' : model}, ${cores} cores, ${gigabytes} GB`,
    `${process.platform} ${os.release()} ${process.arch}`,
    `Node ${process.versions.node}`,
  ].join('; ');
}

/** How many processes wanted a core, over the last minute; null where the system does not say. */
export function describeLoad(): string | null {
  const [load = 0] = os.loadavg();
  if (process.platform === 'win32') return null;
  const busy = load > 0.5 ? ': other programs were running, so the figures are lower than they could be' : '';
  return `load before the start ${load.toFixed(1)}${busy}`;
}
