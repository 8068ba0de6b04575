// Who had a case, and how long: from the events that give it to somebody. Pure.
import type { HistoryRow, Json } from '../api/types';

export interface Holding {
  department: string;
  agent: string;
  from: string;
  ms: number;
}

type Holder = Pick<Holding, 'department' | 'agent'>;

const kNobody: Holder = { department: '', agent: '' };
const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

/** Who has the case behind the event; nothing when the event gives it to nobody else. */
function holderAfter({ type, fact }: HistoryRow, before: Holder): Holder | undefined {
  const by = (fact.by ?? {}) as HistoryRow['fact'];
  switch (type) {
    case 'assignment.queued':
      return { department: text(fact.department_id), agent: '' };
    case 'assignment.declined':
    case 'assignment.expired':
      return kNobody;
    case 'assignment.offered':
    case 'assignment.made':
      return { department: text(fact.department_id), agent: text(fact.agent_id) };
    case 'assignment.accepted':
    case 'work.started':
      return { ...before, agent: text(fact.agent_id) || before.agent };
    case 'handoff.accepted':
      return { department: text(by.department_id), agent: text(by.agent_id) };
    default:
      return undefined;
  }
}

/** From the first event to `end`, without a gap; one after the other is somebody else. */
export function holdingsIn(rows: HistoryRow[], end: number): Holding[] {
  const held: (Holder & { from: string })[] = [];
  for (const row of rows) {
    const before = held.at(-1) ?? kNobody;
    const after = held.length === 0 ? (holderAfter(row, before) ?? kNobody) : holderAfter(row, before);
    if (after && (held.length === 0 || after.department !== before.department || after.agent !== before.agent))
      held.push({ ...after, from: row.occurred_at });
  }
  return held.map((one, index) => {
    const next = held[index + 1];
    const until = next ? Date.parse(next.from) : end;
    return { ...one, ms: Math.max(0, until - Date.parse(one.from)) };
  });
}
