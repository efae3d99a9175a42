import type { Api, BackendRates, DoctorReport } from '../../src/api/contract.ts';

/** What the host found on this computer. */
export class SettingsState {
  readonly #api: Pick<Api, 'app'>;
  #report = $state.raw<DoctorReport | null>(null);
  #looking = $state(false);
  #error = $state.raw<unknown>(null);

  constructor(api: Pick<Api, 'app'>) {
    this.#api = api;
  }

  get report(): DoctorReport | null {
    return this.#report;
  }
  get looking(): boolean {
    return this.#looking;
  }
  get error(): unknown {
    return this.#error;
  }

  /** Looks (again); the former report stays on show meanwhile. Failures end in `error`. */
  async look(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    try {
      this.#report = await this.#api.app.doctor();
      this.#error = null;
    } catch (error) {
      this.#error = error;
    } finally {
      this.#looking = false;
    }
  }
}

/** The report as plain text, one thing a line: for whoever looks after the computer. */
export function reportText(report: DoctorReport): string {
  const thing = (name: string, found: boolean, detail: string, remedy: string | null): string =>
    `${found ? '[found]  ' : '[missing]'} ${name}: ${detail}${remedy === null ? '' : ` -> ${remedy}`}`;
  return [
    `Steadypen ${report.version} (${report.host})`,
    ...report.backends.map(({ name, found, detail, remedy }) => thing(name, found, detail, remedy)),
    ...report.rates.map(rateText),
    ...report.parts.map(({ name, found, version, detail, remedy }) =>
      thing(version === null ? name : `${name} ${version}`, found, detail, remedy),
    ),
    thing(
      'data folder',
      report.dataFolder.writable,
      `${report.dataFolder.path}, ${report.dataFolder.detail}`,
      null,
    ),
    thing('database', report.database.ok, report.database.detail, null),
  ].join('\n');
}

function rateText({ backend, rates, unusable, measuredAt }: BackendRates): string {
  const told = rates.map(({ threads, imagesPerSecond }) =>
    backend === 'cpu' ? `${imagesPerSecond} images/s (threads: ${threads})` : `${imagesPerSecond} images/s`,
  );
  return `[measured] ${backend}: ${unusable ?? told.join(', ')}; ${measuredAt}`;
}
