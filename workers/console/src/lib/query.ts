// What a person has chosen on a board, and the address that says the same. Pure.
import type { Filters } from '../api/client';

export interface Sort {
  key: string;
  descending: boolean;
}

export interface Choice {
  filters: Filters;
  sort: Sort | null;
  /** Keys of the shown columns in their order; null: those that the view suggests. */
  columns: string[] | null;
  /** Key of the table that is shown; null: the rows. */
  table: string | null;
  /** The moment as of which the board is shown, in UTC; null: as it stands. */
  asOf: string | null;
  /** The later moment that it is compared with, or `now`; null: it is not compared. */
  against: string | null;
}

/** What the address holds, as vue-router takes it. */
export type ChosenQuery = Record<string, string | string[]>;
export type AddressQuery = Record<string, string | null | (string | null)[] | undefined>;

// Names of filters begin with a letter, so these are never one.
const kSort = '_sort';
const kColumns = '_columns';
const kTable = '_table';
const kAsOf = '_as_of';
const kAgainst = '_against';

const all = (value: AddressQuery[string]): string[] =>
  [value].flat().filter((each): each is string => typeof each === 'string' && each !== '');
const one = (value: AddressQuery[string]): string | null => all(value)[0] ?? null;

export function choiceOf(query: AddressQuery): Choice {
  const filters: Filters = {};
  for (const [name, value] of Object.entries(query)) {
    const values = all(value);
    if (!name.startsWith('_') && values.length > 0) filters[name] = values;
  }
  const sort = one(query[kSort]);
  const columns = one(query[kColumns]);
  return {
    filters,
    sort: sort ? { key: sort.replace(/^-/, ''), descending: sort.startsWith('-') } : null,
    columns: columns ? columns.split(',').filter(Boolean) : null,
    table: one(query[kTable]),
    asOf: one(query[kAsOf]),
    against: one(query[kAsOf]) && one(query[kAgainst]),
  };
}

export function queryOfChoice(choice: Choice): ChosenQuery {
  const query: ChosenQuery = {};
  for (const [name, values] of Object.entries(choice.filters))
    query[name] = values.length === 1 ? (values[0] as string) : values;
  if (choice.sort) query[kSort] = (choice.sort.descending ? '-' : '') + choice.sort.key;
  if (choice.columns) query[kColumns] = choice.columns.join(',');
  if (choice.table) query[kTable] = choice.table;
  if (choice.asOf) query[kAsOf] = choice.asOf;
  if (choice.asOf && choice.against) query[kAgainst] = choice.against;
  return query;
}

export const withFilter = (choice: Choice, name: string, values: string[]): Choice => {
  const { [name]: _, ...others } = choice.filters;
  return { ...choice, filters: values.length === 0 ? others : { ...others, [name]: values } };
};

/** Ascending, descending, the board's own order. */
export function nextSort(sort: Sort | null, key: string): Sort | null {
  if (sort?.key !== key) return { key, descending: false };
  return sort.descending ? null : { key, descending: true };
}
