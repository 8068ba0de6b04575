import { expect, test } from 'vitest';
import { lineDiff } from '../../src/lib/lineDiff';

const told = (before: string, after: string) => lineDiff(before, after).map(({ sign, text }) => sign + text);

test('lines that went and came are told with two lines around them', () => {
  const before = 'a\nb\nc\nd\ne\nf\ng\nh\n';
  expect(told(before, 'a\nb\nc\nd\nE\nf\ng\nh\n')).toEqual(['…', ' c', ' d', '-e', '+E', ' f', ' g', '…']);
  expect(told(before, `${before}i\n`)).toEqual(['…', ' g', ' h', '+i']);
  expect(told(before, 'b\nc\nd\ne\nf\ng\nh\n')).toEqual(['-a', ' b', ' c', '…']);
});

test('of equal texts nothing is told', () => {
  expect(told('a\nb', 'a\nb\n')).toEqual([]);
});
