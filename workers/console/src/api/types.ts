// What /v1 answers, as far as the page reads it. tests/browser/contract.spec.ts holds the names against the OpenAPI document.

import type { Offsets } from '../lib/offsets';

export type Lang = 'en' | 'zh';
export type Words = Record<Lang, string>;
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type Row = Record<string, Json>;

/** JSON Schema, as far as filters and commands use it. */
export interface Schema {
  $ref?: string;
  type?: string;
  title?: string;
  description?: string;
  format?: string;
  enum?: (string | null)[];
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  pattern?: string;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  definitions?: Record<string, Schema>;
  [more: `x-${string}`]: Json;
}

/** A list of codes that the company works with. */
export interface Catalogue {
  name: string;
  /** `requires`: keys of fields that have to be filled in where that code is chosen. */
  codes: { code: string; label: Words; retired?: boolean; requires?: string[] }[];
}

export type Kind =
  | 'text'
  | 'texts'
  | 'department'
  | 'departments'
  | 'agent'
  | 'agents'
  | 'roles'
  | 'word'
  | 'number'
  | 'count'
  | 'counts'
  | 'duration'
  | 'duration_at_most'
  | 'share'
  | 'shares'
  | 'points'
  | 'ratio'
  | 'moment'
  | 'flag'
  | 'object'
  | 'table'
  | 'record';

/** Without a value or a member: see lib/figures.ts. */
export interface AskedFilter {
  filter: string;
  value?: string;
  /** Of the row: its value is that of the filter. */
  member?: string;
  /** As the board's own query asks it. */
  as_asked?: boolean;
}

/** A described member of a board: a column, a total, a measure, or a table of them. */
export interface Member {
  key: string;
  kind: Kind;
  label: Words;
  meaning: string;
  nullable: boolean;
  rank?: number;
  heading?: Words;
  part?: string;
  of?: string;
  /** It is the number of the rows that these filters leave, none: of all. */
  leads_to?: AskedFilter[];
  /** It is the number of events of these types, in this time, with these fields. */
  events?: AskedFilter[];
  schema?: Schema;
  members?: Member[];
}

export interface Filter {
  key: string;
  label: Words;
  meaning: string;
  schema: Schema;
}

export interface BoardName {
  view: string;
  label: Words;
  meaning: Words;
  worker: string;
}

export interface Shape extends BoardName {
  headings: Words[];
  members: Member[];
  filters: Filter[];
}

export interface Board {
  view: string;
  version: number;
  offsets: Offsets;
  behind?: number;
  next?: string;
  totals: Row;
  metrics: Row;
  rows: Row[];
  [table: string]: unknown;
}

/** What of a page is other than in the frame before, as a `change` of its stream says it. */
export interface BoardChange {
  frame: number;
  members: Record<string, unknown>;
  without: string[];
  /** In their order: a row, or how many of the rows before, from which one on. */
  rows: (Row | [from: number, count: number])[];
}

export interface CaseAnswer {
  case_id: string;
  /** The event that it stands at, of `newest_seq`. */
  seq: number;
  newest_seq: number;
  status: string;
  last_recorded_at: string;
  last_event: string;
  last_line: string;
  /** Of the policy that decided that event. */
  policy_version: number;
  /** When the customer's texts were erased: they are gone from the moments before, too. */
  erased_at?: string;
  /** What the list of cases knows of it; absent where there is no such list. */
  head?: { [key: string]: Json } | null;
  state: { [key: string]: Json };
}

/** A field that differs between two moments of a case, and the event that did it. */
export interface Change {
  field: string;
  /** Absent: not known, or not so. */
  before?: string;
  after?: string;
  /** What the policy of that moment calls it; absent: as it is. */
  before_label?: Words;
  after_label?: Words;
  seq: number;
  recorded_at: string;
  type: string;
  actor: string;
  command_id?: string;
  /** Absent: a clock, or a command that is not kept any more. */
  command_type?: string;
  /** The section of the policy whose clock ran out. */
  rule?: string;
  policy_version: number;
  line: string;
}

