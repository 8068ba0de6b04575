// A board that follows the server, or stands still at a moment of the past; and the pages of it that a person has scrolled to.
import { onScopeDispose, type Ref, ref, shallowRef, watch } from 'vue';
import { type Filters, getBoard, Refusal } from '../api/client';
import type { Board, Row } from '../api/types';
import { oneAtATime } from '../lib/oneAtATime';
import { followBoard } from './boardStream';

const kFirstPage = 200;
const kNextPages = 1000;

/** Loads `least` rows, where there are as many, and those that a person has scrolled to. */
export function useLiveBoard(view: Ref<string>, filters: Ref<Filters>, asOf: Ref<string | null>, least: Ref<number>) {
  const board = shallowRef<Board | null>(null);
  const rows = shallowRef<Row[]>([]);
  const next = ref<string | undefined>();
  const error = shallowRef<Refusal | null>(null);
  const at = ref('');
  const fresh = ref(false);
  const loadingMore = ref(false);
  /** How much of a board of the past is made, from 0 to 1; null: nothing is being made. */
  const making = ref<number | null>(null);
  let pages = 1;
  /** The first page, as it was sent. */
  let sent: Board | null = null;
  let stands: Board['offsets'] = {};
  let asking = new AbortController();
  let leave: (() => void) | undefined;

  const then = () => (asOf.value ? { asOf: asOf.value } : {});
  const firstPage = () => ({ filters: filters.value, limit: kFirstPage, ...then() });

  function live() {
    error.value = null;
    fresh.value = !asOf.value;
    at.value = asOf.value ?? new Date().toISOString();
  }

  /** All pages that are shown, together: counts and rows are of answers that follow each other. */
  const load = oneAtATime(async () => {
    const { signal } = asking;
    try {
      const first = sent ?? (await getBoard(view.value, firstPage(), signal, made));
      sent = null;
      const all = [...first.rows];
      let behind = first.next;
      for (let page = 1; (page < pages || all.length < least.value) && behind; ++page) {
        const query = { filters: filters.value, limit: kNextPages, after: behind, ...then() };
        const more = await getBoard(view.value, query, signal);
        all.push(...more.rows);
        behind = more.next;
      }
      if (signal.aborted) return;
      making.value = null;
      board.value = first;
      rows.value = all;
      next.value = behind;
      stands = first.offsets;
      live();
    } catch (failure) {
      if (signal.aborted) return;
      error.value = failure instanceof Refusal ? failure : new Refusal(0, '', String(failure));
      fresh.value = false;
      making.value = null;
    }
  });

  function made(share: number) {
    making.value = share;
  }

  function forget() {
    asking.abort();
    asking = new AbortController();
    sent = null;
    stands = {};
  }

  function follow() {
    leave?.();
    leave = undefined;
    forget();
    making.value = null;
    if (asOf.value) return void load();
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

  watch(least, (now) => {
    if (next.value && rows.value.length < now) void load();
  });
  watch(
    [view, filters, asOf],
    (_, before) => {
      if (before[0] !== view.value || before[2] !== asOf.value) {
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
  return { board, rows, next, error, at, fresh, loadingMore, making, more };
}
