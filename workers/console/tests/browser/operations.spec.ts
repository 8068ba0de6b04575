import { answer, expect, test } from './page';

// That a server is not ready is an answer, too.
test.use({ tolerated: /status of (409|503)/ });

test('operators see readiness, the lag of each worker and partition with its trend, topics, groups and a rebuild', {
  tag: '@logs',
}, async ({ page }) => {
  await page.goto('/operations');
  await expect(page.getByText('Ready', { exact: true })).toBeVisible();
  const lag = page.getByRole('region', { name: 'Lag' }).first();
  const { partitions, commands } = await answer('/v1/lag');
  const workers = new Set(partitions.map((one: { worker: string }) => one.worker));
  await expect(lag.locator('tbody:not(.hidden *) tr')).toHaveCount(
    partitions.length + commands.length + workers.size + 1,
  );
  await expect(lag.locator('canvas')).toBeVisible();
  await expect(lag.locator('figure table')).toContainText('boards');
  await expect(page.getByText('casetrail.deadletters')).toBeVisible();
  await expect(page.getByText('casetrail.commands').last()).toBeVisible();
  const { policies } = await answer('/v1/policies');
  const policy = page.getByRole('region', { name: 'Policy' });
  await expect(policy.getByRole('row')).toHaveCount(policies.length + 1);
  await expect(policy.getByRole('row', { name: /in force/ })).toContainText(
    String(policies.find((one: { in_force: boolean }) => one.in_force).version),
  );
  await page.getByRole('button', { name: 'Rebuild quality reviews' }).click();
  await expect(page.getByText('finished: the copy is live')).toBeVisible({ timeout: 40_000 });
});

test('operators see which node and log this is, and a rebuild that somebody else began', async ({ page }) => {
  const { node, log } = await answer('/v1/lag');
  const begun = await fetch(`${process.env.CASETRAIL_URL}/v1/rebuilds/history`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
  });
  expect(begun.status).toBe(202);
  await page.goto('/operations');
  const lag = page.getByRole('region', { name: 'Lag' }).first();
  await expect(lag).toContainText(node);
  await expect(lag).toContainText(log);
  const rebuild = page.getByRole('region', { name: 'Rebuild' });
  await expect(rebuild.getByRole('status').filter({ hasText: 'history' })).toContainText('finished', {
    timeout: 40_000,
  });
});

test('what a node waits for is said in the language of the page, and what was met is behind a switch', async ({
  page,
}) => {
  const met = 'It replays casetrail.events/1 at offset 5 of 12.';
  const reason = {
    code: 'commands_replaying',
    worker: 'commands',
    about: '',
    partition: 1,
    percent: 41,
    detail: met,
    en: `Command partition 1 is taking_over, 41 %: ${met}`,
    zh: '命令分区 1 正在重放事件，已完成 41 %：请等待。',
  };
  await page.addInitScript(() => localStorage.setItem('casetrail.language', '"zh"'));
  await page.route('**/readyz', (route) =>
    route.fulfill({
      status: 503,
      contentType: 'application/problem+json',
      json: {
        type: 'about:blank',
        title: 'not ready',
        status: 503,
        code: 'not_ready',
        detail: reason.en,
        reasons: [reason],
      },
    }),
  );
  const lag = await answer('/v1/lag');
  const commands = lag.commands.map((row: { partition: number }) =>
    row.partition === 1 ? { ...row, stopped: met } : row,
  );
  await page.route('**/v1/lag', (route) => route.fulfill({ json: { ...lag, commands, reasons: [reason] } }));
  await page.goto('/operations');
  await expect(page.getByText(reason.zh)).toHaveCount(3);
  for (const said of await page.getByText(met).all()) await expect(said).toBeHidden();
  await page.getByText('服务器原文').first().click();
  await expect(page.getByText(met).first()).toBeVisible();
});

test('a dead letter says in the language of the page why it could not be a command', async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem('casetrail.language', '"zh"'));
  const letter = {
    partition: 0,
    offset: 7,
    at: '2026-11-30T09:00:00.000Z',
    key: null,
    headers: { 'casetrail.errors.code': 'invalid_command', 'casetrail.errors.message': 'Expected an object.' },
    value: '7',
    size: 1,
    sha256: 'ab',
    state: 'open',
  };
  await page.route('**/v1/deadletters?*', (route) =>
    route.fulfill({ json: { deadletters: [letter], open: 1, oldest_open_at: letter.at, counts_all: true } }),
  );
  await page.goto('/operations');
  await expect(page.getByText('该记录不是可读的命令').first()).toBeVisible();
});

