// What operators ask of /v1.
import { ask, Refusal } from './client';
import type { DeadLetter, DeadLetters, LagAnswer, Metric, Reason, RebuildStatus } from './types';

export const getLag = () => ask<LagAnswer>('/v1/lag');
export const getMetrics = () => ask<{ metrics: Metric[] }>('/v1/metrics').then((answer) => answer.metrics);
export const getGroups = () => ask<{ groups: { group: string; members: number; lag?: number }[] }>('/v1/groups');
export const getTopics = () =>
  ask<{ topics: { topic: string; exists: boolean; partitions: number; problems: string[] }[] }>('/v1/topics');
/** Those that are open. */
export const getDeadLetters = () => ask<DeadLetters>('/v1/deadletters?limit=100');
export const placeOf = (letter: DeadLetter) => `${letter.partition}:${letter.offset}`;
export const retryDeadLetter = (letter: DeadLetter) =>
  ask<DeadLetter>(`/v1/deadletters/${placeOf(letter)}/retry`, { method: 'POST' });
export const dropDeadLetter = (letter: DeadLetter, reason: string) =>
  ask<DeadLetter>(`/v1/deadletters/${placeOf(letter)}/drop`, { method: 'POST', body: { reason } });
export const getPolicies = () =>
  ask<{ policies: { version: number; in_force: boolean; readable: boolean; tz?: string | null }[] }>('/v1/policies');
export const getPolicy = (version: number) => ask<{ text: string }>(`/v1/policies/${version}`);
export const startRebuild = (view: string) => ask<RebuildStatus>(`/v1/rebuilds/${view}`, { method: 'POST' });
/** The last one of each worker, whoever began it. */
export const getRebuilds = () => ask<{ rebuilds: RebuildStatus[] }>('/v1/rebuilds').then((answer) => answer.rebuilds);

export interface Readiness {
  ready: boolean;
  /** What is not as it should be, or has to be looked at. */
  reasons: Reason[];
}

export async function getReadiness(): Promise<Readiness> {
  try {
    const { reasons } = await ask<{ reasons?: Reason[] }>('/readyz');
    return { ready: true, reasons: reasons ?? [] };
  } catch (failure) {
    if (failure instanceof Refusal && failure.status === 503) return { ready: false, reasons: failure.reasons };
    throw failure;
  }
}
