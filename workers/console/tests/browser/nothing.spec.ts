// Screens that have nothing to show, and controls at every width.
import { findings } from './axe';
import { expect, test } from './page';

test.use({ tolerated: /status of 40[04]/ });

const kNothing = [
  '/boards/nosuch',
  '/boards/history',
  '/boards',
  '/boards/handoff?case=nosuch',
  '/cases',
  '/cases/nosuch',
  '/operations/nosuch',
];

for (const path of kNothing)
  test(`${path} says in a heading what it is, and axe finds nothing`, async ({ page }) => {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).not.toBeEmpty();
    await expect(page.getByRole('main').locator('p a, [role="alert"], [role="status"]').first()).toBeVisible();
    expect(await findings(page)).toEqual([]);
  });

for (const language of ['en', 'zh'])
  for (const width of [1280, 1024, 390])
    test(`no control is narrower than what it says (${language}, ${width} px)`, async ({ page }) => {
      await page.setViewportSize({ width, height: 844 });
      await page.addInitScript((lang) => localStorage.setItem('casetrail.language', JSON.stringify(lang)), language);
      await page.goto('/boards/cases');
      await expect(page.getByRole('row').nth(1)).toBeVisible();
      const menu = page.locator('.opener');
      if (await menu.isVisible()) await menu.click();
      const cut = await page
        .locator('header')
        .locator('button, select, input, a')
        .evaluateAll((controls) =>
          controls
            .filter((control) => (control as HTMLElement).offsetParent !== null)
            .filter((control) => {
              const { style, offsetWidth } = control as HTMLElement;
              if (control.scrollWidth > control.clientWidth && control.tagName !== 'A') return true;
              if (control.getBoundingClientRect().right > document.documentElement.clientWidth) return true;
              if (control.tagName !== 'SELECT') return false;
              style.flex = 'none';
              style.width = 'max-content';
              return (control as HTMLElement).offsetWidth > offsetWidth;
            })
            .map((control) => control.outerHTML),
        );
      expect(cut).toEqual([]);
    });
