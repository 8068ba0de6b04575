import { answer, expect, test } from './page';

const kLead = { agent: 'zhao.na', department: 'cs', role: 'cs_lead' };

async function send(case_id: string, type: string, data: object) {
  const response = await fetch(`${process.env.CASETRAIL_URL}/v1/commands`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ type, case_id, actor: `agent:${kLead.agent}`, role: kLead.role, data }),
  });
  expect(response.ok, await response.text()).toBe(true);
}

/** Cases that may be resolved now. */
async function solvable(count: number): Promise<string[]> {
  const { rows } = await answer('/v1/cases?status=in_progress&limit=100');
  const found: string[] = [];
  for (const row of rows) {
    const { actions } = await answer(`/v1/cases/${row.case}/actions?agent=${kLead.agent}&role=${kLead.role}`);
    if (actions.some((one: { type: string; allowed: boolean }) => one.type === 'case.resolve' && one.allowed))
      found.push(row.case);
    if (found.length === count) return found;
  }
  throw new Error(`of ${rows.length} cases in progress ${found.length} may be resolved`);
}

test('who resolves a case is offered to resolve its open duplicates and children with the same form', async ({
  page,
}) => {
  const [parent, child, duplicate, related] = (await solvable(4)) as [string, string, string, string];
  await send(child, 'case.link', { other_case_id: parent, relation: 'parent' });
  await send(parent, 'case.link', { other_case_id: duplicate, relation: 'duplicate' });
  await send(related, 'case.link', { other_case_id: parent, relation: 'related' });
  await page.addInitScript((who) => localStorage.setItem('casetrail.identity', JSON.stringify(who)), kLead);
  await page.goto(`/cases/${parent}`);
  const actions = page.getByRole('region', { name: 'Actions' });
  await actions.getByRole('button', { name: 'Resolve', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('resolution code').selectOption('replaced');
  await dialog.getByRole('button', { name: 'Send' }).click();
  await expect(actions.getByText('What solved this case may solve these')).toBeVisible();
  const offers = actions.getByRole('button', { name: /^Resolve: / });
  await expect(offers).toHaveCount(2);
  for (const left of [1, 0]) {
    await offers.first().click();
    await expect(dialog.getByLabel('resolution code')).toHaveValue('replaced');
    await dialog.getByRole('button', { name: 'Send' }).click();
    await expect(dialog).toBeHidden();
    await expect(offers).toHaveCount(left);
  }
  for (const id of [parent, child, duplicate]) expect((await answer(`/v1/cases/${id}`)).status).toBe('resolved');
  expect((await answer(`/v1/cases/${related}`)).status).toBe('in_progress');
});

test('a duplicate that nobody has begun is offered to end as one', async ({ page }) => {
  const [original] = (await solvable(1)) as [string];
  const { rows } = await answer('/v1/cases?status=new&status=triaged&status=queued&limit=2');
  const [duplicate, child] = rows.map((row: { case: string }) => row.case) as [string, string];
  await send(duplicate, 'case.link', { other_case_id: original, relation: 'duplicate' });
  await send(child, 'case.link', { other_case_id: original, relation: 'parent' });
  await page.addInitScript((who) => localStorage.setItem('casetrail.identity', JSON.stringify(who)), kLead);
  await page.goto(`/cases/${original}`);
  const actions = page.getByRole('region', { name: 'Actions' });
  await actions.getByRole('button', { name: 'Resolve', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('resolution code').selectOption('replaced');
  await dialog.getByRole('button', { name: 'Send' }).click();
  const together = page.getByRole('region', { name: 'What solved this case may solve these' });
  await expect(together.getByRole('link')).toHaveCount(2);
  await expect(together.getByRole('button')).toHaveCount(1);
  await together.getByRole('button', { name: /^Reject the request: / }).click();
  await expect(dialog.getByLabel('reason code')).toHaveValue('duplicate');
  await dialog.getByLabel('explained').selectOption('yes');
  await dialog.getByRole('button', { name: 'Send' }).click();
  await expect(dialog).toBeHidden();
  expect((await answer(`/v1/cases/${duplicate}`)).status).toBe('closed');
});
