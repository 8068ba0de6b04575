import { expect, test } from 'vitest';
import type { HistoryRow } from '../../src/api/types';
import { countsOf, timeline } from '../../src/lib/timeline';

const event = (seq: number, type: string, at: string, actor = 'agent:li'): HistoryRow => ({
  seq,
  type,
  actor,
  occurred_at: at,
  recorded_at: at,
  command_id: null,
  policy_version: 1,
  line: `${type} happened`,
  fact: { note: seq === 5 ? '打不开' : '' },
});

const kRows = [
  event(1, 'request.registered', '2026-11-23T08:00:00Z', 'system:shop'),
  event(2, 'timer.set', '2026-11-23T08:00:00Z'),
  event(3, 'sla.attached', '2026-11-23T08:01:00Z'),
  event(4, 'sla.target.missed', '2026-11-23T08:02:00Z'),
  event(5, 'work.started', '2026-11-24T09:00:00Z'),
  event(6, 'timer.cleared', '2026-11-24T09:00:00Z'),
];
const kNone = { text: '', family: '', actor: '', all: false };
const drawnOf = (row: HistoryRow) => (row.type === 'work.started' ? '开始处理 张敏' : '');
const dayOf = (iso: string) => iso.slice(0, 10);
const told = (query: Partial<typeof kNone>) =>
  timeline(kRows, { ...kNone, ...query }, dayOf, drawnOf).map((item) =>
    item.kind === 'event' ? item.event.seq : item.kind,
  );

test('clocks are folded, a missed target is not, days and quiet times are told, the newest first', () => {
  expect(told({})).toEqual(['folded', 'day', 5, 'quiet', 'day', 4, 'folded', 1]);
});

test('what is shown and what is folded are together everything that was found', () => {
  for (const query of [{}, { all: true }, { family: 'timer' }, { actor: 'agent:li' }]) {
    const { shown, folded } = countsOf(timeline(kRows, { ...kNone, ...query }, dayOf, drawnOf));
    const found = kRows.filter(
      (row) =>
        (!('family' in query) || row.type.startsWith('timer')) && (!('actor' in query) || row.actor === 'agent:li'),
    );
    expect(shown + folded).toBe(found.length);
  }
  expect(told({ all: true }).filter((item) => item === 'folded')).toEqual([]);
});

test('text is looked for in what is drawn, in sentences and in fields', () => {
  expect(told({ text: '张敏' })).toEqual(['day', 5]);
  expect(told({ text: '打不开' })).toEqual(['day', 5]);
  expect(told({ text: 'REGISTERED' })).toEqual(['day', 1]);
});

test('a time is quiet when nothing happened in it, not when something is left out', () => {
  expect(told({ actor: 'agent:li' })).not.toContain('quiet');
  const withClock = [
    event(1, 'work.started', '2026-11-23T08:00:00Z'),
    event(2, 'timer.set', '2026-11-23T10:00:00Z'),
    event(3, 'case.resolved', '2026-11-23T13:00:00Z'),
  ];
  const kinds = timeline(withClock, kNone, dayOf, drawnOf).map((item) => item.kind);
  expect(kinds).toEqual(['day', 'event', 'folded', 'event']);
});
