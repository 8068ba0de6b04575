// Who had a case, one after the other: the server's intervals, those of one holder taken together. Pure.
import type { HeldInterval } from '../api/types';

export interface Holding {
  department: string;
  agent: string;
  from: string;
  ms: number;
  /** Null where it was cut off: nobody counted that part. */
  businessMs: number | null;
  /** It lasts, and grows. */
  open: boolean;
  /** Nobody had it, for it was closed. */
  closed: boolean;
}

const kClosed = 'closed';

/** As they stood at a moment that has passed. */
export function heldUntil(intervals: HeldInterval[], until: string): HeldInterval[] {
  const end = Date.parse(until);
  return intervals
    .filter((one) => Date.parse(one.from) <= end)
    .map((one) =>
      one.to !== undefined && Date.parse(one.to) <= end
        ? one
        : { ...one, to: until, elapsed_ms: end - Date.parse(one.from), business_ms: null },
    );
}

export function holdingsOf(intervals: HeldInterval[]): Holding[] {
  const held: Holding[] = [];
  for (const one of intervals) {
    const department = one.department ?? '';
    const agent = one.agent ?? '';
    let last = held.at(-1);
    const closed = one.status === kClosed;
    if (last?.department !== department || last.agent !== agent || last.closed !== closed) {
      last = { department, agent, from: one.from, ms: 0, businessMs: 0, open: false, closed };
      held.push(last);
    }
    last.ms += one.elapsed_ms;
    last.businessMs = last.businessMs === null || one.business_ms === null ? null : last.businessMs + one.business_ms;
    last.open = one.to === undefined;
  }
  return held;
}
