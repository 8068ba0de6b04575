// A board that follows the server, and the pages of it that a person has scrolled to.
import { onScopeDispose, type Ref, ref, shallowRef, watch } from 'vue';
import { type Filters, getBoard, Refusal } from '../api/client';
import type { Board, Row } from '../api/types';
import { oneAtATime } from '../lib/oneAtATime';
import { followBoard } from './boardStream';

const kFirstPage = 200;
const kNextPages = 1000;

export function useLiveBoard(view: Ref<string>, filters: Ref<Filters>) {
  const board = shallowRef<Board | null>(null);
  const rows = shallowRef<Row[]>([]);
  const next = ref<string | undefined>();
  const error = shallowRef<Refusal | null>(null);
  const at = ref('');
  const fresh = ref(false);
  const loadingMore = ref(false);
  let pages = 1;
  /** The first page, as it was sent. */
  let sent: Board | null = null;
  let stands: Board['offsets'] = {};
  let asking = new AbortController();
  let leave: (() => void) | undefined;

  const firstPage = () => ({ filters: filters.value, limit: kFirstPage });

  function live() {
    error.value = null;
    fresh.value = true;
    at.value = new Date().toISOString();
  }

  /** All pages that are shown, together: counts and rows are of answers that follow each other. */
  const load = oneAtATime(async () => {
    const { signal } = asking;
    try {
      const first = sent ?? (await getBoard(view.value, firstPage(), signal));
      sent = null;
      const all = [...first.rows];
      let behind = first.next;
      for (let page = 1; page < pages && behind; ++page) {
        const query = { filters: filters.value, limit: kNextPages, after: behind };
        const more = await getBoard(view.value, query, signal);
        all.push(...more.rows);
        behind = more.next;
      }
      if (signal.aborted) return;
      board.value = first;
      rows.value = all;
      next.value = behind;
      stands = first.offsets;
      live();
    } catch (failure) {
      if (signal.aborted) return;
      error.value = failure instanceof Refusal ? failure : new Refusal(0, '', String(failure));
      fresh.value = false;
    }
  });

  function forget() {
    asking.abort();
    asking = new AbortController();
    sent = null;
    stands = {};
  }

  function follow() {
    leave?.();
    forget();
    leave = followBoard(view.value, firstPage(), {
      stands: () => stands,
      board: (now) => {
        sent = now;
        void load();
      },
      missed: () => void load(),
      resync: forget,
      live,
      lost: () => void load(),
    });
  }

  async function more() {
    if (!next.value || loadingMore.value) return;
    loadingMore.value = true;
    pages += 1;
    await load();
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
      follow();
    },
    { immediate: true },
  );
  onScopeDispose(() => {
    leave?.();
    asking.abort();
  });
  return { board, rows, next, error, at, fresh, loadingMore, more };
}
