// A page whose server is the engine; what the browser complains about fails the test.
import { test as base, expect } from '@playwright/test';

export const test = base.extend<{ complaints: string[] }>({
  complaints: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      page.on('console', (message) => {
        // What a rule refuses is an answer like another.
        if (message.type() === 'error' && !message.text().includes('status of 409')) complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(String(error)));
      await use(complaints);
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
});

/** Asks the server itself, beside the page. */
export async function answer(path: string) {
  return (await fetch(process.env.CASETRAIL_URL + path)).json();
}

export { expect };
