import { expect, test } from 'vitest';
import { sorted } from '../../src/lib/columns';
import { type Choice, choiceOf, nextSort, queryOfChoice, withFilter } from '../../src/lib/query';

const kChoice: Choice = {
  filters: { state: ['pending', 'ruled'], to_department: ['tech'] },
  sort: { key: 'waiting_ms', descending: true },
  columns: ['reference', 'state'],
  table: 'matrix',
  asOf: '2026-11-24T08:30:00.000Z',
  against: '2026-11-24T17:00:00.000Z',
};

test('an address says the choice, and the choice comes back from it', () => {
  expect(choiceOf(queryOfChoice(kChoice))).toEqual(kChoice);
  expect(queryOfChoice(choiceOf({}))).toEqual({});
});

test('what stands as it is now is compared with nothing', () => {
  expect(choiceOf({ _against: 'now' }).against).toBeNull();
  expect(queryOfChoice({ ...kChoice, asOf: null })._against).toBeUndefined();
});

test('of a name without a value no filter is made up', () => {
  expect(choiceOf({ state: 'pending', empty: '', none: null }).filters).toEqual({ state: ['pending'] });
});

test('a filter is set and taken away beside the others', () => {
  expect(withFilter(kChoice, 'state', []).filters).toEqual({ to_department: ['tech'] });
  expect(withFilter(kChoice, 'kind', ['shift']).filters.kind).toEqual(['shift']);
});

test('a column sorts up, down, and not at all', () => {
  const up = nextSort(null, 'a');
  const down = nextSort(up, 'a');
  expect([up, down, nextSort(down, 'a')]).toEqual([
    { key: 'a', descending: false },
    { key: 'a', descending: true },
    null,
  ]);
});

test('what is not known stands last either way, and equals keep their order', () => {
  const rows = [
    { a: 2, n: 1 },
    { a: null, n: 2 },
    { a: 1, n: 3 },
    { a: 2, n: 4 },
  ];
  const order = (descending: boolean) => sorted(rows, { key: 'a', descending }, 'en').map((row) => row.n);
  expect(order(false)).toEqual([3, 1, 4, 2]);
  expect(order(true)).toEqual([1, 4, 3, 2]);
});
