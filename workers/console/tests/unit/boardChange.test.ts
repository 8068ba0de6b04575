import { describe, expect, it } from 'vitest';
import type { Row } from '../../src/api/types';
import { changedPage, type SentBoard } from '../../src/lib/boardChange';

const row = (name: string): Row => ({ name });
const page: SentBoard = {
  view: 'handoff',
  version: 1,
  offsets: { 0: 1 },
  next: 'c',
  totals: { open: 3 },
  metrics: {},
  rows: [row('a'), row('b'), row('c')],
  frame: 7,
};

describe('a page that has changed', () => {
  it('keeps the rows that it is told to keep, in the order of the change', () => {
    const change = { frame: 8, members: { totals: { open: 4 } }, without: ['next'], rows: [[2, 1], row('d'), [0, 2]] };
    const changed = changedPage(page, change as never);
    expect(changed?.rows).toEqual([row('c'), row('d'), row('a'), row('b')]);
    expect(changed?.rows[2]).toBe(page.rows[0]);
    expect(changed).toMatchObject({ frame: 8, totals: { open: 4 }, offsets: { 0: 1 } });
    expect(changed).not.toHaveProperty('next');
    expect(page.rows).toHaveLength(3);
  });

  it('is not known behind a frame that was missed, or without any', () => {
    const change = { frame: 9, members: {}, without: [], rows: [] };
    expect(changedPage(page, change)).toBeNull();
    expect(changedPage(null, change)).toBeNull();
    expect(changedPage(page, { ...change, frame: 7 })).toBeNull();
  });
});
