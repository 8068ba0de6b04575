import { expect, it } from 'vitest';
import { oneAtATime } from '../../src/lib/oneAtATime';

it('what is asked for while it runs is done once more, and never twice at once', async () => {
  const ends: (() => void)[] = [];
  let running = 0;
  let most = 0;
  const ask = oneAtATime(async () => {
    running += 1;
    most = Math.max(most, running);
    await new Promise<void>((resolve) => ends.push(resolve));
    running -= 1;
  });
  const first = ask();
  const second = ask();
  void ask();
  ends[0]?.();
  await expect.poll(() => ends.length).toBe(2);
  ends[1]?.();
  await Promise.all([first, second]);
  expect([ends.length, most]).toEqual([2, 1]);
  const later = ask();
  ends[2]?.();
  await later;
  expect(ends.length).toBe(3);
});
