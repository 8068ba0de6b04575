// Sends a command as the person who works here.
import type { Identity } from '../state/settings';
import { ask } from './client';
import type { Json } from './types';

export interface Outcome {
  case_id: string;
  status: string;
  case_seq: number;
  last_seq: number;
  token: string;
}

export interface Command {
  /** The same id again is the same command: kept over attempts, so that none is carried out twice. */
  id: string;
  type: string;
  case_id?: string;
  expected_seq?: number;
  data: Json;
}

/** `crypto.randomUUID` is there over HTTPS alone. */
export function newCommandId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `console-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** Of another system's token there is no agent: the server knows who it is. */
export function sendCommand(command: Command, who: Identity | null): Promise<Outcome> {
  const body = {
    ...command,
    ...(who ? { actor: `agent:${who.agent}` } : {}),
    ...(who?.department ? { department_id: who.department } : {}),
    ...(who?.role ? { role: who.role } : {}),
  };
  return ask<Outcome>('/v1/commands', { method: 'POST', body });
}
