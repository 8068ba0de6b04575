// A case as it stood behind one of its events, and what has changed since.
import { type Ref, shallowRef, watch } from 'vue';
import { getCaseAt, getDiff, Refusal } from '../api/client';
import type { CaseAnswer, Change } from '../api/types';

/** `seq` is an event of the case; at its last one there is nothing beside the case itself. */
export function useCaseThen(answer: Ref<CaseAnswer | null>, seq: Ref<number>) {
  const then = shallowRef<CaseAnswer | null>(null);
  const changes = shallowRef<Change[]>([]);
  const failure = shallowRef<Refusal | null>(null);

  watch(
    [() => answer.value?.case_id, () => answer.value?.seq, seq],
    async ([id, newest, at], _, onCleanup) => {
      const leaving = new AbortController();
      onCleanup(() => leaving.abort());
      if (!id || at === newest) {
        then.value = null;
        failure.value = null;
        return;
      }
      try {
        const [stood, diff] = await Promise.all([getCaseAt(id, at, leaving.signal), getDiff(id, at, leaving.signal)]);
        if (leaving.signal.aborted) return;
        then.value = stood;
        changes.value = diff.changes;
        failure.value = null;
      } catch (error) {
        if (leaving.signal.aborted) return;
        failure.value = error instanceof Refusal ? error : new Refusal(0, '', String(error));
      }
    },
    { immediate: true },
  );
  return { then, changes, failure };
}
