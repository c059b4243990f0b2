/**
 * What the columns still need before they can run, in sentences.
 */
import { taskInputs } from '../../src/core/catalog/task-inputs';
import type { Fit, FitOf } from './missing-inputs';
import type { Session } from './session.svelte';

const ALL_WELL: Fit = { sentences: [], unused: new Set() };

/** Needs that follow the session as it changes. Made while a component is set up. */
export function needsOf(playground: () => Session): { readonly now: Fit } {
  const session = $derived(playground());
  let rules = $state.raw<FitOf | undefined>();
  // Text alone needs no rules, so that the first page comes without them.
  const isAboutMedia = $derived(
    session.attachments.list.length > 0 ||
      session.columns.some(({ modelId }) => {
        const { task, hosting } = session.modelOf(modelId);
        // What a model of the user's own takes only its schema tells.
        return hosting === 'own' || taskInputs(task).needs.length > 0;
      }),
  );
  $effect(() => {
    if (isAboutMedia && !rules) {
      void import('./missing-inputs').then(({ fitOf }) => (rules = fitOf)).catch(() => undefined);
    }
  });
  $effect(() => {
    // A server that comes up has a schema where it had none.
    void session.cog.servers;
    if (isAboutMedia) for (const { modelId } of session.columns) void session.catalog.wantSchema(modelId);
  });
  const now = $derived(isAboutMedia && rules ? rules(session) : ALL_WELL);
  return {
    get now() {
      return now;
    },
  };
}
