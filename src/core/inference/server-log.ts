/**
 * The log of a prediction, that its server tells as a whole again and again: while it works, and with the answer.
 */

/** Tells `emit` what each report has beyond the one before. A report that goes on from no earlier one is dropped. */
export function createServerLog(emit: (text: string) => void): { report(log: unknown): void } {
  let told = '';
  return {
    report(log) {
      if (typeof log !== 'string' || log.length <= told.length || !log.startsWith(told)) return;
      const more = log.slice(told.length);
      told = log;
      emit(more);
    },
  };
}
