/** The keys of a dictionary under their own type; for records whose keys are all known. */
export function keysOf<Key extends string>(record: Readonly<Partial<Record<Key, unknown>>>): Key[] {
  const keys: Key[] = [];
  for (const key in record) keys.push(key);
  return keys;
}

/** What a chooser offers: each key under its word, in the order of the dictionary. */
export function optionsOf<Key extends string>(
  record: Readonly<Record<Key, string>>,
): { readonly value: Key; readonly label: string }[] {
  return keysOf(record).map((value) => ({ value, label: record[value] }));
}
