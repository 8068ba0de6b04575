import { answer, expect, test } from './page';

const kIdentity = { agent: 'zhao.na', department: 'cs', role: 'agent' };

async function sayWho(page: import('@playwright/test').Page, who = kIdentity) {
  await page.addInitScript((one) => localStorage.setItem('casetrail.identity', JSON.stringify(one)), who);
}

async function someCase(filter = 'state=pending') {
  const { rows } = await answer(`/v1/boards/handoff?${filter}&limit=1`);
  return rows[0] as { case: string; number: string; reference: string; handoff: string };
}

test('a case shows its head, its clocks and a history in which clocks are folded', { tag: '@logs' }, async ({
  page,
}) => {
  const { case: id, number, reference } = await someCase();
  const { totals } = await answer(`/v1/cases/${id}/history`);
  await page.goto('/boards/handoff?state=pending');
  await page.getByRole('link', { name: number, exact: true }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: reference })).toBeVisible();
  await expect(page.getByRole('region', { name: 'The case' })).toContainText('case owner', { ignoreCase: true });
  await expect(page.getByRole('region', { name: 'Clocks' })).toContainText('left');
  await expect(page.getByText(`of ${totals.events} events`)).toBeVisible();
  const { state } = await answer(`/v1/cases/${id}`);
  const last = page.getByRole('list', { name: 'Who had the case' }).getByRole('listitem').last();
  const { departments, agents } = await answer('/v1/words');
  const { department_id, agent_id } = state.assignment;
  await expect(last).toContainText(departments[department_id]);
  await expect(last).toContainText('of business time');
  await expect(last).toContainText(agents[agent_id] ?? agent_id);
  const history = page.getByRole('group', { name: 'Events' });
  await expect(history.getByRole('article')).not.toHaveCount(0);
  await page.getByLabel('All events').check();
  await expect(page.getByText(`${totals.events} shown, 0 folded, of ${totals.events} events`)).toBeVisible();
  await page.getByLabel('Search in the history').fill('Registered as');
  await page.keyboard.press('Enter');
  await expect(page.getByText(`1 shown, 0 folded, of ${totals.events} events`)).toBeVisible();
  await history.getByRole('button', { name: 'Details of event 1' }).click();
  await expect(history.getByRole('article')).toContainText('request.registered · 1');
});

test('the head of a case tells what somebody on the telephone asks for, and linked cases by their number', async ({
  page,
}) => {
  const { rows } = await answer('/v1/boards/cases?limit=1000');
  const linked = rows.find((row: { linked_cases: string[] }) => row.linked_cases.length > 0);
  const other = await answer(`/v1/boards/cases?case=${linked.linked_cases[0]}`);
  await page.goto(`/cases/${linked.number}`);
  const head = page.getByRole('region', { name: 'The case' });
  for (const key of ['contact', 'customer_ref', 'order_ref', 'serial_no'])
    if (linked[key]) await expect(head.getByText(linked[key], { exact: true }), key).toBeVisible();
  await head.getByRole('link', { name: other.rows[0].number }).click();
  await expect(page.getByRole('heading', { level: 1, name: other.rows[0].number })).toBeVisible();
});

test('a person who has said who they are registers a request and works on it, and a refusal stands in the form', {
  tag: '@logs',
}, async ({ page }) => {
  await page.goto('/boards/handoff');
  await page.getByRole('button', { name: 'Say who you are' }).click();
  await page.getByLabel('Agent id').fill(kIdentity.agent);
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('not checked')).toBeVisible();
  await page.getByRole('button', { name: 'Mine' }).click();
  await expect(page).toHaveURL(/agent=zhao\.na/);

  await page.getByRole('button', { name: 'New request' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('kind').selectOption('inquiry');
  await form.getByLabel('channel').selectOption('email');
  await form.getByLabel('external ref').fill('console-1');
  await form.getByLabel('name', { exact: true }).fill('王小明');
  await form.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'email:console-1' })).toBeVisible();
  await expect(page.getByRole('article').last()).toContainText('Registered');

  const actions = page.getByRole('region', { name: 'Actions' });
  await actions.getByText('Not possible now').click();
  await expect(actions.getByRole('button', { name: 'Close the case', exact: true })).toHaveCount(0);
  await expect(actions).toContainText('Expected to close the case, but the case is not resolved yet.');
  await actions.getByRole('button', { name: 'Schedule a callback' }).click();
  await form.getByLabel('purpose').selectOption('agreed_call');
  await form.getByLabel('tz').fill('Moon/Crater');
  await form.getByRole('button', { name: 'Send' }).click();
  await expect(form.getByRole('alert')).toContainText('[zone_unknown]');
  await expect(form.getByLabel('tz')).toHaveValue('Moon/Crater');
  await expect(form.getByLabel('tz')).toBeFocused();
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Acknowledge the request' }).click();
  await form.getByLabel('channel').selectOption('email');
  await form.getByRole('button', { name: 'Send' }).click();
  await expect(form).toBeHidden();
  await expect(page.getByRole('article').first()).toContainText('Acknowledged');
});

