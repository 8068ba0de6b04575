import { expect, test } from 'vitest';
import type { Member } from '../../src/api/types';
import { kTight, suggested, widthOf } from '../../src/lib/columns';

const member = (key: string, rank?: number): Member => ({
  key,
  kind: 'text',
  label: { en: key, zh: key },
  meaning: '',
  nullable: true,
  ...(rank === undefined ? {} : { rank }),
});

test('columns stand in the order of the view, and by their rank where there is room for few', () => {
  const members = [
    member('number', 1),
    member('reference', 20),
    member('case'),
    member('left', 3),
    member('status', 2),
  ];
  const keys = (isNarrow: boolean) => suggested(members, isNarrow).map((each) => each.key);
  expect(keys(false)).toEqual(['number', 'reference', 'left', 'status']);
  expect(keys(true)).toEqual(['number', 'status', 'left', 'reference']);
});

test('on a narrow screen the number of a case is whole, and what stands beside it is cut', () => {
  expect(widthOf('case', ['CT-2611-000123'], kTight, true)).toBeGreaterThan(14 * kTight.boldCharacter);
  expect(widthOf('assignee', ['迈尔·蕾 Lei Meyer'], kTight, false)).toBe(kTight.widest);
});
