import { expect, test } from 'vitest';
import type { PartitionLag } from '../../src/api/types';
import { kKeptSamples, type LagSample, linesOf, withSample, workersOf } from '../../src/lib/lag';

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
    problems: [],
    partitions: [
      part('boards', 0, { lag: 3, lag_seconds: 1.5 }),
      part('boards', 1, { lag: 2, lag_seconds: 9 }),
      part('boards', 2),
    ],
  });
  expect(boards).toMatchObject({ records: 5, seconds: 9, unknown: 1 });
  expect(workersOf({ commands: [part('commands', 0)], problems: [], partitions: [] })[0]?.seconds).toBeNull();
});

test('samples are kept within bounds, and a gap stays a gap', () => {
  let samples: LagSample[] = [];
  for (let at = 0; at < kKeptSamples + 5; ++at)
    samples = withSample(
      samples,
      workersOf({
        commands: [],
        problems: [],
        partitions: [part('boards', 0, at % 2 ? { lag: 1, lag_seconds: 1 } : {})],
      }),
      at * 1000,
    );
  expect(samples).toHaveLength(kKeptSamples);
  const [moments, line] = linesOf(samples.slice(0, 2), ['boards']);
  expect(moments).toEqual([5, 6]);
  expect(line).toEqual([1, null]);
});
