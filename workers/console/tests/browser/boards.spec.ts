import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { answer, expect, test } from './page';

// A board of the past may have to be made first: it is asked for again.
test.use({ tolerated: /status of (409|503)/ });

const kPending = '/v1/boards/handoff?state=pending&limit=1000';

test('every board of the server is in the list, and a board shows the columns, totals and rows of its shape', {
  tag: '@logs',
}, async ({ page }) => {
  await page.goto('/');
  const { boards } = await answer('/v1/boards');
  const listed = boards.filter((board: { view: string }) => board.view !== 'history');
  await expect(page.getByRole('navigation', { name: 'Menu' }).locator('li a')).toContainText(
    listed.map((board: { label: { en: string } }) => board.label.en),
  );
  await page.goto('/boards/handoff');
  const shape = await answer('/v1/boards/handoff/shape');
  const board = await answer('/v1/boards/handoff?limit=1');
  const ranked = shape.members
    .find((member: { key: string }) => member.key === 'rows')
    .members.filter((member: { rank?: number }) => member.rank)
    .map((member: { label: { en: string } }) => member.label.en);
  await expect(page.getByRole('columnheader')).toHaveText(ranked);
  await expect(page.getByRole('table')).toHaveAttribute('aria-rowcount', String(board.totals.matching + 1));
  await expect(page.getByRole('row').nth(1)).toContainText(board.rows[0].reference);
  await expect(page.getByText(shape.headings[1].en)).toBeVisible();
  await expect(page.getByRole('region', { name: 'Figures' })).toContainText(
    `${board.totals.returned}/${board.totals.requested}`,
  );
});

test('filters and order are in the address: back, forward and reload keep them, and the count agrees with the rows', async ({
  page,
}) => {
  await page.goto('/boards/handoff');
  await page.getByRole('button', { name: 'Filter' }).click();
  await page.getByRole('menuitem', { name: 'state' }).click();
  await page.getByRole('button', { name: 'state: –' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'pending' }).click();
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/state=pending/);
  const { totals } = await answer(kPending);
  await expect(page.getByText(`${totals.matching} of ${totals.matching} rows`)).toBeVisible();
  await page.getByRole('button', { name: 'prio' }).click();
  await expect(page).toHaveURL(/_sort=priority/);
  await page.goBack();
  await expect(page.getByRole('columnheader', { name: 'prio' })).toHaveAttribute('aria-sort', 'none');
  await page.goForward();
  await page.reload();
  await expect(page.getByRole('columnheader', { name: 'prio' })).toHaveAttribute('aria-sort', 'ascending');
  await expect(page.getByRole('button', { name: 'state: pending' })).toBeVisible();
  await page.getByRole('button', { name: 'Remove filter state' }).click();
  await expect(page).not.toHaveURL(/state=/);
});

test('a board is counted by days in a tab that asks for them, and a share is one of its own row', async ({ page }) => {
  await page.goto('/boards/handoff');
  await page.getByRole('navigation', { name: 'Tables of this board' }).getByRole('link', { name: 'periods' }).click();
  await expect(page).toHaveURL(/period=day/);
  const { periods } = await answer('/v1/boards/handoff?period=day&limit=0');
  const busy = periods.find((day: { requested: number }) => day.requested > 0);
  const row = page.getByRole('row', { name: new RegExp(`^${busy.begins} `) });
  await expect(row).toContainText(`${busy.returned}/${busy.requested}`);
  await expect(page.getByRole('table')).toHaveAttribute('aria-rowcount', String(periods.length + 1));
});

test('figures and tables beside the rows say which filters do not narrow them', async ({ page, complaints }) => {
  const figures = page.getByText('The figures count everything: not narrowed by');
  const ofTable = page.getByText('This table is not narrowed by');
  await page.goto('/boards/cases?_table=periods&period=week&department=cs');
  await expect(figures).toContainText('by department.');
  await expect(ofTable).toHaveCount(0);
  await page.goto('/boards/cases?_table=periods&period=week&department=cs&priority=P1');
  await expect(ofTable).toContainText('by priority.');
  await expect(figures).toContainText('by department, priority.');
  await page.goto('/boards/cases?_table=periods&period=week');
  await expect(page.getByRole('table')).toBeVisible();
  await expect(figures.or(ofTable)).toHaveCount(0);
  await page.goto('/boards/cases?priority=P1');
  await expect(figures).toBeVisible();
  await expect(page.getByText('is not summed')).toHaveCount(0);
  await page.route(/\/v1\/boards\/cases(\/stream)?\?.*priority=P1/, async (route) => {
    if (route.request().url().includes('/stream')) return route.abort();
    return route.fulfill({ json: { ...(await (await route.fetch()).json()), selected: null } });
  });
  await page.reload();
  await expect(page.getByText('is not summed: more than 5,000 rows')).toBeVisible();
  complaints.splice(0);
});

