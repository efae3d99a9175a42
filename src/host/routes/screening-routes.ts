import { asSampleId } from '../ids.ts';
import type { Host } from '../host.ts';
import { os, refusing } from './implementer.ts';

/** Screening of drawings, files and examples; the result is stored as a sample. */
export function screeningRoutes({ screening, examples }: Host) {
  return {
    recording: os.screening.recording.handler(({ input, signal }) =>
      screening.recording(
        { ...input, journal: input.journal === null ? null : asSampleId(input.journal) },
        signal,
      ),
    ),
    file: os.screening.file.handler(async function* ({ input, signal }) {
      yield* refusing(screening.file(input, signal));
    }),
    examples: os.screening.examples.handler(() => examples.list()),
    example: os.screening.example.handler(async ({ input, signal }) => {
      const example = await examples.read(input.name);
      return screening.firstPage({ ...example, participant: input.participant }, signal);
    }),
  };
}
