import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type EffectScope, effectScope, ref } from 'vue';
import type { BoardQuery } from '../../src/api/client';
import type { Board, Row } from '../../src/api/types';
import type { BoardListener } from '../../src/state/boardStream';
import { kMostRows, useLiveBoard } from '../../src/state/liveBoard';

// A board of so many rows, each a part of the case before it, too; and the stream that tells of it.
const desk = vi.hoisted(() => ({ rows: 0, asked: [] as string[], on: undefined as unknown }));
const rowAt = (at: number): Row => ({ case: `c${at >> 1}`, no: `s${at & 1}` });
const pageFrom = (from: number, limit: number): Board => {
  const until = Math.min(desk.rows, from + limit);
  const rows = Array.from({ length: until - from }, (_, at) => rowAt(from + at));
  const next = until < desk.rows ? { next: String(until) } : {};
  return { view: 'v', version: 1, offsets: {}, totals: { matching: desk.rows }, metrics: {}, rows, ...next };
};
vi.mock('../../src/api/client', () => ({
  Refusal: Error,
  getBoard: async (_: string, { after, limit }: BoardQuery) => {
    desk.asked.push(after ?? '');
    return pageFrom(Number(after ?? 0), limit);
  },
}));
vi.mock('../../src/state/boardStream', () => ({
  followBoard: (_: string, __: BoardQuery, on: BoardListener) => {
    desk.on = on;
    return () => {};
  },
}));

let scope: EffectScope;
beforeEach(() => {
  vi.useFakeTimers();
  scope = effectScope();
  desk.asked = [];
});
afterEach(() => {
  scope.stop();
  vi.useRealTimers();
});

const soon = () => vi.advanceTimersByTimeAsync(1);
async function frame() {
  (desk.on as BoardListener).board(pageFrom(0, 200));
  await soon();
}
async function open(rows: number, least: number) {
  desk.rows = rows;
  const live = scope.run(() => useLiveBoard(ref('v'), ref({}), ref(null), ref(least)));
  if (!live) throw new Error('no board');
  await frame();
  return live;
}

test('each page that a person scrolls to is asked for once', async () => {
  const live = await open(3500, 0);
  for (let page = 0; page < 3; ++page) await live.more();
  expect(desk.asked).toEqual(['200', '1200', '2200']);
  expect(live.rows.value).toHaveLength(3200);
});

test('a frame asks for no page behind the first one until those are ten seconds old, nor takes rows from them', async () => {
  const live = await open(2400, kMostRows);
  expect(desk.asked).toEqual(['200', '1200', '2200']);
  for (let second = 0; second < 9; ++second) {
    await frame();
    await vi.advanceTimersByTimeAsync(1000);
    expect(live.rows.value).toHaveLength(2400);
  }
  expect(desk.asked).toHaveLength(3);
});

test('after the last frame the pages behind the first one are read once more, ten seconds after they were read', async () => {
  const live = await open(1200, kMostRows);
  await vi.advanceTimersByTimeAsync(8000);
  desk.rows = 1201;
  await frame();
  await vi.advanceTimersByTimeAsync(1000);
  expect(desk.asked).toEqual(['200']);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(desk.asked.filter((after) => after === '200')).toHaveLength(2);
  expect(live.rows.value).toHaveLength(1201);
});

test('a row that has come to the first page is not behind it, and another part of its case stays', async () => {
  const live = await open(300, 0);
  await live.more();
  const board = pageFrom(0, 200);
  (desk.on as BoardListener).board({ ...board, rows: [rowAt(201), ...board.rows.slice(1)] });
  await soon();
  const shown = live.rows.value.map((row) => `${row.case}${row.no}`);
  expect(new Set(shown).size).toBe(shown.length);
  expect(shown).toContain('c100s0');
});

test('no more rows are loaded than a person can look at', async () => {
  const live = await open(25_000, 0);
  for (let page = 0; page < 20; ++page) await live.more();
  expect(desk.asked).toHaveLength(10);
  expect(live.rows.value.length).toBeGreaterThanOrEqual(kMostRows);
  expect(live.next.value).toBeDefined();
});
