export const PLACES = ['screen', 'library', 'train', 'models', 'settings'] as const;
export type Place = (typeof PLACES)[number];

/** Where the user is: `#/library/<rest>`. The address bar and the back button work. */
export class Router {
  #place = $state<Place>('screen');
  #rest = $state('');

  readonly #target: Window;

  constructor(target: Window) {
    this.#target = target;
    this.#read();
    target.addEventListener('hashchange', () => this.#read());
  }

  get place(): Place {
    return this.#place;
  }

  /** What follows the place: the id of a sample or model; empty for none. */
  get rest(): string {
    return this.#rest;
  }

  go(place: Place, rest = ''): void {
    this.#target.location.hash = this.href(place, rest);
  }

  href(place: Place, rest = ''): string {
    return rest === '' ? `#/${place}` : `#/${place}/${encodeURIComponent(rest)}`;
  }

  #read(): void {
    const [, place = '', rest = ''] = this.#target.location.hash.split('/');
    this.#place = PLACES.find((known) => known === place) ?? 'screen';
    this.#rest = decodeURIComponent(rest);
  }
}
