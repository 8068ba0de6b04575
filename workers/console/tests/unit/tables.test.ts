import { expect, test } from 'vitest';
import type { Member } from '../../src/api/types';
import { unfollowed } from '../../src/lib/tables';

const words = { en: '', zh: '' };
const member = (more: Partial<Member>): Member => ({
  key: '',
  kind: 'table',
  label: words,
  meaning: '',
  nullable: false,
  ...more,
});

test('figures follow no filter but what they are counted by; a table those that it asks for, and of periods the department', () => {
  const asked = { priority: ['P1'], department: ['cs'], period: ['day'], zone: ['UTC'] };
  expect(unfollowed(asked, null)).toEqual(['priority', 'department']);
  const periods = { key: 'periods', member: member({ leads_to: [{ filter: 'period', value: 'day' }] }) };
  expect(unfollowed(asked, periods)).toEqual(['priority']);
  const column = member({ leads_to: [{ filter: 'priority', as_asked: true }] });
  expect(unfollowed(asked, { ...periods, member: member({ members: [column] }) })).toEqual([]);
  expect(unfollowed(asked, { key: 'departments', member: member({}) })).toEqual(['priority', 'department']);
  expect(unfollowed({ period: ['day'] }, null)).toEqual([]);
});
