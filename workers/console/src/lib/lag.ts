// The lag of workers, from that of their partitions. Pure.
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

/** In seconds, of each worker. */
export const secondsOf = (workers: WorkerLag[]): Record<string, number | null> =>
  Object.fromEntries(workers.map((one) => [one.worker, one.seconds]));
