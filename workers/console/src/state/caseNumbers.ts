// What cases are called whose ids are known.
import { shallowRef } from 'vue';
import { getBoard } from '../api/client';

const kCasesAtOnce = 50;

export function useCaseNumbers() {
  const numbers = shallowRef<Record<string, string>>({});
  /** A case whose number cannot be had goes by its id. */
  async function learnNumbers(cases: string[], signal: AbortSignal) {
    const unknown = cases.filter((id) => !(id in numbers.value));
    for (let at = 0; at < unknown.length; at += kCasesAtOnce) {
      const some = unknown.slice(at, at + kCasesAtOnce);
      const board = await getBoard('cases', { filters: { case: some }, limit: kCasesAtOnce }, signal).catch(() => null);
      const known = (board?.rows ?? []).map((row) => [row.case, row.number ?? row.reference ?? row.case]);
      numbers.value = { ...numbers.value, ...Object.fromEntries(known) };
    }
  }
  return { learnNumbers, numberOf: (id: string): string => numbers.value[id] ?? id };
}
