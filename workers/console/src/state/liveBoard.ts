// A board that follows the server, or stands still at a moment of the past; and the pages of it that a person has scrolled to.
import { onScopeDispose, type Ref, ref, shallowRef, watch } from 'vue';
import { type Filters, getBoard, Refusal } from '../api/client';
import type { Board, Row } from '../api/types';
import { oneAtATime } from '../lib/oneAtATime';
import { withoutRepeats } from '../lib/pages';
import { followBoard } from './boardStream';

const kFirstPage = 200;
const kNextPages = 1000;
/** Who needs more rows narrows them: no page is asked for once there are as many. */
export const kMostRows = 10_000;
/** The pages behind the first one are read anew every so often while the board changes, and a page of them a second at most. */
const kRestFor = 10_000;

interface Rest {
  rows: Row[];
  next: string | undefined;
  readAt: number;
}
/** Until they are to be read anew, in milliseconds. */
const leftOf = (rest: Rest) => Math.max(kRestFor, rest.rows.length) - (Date.now() - rest.readAt);

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
  /** Pages that a person has scrolled to, behind the first one. */
  let pages = 0;
  let rest: Rest | null = null;
  let isStale = false;
  let isAsked = false;
  let later: ReturnType<typeof setTimeout> | undefined;
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

  const pageBehind = (after: string, signal: AbortSignal) =>
    getBoard(view.value, { filters: filters.value, limit: kNextPages, after, ...then() }, signal);

  function show(first: Board) {
    board.value = first;
    rows.value = rest ? [...first.rows, ...rest.rows] : first.rows;
    next.value = rest ? rest.next : first.next;
  }

  async function readRest(first: Board, signal: AbortSignal): Promise<Rest | null> {
    const read: Rest = { rows: [], next: first.next, readAt: Date.now() };
    for (let page = 0; (page < pages || first.rows.length + read.rows.length < least.value) && read.next; ++page) {
      const more = await pageBehind(read.next, signal);
      read.rows.push(...withoutRepeats(more.rows, [...first.rows, ...read.rows]));
      read.next = more.next;
    }
    return read.rows.length > 0 ? read : null;
  }

  /** The first page anew; those behind it as they were, without rows that have come to the first, until they are old. */
  async function refresh(signal: AbortSignal) {
    const first = sent ?? (await getBoard(view.value, firstPage(), signal, made));
    sent = null;
    const isShort = first.rows.length + (rest?.rows.length ?? 0) < least.value && !!(rest ?? first).next;
    if (!rest || isShort || leftOf(rest) <= 0) {
      const read = await readRest(first, signal);
      if (signal.aborted) return;
      rest = read;
    } else {
      rest.rows = withoutRepeats(rest.rows, first.rows);
      later ??= setTimeout(reload, leftOf(rest));
    }
    making.value = null;
    show(first);
    stands = first.offsets;
    live();
  }

  async function append(signal: AbortSignal) {
    if (!board.value || !next.value) return;
    const more = await pageBehind(next.value, signal);
    if (signal.aborted) return;
    pages += 1;
    const come = withoutRepeats(more.rows, rows.value);
    rest = { rows: [...(rest?.rows ?? []), ...come], next: more.next, readAt: rest?.readAt ?? Date.now() };
    show(board.value);
  }

  const load = oneAtATime(async () => {
    const { signal } = asking;
    try {
      if (isStale) {
        isStale = false;
        await refresh(signal);
      }
      if (isAsked) {
        isAsked = false;
        await append(signal);
      }
    } catch (failure) {
      if (signal.aborted) return;
      error.value = failure instanceof Refusal ? failure : new Refusal(0, '', String(failure));
      fresh.value = false;
      making.value = null;
    }
  });

  function reload() {
    isStale = true;
    later = undefined;
    return load();
  }

  function made(share: number) {
    making.value = share;
  }

  function forget() {
    asking.abort();
    asking = new AbortController();
    clearTimeout(later);
    later = undefined;
    sent = null;
    rest = null;
    stands = {};
  }

  function follow() {
    leave?.();
    leave = undefined;
    forget();
    making.value = null;
    if (asOf.value) return void reload();
    leave = followBoard(view.value, firstPage(), {
      stands: () => stands,
      board: (now) => {
        sent = now;
        void reload();
      },
      missed: () => void reload(),
      resync: forget,
      live,
      lost: () => void reload(),
    });
  }

  async function more() {
    if (!next.value || loadingMore.value || rows.value.length >= kMostRows) return;
    loadingMore.value = true;
    isAsked = true;
    await load();
    loadingMore.value = false;
  }

  watch(least, (now) => {
    if (next.value && rows.value.length < now) void reload();
  });
  watch(
    [view, filters, asOf],
    (_, before) => {
      if (before[0] !== view.value || before[2] !== asOf.value) {
        board.value = null;
        rows.value = [];
      }
      pages = 0;
      follow();
    },
    { immediate: true },
  );
  onScopeDispose(() => {
    leave?.();
    forget();
  });
  return { board, rows, next, error, at, fresh, loadingMore, making, more };
}
