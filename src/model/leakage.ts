/** People who stand on both sides of a split: a model is then tested on hands that it knows. */

/** As many codes are named. */
const NAMED = 3;

/**
 * Subjects with samples on more than one side, in the order of their first sample.
 * @param sides Side of each sample, shape of `subjects`.
 */
export function leakingSubjects(
  subjects: readonly string[],
  sides: ArrayLike<string | number>,
): readonly string[] {
  const sidesOf = new Map<string, Set<string | number>>();
  for (const [i, subject] of subjects.entries()) {
    const own = sidesOf.get(subject) ?? new Set();
    own.add(sides[i]!);
    sidesOf.set(subject, own);
  }
  return [...sidesOf].filter(([, own]) => own.size > 1).map(([subject]) => subject);
}

/**
 * What to tell where {@link leakingSubjects} found some.
 * @param sides What the sides are called, e.g. `more than one split`.
 * @returns null where nobody leaks.
 */
export function leakageWarning(leaking: readonly string[], all: number, sides: string): string | null {
  if (leaking.length === 0) return null;
  const named = leaking.slice(0, NAMED).join(', ');
  const more = leaking.length > NAMED ? ', …' : '';
  return (
    `LEAKAGE: ${leaking.length} of ${all} subjects stand in ${sides} (${named}${more}). A model that learns on one side is ` +
    'tested on people that it knows, and its figures are too good. Keep all samples of a subject on one side.'
  );
}
