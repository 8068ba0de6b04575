import { expect, test } from 'vitest';
import type { ChangeEvent } from '../../src/api/types';
import { eventsOf } from '../../src/lib/changedRow';

const event = (seq: number): ChangeEvent => ({
  seq,
  recorded_at: '2026-11-23T08:00:00.000Z',
  type: 'work.started',
  actor: 'agent:li',
  policy_version: 1,
  line: '',
});

test('each event of a row is told once, with the fields that it changed', () => {
  const cells = [
    { field: 'status', after: 'resolved', event: event(7) },
    { field: 'department', after: 'tech', event: event(5) },
    { field: 'breached', after: 'true' },
    { field: 'reason', after: 'fixed', event: event(7) },
  ];
  expect(eventsOf({ change: 'changed', case: 'c', event: event(7), cells })).toEqual([
    { event: event(5), fields: ['department'] },
    { event: event(7), fields: ['status', 'reason'] },
  ]);
  expect(eventsOf({ change: 'went', case: 'c', cells: [] })).toEqual([]);
});
