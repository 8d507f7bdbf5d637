import chromium from '@sparticuz/chromium';
import { type Browser, chromium as playwright } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type PageServer, servePage } from './dashboard/page-server.ts';

const RELOADS = 100;

let browser: Browser;
let server: PageServer;
beforeAll(async () => {
  server = await servePage();
  browser = await playwright.launch({ executablePath: await chromium.executablePath(), args: chromium.args });
});
afterAll(async () => {
  await browser?.close();
  server?.close();
});

it('a page that fetches on load is mocked on its first request, and on each of 100 reloads, without a warning', async () => {
  const page = await browser.newPage();
  const said: string[] = [];
  page.on('console', (message) => said.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => said.push(String(error)));
  const titles: string[] = [];
  await page.goto(server.url);
  for (let load = 0; load <= RELOADS; load += 1) {
    await page.waitForFunction("document.title !== 'loading'");
    titles.push(await page.title());
    if (load < RELOADS) await page.reload();
  }
  expect(titles).toEqual(Array(RELOADS + 1).fill('200,200,200 761482917'));
  expect({ said, leaked: server.leaked }).toEqual({ said: [], leaked: [] });
});