test('the lag of every worker fits on a narrow screen without scrolling aside', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/operations');
  const table = page.getByRole('group', { name: 'Lag' });
  await expect(table.getByRole('rowheader').first()).toBeVisible();
  expect(await table.evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0);
});

test('operators see the throughput with its trend, rejections by code, stores and memory', { tag: '@logs' }, async ({
  page,
}) => {
  const refused = await fetch(`${process.env.CASETRAIL_URL}/v1/commands`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      type: 'request.acknowledge',
      actor: 'agent:zhao.na',
      department_id: 'cs',
      channel: 'email',
      reference: 'nobody-knows-it',
      data: { channel: 'email' },
    }),
  });
  expect(refused.status).toBe(409);
  const { code } = await refused.json();
  await page.goto('/operations');
  const { metrics } = await answer('/v1/metrics');
  const total = (name: string) =>
    metrics
      .find((metric: { name: string }) => metric.name === name)
      .samples.reduce((sum: number, sample: { value: number }) => sum + sample.value, 0);
  const throughput = page.getByRole('region', { name: 'Throughput' });
  const row = throughput.getByRole('group').getByRole('row', { name: 'Commands taken' });
  await expect(row).toContainText(total('casetrail_commands_total').toLocaleString('en-GB'));
  await expect(throughput.locator('canvas')).toBeVisible();
  const rejections = page.getByRole('region', { name: 'Rejections' });
  await expect(rejections.getByRole('row', { name: code })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Stores and memory' }).getByRole('rowheader')).not.toHaveCount(0);
});

test('operators see what a version of the policy changed', async ({ page }) => {
  const texts = ['tz: Asia/Shanghai\nreopen_window_days: 7\n', 'tz: Asia/Shanghai\nreopen_window_days: 14\n'];
  const policies = [2, 1].map((version) => ({
    version,
    in_force: version === 2,
    readable: true,
    tz: 'Asia/Shanghai',
    text: texts[version - 1],
  }));
  await page.route('**/v1/policies', (route) => route.fulfill({ json: { policies } }));
  for (const policy of policies)
    await page.route(`**/v1/policies/${policy.version}`, (route) => route.fulfill({ json: policy }));
  await page.goto('/operations');
  await page.getByRole('button', { name: 'Changes of version 2' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('otherwise than version 1');
  await expect(dialog.locator('del')).toHaveText('- reopen_window_days: 7');
  await expect(dialog.locator('ins')).toHaveText('+ reopen_window_days: 14');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Changes of version 1' })).toHaveCount(0);
});

test('a dead letter is retried, with the refusal beside it, and dropped with a reason', async ({ page }) => {
  let open = 1;
  const asked: string[] = [];
  await page.route('**/v1/deadletters**', async (route) => {
    const request = route.request();
    if (request.method() === 'POST') asked.push(`${new URL(request.url()).pathname} ${request.postData()}`);
    if (request.url().endsWith('/retry')) {
      const json = { status: 409, code: 'stale_version', detail: 'Expected something else.' };
      return route.fulfill({ status: 409, contentType: 'application/problem+json', body: JSON.stringify(json) });
    }
    if (request.url().endsWith('/drop')) open = 0;
    const letter = {
      partition: 3,
      offset: 17,
      at: '2026-11-23T03:29:27.659Z',
      state: 'open',
      headers: { 'casetrail.errors.message': 'Expected valid JSON.' },
      size: 1,
      sha256: '021f',
    };
    const json = { deadletters: open ? [letter] : [], open, oldest_open_at: letter.at, counts_all: true };
    return route.fulfill({ json });
  });
  await page.goto('/operations');
  const letters = page.getByRole('region', { name: 'Dead letters' });
  await expect(letters.getByText('1 open')).toBeVisible();
  await letters.getByText('3:17 · Expected valid JSON.').click();
  await letters.getByRole('button', { name: 'Retry' }).click();
  await expect(letters.getByRole('alert')).toContainText('Expected something else.');
  await letters.getByLabel('Why nobody needs it').fill('a trial of the ERP team');
  await letters.getByRole('button', { name: 'Drop' }).click();
  await expect(letters.getByText('None is open')).toBeVisible();
  expect(asked).toEqual([
    '/v1/deadletters/3:17/retry {}',
    '/v1/deadletters/3:17/drop {"reason":"a trial of the ERP team"}',
  ]);
});
