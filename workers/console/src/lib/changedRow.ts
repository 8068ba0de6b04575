// Which events changed a row of a board, and what of it. Pure.
import type { ChangedRow, ChangeEvent } from '../api/types';

export interface RowEvent {
  event: ChangeEvent;
  fields: string[];
}

/** In the order of the events, each once, with the fields that it changed last. */
export function eventsOf(row: ChangedRow): RowEvent[] {
  const all = new Map<number, RowEvent>();
  for (const [event, field] of [[row.event], ...row.cells.map((cell) => [cell.event, cell.field] as const)] as const) {
    if (!event) continue;
    const had = all.get(event.seq) ?? { event, fields: [] };
    if (field) had.fields.push(field);
    all.set(event.seq, had);
  }
  return [...all.values()].sort((a, b) => a.event.seq - b.event.seq);
}
