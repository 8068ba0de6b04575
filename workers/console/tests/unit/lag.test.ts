import { expect, test } from 'vitest';
import type { PartitionLag } from '../../src/api/types';
import { secondsOf, workersOf } from '../../src/lib/lag';

const part = (worker: string, partition: number, more: Partial<PartitionLag> = {}): PartitionLag => ({
  worker,
  group: worker,
  copy: 1,
  building: false,
  partition,
  stopped: '',
  ...more,
});

test('a worker is as far behind as its slowest partition, and what is not known is not 0', () => {
  const [boards] = workersOf({
    commands: [],
    reasons: [],
    node: 'n1',
    log: 'l1',
    partitions: [
      part('boards', 0, { lag: 3, lag_seconds: 1.5 }),
      part('boards', 1, { lag: 2, lag_seconds: 9 }),
      part('boards', 2),
    ],
  });
  expect(boards).toMatchObject({ records: 5, seconds: 9, unknown: 1 });
  expect(boards && secondsOf([boards])).toEqual({ boards: 9 });
  expect(
    workersOf({ commands: [part('commands', 0)], reasons: [], node: 'n1', log: 'l1', partitions: [] })[0]?.seconds,
  ).toBeNull();
});