test('a file that cannot be made says why', async ({ page, context, complaints }) => {
  await page.goto('/boards/handoff');
  await expect(page.getByRole('table')).toBeVisible();
  await context.setOffline(true);
  await page.getByRole('button', { name: 'CSV' }).click();
  await expect(page.getByRole('alert').first()).toBeVisible();
  await context.setOffline(false);
  expect(complaints.splice(0)).not.toEqual([]);
});

test('each page behind the first is asked for once as a person scrolls to it', async ({ page }) => {
  const { totals } = await answer('/v1/boards/sla?limit=0');
  // Pages of a size of which there are three.
  const size = Math.ceil((totals.matching - 200) / 3);
  expect(size).toBeGreaterThan(200);
  const asked: string[] = [];
  await page.route(/\/v1\/boards\/sla\?.*after=/, (route) => {
    const url = new URL(route.request().url());
    asked.push(url.searchParams.get('after') as string);
    url.searchParams.set('limit', String(size));
    return route.continue({ url: url.href });
  });
  await page.goto('/boards/sla');
  const shown = page.getByText(`${totals.matching.toLocaleString('en-GB')} of`);
  await expect(async () => {
    await page.locator('[data-rows]').evaluate((box) => box.scrollTo(0, box.scrollHeight));
    await expect(shown).toBeVisible({ timeout: 500 });
  }).toPass();
  expect(new Set(asked).size).toBe(asked.length);
  expect(asked.length).toBe(3);
});

test('columns are chosen, a view gets a name, and the file holds what is shown', async ({ page }) => {
  await page.goto('/boards/handoff?state=pending&_columns=reference,state,waiting_since');
  await expect(page.getByRole('columnheader')).toHaveText(['reference', 'state', 'waiting since']);
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'duty' }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('columnheader')).toHaveText(['reference', 'state', 'waiting since', 'duty']);
  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByRole('menuitem', { name: 'Save this view' }).click();
  await page.getByLabel('Name').fill('待接收');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.goto('/boards/handoff');
  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByRole('menuitem', { name: '待接收' }).click();
  await expect(page).toHaveURL(/_columns=reference,state,waiting_since,duty/);
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'CSV' }).click();
  const lines = readFileSync(await (await saved).path(), 'utf8')
    .trim()
    .split('\r\n');
  const { rows } = await answer(kPending);
  expect(lines[0]).toBe('"reference","state","waiting since","duty"');
  expect(lines.length).toBe(rows.length + 1);
  const cells = [rows[0].reference, 'pending', rows[0].waiting_since, rows[0].duty ?? ''];
  expect(lines[1]).toBe(cells.map((cell) => `"${cell}"`).join(','));
});

test('a board is shown as it stood at a moment that is chosen, and its address keeps that', async ({ page }) => {
  test.setTimeout(120_000);
  await page.goto('/boards/cases');
  await expect(page.getByRole('row').nth(1)).toBeVisible();
  const now = await answer('/v1/boards/cases?limit=0');
  // The day was played into the last working days. The nearest moment before which a case was not there: each row that differs is read.
  let then = now;
  let moment = Date.now();
  for (let hours = 1; hours < 300 && then.totals.registered === now.totals.registered; hours *= 2) {
    moment = Math.floor((Date.now() - hours * 3_600_000) / 60_000) * 60_000;
    const asked = await answer(`/v1/boards/cases?limit=0&as_of=${new Date(moment).toISOString()}`);
    then = asked.totals ? asked : then;
  }
  expect(then.totals.registered).toBeLessThan(now.totals.registered);
  const local = new Date(moment + 8 * 3_600_000).toISOString().slice(0, 16); // the page is in Shanghai
  await page.getByLabel('As it stood').fill(local);
  await expect(page.getByText('The board as it stood on')).toBeVisible();
  await expect(page).toHaveURL(/_as_of=/);
  await expect(page.getByRole('table')).toHaveAttribute('aria-rowcount', String(then.totals.matching + 1));
  await expect(page.getByRole('button', { name: 'New request' })).toHaveCount(0);
  await page.reload();
  await expect(page.getByText('The board as it stood on')).toBeVisible();
  await page.getByRole('button', { name: 'Compare with the present' }).click();
  await expect(page.getByText(/\d+ came, \d+ went, \d+ changed\./)).toBeVisible({ timeout: 60_000 });
  await expect(page).toHaveURL(/_against=now/);
  await expect(page.getByText('came onto the board').first()).toBeVisible();
  const { words } = await answer('/v1/words');
  const last = page.locator('.changes tr.changed, .changes tr.came').first().locator('td').last();
  await page.getByLabel('Language').selectOption('zh');
  const chinese = Object.values(words as Record<string, { zh: string }>).map((word) => word.zh);
  await expect.poll(async () => chinese.includes(String(await last.textContent()).split(' · ')[1] ?? '')).toBe(true);
  await page.getByLabel('语言').selectOption('en');
  await page.getByRole('button', { name: 'Do not compare' }).click();
  await expect(page).not.toHaveURL(/_against/);
  await page.getByRole('button', { name: 'Now' }).click();
  await expect(page.getByText('The board as it stood on')).toHaveCount(0);
  await expect(page.getByRole('table')).toHaveAttribute('aria-rowcount', String(now.totals.matching + 1));
});

