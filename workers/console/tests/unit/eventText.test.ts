import { expect, test } from 'vitest';
import type { HistoryRow, Schema } from '../../src/api/types';
import { lineOf, type Naming } from '../../src/lib/eventText';

const kNames: Record<string, string> = { cs_lead: 'Service team lead', 'meyer.lei': 'Lei Meyer' };
const naming = (lang: 'en' | 'zh'): Naming => ({
  lang,
  word: (word) => ({ next_update: '下次进展' })[word] ?? word,
  name: (field, id) => (field === 'department_id' ? '客服部' : kNames[id]),
});
const event = (line: string, fact: HistoryRow['fact']): HistoryRow => ({
  seq: 1,
  type: 'escalation.triggered',
  actor: 'timer:casetrail',
  occurred_at: '2026-11-23T08:00:00Z',
  recorded_at: '2026-11-23T08:00:00Z',
  command_id: null,
  policy_version: 1,
  line,
  fact,
});
const kSchema: Schema = {
  type: 'object',
  properties: {
    cause: { type: 'string', enum: ['next_update'], title: '原因' },
    to: { type: 'array', items: { type: 'string' }, title: '升级至' },
    department_id: { type: 'string', title: '部门' },
  },
};

test('ids of the fact go by their names in the sentence of the server, where they stand alone', () => {
  const fact = { to: ['cs_lead'], agent_id: 'meyer.lei', department_id: 'cs' };
  expect(lineOf(event('Escalated to cs_lead, with cs/meyer.lei; cs_lead_2 stays.', fact), null, naming('en'))).toBe(
    'Escalated to Service team lead, with 客服部/Lei Meyer; cs_lead_2 stays.',
  );
});

test('in Chinese the labelled fields are told, with words and names, once the schema is there', () => {
  const fact = { to: ['cs_lead'], cause: 'next_update', department_id: 'cs' };
  expect(lineOf(event('Escalated', fact), kSchema, naming('zh'))).toBe(
    '原因：下次进展；升级至：Service team lead；部门：客服部',
  );
  expect(lineOf(event('Escalated', fact), null, naming('zh'))).toBe('');
});
