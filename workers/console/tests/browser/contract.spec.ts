// The types in src/api are written by hand: every member that the page reads is one that the OpenAPI document promises.
import { answer, expect, test } from './page';

interface Schema {
  $ref?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  allOf?: Schema[];
}

const kRead = {
  Boards: ['boards.view', 'boards.label.en', 'boards.meaning.zh', 'boards.worker'],
  Shape: ['view', 'label', 'meaning', 'headings', 'members', 'filters'],
  BoardHandoff: ['view', 'offsets', 'behind', 'next', 'totals.matching', 'metrics', 'selected.rows', 'rows.case'],
  Case: [
    'case_id',
    'seq',
    'newest_seq',
    'status',
    'last_recorded_at',
    'last_event',
    'last_line',
    'policy_version',
    'erased_at',
    'head.number',
    'head.contact',
    'head.customer_ref',
    'head.order_ref',
    'head.serial_no',
    'head.queue',
    'head.handoffs',
    'head.links.other_case_id',
    'head.service_need',
    'head.symptom',
    'state',
  ],
  Diff: [
    'from_seq',
    'to_seq',
    'changes.field',
    'changes.before',
    'changes.after',
    'changes.seq',
    'changes.type',
    'changes.actor',
    'changes.command_id',
    'changes.rule',
    'changes.policy_version',
  ],
  BoardDiff: [
    'came',
    'went',
    'changed',
    'rows.change',
    'rows.case',
    'rows.number',
    'rows.reference',
    'rows.of',
    'rows.event.seq',
    'rows.event.line',
    'rows.event.actor',
    'rows.event.command_id',
    'rows.event.rule',
    'rows.event.policy_version',
    'rows.cells.field',
    'rows.cells.before',
    'rows.cells.after',
  ],
  HeldBy: [
    'intervals.from',
    'intervals.to',
    'intervals.department',
    'intervals.agent',
    'intervals.elapsed_ms',
    'intervals.business_ms',
  ],
  HeldTotals: ['cases', 'elapsed_ms', 'business_ms', 'rows.department', 'rows.agent', 'rows.cases', 'members'],
  History: [
    'rows.seq',
    'rows.occurred_at',
    'rows.recorded_at',
    'rows.type',
    'rows.actor',
    'rows.policy_version',
    'rows.line',
    'rows.fact',
    'totals.events',
    'next',
  ],
  EventsPage: ['events', 'next', 'at_end'],
  Why: [
    'seq',
    'decision.rule.name',
    'decision.rule.label.zh',
    'decision.rule.actor',
    'decision.rule.at',
    'decision.remade',
    'decision.events.seq',
    'decision.guards.name',
    'decision.guards.bites',
    'decision.guards.value',
    'decision.guards.text.en',
    'decision.choices.value',
    'decision.due.kind',
    'decision.due.due_at',
    'decision.due.target_ms',
    'decision.due.counted_ms',
    'decision.due.left_ms',
    'decision.due.steps.day',
    'decision.due.steps.weekday',
    'decision.due.steps.kind',
    'decision.due.steps.from',
    'decision.due.steps.to',
    'decision.due.steps.counted_ms',
    'decision.candidates.agent_id',
    'decision.candidates.score',
    'decision.candidates.taken',
    'decision.candidates.because.en',
    'decision.policy.path',
    'decision.policy.first_line',
    'decision.policy.text',
    'decision.policy_version',
    'decision.refusal.code',
    'actions.type',
    'actions.allowed',
    'actions.refusal.message',
    'actions.guards.bites',
  ],
  Outcome: ['case_id', 'status', 'case_seq', 'token'],
  LagAnswer: [
    'partitions.worker',
    'partitions.copy',
    'partitions.building',
    'partitions.partition',
    'partitions.current_offset',
    'partitions.log_end_offset',
    'partitions.lag',
    'partitions.lag_seconds',
    'partitions.stopped',
    'commands.lag',
    'reasons.worker',
    'reasons.partition',
    'reasons.en',
    'reasons.zh',
    'reasons.detail',
    'node',
    'log',
  ],
  MetricsAnswer: ['metrics.name', 'metrics.help', 'metrics.samples.labels', 'metrics.samples.value'],
  Groups: ['groups.group', 'groups.members', 'groups.lag'],
  TopicRows: ['topics.topic', 'topics.exists', 'topics.partitions', 'topics.problems'],
  DeadLetters: [
    'deadletters.partition',
    'deadletters.offset',
    'deadletters.at',
    'deadletters.key',
    'deadletters.headers',
    'deadletters.value',
    'deadletters.size',
    'deadletters.sha256',
    'open',
    'oldest_open_at',
    'counts_all',
  ],
  Rebuilds: ['rebuilds.views', 'rebuilds.stage'],
  RebuildStatus: ['projection', 'run', 'views', 'stage', 'events_done', 'events_total', 'seconds_left', 'sentence'],
  PolicyVersion: ['text'],
  Policies: ['policies.version', 'policies.in_force', 'policies.readable', 'policies.tz'],
  Readiness: ['reasons.en', 'reasons.zh', 'reasons.detail'],
  Waiting: ['code', 'reasons.en', 'reasons.zh', 'reasons.detail'],
  WordLabels: ['words', 'sentences', 'departments', 'agents', 'roles'],
  Problem: ['code', 'detail', 'status'],
  Me: ['checked', 'id', 'actor', 'department_id', 'roles', 'rights'],
  BeingMade: ['code', 'records_done', 'records_total'],
};

test('the server promises every member that the page reads', async () => {
  const document = await answer('/v1/schemas/openapi');
  const parts: Record<string, Schema> = document.components.schemas;
  const resolved = (schema: Schema): Schema => {
    if (schema.$ref) return resolved(parts[schema.$ref.split('/').at(-1) as string] as Schema);
    return schema.items ? resolved(schema.items) : schema;
  };
  const missing = Object.entries(kRead).flatMap(([name, paths]) =>
    paths
      .filter((path) => {
        let at: Schema | undefined = parts[name];
        for (const key of path.split('.')) at = at && resolved(at).properties?.[key];
        return at === undefined;
      })
      .map((path) => `${name}.${path}`),
  );
  expect(missing).toEqual([]);
});
