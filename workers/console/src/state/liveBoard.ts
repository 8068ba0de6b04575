// A board that follows the server, and the pages of it that a person has scrolled to.
import { computed, onScopeDispose, type Ref, ref, shallowRef, watch } from 'vue';
import { type Filters, getBoard, Refusal } from '../api/client';
import type { Board, Row } from '../api/types';

const kFirstPage = 200;
const kNextPages = 1000;
const kPause = 3000;

export function useLiveBoard(view: Ref<string>, filters: Ref<Filters>) {
  const board = shallowRef<Board | null>(null);
  const rows = shallowRef<Row[]>([]);
  const next = ref<string | undefined>();
  const error = shallowRef<Refusal | null>(null);
  const at = ref('');
  const fresh = computed(() => error.value === null);
  const loadingMore = ref(false);
  let pages = 1;
  let asking: AbortController | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** All pages that are shown, together: counts and rows are of answers that follow each other. */
  async function refresh() {
    clearTimeout(timer);
    asking?.abort();
    const own = new AbortController();
    asking = own;
    try {
      const first = await getBoard(view.value, { filters: filters.value, limit: kFirstPage }, own.signal);
      const all = [...first.rows];
      let behind = first.next;
      for (let page = 1; page < pages && behind; ++page) {
        const more = await getBoard(
          view.value,
          { filters: filters.value, limit: kNextPages, after: behind },
          own.signal,
        );
        all.push(...more.rows);
        behind = more.next;
      }
      if (own.signal.aborted) return;
      board.value = first;
      rows.value = all;
      next.value = behind;
      error.value = null;
      at.value = new Date().toISOString();
    } catch (failure) {
      if (own.signal.aborted) return;
      error.value = failure instanceof Refusal ? failure : new Refusal(0, '', String(failure));
    }
    timer = setTimeout(refresh, kPause);
  }

  async function more() {
    if (!next.value || loadingMore.value) return;
    loadingMore.value = true;
    pages += 1;
    await refresh();
    loadingMore.value = false;
  }

  watch(
    [view, filters],
    (_, before) => {
      if (before[0] !== view.value) {
        board.value = null;
        rows.value = [];
      }
      pages = 1;
      void refresh();
    },
    { immediate: true },
  );
  onScopeDispose(() => {
    asking?.abort();
    clearTimeout(timer);
  });
  return { board, rows, next, error, at, fresh, loadingMore, more, refresh };
}