test('several values of a filter are each a field of their own, and more can be written', async ({ page }) => {
  await page.goto('/boards/cases?case=CT-2001-000001&case=CT-2001-000002');
  const chip = page.locator('[data-filter="case"]');
  await expect(chip.getByRole('textbox')).toHaveCount(2);
  await expect(chip.getByRole('textbox').nth(1)).toHaveValue('CT-2001-000002');
  await chip.getByRole('button', { name: 'another value' }).click();
  await chip.getByRole('textbox').nth(2).fill('CT-2001-000003');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/case=CT-2001-000001&case=CT-2001-000002&case=CT-2001-000003/);
  await chip.getByRole('textbox').nth(0).fill('');
  await page.keyboard.press('Enter');
  await expect(page).not.toHaveURL(/000001/);
});

test('a board that is sorted by a column is loaded to be sorted, not only what was shown of it', async ({ page }) => {
  const { rows, totals } = await answer('/v1/boards/sla?limit=1000');
  expect(totals.matching).toBeGreaterThan(200);
  await page.goto('/boards/sla?_sort=-reference');
  await expect(page.getByText(`${totals.matching.toLocaleString('en-GB')} of`)).toBeVisible();
  await expect(page.getByText('sorted among')).toHaveCount(0);
  const last = (all: { reference: string }[]) =>
    all
      .map((row) => row.reference)
      .sort(new Intl.Collator('en', { numeric: true }).compare)
      .at(-1) as string;
  const every = [...rows];
  for (let { next } = await answer('/v1/boards/sla?limit=1000'); next; ) {
    const page = await answer(`/v1/boards/sla?limit=1000&after=${encodeURIComponent(next)}`);
    every.push(...page.rows);
    next = page.next;
  }
  await expect(page.getByRole('row').nth(1)).toContainText(last(every));
});

/** How many of the cells that name a case do not show the whole name. */
const cutNames = (page: Page) =>
  page
    .getByRole('table')
    .locator('[role="cell"]:first-child')
    .evaluateAll((cells) => cells.filter((cell) => cell.scrollWidth > cell.clientWidth).length);

test('on a telephone the rows come first, with number, status, time left and assignee', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/boards/cases');
  const table = page.getByRole('table');
  await expect(table).toBeVisible();
  expect((await table.boundingBox())?.y).toBeLessThan(400);
  for (const name of ['case', 'status', 'left', 'assignee'])
    await expect(page.getByRole('columnheader', { name, exact: true })).toBeInViewport({ ratio: 0.9 });
  expect(await cutNames(page)).toBe(0);
  await page.getByRole('button', { name: 'Figures' }).click();
  await expect(page.getByRole('region', { name: 'Figures' }).getByRole('link').first()).toBeVisible();
});

test('at a desk the list of cases shows assignee, owner and customer without scrolling aside', async ({ page }) => {
  await page.goto('/boards/cases');
  await expect(page.getByRole('table')).toBeVisible();
  expect(await cutNames(page)).toBe(0);
  for (const name of ['assignee', 'owner', 'customer'])
    await expect(page.getByRole('columnheader', { name, exact: true })).toBeInViewport({ ratio: 0.9 });
});

test('a board whose description does not come at once is there when it does', async ({ page }) => {
  let asked = 0;
  await page.route('**/v1/boards/handoff/shape', (route) => {
    asked += 1;
    return asked < 3 ? route.fulfill({ status: 503, json: { code: 'busy' } }) : route.continue();
  });
  await page.goto('/boards/handoff');
  await expect(page.getByRole('heading', { level: 1, name: 'handoffs', exact: true })).toBeVisible();
  expect(asked).toBeGreaterThanOrEqual(3);
});

test('the page asks nobody but its server', async ({ page }) => {
  const asked = new Set<string>();
  page.on('request', (request) => asked.add(new URL(request.url()).origin));
  await page.goto('/boards/handoff?_table=matrix');
  await expect(page.getByRole('row').nth(1)).toBeVisible();
  expect([...asked]).toEqual([process.env.CASETRAIL_URL]);
});
