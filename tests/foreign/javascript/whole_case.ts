// Plays a whole case through the client that openapi-typescript makes of the published document.
import assert from 'node:assert/strict';
import createClient from 'openapi-fetch';
import type { components, paths } from './openapi.js';

const client = createClient<paths>({ baseUrl: process.argv[2] });
const reference = `ts-${process.pid}`;
const id = `email:${reference}`;
let token = '';

async function send(type: string, actor: string, data: components['schemas']['PlainCommand']['data']) {
  const command = { type, actor, data, ...(type === 'request.register' ? {} : { case_id: id }) };
  const { data: outcome, error, response } = await client.POST('/v1/commands', { body: command });
  assert.ok(outcome && 'status' in outcome, `${type}: ${JSON.stringify(error)}`);
  token = response.headers.get('X-Casetrail-Token') ?? '';
  return outcome;
}

async function handoffs(query: paths['/v1/boards/handoff']['get']['parameters']['query']) {
  const { data: board } = await client.GET('/v1/boards/handoff', { params: { query: { ...query, token } } });
  return board!.rows.filter((row) => row.reference === id);
}

const li = 'agent:li.wei';
const outcome = await send('request.register', 'system:shop', {
  kind: 'service_request', channel: 'email', external_ref: reference, pii: { name: 'Ann', contacts: [] } });
assert.equal(outcome.first_seq, 1);
assert.equal(outcome.repeated, false);

// A refusal is a problem that names the command.
const refused = await client.POST('/v1/commands', { body: { type: 'case.close', actor: li, case_id: id, data: {} } });
assert.equal(refused.response.status, 409);
assert.ok(refused.error && 'command_id' in refused.error && refused.error.code === 'not_resolved');

await send('request.classify', li, { category: 'fault/power' });
await send('request.prioritize', li, { impact: 'medium', urgency: 'high' });
await send('assignment.make', li, {
  agent_id: 'li.wei', department_id: 'cs', requirements: 'find it', cautions: 'calm', basis: 'lead' });
await send('assignment.accept', li, {});
await send('work.start', li, {});
await send('handoff.request', li, {
  kind: 'department', to: { department_id: 'tech' }, reason_code: 'skill_needed',
  pii: { customer: 'Ann', contact_channel: 'email', because: 'no power', wants: 'a repair', please_do: 'test it', how: 'bench' } });
assert.equal((await handoffs({ to_department: 'tech', state: 'pending', overdue: false })).length, 1);
assert.equal((await handoffs({ to_department: 'elsewhere' })).length, 0);
const wrong = await client.GET('/v1/boards/handoff', { params: { query: { state: 'lost' as 'pending' } } });
assert.equal(wrong.error?.status, 400);
await send('handoff.accept', 'agent:zhao', { handoff_id: 'h1' });
await send('handoff.complete', 'agent:zhao', { handoff_id: 'h1', result: 'done' });
await send('case.resolve', 'agent:zhao', { resolution_code: 'repaired' });

const { data: one } = await client.GET('/v1/cases/{id}', { params: { path: { id }, query: { token } } });
assert.equal(one?.status, 'resolved');
const { data: history } = await client.GET('/v1/cases/{id}/history', { params: { path: { id } } });
assert.equal(history?.rows[0]?.type, 'request.registered');
const { data: lag } = await client.GET('/v1/lag');
assert.ok(lag!.partitions.length > 0);
const begun = await client.POST('/v1/rebuilds/{view}', { params: { path: { view: 'review' } }, body: {} });
assert.equal(begun.response.status, 202);
const { data: schema } = await client.GET('/v1/schemas/{name}', { params: { path: { name: 'commands/handoff.request' } } });
assert.equal(schema?.title, 'casetrail.handoff.request');
console.log(`played ${one?.seq} events of ${id}`);
