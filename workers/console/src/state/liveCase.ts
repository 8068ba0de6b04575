// A case and its history, which follow the server.
import { onScopeDispose, type Ref, ref, shallowRef, watch } from 'vue';
import { getCase, getHistory, Refusal } from '../api/client';
import type { CaseAnswer, HistoryRow } from '../api/types';

const kPause = 3000;

export function useLiveCase(id: Ref<string>) {
  const answer = shallowRef<CaseAnswer | null>(null);
  const rows = shallowRef<HistoryRow[]>([]);
  const error = shallowRef<Refusal | null>(null);
  const at = ref('');
  let timer: ReturnType<typeof setTimeout> | undefined;
  let turn = 0;

  /** Asks for what is new since the last event that is shown. `token` makes the answer cover a command. */
  async function refresh(token?: string) {
    clearTimeout(timer);
    turn += 1;
    const own = turn;
    try {
      const now = await getCase(id.value, token);
      let all = answer.value?.case_id === now.case_id ? rows.value : [];
      while ((all.at(-1)?.seq ?? 0) < now.seq) {
        const page = await getHistory(now.case_id, all.length > 0 ? String(all.at(-1)?.seq) : undefined);
        if (page.rows.length === 0) break;
        all = [...all, ...page.rows];
      }
      if (own !== turn) return;
      answer.value = now;
      rows.value = all;
      error.value = null;
      at.value = new Date().toISOString();
    } catch (failure) {
      if (own !== turn) return;
      error.value = failure instanceof Refusal ? failure : new Refusal(0, '', String(failure));
    }
    timer = setTimeout(refresh, kPause);
  }

  watch(
    id,
    () => {
      answer.value = null;
      rows.value = [];
      void refresh();
    },
    { immediate: true },
  );
  onScopeDispose(() => {
    turn += 1;
    clearTimeout(timer);
  });
  return { answer, rows, error, at, refresh };
}