test('an event and an action that is not possible are explained', async ({ page }) => {
  const { case: id } = await someCase('state=pending&to_department=logistics');
  await page.goto(`/cases/${id}`);
  await page.getByLabel('Search in the history').fill('Registered as');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Details of event 1' }).click();
  await page.getByRole('button', { name: 'Why event 1 happened' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('heading', { name: 'Why event 1' })).toBeVisible();
  await expect(dialog.getByText('What would refuse')).toBeVisible();
  await expect(dialog).toContainText('The case is registered already: correct it instead.');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();

  await page.getByText('Not possible now').click();
  await page.getByRole('button', { name: 'Why Close the case is not possible' }).click();
  await expect(dialog).toContainText('Expected to close the case, but the case is not resolved yet.');
  await dialog.getByText("The policy's own words").click();
  await expect(dialog).toContainText('confirmation_window');
});

test('why something is refused is said in the language of the page, at the field that it is about', async ({
  page,
}) => {
  await sayWho(page);
  await page.addInitScript(() => localStorage.setItem('casetrail.language', '"zh"'));
  const { case: id } = await someCase();
  await page.goto(`/cases/${id}`);
  const actions = page.getByRole('region', { name: '操作' });
  await actions.getByText('目前不可执行').click();
  await expect(actions).toContainText('工单尚未解决：请先解决。');
  await expect(actions).not.toContainText('Expected');
  await actions.getByRole('button', { name: '安排回访' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('回访目的').selectOption('agreed_call');
  await form.getByLabel('客户时区').fill('Moon/Crater');
  await form.getByRole('button', { name: '提交' }).click();
  await expect(form.getByRole('alert')).toContainText('没有此时区，或公司规则没有此时区的回访时段。 [zone_unknown]');
  await expect(form.getByRole('alert')).toContainText("'Moon/Crater'");
  await expect(form.getByLabel('客户时区')).toHaveAccessibleDescription('没有此时区，或公司规则没有此时区的回访时段。');
});

test('a search finds what is on the screen, while it is typed, and says when there is nothing', async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem('casetrail.language', '"zh"'));
  const { case: id } = await someCase();
  const { words } = await answer('/v1/words');
  await page.goto(`/cases/${id}`);
  const history = page.getByRole('region', { name: '经过' });
  const registered = words['request.registered'].zh;
  await history.getByLabel('在经过中搜索').pressSequentially(registered);
  await expect(history.getByRole('article')).toHaveCount(1);
  await expect(history.getByRole('article')).toContainText(registered);
  await history.getByLabel('在经过中搜索').fill('没有人写过');
  await expect(history.getByText('没有找到。')).toBeVisible();
});

test('a form begins in its first field, and a refusal brings the person to the field that it is about', async ({
  page,
}) => {
  await sayWho(page);
  await page.setViewportSize({ width: 1280, height: 500 });
  await page.goto('/boards/cases');
  await page.getByRole('button', { name: 'New request' }).click();
  const form = page.getByRole('dialog');
  await expect(form.getByLabel('kind')).toBeFocused();
  await expect(form.locator('.row', { hasText: 'service need' })).toContainText('optional');
  await form.getByLabel('kind').selectOption('service_request');
  await expect(form.locator('.row', { hasText: 'service need' })).not.toContainText('optional');
  await form.getByLabel('channel').selectOption('email');
  await form.getByLabel('name', { exact: true }).fill('王小明');
  await form.getByLabel('service need').fill('打不开');
  await form.getByLabel('service need').focus();
  await form.getByRole('button', { name: 'Send' }).click();
  await expect(form.getByRole('alert')).toContainText('[field_missing]');
  const add = form.getByRole('button', { name: 'Add contacts' });
  await expect(add).toBeFocused();
  await expect(add).toBeInViewport();
  await add.click();
  await form.getByRole('textbox', { name: 'contacts' }).fill('13800000000');
  await form.getByLabel('customer tz').fill('Asia/Shanghai');
  await form.getByLabel('customer tz').press('Enter');
  await expect(form).toBeHidden();
  await expect(page.getByRole('heading', { level: 1, name: /^CT-/ })).toBeVisible();
});

test('a form marks what this case asks for, as far as what is chosen needs it', async ({ page }) => {
  await sayWho(page);
  const { rows } = await answer('/v1/boards/cases?status=in_progress&limit=50');
  const allows = async (row: { case: string }) => {
    const { actions } = await answer(`/v1/cases/${row.case}/actions?agent=${kIdentity.agent}&department=cs&role=agent`);
    return actions.some((one: { type: string; allowed: boolean }) => one.type === 'handoff.request' && one.allowed);
  };
  let found: string | undefined;
  for (const row of rows) if (!found && (await allows(row))) found = row.case;
  await page.goto(`/cases/${found}`);
  await page.getByRole('button', { name: 'Request a handoff' }).click();
  const form = page.getByRole('dialog');
  const wants = form.locator('.row', { hasText: 'wants' });
  await expect(wants).not.toContainText('optional');
  await expect(wants.getByRole('textbox')).toHaveAttribute('required');
  await form.getByLabel('mode').selectOption('question');
  await expect(wants).toContainText('optional');
  await expect(form.locator('.row', { hasText: 'because' })).not.toContainText('optional');
});

test('a case without a reference goes by its number on every board', async ({ page }) => {
  const registered = await fetch(`${process.env.CASETRAIL_URL}/v1/commands`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      type: 'request.register',
      actor: 'agent:zhao.na',
      department_id: 'cs',
      data: { kind: 'inquiry', channel: 'phone', pii: { name: '王小明', contacts: [] } },
    }),
  });
  const { case_id } = await registered.json();
  for (const view of ['cases', 'sla']) {
    const named = async () => (await answer(`/v1/boards/${view}?case=${case_id}`)).rows[0]?.number;
    await expect.poll(named).toMatch(/^CT-/);
    await page.goto(`/boards/${view}?case=${case_id}`);
    await expect(page.getByRole('link', { name: await named(), exact: true }).first()).toBeVisible();
  }
});

