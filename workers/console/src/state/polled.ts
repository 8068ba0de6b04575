// An answer that is asked for again and again while somebody looks.
import { onScopeDispose, ref, shallowRef } from 'vue';
import { Refusal } from '../api/client';

export function usePolled<T>(look: () => Promise<T>, pause: number) {
  const answer = shallowRef<T | null>(null);
  const error = shallowRef<Refusal | null>(null);
  const at = ref('');
  let timer: ReturnType<typeof setTimeout> | undefined;
  let over = false;
  async function refresh() {
    clearTimeout(timer);
    try {
      answer.value = await look();
      error.value = null;
      at.value = new Date().toISOString();
    } catch (failure) {
      error.value = failure instanceof Refusal ? failure : new Refusal(0, '', String(failure));
    }
    if (!over) timer = setTimeout(refresh, pause);
  }
  void refresh();
  onScopeDispose(() => {
    over = true;
    clearTimeout(timer);
  });
  return { answer, error, at, refresh };
}
