// What a person has chosen on a board, and the address that says the same. Pure.

export interface Sort {
  key: string;
  descending: boolean;
}

export interface Choice {
  filters: Record<string, string>;
  sort: Sort | null;
  /** Keys of the shown columns in their order; null: those that the view suggests. */
  columns: string[] | null;
  /** Key of the table that is shown; null: the rows. */
  table: string | null;
}

export type AddressQuery = Record<string, string | null | (string | null)[] | undefined>;

// Names of filters begin with a letter, so these are never one.
const kSort = '_sort';
const kColumns = '_columns';
const kTable = '_table';

const one = (value: AddressQuery[string]): string | null =>
  Array.isArray(value) ? (value[0] ?? null) : (value ?? null);

export function choiceOf(query: AddressQuery): Choice {
  const filters: Record<string, string> = {};
  for (const [name, value] of Object.entries(query)) {
    const text = one(value);
    if (!name.startsWith('_') && text !== null && text !== '') filters[name] = text;
  }
  const sort = one(query[kSort]);
  const columns = one(query[kColumns]);
  return {
    filters,
    sort: sort ? { key: sort.replace(/^-/, ''), descending: sort.startsWith('-') } : null,
    columns: columns ? columns.split(',').filter(Boolean) : null,
    table: one(query[kTable]),
  };
}

export function queryOfChoice(choice: Choice): Record<string, string> {
  const query: Record<string, string> = { ...choice.filters };
  if (choice.sort) query[kSort] = (choice.sort.descending ? '-' : '') + choice.sort.key;
  if (choice.columns) query[kColumns] = choice.columns.join(',');
  if (choice.table) query[kTable] = choice.table;
  return query;
}

export const withFilter = (choice: Choice, name: string, value: string | null): Choice => {
  const { [name]: _, ...others } = choice.filters;
  return { ...choice, filters: value === null ? others : { ...others, [name]: value } };
};

/** Ascending, descending, the board's own order. */
export function nextSort(sort: Sort | null, key: string): Sort | null {
  if (sort?.key !== key) return { key, descending: false };
  return sort.descending ? null : { key, descending: true };
}
