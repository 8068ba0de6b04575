import { expect, test } from 'vitest';
import type { HeldInterval } from '../../src/api/types';
import { heldUntil, holdingsOf } from '../../src/lib/holders';

const kMinute = 60_000;
const held = (minutes: number, business: number, more: Partial<HeldInterval>): HeldInterval => ({
  from: '2026-11-23T08:00:00Z',
  to: '2026-11-23T09:00:00Z',
  status: 'queued',
  elapsed_ms: minutes * kMinute,
  business_ms: business * kMinute,
  ...more,
});

test('intervals of one holder are taken together, and nobody is one, too', () => {
  const { to: _, ...open } = held(6, 3, { department: 'tech', agent: 'wu' });
  const all = holdingsOf([
    held(2, 0, {}),
    held(3, 1, { department: 'cs' }),
    held(10, 5, { department: 'cs', agent: 'li' }),
    held(9, 4, { department: 'cs', agent: 'li', status: 'in_progress' }),
    open,
  ]);
  expect(
    all.map((one) => `${one.department}/${one.agent} ${one.ms / kMinute} ${(one.businessMs ?? 0) / kMinute}`),
  ).toEqual(['/ 2 0', 'cs/ 3 1', 'cs/li 19 9', 'tech/wu 6 3']);
  expect(all.map((one) => one.open)).toEqual([false, false, false, true]);
  expect(holdingsOf([])).toEqual([]);
});

test('between its closing and its reopening nobody had the case, and it was closed', () => {
  const all = holdingsOf([
    held(1, 1, { department: 'cs' }),
    held(5, 0, { status: 'closed' }),
    held(2, 2, {}),
    held(1, 1, { department: 'cs' }),
  ]);
  expect(all.map((one) => [one.department, one.closed])).toEqual([
    ['cs', false],
    ['', true],
    ['', false],
    ['cs', false],
  ]);
});

test('as of a moment that has passed, later holders are not there, and the one of then had it so far', () => {
  const all = [
    held(60, 30, { department: 'cs' }),
    held(60, 60, { department: 'tech', from: '2026-11-23T09:00:00Z', to: '2026-11-23T10:00:00Z' }),
    held(60, 60, { department: 'cs', from: '2026-11-23T10:00:00Z', to: '2026-11-23T11:00:00Z' }),
  ];
  const then = holdingsOf(heldUntil(all, '2026-11-23T09:15:00Z'));
  expect(then.map((one) => [one.department, one.ms / kMinute, one.businessMs])).toEqual([
    ['cs', 60, 30 * kMinute],
    ['tech', 15, null],
  ]);
  expect(holdingsOf(heldUntil(all, '2026-11-23T12:00:00Z'))).toEqual(holdingsOf(all));
});