export interface Diff {
  from_seq: number;
  to_seq: number;
  changes: Change[];
}

export type ChangeEvent = Omit<Change, 'field' | 'before' | 'after' | 'before_label' | 'after_label'>;

/** A row of a board that came, went or changed between two moments. */
export interface ChangedRow {
  change: 'came' | 'went' | 'changed';
  case: string;
  number?: string;
  reference?: string;
  of?: string;
  /** The last one in between that changed the row. */
  event?: ChangeEvent;
  /** Each with the last one that changed it; absent: time alone. */
  cells: (Pick<Change, 'field' | 'before' | 'after' | 'before_label' | 'after_label'> & { event?: ChangeEvent })[];
}

export interface BoardDiff {
  came: number;
  went: number;
  changed: number;
  rows: ChangedRow[];
}

/** Who had a case, from one moment to another; absent: nobody, or until now. */
export interface HeldInterval {
  from: string;
  to?: string;
  department?: string;
  agent?: string;
  status: string;
  elapsed_ms: number;
  business_ms: number | null;
}

/** How long people or departments had cases, over all of them; what is not known of a row is absent. */
export interface HeldTotals {
  cases: number;
  elapsed_ms: number;
  business_ms: number;
  rows: Row[];
  members: Member[];
}

/** The person of a case, whole. */
export interface Contact {
  name: string;
  contacts: string[];
  address?: string;
  shown_until: string;
}

export interface HistoryRow {
  seq: number;
  occurred_at: string;
  recorded_at: string;
  type: string;
  actor: string;
  command_id: string | null;
  policy_version: number;
  line: string;
  fact: { [key: string]: Json };
}

export interface History {
  rows: HistoryRow[];
  totals: { events: number };
  next?: string;
}

/** An event of the log, as far as the page reads its attributes. */
export interface LoggedEvent {
  id: string;
  type: string;
  subject: string;
  time: string;
  actor: string;
  data: { [key: string]: Json };
}

export interface EventsAnswer {
  events: LoggedEvent[];
  /** Where the page behind this one begins. */
  next: string;
  at_end: boolean;
}

export interface ProblemBody {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  token?: string;
  /** Of what is being made: it is there by itself. */
  records_done?: number;
  records_total?: number;
  reasons?: Reason[];
}

export interface PartitionLag {
  worker: string;
  group: string;
  copy: number;
  building: boolean;
  partition: number;
  /** What is not known is absent. */
  current_offset?: number;
  log_end_offset?: number;
  lag?: number;
  lag_seconds?: number;
  end_age_seconds?: number;
  stopped: string;
}

/** Of the counters and gauges that the engine keeps. */
export interface Metric {
  name: string;
  help: string;
  samples: { labels: Record<string, string>; value: number }[];
}

/** Why a part of the engine does not do its work; each language has its sentence. */
export interface Reason {
  code: string;
  worker: string;
  partition?: number;
  /** What was met, in English; empty: the sentence says it all. */
  detail: string;
  en: string;
  zh: string;
}

export interface LagAnswer {
  partitions: PartitionLag[];
  commands: PartitionLag[];
  reasons: Reason[];
  node: string;
  log: string;
}

export interface RebuildStatus {
  run: number;
  projection: string;
  views: string[];
  stage: string;
  events_done: number;
  events_total: number;
  events_per_second: number;
  seconds_left?: number;
  sentence: string;
}

export interface DeadLetter {
  partition: number;
  offset: number;
  at: string;
  key?: string;
  headers: Record<string, string>;
  value?: string;
  size: number;
  sha256: string;
}

export interface DeadLetters {
  deadletters: DeadLetter[];
  open: number;
  oldest_open_at?: string;
  /** False: there are older ones beside those that `open` counts. */
  counts_all: boolean;
}
