import { UserError } from '../base/errors.ts';
import { explainStorageFault } from '../store/storage-faults.ts';

/** What was asked for beside the answer cannot be written: no fault of an input, and no use to go on. */
export class OutputFault extends UserError {
  /**
   * @param option The option that asked for it, e.g. `--csv`.
   * @param place File that was being written.
   * @param fault What was thrown.
   */
  constructor(option: string, place: string, fault: unknown) {
    const known = explainStorageFault(fault, place);
    const full = known instanceof UserError && known.code === 'disk-full';
    const reason = fault instanceof Error ? fault.message : String(fault);
    super(
      full ? 'disk-full' : 'read-only',
      full
        ? `${option}: the disk that holds ${place} is full. Free some space and run the command again.`
        : `${option}: ${place} cannot be written (${reason}). Allow writing there or choose another place.`,
      place,
      { cause: fault },
    );
  }
}
