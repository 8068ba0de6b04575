// What a case allows now, to the person who says who they are.
import type { Values } from '../lib/schema';
import type { Identity } from '../state/settings';
import { ask, queryOf } from './client';
import type { Words } from './types';

export interface Action {
  type: string;
  /** What the command asks for, as a sentence. */
  label: Words;
  allowed: boolean;
  code?: string | null;
  message?: string | null;
  /** Paths of fields that the case asks for, and the choices (`mode=question`) with which each may be left out. */
  required: { field: string; unless: string[] }[];
  /** What the case says of the command's data, for each thing of the case that it may be meant for. */
  begins: Values[];
}

export interface Actions {
  seq: number;
  actions: Action[];
}

export function getActions(id: string, who: Identity | null): Promise<Actions> {
  const query = queryOf({
    agent: who?.agent || undefined,
    department: (who?.agent && who.department) || undefined,
    role: (who?.agent && who.role) || undefined,
  });
  return ask<Actions>(`/v1/cases/${encodeURIComponent(id)}/actions${query}`);
}
