// Every figure that is a link leads to as many rows, or events, as it says; and one is followed by hand.
import type { Locator } from '@playwright/test';
import { answer, expect, test } from './page';

/** Of the rows that an address shows, or of the events. */
async function countBehind(href: string): Promise<number> {
  const { pathname, searchParams } = new URL(href, process.env.CASETRAIL_URL);
  for (const key of [...searchParams.keys()]) if (key.startsWith('_')) searchParams.delete(key);
  if (pathname !== '/events') return (await answer(`/v1${pathname}?${searchParams}&limit=0`)).totals.matching;
  let count = 0;
  for (let next: string | undefined; ; ) {
    const page = await answer(`/v1/events?${searchParams}&limit=1000${next ? `&from=${next}` : ''}`);
    count += page.events.length;
    if (page.at_end) return count;
    next = page.next;
  }
}

/** Of `7`, `1,024`, and the part of `3/11 (27.3 %)`. */
const countOf = (text: string) => Number(text.replaceAll(',', '').split('/')[0]);

async function expectCounted(links: Locator) {
  const all = await links.evaluateAll((found) =>
    found.map((link) => [
      link.getAttribute('href') ?? '',
      link.getAttribute('aria-label') ?? '',
      link.textContent ?? '',
    ]),
  );
  for (const [href, name, text] of all as [string, string, string][])
    expect(await countBehind(href), `${name} ${href}`).toBe(countOf(text));
  return all.length;
}

for (const [view, tables] of Object.entries({
  cases: ['departments', 'sla'],
  handoff: ['matrix', 'duties', 'periods'],
  follow_up: ['periods'],
  review: ['agents', 'departments', 'kinds', 'samples', 'periods'],
  sla: ['targets', 'departments', 'priorities', 'periods'],
}))
  test(`each linked figure of ${view} is the number of what its link shows`, async ({ page }) => {
    await page.goto(`/boards/${view}`);
    const figures = page.getByRole('region', { name: 'Figures' });
    await expect(figures.getByRole('link').first()).toBeVisible();
    expect(await expectCounted(figures.getByRole('link'))).toBeGreaterThan(2);
    for (const table of tables) {
      const counted = table === 'periods' ? (view === 'review' ? '&count_by=day' : '&period=day') : '';
      await page.goto(`/boards/${view}?_table=${table}${counted}`);
      const cells = page.getByRole('cell').getByRole('link');
      await expect(cells.first(), table).toBeVisible();
      await expectCounted(cells);
    }
  });

test('a figure is followed by keys to its rows, which are summed up beside the whole', async ({ page }) => {
  await page.goto('/boards/handoff');
  const figures = page.getByRole('region', { name: 'Figures' });
  const pending = figures.getByRole('link', { name: 'pending' }).first();
  const shown = String(await pending.textContent());
  await pending.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('table')).toHaveAttribute('aria-rowcount', String(countOf(shown) + 1));
  await expect(figures.locator('.lines > div').last()).toContainText(`rows ${shown}`);
});

test('what happened so far leads to its events, each with its case, in the words of the page', async ({ page }) => {
  const { totals } = await answer('/v1/boards/handoff?limit=0');
  await page.goto('/boards/handoff');
  await page
    .getByRole('region', { name: 'Figures' })
    .getByRole('link', { name: `requested ${totals.requested}`, exact: true })
    .click();
  await expect(page).toHaveURL(/\/events\?type=handoff\.requested$/);
  await expect(page.getByText(`${totals.requested} events`)).toBeVisible();
  await expect(page.getByRole('row').nth(1)).toContainText(/CT-\d{4}-\d{6}/);
  await page.getByRole('row').nth(1).getByRole('link').click();
  await expect(page).toHaveURL(/\/cases\//);
  await page.goBack();
  await page.getByLabel('Language').selectOption('zh');
  await expect(page.getByRole('columnheader', { name: '发生时间' })).toBeVisible();
  await expect(page.getByText(`${totals.requested} 条事件`)).toBeVisible();
  await expect(page.getByRole('row').nth(1)).toContainText('：');
});

test('a figure of a past board leads to no events, for the log goes on', async ({ page }) => {
  const { rows } = await answer('/v1/boards/handoff?limit=1');
  await page.goto(`/boards/handoff?_as_of=${rows[0].waiting_since}`);
  const figures = page.getByRole('region', { name: 'Figures' });
  await expect(figures.getByRole('link').first()).toBeVisible();
  await expect(figures.locator('a[href^="/events"]')).toHaveCount(0);
});
