// A server that asks who one is: the page shows nothing to nobody, and to everybody what their token may do.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { binary, Engine } from './engine';
import { expect, test } from './page';

const folder = mkdtempSync(join(tmpdir(), 'casetrail-identities-'));
const file = join(folder, 'identities.yaml');
const engine = new Engine(['--identities', file]);
const tokens: Record<string, string> = {};

function add(id: string, ...more: string[]) {
  const words = ['identities', 'add', id, '--actor', `agent:${id}`, '--file', file, '--json', ...more];
  tokens[id] = JSON.parse(execFileSync(binary, words, { encoding: 'utf8' })).token;
}

test.beforeAll(async () => {
  add('zhang', '--department', 'after_sales', '--role', 'agent', '--rights', 'read,command');
  add('ops', '--rights', 'operate');
  await engine.start();
});
test.afterAll(async () => {
  await engine.end();
  rmSync(folder, { recursive: true });
});
test.use({ tolerated: /status of 40[139]/ });

async function signIn(page: Page, token: string) {
  await page.getByLabel('Token').fill(token);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

test('who has no token sees nothing, and who has one works under their own name', async ({ page }) => {
  await page.goto(`${engine.url}/boards/cases`);
  await expect(page.getByLabel('Token')).toBeVisible();
  await expect(page.getByRole('navigation')).toHaveCount(0);
  await signIn(page, 'casetrail_nobodys');
  await expect(page.getByRole('alert')).toContainText('Nobody has this token');

  await signIn(page, tokens.zhang as string);
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/cases/i);
  await expect(page).toHaveURL(/\/boards\/cases/);
  await expect(page.getByRole('link', { name: 'Operations' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'zhang' })).toContainText('after_sales');
  const kept = await page.evaluate(() => document.cookie + JSON.stringify({ ...localStorage, ...sessionStorage }));
  expect(kept).not.toContain('casetrail_');

  await page.getByRole('button', { name: 'New request' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('kind').selectOption('inquiry');
  await dialog.getByLabel('channel').selectOption('phone');
  await dialog.getByLabel('name').fill('王芳');
  await expect(dialog).toContainText('as zhang');
  await expect(dialog).not.toContainText('not checked');
  await dialog.getByRole('button', { name: 'Send' }).click();
  await expect(page).toHaveURL(/\/cases\//);
  await expect(page.getByRole('article').first()).toContainText('zhang');

  await page.reload();
  await expect(page.getByRole('button', { name: 'zhang' })).toBeVisible();
  await page.getByRole('button', { name: 'zhang' }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByLabel('Token')).toBeVisible();
  expect(await page.evaluate(async () => (await fetch('/v1/cases')).status)).toBe(401);
});

test('a right that is missing leaves its pages out', async ({ page }) => {
  await page.goto(engine.url);
  await signIn(page, tokens.ops as string);
  await expect(page).toHaveURL(/\/operations/);
  await expect(page.getByRole('navigation').getByRole('link')).toHaveCount(1);
});
