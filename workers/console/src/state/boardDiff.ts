// What became of a board between two moments.
import { type Ref, shallowRef, watch } from 'vue';
import { type Filters, getBoardDiff, Refusal } from '../api/client';
import type { BoardDiff } from '../api/types';

/** `against`: a moment, or `now`; null: nothing is compared. */
export function useBoardDiff(
  view: Ref<string>,
  filters: Ref<Filters>,
  asOf: Ref<string | null>,
  against: Ref<string | null>,
) {
  const diff = shallowRef<BoardDiff | null>(null);
  const failure = shallowRef<Refusal | null>(null);
  watch(
    [view, filters, asOf, against],
    async ([of, chosen, from, to], _, onCleanup) => {
      const leaving = new AbortController();
      onCleanup(() => leaving.abort());
      diff.value = null;
      failure.value = null;
      if (!from || !to) return;
      try {
        const found = await getBoardDiff(of, chosen, from, to === 'now' ? undefined : to, leaving.signal);
        if (!leaving.signal.aborted) diff.value = found;
      } catch (error) {
        if (leaving.signal.aborted) return;
        failure.value = error instanceof Refusal ? error : new Refusal(0, '', String(error));
      }
    },
    { immediate: true },
  );
  return { diff, failure };
}
