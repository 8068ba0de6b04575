// A page whose server is the engine; what the browser complains about fails the test.
import { test as base, expect } from '@playwright/test';

export const test = base.extend<{ complaints: string[]; tolerated: RegExp }>({
  // What a rule refuses is an answer like another.
  tolerated: [/status of 409/, { option: true }],
  complaints: [
    async ({ page, tolerated }, use) => {
      const complaints: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error' && !tolerated.test(message.text())) complaints.push(message.text());
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
