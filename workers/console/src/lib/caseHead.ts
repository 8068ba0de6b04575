// What stands above a case: taken from its state, whose keys are the engine's. Pure.
import type { Json } from '../api/types';

type Fields = { [key: string]: Json };

export interface Clock {
  id: string;
  kind: string;
  due: string;
  paused: boolean;
}

const fields = (value: Json | undefined): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
const list = (value: Json | undefined): Fields[] => (Array.isArray(value) ? value.map(fields) : []);
const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

/** Timers that run, and targets that were missed and that somebody still owes, as the head has them; the first due first. */
export function clocksOf(state: Fields, head?: Json): Clock[] {
  const owed = attentionIn(head).breaches.filter((one) => !one.over);
  const timers = list(state.timers).map((timer) => ({
    id: text(timer.timer_id),
    kind: text(timer.kind),
    due: text(timer.due_at),
    paused: typeof timer.paused_with_ms === 'number',
  }));
  const missed = list(state.clocks)
    .filter((clock) => clock.done !== true && text(clock.missed_at) !== '')
    .filter((clock) => head === undefined || owed.some((one) => one.metric === text(clock.metric)))
    .map((clock) => ({
      id: text(clock.metric),
      kind: text(clock.metric),
      due: text(clock.missed_at),
      paused: text(clock.since) === '',
    }));
  return [...missed, ...timers].filter((clock) => clock.due !== '').sort((a, b) => a.due.localeCompare(b.due));
}

export interface Holder {
  owner: string;
  department: string;
  agent: string;
}

export function holderOf(state: Fields): Holder {
  const assignment = fields(state.assignment);
  return { owner: text(state.owner), department: text(assignment.department_id), agent: text(assignment.agent_id) };
}

/** Handoffs, questions, agreements, returns, visits, callbacks, reviews and approvals that somebody has to act on, by id. */
export interface Open {
  kind: 'handoff' | 'question' | 'agreement' | 'return' | 'visit' | 'callback' | 'review' | 'complaint' | 'approval';
  id: string;
  phase: string;
  where: string;
}

export function openOf(state: Fields): Open[] {
  const handoffs = [fields(state.asked), ...list(state.held)].filter((one) => text(one.handoff_id) !== '');
  const callbacks = list(state.callbacks).filter((one) => ['scheduled', 'attempted'].includes(text(one.phase)));
  const reviews = list(state.reviews).filter((one) => text(one.review_id) !== '' && one.scored !== true);
  const errands = fields(state.errands);
  const returns = list(errands.returns).filter((one) => text(one.phase) !== 'inspected');
  const visits = list(errands.visits).filter((one) => one.over !== true);
  const approvals = list(state.approvals).filter((one) => typeof one.granted !== 'boolean');
  const complaint = text(state.complaint);
  return [
    ...handoffs.map(
      (one): Open => ({
        kind: 'handoff',
        id: text(one.handoff_id),
        phase: text(one.phase),
        where: text(fields(one.to).department_id),
      }),
    ),
    ...list(state.questions).map(
      (one): Open => ({
        kind: 'question',
        id: text(one.handoff_id),
        phase: 'asked',
        where: text(fields(one.to).department_id),
      }),
    ),
    ...list(fields(state.agreement).open).map(
      (one): Open => ({
        kind: 'agreement',
        id: text(one.agreement_id),
        phase: one.breached === true ? 'agreement.breached' : 'agreement_due',
        where: '',
      }),
    ),
    ...returns.map((one): Open => ({ kind: 'return', id: text(one.return_id), phase: text(one.phase), where: '' })),
    ...visits.map(
      (one): Open => ({ kind: 'visit', id: text(one.visit_id), phase: 'visit_due', where: text(one.technician_id) }),
    ),
    ...callbacks.map(
      (one): Open => ({ kind: 'callback', id: text(one.callback_id), phase: text(one.phase), where: '' }),
    ),
    ...reviews.map(
      (one): Open => ({
        kind: 'review',
        id: text(one.review_id),
        phase: text(one.reviewer_id) ? 'assigned' : 'drawn',
        where: text(one.reviewer_id) || text(one.agent_id),
      }),
    ),
    ...approvals.map(
      (one): Open => ({
        kind: 'approval',
        id: text(one.approval_id),
        phase: text(one.subject),
        where: text(one.about),
      }),
    ),
    ...(complaint && !['none', 'closed', 'declined', 'withdrawn'].includes(complaint)
      ? [{ kind: 'complaint', id: '', phase: `complaint.${complaint}`, where: '' } as Open]
      : []),
  ];
}

