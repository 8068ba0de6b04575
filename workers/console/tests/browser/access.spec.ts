import { findings } from './axe';
import { answer, expect, test } from './page';

async function everyPage(): Promise<string[]> {
  const { boards } = await answer('/v1/boards');
  const { rows } = await answer('/v1/boards/handoff?limit=1');
  const own = boards.map((board: { view: string }) => board.view).filter((view: string) => view !== 'history');
  return [
    ...own.map((view: string) => `/boards/${view}`),
    '/boards/handoff?_table=matrix',
    '/events?type=handoff.returned',
    `/cases/${rows[0].case}`,
    `/cases/${rows[0].case}?seq=2`,
    '/held',
    '/operations',
  ];
}

for (const { lang, scheme, width } of [
  { lang: 'en', scheme: 'light', width: 1280 },
  { lang: 'zh', scheme: 'dark', width: 390 },
] as const) {
  test(`axe finds nothing on any page, and none is wider than the screen (${lang}, ${scheme}, ${width} px)`, async ({
    page,
  }) => {
    test.setTimeout(180_000);
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height: 844 });
    await page.addInitScript((language) => localStorage.setItem('casetrail.language', JSON.stringify(language)), lang);
    for (const path of await everyPage()) {
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(page.locator('[role="row"], article, canvas').first()).toBeVisible();
      expect(await findings(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
    await page.goto('/boards/handoff');
    await page.getByRole('button', { name: lang === 'zh' ? '登记请求' : 'New request' }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await expect(page.getByRole('dialog').locator('select').first()).toBeVisible();
    expect(await findings(page)).toEqual([]);
  });
}

test('a board and a case are worked with by keys alone', async ({ page }) => {
  await page.goto('/boards/handoff');
  await expect(page.getByRole('row').nth(1)).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
  await page.getByRole('button', { name: 'Filter' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem').first()).toBeFocused();
  await page.keyboard.type('state');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'state: –' })).toBeFocused();
  await page.getByRole('region', { name: 'handoffs' }).focus();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  await expect(page.getByRole('row').nth(1).getByRole('link')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/cases\//);
  await expect(page.getByRole('article').first()).toBeVisible();
});

test('text that an input method has not committed yet is not taken', async ({ page }) => {
  await page.goto('/boards/handoff');
  await page.getByRole('button', { name: 'Filter' }).click();
  await page.getByRole('menuitem', { name: 'case owner' }).click();
  const field = page.getByRole('combobox', { name: 'case owner' });
  await expect(field).toBeFocused();
  const session = await page.context().newCDPSession(page);
  await session.send('Input.imeSetComposition', { text: 'zhang', selectionStart: 5, selectionEnd: 5 });
  await session.send('Input.dispatchKeyEvent', {
    type: 'rawKeyDown',
    windowsVirtualKeyCode: 229,
    key: 'Enter',
    code: 'Enter',
  });
  await expect(page).not.toHaveURL(/owner=/);
  await session.send('Input.insertText', { text: '张三' });
  await expect(field).toHaveValue('张三');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`owner=${encodeURIComponent('张三')}$`));
});
