// The box that finds a case or a customer, from every page.
import { answer, expect, test } from './page';

const kField = 'Case number, reference or the customer';
const kPhone = '13900139077';

test.beforeAll(async () => {
  const registered = await fetch(`${process.env.CASETRAIL_URL}/v1/commands`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      type: 'request.register',
      actor: 'agent:zhao.na',
      department_id: 'cs',
      data: { kind: 'inquiry', channel: 'email', external_ref: 'find-1', pii: { name: '王小明', contacts: [kPhone] } },
    }),
  });
  // After a test that failed all begins anew, but for the log.
  expect([201, 409]).toContain(registered.status);
  await expect(async () =>
    expect((await answer('/v1/boards/cases?case=email:find-1')).totals.matching).toBe(1),
  ).toPass();
});

test('a number or a reference leads to its case, from every page and by keys alone', async ({ page }) => {
  const { rows } = await answer('/v1/boards/cases?case=email:find-1');
  await page.goto('/held');
  const field = page.getByRole('search').getByLabel(kField);
  await expect(field).toBeVisible();
  for (const text of [rows[0].number, ' email:find-1 ', 'find-1']) {
    await page.keyboard.press('/');
    await expect(field).toBeFocused();
    await expect(field).toHaveValue('');
    await page.keyboard.type(text);
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(new RegExp(`/cases/${rows[0].number}$`));
    await page.goBack();
  }
});

test('a contact in any spelling leads to the cases of its customer, and stands in no path', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.goto('/boards/handoff');
  const field = page.getByRole('search').getByLabel(kField);
  await field.fill('+86 139 0013 9077');
  await field.press('Enter');
  await expect(page).toHaveURL(/\/boards\/cases\?contact=/);
  await expect(page.getByRole('row', { name: /find-1|王/ }).first()).toBeVisible();
  await expect(field).toHaveValue('');
  await page.getByRole('button', { name: 'Remove filter contact' }).click();
  await expect(page).not.toHaveURL(/9077/);
  expect(asked.filter((path) => path.replace(/\D/g, '').includes('9077'))).toEqual([]);
});

test('what no case has is said, and stays out of the address', async ({ page }) => {
  await page.goto('/boards/handoff');
  const field = page.getByRole('search').getByLabel(kField);
  await field.fill('15900000000');
  await field.press('Enter');
  await expect(page.getByText('No case has this number, reference or contact.')).toBeVisible();
  await expect(page).toHaveURL(/\/boards\/handoff$/);
  await expect(field).toHaveValue('15900000000');
});

test('Enter that ends a composition finds nothing yet, and a slash in a text is a slash', async ({ page }) => {
  await page.goto('/boards/handoff');
  const field = page.getByRole('search').getByLabel(kField);
  await field.focus();
  const session = await page.context().newCDPSession(page);
  await session.send('Input.imeSetComposition', { text: 'wang', selectionStart: 4, selectionEnd: 4 });
  await session.send('Input.dispatchKeyEvent', {
    type: 'rawKeyDown',
    windowsVirtualKeyCode: 229,
    key: 'Enter',
    code: 'Enter',
  });
  await session.send('Input.insertText', { text: '王/' });
  await expect(field).toHaveValue('王/');
  await expect(page.getByText('No case has this')).toHaveCount(0);
  await page.keyboard.type('/');
  await expect(field).toHaveValue('王//');
  await page.keyboard.press('Enter');
  await expect(page.getByText('No case has this')).toBeVisible();
});
