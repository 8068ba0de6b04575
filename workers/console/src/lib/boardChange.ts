// A page of a board as its stream sends it: whole, and then what of it is other than before. Pure.
import type { Board, BoardChange, Row } from '../api/types';

export type SentBoard = Board & { frame: number };

/** The page behind the change; null when the change follows another frame than that of `page`: one was missed. */
export function changedPage(page: SentBoard | null, change: BoardChange): SentBoard | null {
  if (page?.frame !== change.frame - 1) return null;
  const rows: Row[] = change.rows.flatMap((part) =>
    Array.isArray(part) ? page.rows.slice(part[0], part[0] + part[1]) : [part],
  );
  const changed: SentBoard = { ...page, ...change.members, frame: change.frame, rows };
  for (const name of change.without) delete changed[name];
  return changed;
}
