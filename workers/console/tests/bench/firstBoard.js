// How long a browser that knows nothing yet takes to show the list of cases: from its address to rows and figures on the screen.
// `node firstBoard.js URL TIMES` prints a figure as tests/bench does.
import { chromium } from '@playwright/test';

const [url, times] = process.argv.slice(2);
const executablePath = process.env.CASETRAIL_CHROMIUM ?? '/usr/bin/chromium';
const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
});

/** Runs in the page. The row is on the screen when the frame behind it begins. */
function watch() {
  const look = () => {
    const isShown = document.querySelector('[role="row"][aria-rowindex="2"]')?.textContent;
    if (!isShown || !document.querySelector('.figures dd')) return requestAnimationFrame(look);
    requestAnimationFrame(() => Object.assign(window, { shownAt: performance.now() }));
  };
  requestAnimationFrame(look);
}

const took = [];
let rows = 0;
for (let time = 0; time < Number(times); ++time) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.addInitScript(watch);
  await page.goto(`${url}/boards/cases`);
  await page.waitForFunction(() => window.shownAt !== undefined);
  took.push(await page.evaluate(() => window.shownAt));
  rows = Number(await page.getByRole('table').getAttribute('aria-rowcount')) - 1;
  await context.close();
}
await browser.close();

took.sort((one, other) => one - other);
const whole = (ms) => Math.round(ms);
console.log(
  JSON.stringify({
    row: `first_board.${rows}`,
    title: `first board in a browser, ${rows} cases`,
    value: whole(took[took.length >> 1]),
    unit: 'ms',
    note: `Chromium, empty cache, to rows and figures on the screen; median of ${took.length}, ${whole(took[0])} to ${whole(took.at(-1))}`,
  }),
);