export interface Registered {
  number: string;
  reference: string;
  customer: string;
  contact: string;
  customerRef: string;
  product: string;
  order: string;
  serial: string;
  need: string;
}

/** As it was amended since; personal fields come masked. */
export function registeredIn(head?: Json): Registered {
  const known = fields(head);
  return {
    number: text(known.number),
    reference: text(known.reference),
    customer: text(known.customer),
    contact: text(known.contact),
    customerRef: text(known.customer_ref),
    product: text(known.product),
    order: text(known.order_ref),
    serial: text(known.serial_no),
    need: text(known.service_need) || text(known.symptom),
  };
}

/** A target that was breached. */
export interface Breach {
  metric: string;
  due: string;
  /** It was met late, or nobody owes it any more. */
  over: boolean;
}

export interface Attention {
  breaches: Breach[];
  /** Roles that the case was escalated to last, and when; nothing when it was not, or somebody acknowledged it. */
  escalatedTo: string[];
  escalatedAt: string;
  waitingFor: string;
  suspendedUntil: string;
  /** Since when the customer waits for an answer; empty when they do not. */
  unansweredSince: string;
}

export function attentionIn(head?: Json): Attention {
  const known = fields(head);
  const last = fields(known.escalation);
  const escalation = text(last.acknowledged_by) === '' ? last : {};
  return {
    breaches: list(known.breaches).map((one) => ({
      metric: text(one.metric),
      due: text(one.due_at),
      over: one.over === true,
    })),
    escalatedTo: Array.isArray(escalation.to) ? escalation.to.map(String) : [],
    escalatedAt: text(escalation.at),
    waitingFor: text(known.waiting_for),
    suspendedUntil: text(known.suspended_until),
    unansweredSince: text(known.unanswered_since),
  };
}

/** Another case, and what this one is to it. */
export interface Link {
  id: string;
  relation: string;
}

export interface Marks {
  tags: string[];
  links: Link[];
  /** In which it waits; empty: in none. */
  queue: string;
  /** How often it was taken over by handoff. */
  handoffs: number;
  /** How often somebody urged. */
  chases: number;
}

export function marksIn(head?: Json): Marks {
  const known = fields(head);
  return {
    tags: Array.isArray(known.tags) ? known.tags.map(String) : [],
    links: list(known.links).map((one) => ({ id: text(one.other_case_id), relation: text(one.relation) })),
    queue: text(known.queue),
    handoffs: typeof known.handoffs === 'number' ? known.handoffs : 0,
    chases: typeof known.chases === 'number' ? known.chases : 0,
  };
}

/** What was decided on the personal texts; empty: nothing. */
export interface Privacy {
  /** Why they must stay. */
  hold: string;
  /** By when they have to be gone once the hold is released. */
  erasureDue: string;
  erasedAt: string;
  erasedBy: string;
  /** The legal basis, a word of the wire. */
  erasedBecause: string;
  erasedReason: string;
}

export function privacyIn(head?: Json): Privacy {
  const known = fields(fields(head).privacy);
  const erased = fields(known.erased);
  return {
    hold: text(fields(known.hold).reason),
    erasureDue: text(fields(known.waiting).due_at),
    erasedAt: text(erased.at),
    erasedBy: text(erased.by),
    erasedBecause: text(erased.legal_basis),
    erasedReason: text(erased.reason),
  };
}
