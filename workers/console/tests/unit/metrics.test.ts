import { expect, test } from 'vitest';
import type { Metric } from '../../src/api/types';
import { bytes } from '../../src/lib/format';
import { byLabel, rateOf, sumOf } from '../../src/lib/metrics';
import { kKeptSamples, linesOf, type TrendSample, withSample } from '../../src/lib/trend';

const kName = 'casetrail_commands_total';
const counted = (accepted: number, rejected: number): Metric[] => [
  {
    name: kName,
    help: '',
    samples: [
      { labels: { status: 'accepted' }, value: accepted },
      { labels: { status: 'rejected' }, value: rejected },
    ],
  },
];

test('a rate is what came between two readings, and not known when the counter began anew', () => {
  const first = { at: 1000, metrics: counted(10, 2) };
  const second = { at: 3000, metrics: counted(30, 4) };
  expect(rateOf(kName, first, second)).toBe(11);
  expect(rateOf(kName, null, second)).toBeNull();
  expect(rateOf(kName, second, { at: 5000, metrics: counted(0, 1) })).toBeNull();
  expect(rateOf('none', first, second)).toBeNull();
});

test('samples are summed up, and stand by a label with the greatest first', () => {
  expect(sumOf(counted(1, 2), kName)).toBe(3);
  expect(sumOf([], kName)).toBeNull();
  expect(byLabel(counted(1, 2), kName, 'status')).toEqual([
    ['rejected', 2],
    ['accepted', 1],
  ]);
});

test('samples over time are kept within bounds, and a gap stays a gap', () => {
  let samples: TrendSample[] = [];
  for (let at = 0; at < kKeptSamples + 5; ++at) samples = withSample(samples, { boards: at % 2 ? 1 : null }, at * 1000);
  expect(samples).toHaveLength(kKeptSamples);
  const [moments, line] = linesOf(samples.slice(0, 2), ['boards']);
  expect(moments).toEqual([5, 6]);
  expect(line).toEqual([1, null]);
});

test('bytes are in the largest unit of which there is one', () => {
  expect([0, 900, 1536, 5 * 1024 ** 3].map((value) => bytes(value, 'en'))).toEqual([
    '0 B',
    '900 B',
    '1.5 KiB',
    '5 GiB',
  ]);
});
