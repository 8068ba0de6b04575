import { expect, test } from 'vitest';
import type { Member } from '../../src/api/types';
import { csvCell, csvOf } from '../../src/lib/csv';
import { kPlainContext } from './plainContext';

const column = (key: string, kind: Member['kind']): Member => ({
  key,
  kind,
  label: { en: key, zh: key },
  meaning: '',
  nullable: true,
});

test('text of others is never a formula, and what we count stays a number', () => {
  expect(csvCell('=HYPERLINK("x")', false)).toBe(`"'=HYPERLINK(""x"")"`);
  expect(csvCell('-5', true)).toBe('"-5"');
});

test('rows are as shown: chosen columns, moments in UTC, numbers with their unit in the heading', () => {
  const columns = [column('case', 'text'), column('left_ms', 'duration'), column('due', 'moment')];
  const rows = [
    { case: '王, "三"', left_ms: -90_000, due: '2026-11-23T08:05:09.120Z' },
    { case: null, left_ms: null, due: null },
  ];
  expect(csvOf(columns, rows, kPlainContext)).toBe(
    '\ufeff"case","left_ms (h)","due"\r\n"王, ""三""","-0.025","2026-11-23T08:05:09.120Z"\r\n"","",""\r\n',
  );
});
