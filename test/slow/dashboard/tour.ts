import OpenAI from 'openai';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { DemoName } from '../../../cli/sandbox-file.ts';
import type { ScriptRule } from '../../../mocks/providers/index.ts';
import { launchBrowser } from '../../harness/browser.ts';
import { startTestSandbox, type TestSandbox } from '../../harness/sandbox.ts';
import { openTab, type Tab } from './tab.ts';

/** One browser and one sandbox for all tests of the dashboard. */
export interface DashboardTour {
  readonly browser: Browser;
  readonly sandbox: TestSandbox;
  /** Where the sandbox serves the page. */
  readonly origin: string;
  close(): Promise<void>;
}

export async function openTour(): Promise<DashboardTour> {
  const [browser, sandbox] = await Promise.all([launchBrowser(), startTestSandbox()]);
  return {
    browser,
    sandbox,
    origin: new URL(sandbox.control_plane).origin,
    async close() {
      await Promise.all([browser.close(), sandbox.close()]);
    },
  };
}

/** Opens a tab, runs `act` in it, and wants it to be without complaints at the end. */
export async function inTab(
  { browser }: DashboardTour,
  options: BrowserContextOptions,
  act: (tab: Tab) => Promise<void>,
): Promise<void> {
  const tab = await openTab(browser, options);
  try {
    await act(tab);
    expect(tab.complaints).toEqual([]);
  } finally {
    await tab.close();
  }
}

/** Signs in with the link that the sandbox prints. */
export async function signIn({ origin, sandbox }: DashboardTour, { page }: Tab, name: DemoName): Promise<void> {
  await page.goto(`${origin}/#api_key=${sandbox.accounts[name].api_key}`);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await allRead(page);
}

/** When everything that the page reads has been read once. */
export async function allRead(page: Page): Promise<void> {
  await page.locator('.freshness.live').waitFor();
}

/** One call of the official SDK through the proxy; answers what it cost. */
export async function callSdk({ sandbox }: DashboardTour, name: DemoName): Promise<bigint> {
  const sdk = new OpenAI({
    baseURL: `${sandbox.proxy}/v1`,
    apiKey: sandbox.accounts[name].workspace_key,
    maxRetries: 0,
  });
  const { response } = await sdk.chat.completions
    .create({ model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'Hello' }] })
    .withResponse();
  return BigInt(response.headers.get('x-rigbox-cost-micro') ?? Number.NaN);
}

/** Has the stub answer the next call so. */
export async function script({ sandbox }: DashboardTour, respond: ScriptRule['respond']): Promise<void> {
  const answer = await fetch(`${sandbox.stub}/_stub/scripts`, { method: 'POST', body: JSON.stringify({ respond }) });
  expect(answer.status).toBe(201);
}

/** Skips time, as if the page had stood there: what was due meanwhile happens now, once. */
export const pass = (page: Page, seconds: number) => page.clock.fastForward(seconds * 1000);

export const balanceMicro = async (page: Page) => BigInt(await readMicro(page, '.figure'));

export async function readMicro(page: Page, selector: string): Promise<string> {
  return (await page.locator(selector).first().getAttribute('data-micro')) ?? 'none';
}
