// The tables that a board has beside its rows. Pure.
import type { Board, Member, Row, Shape } from '../api/types';

const kRows = 'rows';

export interface SideTable {
  key: string;
  member: Member;
}

const within = (shape: Shape, key: string) => shape.members.find((member) => member.key === key)?.members ?? [];

/** Of the board itself, and of its measures. */
export function sideTables(shape: Shape): SideTable[] {
  const own = shape.members.filter((member) => member.kind === 'table' && member.key !== kRows);
  const measured = within(shape, 'metrics').filter((member) => member.kind === 'table');
  return [...own, ...measured].map((member) => ({ key: member.key, member }));
}

export function rowsOf(board: Board, table: SideTable): Row[] {
  const rows = board[table.key] ?? board.metrics[table.key];
  return Array.isArray(rows) ? (rows as Row[]) : [];
}

export const rowMembers = (shape: Shape): Member[] => within(shape, kRows);
