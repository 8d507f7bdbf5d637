import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

const ARTEFACTS = join(import.meta.dirname, 'artefacts');

export interface Tab {
  readonly page: Page;
  /** Errors and warnings of the console, faults of scripts, and what the policy of the page refused. */
  readonly complaints: readonly string[];
  /** Keeps a picture among the artefacts: of the whole page, or of what the window shows of it while a dialog is open. */
  picture(name: string): Promise<void>;
  close(): Promise<void>;
}

/** A tab with storage and a clock of its own, which runs as usual until a test skips time. The browser itself complains of refused requests: those are the test's own doing. */
export async function openTab(browser: Browser, options: BrowserContextOptions = {}): Promise<Tab> {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, ...options });
  const page = await context.newPage();
  await page.clock.install();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    const isRefusal = message.text().startsWith('Failed to load resource');
    if (['error', 'warning'].includes(message.type()) && !isRefusal) complaints.push(message.text());
  });
  return {
    page,
    complaints,
    async picture(name) {
      const fullPage = !(await page.getByRole('dialog').isVisible());
      await page.screenshot({ path: join(ARTEFACTS, `${name}.png`), fullPage, animations: 'disabled' });
    },
    close: () => context.close(),
  };
}
