// The lag of workers, from that of their partitions, and how it went. Pure.
import type { LagAnswer, PartitionLag } from '../api/types';

export interface WorkerLag {
  worker: string;
  /** Of the partitions whose lag is known, together. */
  records: number;
  /** Of the partition that is furthest behind; null: not known of any. */
  seconds: number | null;
  unknown: number;
  stopped: PartitionLag[];
  partitions: PartitionLag[];
}

export function workersOf(answer: LagAnswer): WorkerLag[] {
  const all = new Map<string, PartitionLag[]>();
  for (const one of [...answer.commands, ...answer.partitions]) {
    const name = one.building ? `${one.worker} (copy ${one.copy})` : one.worker;
    all.set(name, [...(all.get(name) ?? []), one]);
  }
  return [...all.entries()].map(([worker, partitions]) => {
    const known = partitions.filter((one) => one.lag !== undefined);
    const seconds = partitions.map((one) => one.lag_seconds).filter((one) => one !== undefined);
    return {
      worker,
      records: known.reduce((sum, one) => sum + (one.lag ?? 0), 0),
      seconds: seconds.length > 0 ? Math.max(...seconds) : null,
      unknown: partitions.length - known.length,
      stopped: partitions.filter((one) => one.stopped !== ''),
      partitions,
    };
  });
}

/** The lag of each worker in seconds at one moment. */
export interface LagSample {
  at: number;
  seconds: Record<string, number | null>;
}

export const kKeptSamples = 450;

export function withSample(samples: LagSample[], workers: WorkerLag[], at: number): LagSample[] {
  const sample = { at, seconds: Object.fromEntries(workers.map((one) => [one.worker, one.seconds])) };
  return [...samples, sample].slice(-kKeptSamples);
}

/** What a chart draws: moments in seconds, and a line for each worker; what was not known is a gap. */
export function linesOf(samples: LagSample[], workers: string[]): [number[], ...(number | null)[][]] {
  return [
    samples.map((sample) => sample.at / 1000),
    ...workers.map((worker) => samples.map((sample) => sample.seconds[worker] ?? null)),
  ];
}
