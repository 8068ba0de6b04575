import { describe, expect, test } from 'vitest';
import type { Member } from '../../src/api/types';
import { type Context, duration, exact, exactMoment, relativeMoment, shortMoment, shown } from '../../src/lib/format';

const kMinute = 60_000;
const kHour = 60 * kMinute;
const kDay = 24 * kHour;

const member = (kind: Member['kind'], more: Partial<Member> = {}): Member => ({
  key: 'key',
  kind,
  label: { en: 'label', zh: '标签' },
  meaning: '',
  nullable: true,
  ...more,
});
const context = (lang: 'en' | 'zh', totals = {}): Context => ({
  lang,
  now: 0,
  word: (word) => word,
  department: (id) => `${id} by name`,
  agent: (id) => `${id} in person`,
  role: (id) => `${id} by role`,
  totals,
});

describe('duration', () => {
  test.each([
    [0, '0s', '0秒'],
    [999, '0s', '0秒'],
    [59_000, '59s', '59秒'],
    [2 * kHour + 19 * kMinute + 5000, '2h 19m', '2小时19分'],
    [3 * kDay + 5 * kMinute, '3d', '3天'],
    [kDay + 4 * kHour + 59 * kMinute, '1d 4h', '1天4小时'],
    [-(3 * kHour + 50 * kMinute), '−3h 50m', '−3小时50分'],
  ])('%d ms is %s', (ms, en, zh) => {
    expect(duration(ms, 'en')).toBe(en);
    expect(duration(ms, 'zh')).toBe(zh);
  });
});

test('a moment is exact in the zone of the person, which it names', () => {
  const iso = '2026-11-23T08:05:09.120Z';
  expect(exactMoment(iso, 'en', { timeZone: 'Asia/Shanghai' })).toMatch(/23\/11\/2026, 16:05:09 (GMT\+8|CST)/);
  expect(exactMoment(iso, 'zh', { timeZone: 'America/New_York' })).toMatch(/^2026\/11\/23 03:05:09 GMT-5$/);
  expect(shortMoment(iso, 'zh', { timeZone: 'Asia/Shanghai' })).toBe('11月23日 16:05');
});

test('a relative moment says on which side of now it lies', () => {
  const now = Date.parse('2026-11-23T08:00:00Z');
  expect(relativeMoment('2026-11-23T05:00:00Z', now, 'en')).toBe('3h ago');
  expect(relativeMoment('2026-11-25T09:00:00Z', now, 'en')).toBe('in 2d');
  expect(relativeMoment('2026-11-23T05:00:00Z', now, 'zh')).toBe('3小时前');
});

describe('shown', () => {
  test('a share shows its n where the description names it', () => {
    const share = member('share', { part: 'returned', of: 'requested' });
    expect(shown(share, 272, context('en', { returned: 64, requested: 235 }))).toBe('64/235 (27.2 %)');
    expect(shown(member('share', { of: 'handoffs' }), 453, context('en', { handoffs: 150 }))).toBe('45.3 % of 150');
    expect(shown(member('share'), 1000, context('zh'))).toBe('100.0 %');
  });
  test('what is not known is shown as nothing, and never as 0', () => {
    expect(shown(member('duration'), null, context('en'))).toBe('');
    expect(shown(member('count'), undefined, context('en'))).toBe('');
    expect(shown(member('count'), 0, context('en'))).toBe('0');
  });
  test('percentiles of histograms say that they are an upper end', () => {
    expect(shown(member('duration_at_most'), kHour, context('en'))).toBe('≤ 1h');
  });
  test('departments go by their names, and their ids are behind them', () => {
    expect(shown(member('department'), 'tech', context('en'))).toBe('tech by name');
    expect(exact(member('department'), 'tech', context('en'))).toBe('tech');
    expect(shown(member('departments'), ['cs', 'tech'], context('en'))).toBe('cs by name, tech by name');
    expect(exact(member('departments'), ['cs', 'tech'], context('en'))).toBe('cs, tech');
  });
  test('agents and roles likewise', () => {
    expect(shown(member('agent'), 'li', context('en'))).toBe('li in person');
    expect(shown(member('agents'), ['li', 'wu'], context('zh'))).toBe('li in person，wu in person');
    expect(shown(member('roles'), ['lead'], context('en'))).toBe('lead by role');
    expect(exact(member('agent'), 'li', context('en'))).toBe('li');
  });
  test('counts leave out what did not happen', () => {
    expect(shown(member('counts'), { a: 3, b: 0, c: 1 }, context('en'))).toBe('a 3, c 1');
  });
});
