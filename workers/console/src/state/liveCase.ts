// A case and its history, which follow the server.
import { onScopeDispose, type Ref, ref, shallowRef, watch } from 'vue';
import { getBoard, getCase, getHistory, Refusal } from '../api/client';
import type { Board, CaseAnswer, HistoryRow } from '../api/types';
import { oneAtATime } from '../lib/oneAtATime';
import { followBoard } from './boardStream';

/** How long a case that there is not, or not yet, is left alone. */
const kPause = 3000;

export function useLiveCase(id: Ref<string>) {
  const answer = shallowRef<CaseAnswer | null>(null);
  const rows = shallowRef<HistoryRow[]>([]);
  const error = shallowRef<Refusal | null>(null);
  const at = ref('');
  let stands: Board['offsets'] = {};
  let wanted: string | undefined;
  /** The events that are shown may be of another log. */
  let anew = false;
  let turn = 0;
  let leave: (() => void) | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function live() {
    error.value = null;
    at.value = new Date().toISOString();
  }

  /** Asks for what is new since the last event that is shown. */
  const load = oneAtATime(async () => {
    const own = turn;
    try {
      const now = await getCase(id.value, wanted);
      let all = !anew && answer.value?.case_id === now.case_id ? rows.value : [];
      while ((all.at(-1)?.seq ?? 0) < now.seq) {
        const page = await getHistory(now.case_id, all.length > 0 ? String(all.at(-1)?.seq) : undefined);
        if (page.rows.length === 0) break;
        all = [...all, ...page.rows];
      }
      if (own !== turn) return;
      answer.value = now;
      rows.value = all;
      anew = false;
      live();
    } catch (failure) {
      if (own !== turn) return;
      error.value = failure instanceof Refusal ? failure : new Refusal(0, '', String(failure));
    }
  });

  /** `token` makes the answer cover a command. */
  function refresh(token?: string) {
    wanted = token ?? wanted;
    return load();
  }

  /** The frame says how far the case has come; the events up to there are asked for. */
  async function take(frame: Board) {
    const own = turn;
    if (frame.rows.at(-1)?.seq !== answer.value?.seq) await load();
    if (own !== turn || error.value) return;
    stands = frame.offsets;
    live();
  }

  function forget() {
    turn += 1;
    clearTimeout(timer);
    stands = {};
    wanted = undefined;
    answer.value = null;
    rows.value = [];
  }

  function follow(known: string) {
    const query = { filters: { case: [known], state: ['true'] }, limit: 1 };
    leave = followBoard('history', query, {
      stands: () => stands,
      board: (frame) => void take(frame),
      missed: () => void getBoard('history', query).then(take, () => load()),
      resync: () => {
        stands = {};
        wanted = undefined;
        anew = true;
        void load();
      },
      live,
      lost: () => void load(),
    });
  }

  /** The address may name the case otherwise than the stream does. */
  async function begin() {
    leave?.();
    leave = undefined;
    forget();
    const own = turn;
    await load();
    if (own !== turn) return;
    if (answer.value) follow((answer.value as CaseAnswer).case_id);
    else timer = setTimeout(begin, kPause);
  }

  watch(id, begin, { immediate: true });
  onScopeDispose(() => {
    forget();
    leave?.();
  });
  return { answer, rows, error, at, refresh };
}
