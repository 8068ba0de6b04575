import { expect, test } from 'vitest';
import type { Schema } from '../../src/api/types';
import { emptyValue, factsOf, fieldsIn, filled, labelOfField, soleBeginning, valuesUnder } from '../../src/lib/schema';

const kRoot: Schema = {
  type: 'object',
  required: ['kind', 'to'],
  properties: {
    kind: { type: 'string', enum: ['a', 'b'], title: '类型' },
    to: { $ref: '#/definitions/Party', title: '接收方' },
    rating: { type: 'integer' },
    agreed: { type: 'boolean' },
    pii: { $ref: '#/definitions/Note' },
  },
  definitions: {
    Party: {
      type: 'object',
      required: ['department_id'],
      properties: { department_id: { type: 'string' }, agent_id: { type: 'string' } },
    },
    Note: {
      type: 'object',
      required: ['points'],
      properties: { points: { type: 'array', items: { type: 'string' } }, text: { type: 'string' } },
    },
  },
};

test('a form begins empty, and an empty form sends nothing that was not filled in', () => {
  const empty = emptyValue(kRoot, kRoot);
  expect(empty).toEqual({
    kind: '',
    to: { department_id: '', agent_id: '' },
    rating: '',
    agreed: null,
    pii: { points: [], text: '' },
  });
  expect(filled(empty, kRoot, kRoot)).toEqual({ pii: { points: [] } });
});

test('what the case says of a command is where its form begins, unless it may be meant for several things', () => {
  const begin = { kind: 'a', to: { department_id: 'tech' } };
  expect(soleBeginning([begin])).toEqual(begin);
  expect(soleBeginning([])).toBeUndefined();
  expect(soleBeginning([begin, { kind: 'b' }])).toBeUndefined();
  const values = { ...(emptyValue(kRoot, kRoot) as object), ...soleBeginning([begin]) };
  expect(filled(values, kRoot, kRoot)).toEqual({ kind: 'a', to: { department_id: 'tech' }, pii: { points: [] } });
});

test('numbers are sent as numbers, no as no, and optional members only when they hold something', () => {
  const values = {
    kind: 'a',
    to: { department_id: 'tech', agent_id: '' },
    rating: '4',
    agreed: false,
    pii: { points: ['x'], text: '' },
  };
  expect(filled(values, kRoot, kRoot)).toEqual({
    kind: 'a',
    to: { department_id: 'tech' },
    rating: 4,
    agreed: false,
    pii: { points: ['x'] },
  });
});

test('a refusal stands at the fields that it quotes, by their names or by what one holds', () => {
  const values = { to: { department_id: '' }, tz: 'Moon/Crater', contacts: [''], items: [], pii: { service_need: '' } };
  expect(fieldsIn("Expected 'data.to.department_id' to be there, but it is missing.", values)).toEqual([
    'to.department_id',
  ]);
  expect(fieldsIn("Expected 'data.contacts[0]' to be a contact.", values)).toEqual(['contacts[0]']);
  expect(fieldsIn("Expected to register the request, but 'service_need' is missing.", values)).toEqual([
    'pii.service_need',
  ]);
  expect(fieldsIn("'contact' is missing", { pii: { contacts: [] } })).toEqual(['pii.contacts']);
  expect(fieldsIn("Expected 'items' and 'tz' to be there.", values)).toEqual(['tz', 'items']);
  expect(fieldsIn("Expected to do it, but the policy has no calling hours in 'Moon/Crater'.", values)).toEqual(['tz']);
  expect(fieldsIn("Expected 'actor' to be kind:id.", values)).toEqual([]);
  expect(fieldsIn('Cannot close: nothing followed.', values)).toEqual([]);
});

test('ids of the case are found wherever they stand in it', () => {
  const state = { asked: { handoff_id: 'h2' }, held: [{ handoff_id: 'h1' }], seq: 4 };
  expect([...valuesUnder('handoff_id', state)]).toEqual(['h2', 'h1']);
});

test('facts are labelled by the schema, in its order, and what is not there is left out', () => {
  const facts = factsOf({ to: { department_id: 'tech' }, kind: 'a', unknown: 1 }, kRoot, kRoot, 'zh');
  expect(facts.map((fact) => [fact.label, fact.value])).toEqual([
    ['类型', 'a'],
    ['department', 'tech'],
    ['unknown', 1],
  ]);
  expect(labelOfField('reason_code', {}, 'en')).toBe('reason code');
});
