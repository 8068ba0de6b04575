// Why a case is as it is: the decision behind an event, or what stands in the way of an action.
import type { Identity } from '../state/settings';
import { ask, queryOf } from './client';
import type { Words } from './types';

export interface Guard {
  name: string;
  bites: boolean;
  value: string;
  text: Words;
}

export interface Choice {
  name: string;
  value: string;
  text: Words;
}

export interface Step {
  day: string;
  weekday: string;
  kind: string;
  /** On the clocks of the calendar; empty on a day without hours. */
  from: string;
  to: string;
  counted_ms: number;
}

export interface DueTime {
  timer: string;
  kind: string;
  from: string;
  due_at: string;
  calendar?: string;
  tz?: string;
  target_ms?: number;
  counted_ms: number;
  left_ms: number;
  steps: Step[];
}

export interface Candidate {
  agent_id: string;
  score: number;
  taken: boolean;
  because: Words;
}

export interface PolicyWords {
  path: string;
  first_line: number;
  text: string;
}

/** What both a decision that was made and an action that could be tell. */
export interface Explained {
  refusal?: { code: string; message: string };
  guards: Guard[];
  policy: PolicyWords[];
}

export interface Decision extends Explained {
  rule: { name: string; label: Words; actor: string; at: string; command_id?: string };
  remade: 'same' | 'differs' | 'not_kept' | 'imported';
  events: { seq: number; type: string; line: string }[];
  choices: Choice[];
  due: DueTime[];
  candidates: Candidate[];
  policy_version: number;
}

export interface Why {
  seq?: number;
  decision?: Decision;
  actions: (Explained & { type: string; label: Words; allowed: boolean })[];
}

/** What is to be explained: an event by its number, or an action now. */
export type Question = { seq: number } | { action: string };

export function getWhy(id: string, question: Question, who: Identity | null): Promise<Why> {
  const asks =
    'seq' in question
      ? { seq: question.seq }
      : {
          action: question.action,
          agent: who?.agent || undefined,
          department: (who?.agent && who.department) || undefined,
          role: (who?.agent && who.role) || undefined,
        };
  return ask<Why>(`/v1/cases/${encodeURIComponent(id)}/why${queryOf(asks)}`);
}
