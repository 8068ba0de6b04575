import { answer, expect, test } from './page';

test('every board of the server is in the list, and a board shows the columns, totals and rows of its shape', async ({
  page,
}) => {
  await page.goto('/');
  const { boards } = await answer('/v1/boards');
  const listed = boards.filter((board: { view: string }) => board.view !== 'history');
  await expect(page.getByRole('navigation').locator('li a')).toContainText(
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
  await expect(page.getByText(shape.headings[0].en)).toBeVisible();
});

test('the page asks nobody but its server, and its policy forbids the rest', async ({ page }) => {
  const asked = new Set<string>();
  page.on('request', (request) => asked.add(new URL(request.url()).origin));
  await page.goto('/boards/handoff');
  await expect(page.getByRole('row').nth(1)).toBeVisible();
  expect([...asked]).toEqual([process.env.CASETRAIL_URL]);
});
