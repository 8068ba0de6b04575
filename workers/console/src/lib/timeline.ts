// A history as a person reads it: what matters, with what does not folded between, and long quiet times as such. Pure.
import type { HistoryRow } from '../api/types';

export interface TimelineQuery {
  text: string;
  family: string;
  actor: string;
  /** Low-value events, too. */
  all: boolean;
}

export type TimelineItem =
  | { kind: 'day'; key: string; day: string }
  /** Nothing happened at all, nor was anything left out. */
  | { kind: 'quiet'; key: string; ms: number }
  | { kind: 'event'; key: string; event: HistoryRow }
  | { kind: 'folded'; key: string; events: HistoryRow[] };

const kQuiet = 4 * 3_600_000;

const kTold = ['sla.target.missed', 'sla.target.completed_late'];

/** Clocks that were set and cleared; a target that was missed is no small thing. */
export const isLowValue = (type: string): boolean =>
  (type.startsWith('timer.') || type.startsWith('sla.')) && !kTold.includes(type);

export const familyOf = (type: string): string => type.slice(0, type.indexOf('.'));

export const familiesOf = (rows: HistoryRow[]): string[] => [...new Set(rows.map((row) => familyOf(row.type)))].sort();
export const actorsOf = (rows: HistoryRow[]): string[] => [...new Set(rows.map((row) => row.actor))].sort();

/** Text is looked for in what is drawn, and in the codes behind it. */
function matches(row: HistoryRow, query: TimelineQuery, drawnOf: (row: HistoryRow) => string): boolean {
  if (query.family && familyOf(row.type) !== query.family) return false;
  if (query.actor && row.actor !== query.actor) return false;
  if (!query.text) return true;
  const text = query.text.toLowerCase();
  const parts = [drawnOf(row), row.line, row.type, row.actor, JSON.stringify(row.fact)];
  return parts.some((part) => part.toLowerCase().includes(text));
}

/** Newest first. `dayOf` names the day of a moment in the person's zone; `drawnOf` is an event as the person reads it. */
export function timeline(
  rows: HistoryRow[],
  query: TimelineQuery,
  dayOf: (iso: string) => string,
  drawnOf: (row: HistoryRow) => string,
): TimelineItem[] {
  const items: TimelineItem[] = [];
  let folded: HistoryRow[] = [];
  let day = '';
  let before: number | undefined;
  const unfold = () => {
    if (folded.length > 0) items.push({ kind: 'folded', key: `f${folded[0]?.seq}`, events: folded });
    folded = [];
  };
  const found = rows.filter((row) => matches(row, query, drawnOf));
  const isWhole = found.length === rows.length;
  for (const event of found.toReversed()) {
    const at = Date.parse(event.occurred_at);
    const ms = before === undefined ? 0 : before - at;
    before = at;
    if (!query.all && isLowValue(event.type)) {
      folded.push(event);
      continue;
    }
    unfold();
    if (isWhole && ms >= kQuiet) items.push({ kind: 'quiet', key: `q${event.seq}`, ms });
    if (dayOf(event.occurred_at) !== day) {
      day = dayOf(event.occurred_at);
      items.push({ kind: 'day', key: `d${event.seq}`, day });
    }
    items.push({ kind: 'event', key: `e${event.seq}`, event });
  }
  unfold();
  return items;
}

export function countsOf(items: TimelineItem[]): { shown: number; folded: number } {
  let shown = 0;
  let folded = 0;
  for (const item of items) {
    if (item.kind === 'event') shown += 1;
    if (item.kind === 'folded') folded += item.events.length;
  }
  return { shown, folded };
}
