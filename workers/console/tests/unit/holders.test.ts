import { expect, test } from 'vitest';
import type { HistoryRow, Json } from '../../src/api/types';
import { holdingsIn } from '../../src/lib/holders';

const at = (minute: number) => `2026-11-23T08:${String(minute).padStart(2, '0')}:00Z`;
const row = (minute: number, type: string, fact: { [key: string]: Json } = {}): HistoryRow => ({
  seq: minute + 1,
  type,
  actor: 'agent:li',
  occurred_at: at(minute),
  recorded_at: at(minute),
  command_id: null,
  policy_version: 1,
  line: '',
  fact,
});
const told = (rows: HistoryRow[], end: number) =>
  holdingsIn(rows, Date.parse(at(end))).map((one) => `${one.department}/${one.agent} ${one.ms / 60_000}`);

test('a case is nobodys, then in a queue, with who took it, and with who accepted the handoff', () => {
  const rows = [
    row(0, 'request.registered'),
    row(2, 'assignment.queued', { queue_id: 'q1', department_id: 'cs' }),
    row(5, 'assignment.offered', { department_id: 'cs', agent_id: 'li' }),
    row(6, 'assignment.accepted', { agent_id: 'li' }),
    row(9, 'progress.reported', { agent_id: 'somebody', department_id: 'elsewhere' }),
    row(20, 'handoff.requested', { to: { department_id: 'tech' } }),
    row(24, 'handoff.accepted', { by: { department_id: 'tech', agent_id: 'wu' } }),
  ];
  expect(told(rows, 30)).toEqual(['/ 2', 'cs/ 3', 'cs/li 19', 'tech/wu 6']);
});

test('who declines has it no more, and a case without an event is with nobody', () => {
  const rows = [
    row(0, 'assignment.made', { department_id: 'cs', agent_id: 'li' }),
    row(1, 'assignment.declined', { agent_id: 'li' }),
  ];
  expect(told(rows, 4)).toEqual(['cs/li 1', '/ 3']);
  expect(told([], 4)).toEqual([]);
});
