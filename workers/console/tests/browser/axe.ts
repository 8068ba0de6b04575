// What axe finds on a page.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Finding {
  id: string;
  nodes: { html: string }[];
}

export async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run: (of: Document) => Promise<{ violations: Finding[] }> } };
    return (await axe.run(document)).violations.map((one) => ({
      id: one.id,
      html: one.nodes.map((node) => node.html),
    }));
  });
  return found.map((one) => `${page.url()} ${one.id}: ${one.html.slice(0, 3).join(' ')}`);
}
