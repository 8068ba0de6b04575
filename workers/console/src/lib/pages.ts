// Rows of a board that came as pages, one behind the other. Pure.
import type { Row } from '../api/types';

/** Of a row that is about a part of a case: which one. */
const kParts = ['no', 'handoff', 'callback', 'review'];

export const keyOf = (row: Row): string => JSON.stringify([row.case, ...kParts.map((part) => row[part] ?? null)]);

/** Those of a page that none before it has: a row may have moved since that was read. */
export function withoutRepeats(page: Row[], before: Row[]): Row[] {
  const known = new Set(before.map(keyOf));
  return page.filter((row) => !known.has(keyOf(row)));
}
