import { expect, test } from 'vitest';
import type { Board, Member, Shape } from '../../src/api/types';
import { both, eventsQuery, filtersOf, leadOf, linesOf } from '../../src/lib/figures';
import { kPlainContext } from './plainContext';

const words = (en: string) => ({ en, zh: en });
const member = (key: string, more: Partial<Member> = {}): Member => ({
  key,
  kind: 'count',
  label: words(key),
  meaning: `${key}.`,
  nullable: false,
  ...more,
});
const kOpen = words('open now');
const kTotals = [
  member('late', {
    heading: kOpen,
    rank: 2,
    leads_to: [
      { filter: 'open', value: 'true' },
      { filter: 'late', value: 'true' },
    ],
  }),
  member('all', { heading: kOpen, rank: 1, leads_to: [] }),
  member('refused', { heading: kOpen, rank: 3 }),
  member('by_state', { kind: 'counts', heading: words('by state'), rank: 1, leads_to: [{ filter: 'state' }] }),
];
const kShape = {
  headings: [kOpen, words('by state')],
  members: [
    member('totals', { kind: 'object', members: kTotals }),
    member('metrics', { kind: 'object', members: [] }),
    member('selected', { kind: 'object', members: [member('rows', { leads_to: [] }), ...kTotals.slice(0, 1)] }),
  ],
} as unknown as Shape;
const board = (selected: Record<string, number> | null) =>
  ({
    totals: { late: 2, all: 5, refused: 7, by_state: { new: 4, done: 0 } },
    metrics: {},
    selected,
  }) as unknown as Board;

test('a figure leads to the rows that it counts, and one that counts no rows to none', () => {
  const lines = linesOf(kShape, board(null), {}, kPlainContext);
  expect(lines.map((line) => line.heading)).toEqual(['open now', 'by state']);
  expect(lines[0]?.figures.map((figure) => [figure.key, figure.text, figure.lead])).toEqual([
    ['all', '5', { to: 'rows', filters: {} }],
    ['late', '2', { to: 'rows', filters: { open: ['true'], late: ['true'] } }],
    ['refused', '7', null],
  ]);
  expect(lines[1]?.figures.map((figure) => [figure.name, figure.lead?.filters])).toEqual([['new', { state: ['new'] }]]);
});

test('a figure of what the filters leave leads to what both leave', () => {
  const selected = linesOf(kShape, board({ rows: 3, late: 1 }), { state: ['new'] }, kPlainContext).at(-1);
  expect(selected?.figures.map((figure) => figure.lead?.filters)).toEqual([
    { state: ['new'] },
    { state: ['new'], open: ['true'], late: ['true'] },
  ]);
});

test('two queries make one where their values agree', () => {
  expect(both({ state: ['new', 'done'] }, { state: ['done'] })).toEqual({ state: ['done'] });
  expect(both({ age: ['3'] }, { age: ['1'] })).toBeNull();
  expect(filtersOf(member('x', { leads_to: [{ filter: 'department' }] }), { own: 'it' })).toEqual({
    department: ['it'],
  });
});

test('what happened so far leads to its events, by the fields and the time that the row says', () => {
  const returned = member('returned', {
    events: [
      { filter: 'type', value: 'handoff.returned' },
      { filter: 'duty_id' },
      { filter: 'since', member: 'begins' },
    ],
  });
  const lead = leadOf(returned, [], { own: 'repair.power', row: { begins: '2026-11-30T00:00:00Z' } });
  expect(lead?.to).toBe('events');
  expect(eventsQuery(lead?.filters ?? {})).toEqual({
    type: 'handoff.returned',
    since: '2026-11-30T00:00:00Z',
    where: 'duty_id=repair.power',
  });
  const either = member('over', {
    events: [
      { filter: 'type', value: 'sla.target.met' },
      { filter: 'type', value: 'sla.target.missed' },
    ],
  });
  expect(eventsQuery(leadOf(either, [])?.filters ?? {})).toEqual({ type: 'sla.target.met,sla.target.missed' });
});

test('a share leads to its part, and a period to the rows that the query of the board asks for', () => {
  const met = member('met', {
    leads_to: [
      { filter: 'state', value: 'met' },
      { filter: 'department', as_asked: true },
      { filter: 'target', as_asked: true },
    ],
  });
  const attainment = member('attainment', { kind: 'share', part: 'met', of: 'over' });
  const asked = { department: ['repair', 'cs'] };
  expect(leadOf(attainment, [met], { asked })).toEqual({
    to: 'rows',
    filters: { state: ['met'], department: ['repair', 'cs'] },
  });
  expect(leadOf(member('p50', { kind: 'duration' }), [met])).toBeNull();
});
