import { expect, test } from 'vitest';
import { attentionIn, clocksOf, marksIn, openOf, privacyIn, registeredIn } from '../../src/lib/caseHead';

test('a customer who waits for an answer is told with since when', () => {
  expect(attentionIn({ unanswered_since: '2026-11-29T12:00:00.000Z' }).unansweredSince).toBe(
    '2026-11-29T12:00:00.000Z',
  );
  expect(attentionIn({ unanswered_since: null }).unansweredSince).toBe('');
  expect(attentionIn(undefined).unansweredSince).toBe('');
});

test('what was asked for is what the server knows of it, as it was amended', () => {
  const head = {
    number: 'CT-2611-000001',
    service_need: 'a new lamp',
    symptom: 'dark',
    customer: '王*',
    product: 'L2',
    contact: '138-****-3665',
    customer_ref: 'cust-7',
    order_ref: 'D190321',
    serial_no: 'SN9',
  };
  expect(registeredIn(head)).toMatchObject({ need: 'a new lamp', product: 'L2', customer: '王*' });
  expect(registeredIn(head)).toMatchObject({
    contact: '138-****-3665',
    customerRef: 'cust-7',
    order: 'D190321',
    serial: 'SN9',
  });
  expect(registeredIn({ ...head, service_need: null }).need).toBe('dark');
  expect(registeredIn(undefined).need).toBe('');
});

test('what people noted on a case is its tags, its links and how often it was urged', () => {
  const links = [{ other_case_id: 'c-2', relation: 'duplicate' }];
  expect(marksIn({ tags: ['vip'], links, queue: 'repair', handoffs: 3, chases: 2 })).toEqual({
    tags: ['vip'],
    links: [{ id: 'c-2', relation: 'duplicate' }],
    queue: 'repair',
    handoffs: 3,
    chases: 2,
  });
  expect(marksIn({ queue: null })).toEqual({ tags: [], links: [], queue: '', handoffs: 0, chases: 0 });
});

test('a target that was missed stays among the clocks until what it promised is done', () => {
  const missed = { metric: 'resolution', missed_at: '2026-11-26T03:04:00.000Z', since: '2026-11-26T03:04:00.000Z' };
  const timer = { timer_id: 'next_update', kind: 'next_update', due_at: '2026-11-27T01:00:00.000Z' };
  const shown = (clock: object) =>
    clocksOf({ clocks: [clock as never], timers: [timer] }).map((one) => `${one.kind}${one.paused ? ' paused' : ''}`);
  expect(shown({ ...missed, done: false })).toEqual(['resolution', 'next_update']);
  expect(shown({ ...missed, since: null, done: false })).toEqual(['resolution paused', 'next_update']);
  expect(shown({ ...missed, done: true })).toEqual(['next_update']);
});

test('a target that nobody owes any more is no clock, and stays told as breached', () => {
  const clock = { metric: 'next_update', missed_at: '2026-11-26T03:04:00.000Z', since: null, done: false };
  const head = (over: boolean) => ({ breaches: [{ metric: 'next_update', due_at: '2026-11-26T03:04:00.000Z', over }] });
  expect(clocksOf({ clocks: [clock] }, head(true))).toEqual([]);
  expect(clocksOf({ clocks: [clock] }, head(false))).toHaveLength(1);
  expect(attentionIn(head(true)).breaches).toEqual([
    { metric: 'next_update', due: '2026-11-26T03:04:00.000Z', over: true },
  ]);
});

test('what was decided on the personal texts is the hold, when they are due, and who erased them why', () => {
  expect(privacyIn({ privacy: { hold: { reason: 'lawsuit 7' }, waiting: { due_at: '2026-12-30' } } })).toMatchObject({
    hold: 'lawsuit 7',
    erasureDue: '2026-12-30',
    erasedAt: '',
  });
  const erased = { at: '2026-11-30', by: 'agent:dpo', legal_basis: 'customer_request', reason: null };
  expect(privacyIn({ privacy: { erased } })).toMatchObject({
    erasedAt: '2026-11-30',
    erasedBy: 'agent:dpo',
    erasedBecause: 'customer_request',
    erasedReason: '',
  });
  expect(privacyIn(undefined).erasedAt).toBe('');
});

test('what was asked, agreed, sent back and planned is open until it is answered, done, inspected and over', () => {
  const state = {
    questions: [{ handoff_id: 'h2', to: { department_id: 'tech' } }],
    agreement: { open: [{ agreement_id: 'g1', breached: true }] },
    errands: {
      returns: [
        { return_id: 'm1', phase: 'received' },
        { return_id: 'm2', phase: 'inspected' },
      ],
      visits: [{ visit_id: 'v1', technician_id: 'chen', over: true }],
    },
  };
  expect(openOf(state).map((one) => `${one.kind} ${one.id} ${one.phase} ${one.where}`.trim())).toEqual([
    'question h2 asked tech',
    'agreement g1 agreement.breached',
    'return m1 received',
  ]);
});

test('an escalation that somebody acknowledged asks for nobody any more', () => {
  const escalation = { to: ['lead'], at: '2026-11-29T12:00:00.000Z' };
  expect(attentionIn({ escalation }).escalatedTo).toEqual(['lead']);
  expect(attentionIn({ escalation: { ...escalation, acknowledged_by: 'boss' } }).escalatedAt).toBe('');
});
