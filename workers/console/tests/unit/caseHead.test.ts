import { expect, test } from 'vitest';
import { attentionIn, marksIn } from '../../src/lib/caseHead';

test('a customer who waits for an answer is told with since when', () => {
  expect(attentionIn({ unanswered_since: '2026-11-29T12:00:00.000Z' }).unansweredSince).toBe(
    '2026-11-29T12:00:00.000Z',
  );
  expect(attentionIn({ unanswered_since: null }).unansweredSince).toBe('');
  expect(attentionIn(undefined).unansweredSince).toBe('');
});

test('what people noted on a case is its tags, its links and how often it was urged', () => {
  const head = { tags: ['vip'], links: [{ other_case_id: 'c-2', relation: 'duplicate' }], chases: 2 };
  expect(marksIn(head)).toEqual({ tags: ['vip'], links: [{ id: 'c-2', relation: 'duplicate' }], chases: 2 });
  expect(marksIn(undefined)).toEqual({ tags: [], links: [], chases: 0 });
});
