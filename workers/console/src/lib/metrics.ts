// What the engine has counted, from the answer of /v1/metrics. Pure.
import type { Metric } from '../api/types';

const samplesOf = (metrics: Metric[], name: string) => metrics.find((metric) => metric.name === name)?.samples ?? [];

/** Null: there is no sample of it. */
export function sumOf(metrics: Metric[], name: string): number | null {
  const samples = samplesOf(metrics, name);
  return samples.length > 0 ? samples.reduce((sum, sample) => sum + sample.value, 0) : null;
}

/** By one of its labels, the greatest value first. */
export const byLabel = (metrics: Metric[], name: string, label: string): [string, number][] =>
  samplesOf(metrics, name)
    .map((sample): [string, number] => [sample.labels[label] ?? '', sample.value])
    .sort((a, b) => b[1] - a[1]);

export interface Reading {
  /** In milliseconds. */
  at: number;
  metrics: Metric[];
}

/** A second, between two readings; null when that is not known: a counter that went back began anew. */
export function rateOf(name: string, before: Reading | null, now: Reading): number | null {
  const first = before && sumOf(before.metrics, name);
  const last = sumOf(now.metrics, name);
  if (!before || first === null || last === null || last < first || now.at <= before.at) return null;
  return ((last - first) * 1000) / (now.at - before.at);
}
