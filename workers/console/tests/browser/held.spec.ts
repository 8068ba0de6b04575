import { readFileSync } from 'node:fs';
import { answer, expect, test } from './page';

test('who had cases how long is a table of its own columns, of a stretch of time that is in the address, and a file', async ({
  page,
}) => {
  await page.goto('/boards/handoff');
  await page.getByRole('link', { name: 'Time with cases' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Time with cases' })).toBeVisible();
  const people = await answer('/v1/held');
  const table = page.getByRole('table');
  await expect(page.getByRole('columnheader')).toHaveText(
    people.members.map((member: { label: { en: string } }) => member.label.en),
  );
  await expect(table).toHaveAttribute('aria-rowcount', String(people.rows.length + 1));
  await page.getByLabel('By department alone').check();
  await expect(page).toHaveURL(/by=departments/);
  const { departments } = await answer('/v1/words');
  const totals = await answer('/v1/held?by=departments');
  await expect(table).toHaveAttribute('aria-rowcount', String(totals.rows.length + 1));
  const first = totals.rows.find((row: { department?: string }) => row.department);
  await expect(table).toContainText(departments[first.department]);
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'CSV' }).click();
  const lines = readFileSync(await (await saved).path(), 'utf8')
    .trim()
    .split('\r\n');
  expect(lines.length).toBe(totals.rows.length + 1);
  expect(lines[0]?.replace('\ufeff', '')).toBe('"department","cases","elapsed (h)","business time (h)"');
  await page.getByLabel('Until').fill('2020-01-01T00:00');
  await expect(page).toHaveURL(/to=2019-12-31T16/);
  await expect(page.getByText('0 cases:')).toBeVisible();
  await page.reload();
  await expect(page.getByLabel('By department alone')).toBeChecked();
});

test('departments, agents and roles go by the names that the policy gives them, with their ids behind', async ({
  page,
}) => {
  const { agents, roles } = await answer('/v1/words');
  const { rows } = await answer('/v1/cases?limit=1000&open=true');
  const named = rows.find((row: { owner?: string }) => row.owner && agents[row.owner]);
  await page.goto(`/boards/cases?owner=${named.owner}&_columns=reference,owner,escalated_to`);
  const cell = page.getByRole('row').nth(1).getByText(agents[named.owner]);
  await expect(cell).toBeVisible();
  await expect(cell).toHaveAttribute('title', named.owner);
  const escalated = await answer('/v1/cases?escalated=true&limit=1');
  await page.goto('/boards/cases?escalated=true&_columns=reference,escalated_to');
  await expect(page.getByRole('row').nth(1)).toContainText(roles[escalated.rows[0].escalated_to[0]].en);
  await page.goto(`/cases/${named.case}`);
  await expect(page.getByRole('region', { name: 'The case' })).toContainText(agents[named.owner]);
});
