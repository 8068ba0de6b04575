// A value that this browser remembers.
import { type Ref, ref, watch } from 'vue';

export function stored<T>(key: string, initial: T): Ref<T> {
  const name = `casetrail.${key}`;
  let value = initial;
  try {
    const text = localStorage.getItem(name);
    if (text !== null) value = JSON.parse(text) as T;
  } catch {
    // A browser that forbids storage, or what another version wrote: the page works without.
  }
  const held = ref(value) as Ref<T>;
  watch(
    held,
    (now) => {
      try {
        localStorage.setItem(name, JSON.stringify(now));
      } catch {
        // The choice lasts as long as the page.
      }
    },
    { deep: true },
  );
  return held;
}
