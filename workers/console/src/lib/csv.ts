// What a table shows, as a file for a spreadsheet. Pure.
import type { Member, Row } from '../api/types';
import { type Context, heading, shown } from './format';

/** A spreadsheet would take text of others for a formula where it begins so. */
const kFormula = /^[=+\-@\t\r]/;

export function csvCell(text: string, isOurs: boolean): string {
  const safe = !isOurs && kFormula.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

/** Headings as on the screen, with the unit; moments in UTC, durations in hours and other numbers as they are on the wire, so that programs read them. */
export function csvOf(columns: Member[], rows: Row[], context: Context): string {
  const line = (cells: string[]) => `${cells.join(',')}\r\n`;
  const cell = (column: Member, row: Row) => {
    const value = row[column.key];
    if (typeof value === 'number') return csvCell(isDuration(column) ? hours(value) : String(value), true);
    if (column.kind === 'moment' && typeof value === 'string') return csvCell(value, true);
    return csvCell(shown(column, value, context), false);
  };
  const head = columns.map((column) => csvCell(heading(column, context.lang) + unitOf(column), true));
  return `\ufeff${line(head)}${rows.map((row) => line(columns.map((column) => cell(column, row)))).join('')}`;
}

const isDuration = (column: Member) => column.kind === 'duration' || column.kind === 'duration_at_most';
const hours = (ms: number) => String(Number((ms / 3_600_000).toFixed(4)));

function unitOf(column: Member): string {
  if (isDuration(column)) return ' (h)';
  if (column.kind === 'share' || column.kind === 'points' || column.kind === 'ratio') return ' (‰)';
  return '';
}

export function download(name: string, text: string) {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  URL.revokeObjectURL(url);
}
