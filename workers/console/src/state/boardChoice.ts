// What a person has chosen on a board is its address: back, forward, reload and a link keep it.
import { computed } from 'vue';
import { type RouteLocationRaw, useRoute, useRouter } from 'vue-router';
import { eventsQuery, filtersOf, type Lead } from '../lib/figures';
import { type Choice, type ChosenQuery, choiceOf, nextSort, queryOfChoice, withFilter } from '../lib/query';
import type { SideTable } from '../lib/tables';

export function useBoardChoice() {
  const route = useRoute();
  const router = useRouter();
  const choice = computed(() => choiceOf(route.query));
  const go = (next: Choice) => router.push({ query: queryOfChoice(next) });
  return {
    choice,
    query: computed(() => queryOfChoice(choice.value)),
    filters: computed(() => choice.value.filters),
    asOf: computed(() => choice.value.asOf),
    standAt: (asOf: string | null) => go({ ...choice.value, asOf, against: asOf && choice.value.against }),
    against: computed(() => choice.value.against),
    compareWith: (against: string | null) => go({ ...choice.value, against }),
    open: (query: ChosenQuery) => router.push({ query }),
    filter: (key: string, values: string[]) => go(withFilter(choice.value, key, values)),
    clear: () => go({ ...choice.value, filters: {} }),
    sortBy: (key: string) => go({ ...choice.value, sort: nextSort(choice.value.sort, key) }),
    showColumns: (columns: string[] | null) => go({ ...choice.value, columns }),
    /** To the rows or events that a figure counts. The log knows no board of the past. */
    leadTo: (lead: Lead | null): RouteLocationRaw | undefined => {
      if (!lead) return undefined;
      if (lead.to === 'rows') return { query: queryOfChoice({ ...choice.value, filters: lead.filters, table: null }) };
      return choice.value.asOf ? undefined : { name: 'events', query: eventsQuery(lead.filters) };
    },
    /** With the filters without which it is empty. */
    queryOfTable: (table: SideTable | null) => {
      const filters = { ...(table && filtersOf(table.member)), ...choice.value.filters };
      return queryOfChoice({ ...choice.value, filters, table: table?.key ?? null, sort: null, columns: null });
    },
  };
}