test('keys are told on a question mark, and the skip link leads to the rows', async ({ page }) => {
  await page.goto('/boards/cases');
  await expect(page.getByRole('row').nth(1)).toBeVisible();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  const rows = page.getByRole('region', { name: 'cases' });
  await expect(rows).toBeFocused();
  await page.keyboard.press('j');
  await expect(rows.getByRole('link').first()).toBeFocused();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toContainText('next and previous row');
});

test('contacts are shown to who says why, until the access is over, and the history tells it', {
  tag: '@logs',
}, async ({ page }) => {
  await sayWho(page);
  const { case: id } = await someCase('state=pending&to_department=logistics');
  await page.goto(`/cases/${id}`);
  await page.getByRole('button', { name: 'Show the contacts' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('purpose').selectOption('call_customer');
  await dialog.getByRole('button', { name: 'Send' }).click();
  await expect(dialog).toContainText('Shown until');
  await expect(dialog.getByRole('definition')).not.toHaveCount(0);
  await expect(dialog).not.toContainText('*');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('article').filter({ hasText: 'Contacts shown' })).toHaveCount(1);
});

test('of two people on one case the second is told who wrote what, and nothing is overwritten or lost', {
  tag: '@logs',
}, async ({ page, browser }) => {
  await sayWho(page);
  const { case: id } = await someCase('state=pending&to_department=logistics');
  const context = await browser.newContext();
  const other = await context.newPage();
  await sayWho(other, { agent: 'li.wei', department: 'logistics', role: 'agent' });
  const form = page.getByRole('dialog');
  const otherForm = other.getByRole('dialog');
  for (const [own, text] of [
    [page, '在途'],
    [other, '已到货'],
  ] as const) {
    await own.goto(`/cases/${id}`);
    await own.getByRole('button', { name: 'Report progress' }).click();
    const opened = own.getByRole('dialog');
    await opened.getByLabel('kind').selectOption('progress');
    await opened.getByLabel('channel').selectOption('phone');
    await opened.getByLabel('text').fill(text);
  }
  await otherForm.getByRole('button', { name: 'Send' }).click();
  await expect(otherForm).toBeHidden();
  await expect(page.getByRole('article', { includeHidden: true }).filter({ hasText: '已到货' })).toHaveCount(1);

  await form.getByRole('button', { name: 'Send' }).click();
  await expect(form.getByRole('alert')).toContainText('[stale_version]');
  const meanwhile = form.getByRole('region', { name: 'Written in the meantime' });
  await expect(meanwhile.getByRole('article').filter({ hasText: '已到货' })).toHaveCount(1);
  await expect(meanwhile.getByTitle('agent:li.wei').first()).toBeVisible();
  await expect(meanwhile).toContainText('已到货');
  await expect(form.getByLabel('text')).toHaveValue('在途');

  await form.getByRole('button', { name: 'Send' }).click();
  await expect(form).toBeHidden();
  const reports = page.getByRole('article').filter({ hasText: /在途|已到货/ });
  await expect(reports.nth(0)).toContainText('在途');
  await expect(reports.nth(1)).toContainText('已到货');
  await context.close();
});

test('the slider shows a case as it stood at an event, by arrow keys too, and what has changed since', async ({
  page,
}) => {
  const { case: id } = await someCase();
  const { seq: newest, status } = await answer(`/v1/cases/${id}`);
  await page.goto(`/cases/${id}`);
  const head = page.getByRole('region', { name: 'The case' });
  await expect(head.locator('.status')).toHaveText(status.replaceAll('_', ' '));
  const slider = page.getByRole('slider', { name: 'Event of the case' });
  await expect(slider).toHaveValue(String(newest));
  await slider.focus();
  await page.keyboard.press('Home');
  const replay = page.getByRole('region', { name: 'Replay' });
  await expect(replay.getByRole('status')).toContainText(`The case as of event 1 of ${newest}`);
  await expect(head.locator('.status')).toHaveText('new');
  await expect(page.getByRole('region', { name: 'Actions' })).toHaveCount(0);
  await page.keyboard.press('ArrowRight');
  await expect(replay.getByRole('status')).toContainText(`The case as of event 2 of ${newest}`);
  await expect(page).toHaveURL(/\?seq=2$/);
  const history = page.getByRole('region', { name: 'History' });
  await history.getByLabel('All events').check();
  await expect(history.getByRole('article')).toHaveCount(2);
  await expect(history.getByRole('status')).toContainText('of 2 events');

  const { changes } = await answer(`/v1/cases/${id}/diff?from=2`);
  const rows = replay.getByRole('group', { name: 'Changed since then' }).locator('tbody tr');
  await expect(rows).toHaveCount(changes.length);
  const changed = changes.find((change: { field: string }) => change.field === 'status');
  const row = rows.filter({ has: page.getByRole('rowheader', { name: 'status', exact: true }) });
  await expect(row.locator('del')).toHaveText('new');
  await expect(row).toContainText(`${changed.seq} · `);
  const [kind, actor] = changed.actor.split(':');
  const { agents, words } = await answer('/v1/words');
  await expect(row).toContainText(agents[actor] ?? (kind === 'agent' ? actor : words[kind].en));

  await page.reload();
  await expect(replay.getByRole('status')).toContainText(`The case as of event 2 of ${newest}`);
  await replay.getByRole('button', { name: 'Back to now' }).click();
  await expect(slider).toHaveValue(String(newest));
  await expect(page.getByRole('region', { name: 'Actions' })).toBeVisible();
});

test('a form offers the codes of the company and none that it retired; a filter offers both', async ({ page }) => {
  await sayWho(page);
  await page.goto('/boards/cases');
  await page.getByRole('button', { name: 'New request' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('kind').selectOption({ label: 'Installation' });
  await expect(form.getByLabel('channel').locator('option', { hasText: 'Telegram' })).toHaveCount(0);
  await form.getByLabel('channel').selectOption({ label: 'Live stream' });
  await form.getByLabel('external ref').fill('console-live');
  await form.getByLabel('name', { exact: true }).fill('王小明');
  await form.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'livestream:console-live' })).toBeVisible();
  await expect(page.getByRole('article').last()).toContainText('Registered');

  await page.goto('/boards/cases?channel=telegram');
  await page.getByRole('button', { name: /^channel/ }).click();
  await expect(page.getByRole('menuitemcheckbox', { name: 'Telegram' })).toBeChecked();
  await page.getByRole('menuitemcheckbox', { name: 'Live stream' }).click();
  await expect(page).toHaveURL(/channel=telegram&channel=livestream/);
});
