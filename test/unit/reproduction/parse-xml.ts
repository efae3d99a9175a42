/** A small, strict XML reader for the tests: what it takes is well-formed; it knows no DTD, comments or processing instructions. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** Of this element alone. */
  readonly text: string;
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const NAME = '[A-Za-z_][\\w.-]*';
const TAG = new RegExp(`^<(${NAME})((?:\\s+${NAME}="[^"<]*")*)\\s*(/?)>`);

interface Open {
  name: string;
  attributes: Record<string, string>;
  children: XmlElement[];
  text: string;
}

/** @throws Error that says where the text is not well-formed. */
export function parseXml(xml: string): XmlElement {
  const fail = (at: number, why: string): never => {
    throw new Error(`${why} at ${at}: ${xml.slice(at, at + 60)}`);
  };
  const illegal = xml.search(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
  if (illegal >= 0) fail(illegal, 'illegal character');
  const top: Open = { name: '', attributes: {}, children: [], text: '' };
  const open = [top];
  let at = 0;
  while (at < xml.length) {
    const inside = open.at(-1)!;
    const next = xml.indexOf('<', at);
    const text = xml.slice(at, next < 0 ? xml.length : next);
    if (inside === top && text.trim() !== '') fail(at, 'text outside of the root');
    inside.text += decode(text, at);
    if (next < 0) break;
    at = next;
    const end = /^<\/([\w.-]+)\s*>/.exec(xml.slice(at, at + 80));
    if (end) {
      if (inside === top || inside.name !== end[1]) fail(at, `end of ${end[1]} inside ${inside.name}`);
      open.pop();
      at += end[0].length;
      continue;
    }
    const tag = TAG.exec(xml.slice(at)) ?? fail(at, 'not a tag');
    if (inside === top && top.children.length > 0) fail(at, 'a second root');
    const element: Open = { name: tag[1]!, attributes: {}, children: [], text: '' };
    for (const [, key, value] of tag[2]!.matchAll(new RegExp(`(${NAME})="([^"]*)"`, 'g'))) {
      if (key! in element.attributes) fail(at, `attribute ${key} twice`);
      element.attributes[key!] = decode(value!, at);
    }
    inside.children.push(element);
    if (tag[3] === '') open.push(element);
    at += tag[0].length;
  }
  if (open.length > 1) fail(xml.length, `${open.at(-1)!.name} is never closed`);
  return top.children[0] ?? fail(0, 'no root');

  function decode(text: string, where: number): string {
    return text.replace(/&(?:(\w+);)?/g, (_, name: string | undefined) => {
      return ENTITIES[name ?? ''] ?? fail(where, 'unknown entity or bare &');
    });
  }
}

/** Every element of that name, in the order of the file. */
export function findAll(root: XmlElement, name: string): XmlElement[] {
  return [...(root.name === name ? [root] : []), ...root.children.flatMap((child) => findAll(child, name))];
}
