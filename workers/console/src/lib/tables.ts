// The tables that a board has beside its rows. Pure.
import type { Filters } from '../api/client';
import type { Board, Member, Row, Shape } from '../api/types';
import { filtersOf } from './figures';

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

// Filters that leave all rows, for they say what is counted by; and those that every table of periods follows where its board has them.
const kCountedBy = ['period', 'count_by', 'zone'];
const kPeriods = 'periods';
const kOfPeriods = ['department', 'to_department'];

const followedBy = ({ key, member }: SideTable): string[] => [
  ...Object.keys(filtersOf(member) ?? {}),
  ...(member.members ?? [])
    .flatMap((column) => column.leads_to ?? [])
    .flatMap((one) => (one.as_asked ? one.filter : [])),
  ...(key === kPeriods ? kOfPeriods : []),
];

/** The filters that are asked for and that a table does not follow, or, without one, the figures, which count everything. */
export function unfollowed(asked: Filters, table: SideTable | null): string[] {
  const followed = [...kCountedBy, ...(table ? followedBy(table) : [])];
  return Object.keys(asked).filter((name) => !followed.includes(name));
}

export const rowMembers = (shape: Shape): Member[] => within(shape, kRows);
