import type { Fault } from '../../api/faults.ts';
import { words } from '../../words/words.ts';

/** A fault as bold words and a sentence: what happened, then what to do. */
export function faultWords(fault: Fault): { title: string; text: string } {
  switch (fault.kind) {
    case 'refused':
      return { title: words.common.faultHeads[fault.info.code], text: fault.info.message };
    case 'host-lost':
      return { title: words.common.faultHeads.internal, text: words.common.hostLostNow };
    case 'unknown':
      return { title: words.common.unknownFault, text: fault.message };
  }
}
