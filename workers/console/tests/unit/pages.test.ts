import { expect, test } from 'vitest';
import { withoutRepeats } from '../../src/lib/pages';

test('a row that is on an earlier page already is left out, and another part of its case is not', () => {
  const first = [
    { case: 'a', handoff: 'h1' },
    { case: 'b', handoff: 'h1' },
  ];
  const behind = [
    { case: 'a', handoff: 'h2' },
    { case: 'b', handoff: 'h1' },
    { case: 'c', handoff: 'h1' },
  ];
  expect(withoutRepeats(behind, first)).toEqual([behind[0], behind[2]]);
  expect(withoutRepeats([{ case: 'a', no: 's2' }], [{ case: 'a', no: 's1' }])).toHaveLength(1);
  expect(withoutRepeats([{ case: 'a' }], [{ case: 'a' }])).toEqual([]);
});
