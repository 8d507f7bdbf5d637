import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createControlPlaneClient } from '../../../client/index.ts';
import { startMock } from '../../../mocks/index.ts';
import { type ScenarioName, scenarioNames } from '../../../mocks/msw/index.ts';
import { serveMockedDashboard } from './mocked-page.ts';
import type { PageServer } from './page-server.ts';
import { allRead, type DashboardTour, inTab, readMicro } from './tour.ts';

/** What a state has on the screen besides its numbers. */
const SAYS: Readonly<Record<ScenarioName, string>> = {
  'fresh-account': 'Nothing used in this time',
  'busy-month': 'winter-campaign',
  'almost-out': 'runs out about',
  exhausted: 'Credits are used up',
  byok: 'contract-review',
  'missing-key': 'A key is missing',
  'unicode-names': 'Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenkasten',
  'large-numbers': 'shard-08',
  empty: 'No workspaces yet',
};

/** The nine states of the contract's examples, from another origin, mocked in the browser itself, and in the sandbox. */
export function describeScenarios(tour: () => DashboardTour): void {
  describe('the state', () => {
    let mocked: PageServer;
    beforeAll(async () => {
      mocked = await serveMockedDashboard();
    });
    afterAll(() => mocked?.close());

    it.each(scenarioNames)(
      '%s looks the same wherever it comes from, with the numbers of the API',
      async (scenario) => {
        const mock = await startMock({ scenario });
        try {
          await inTab(tour(), {}, async (tab) => {
            const { page } = tab;
            const { origin } = tour();
            const look = async (way: string, url: string) => {
              await page.goto(url);
              await enter(page);
              await page.getByText(SAYS[scenario]).first().waitFor();
              await tab.picture(`state-${scenario}-${way}`);
              return readLook(page);
            };
            const fromMock = await look('mock', `${origin}/#api_key=rb_any&base_url=${mock.controlPlaneUrl}`);
            expect(await readNumbers(page)).toEqual(await numbersAt(mock.controlPlaneUrl));
            expect(await look('msw', `${mocked.url}?scenario=${scenario}#api_key=rb_any`)).toEqual(fromMock);
            expect(mocked.leaked).toEqual([]);
            expect(await look('sandbox', `${origin}/#api_key=${await loadInSandbox(tour(), scenario)}`)).toEqual(
              fromMock,
            );

            await page.setViewportSize({ width: 360, height: 800 });
            await expect.poll(() => page.evaluate('document.documentElement.scrollWidth')).toBe(360);
            await tab.picture(`state-${scenario}-phone`);
          });
        } finally {
          await mock.close();
        }
      },
    );

    it('of an account is read, and its AI called, by a page of another origin than the sandbox', async () => {
      await inTab(tour(), {}, async ({ page }) => {
        const { accounts, control_plane, proxy } = tour().sandbox;
        const { api_key, workspace_key } = accounts.funded;
        await page.goto(`${mocked.url}#api_key=${api_key}&base_url=${control_plane}`);
        await enter(page);
        expect(await readNumbers(page)).toEqual(await numbersAt(control_plane, api_key));
        const call = {
          method: 'POST',
          headers: { authorization: `Bearer ${workspace_key}`, 'content-type': 'application/json' },
          body: JSON.stringify({ model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'Hello' }] }),
        };
        const [status, costMicro] = await page.evaluate<[number, string | null]>(
          `fetch('${proxy}/v1/chat/completions', ${JSON.stringify(call)})
            .then(({ status, headers }) => [status, headers.get('x-rigbox-cost-micro')])`,
        );
        expect(status).toBe(200);
        expect(costMicro).toMatch(/^[1-9]\d*$/);
      });
    });

    it('busy-month divides a day by workspace, and shows its hours', async () => {
      await inTab(tour(), { colorScheme: 'dark' }, async (tab) => {
        const { page } = tab;
        await page.goto(`${mocked.url}?scenario=busy-month#api_key=rb_any`);
        await enter(page);
        const place = { position: { x: 940, y: 120 } };
        const slider = page.getByRole('slider');
        let texts: readonly string[] = [];
        // Where the page moves under the pointer while it is still being laid out, the tooltip goes.
        const read = async () => {
          await page.mouse.move(0, 0);
          await slider.hover(place);
          texts = await page.locator('.tooltip .total span:last-child, .tooltip li span:last-child').allInnerTexts();
          const [tooltip = ''] = await page.locator('.tooltip').allInnerTexts();
          return texts.length > 2 ? tooltip : '';
        };
        await expect.poll(read).toContain('Click or press Enter for its hours');
        await tab.picture('hover');
        const [total = '', ...parts] = texts;
        expect(parts.map(microOfText).reduce((a, b) => a + b)).toBe(microOfText(total));
        await slider.click(place);
        await page.getByRole('button', { name: 'All 30 days' }).waitFor();
        await expect.poll(() => readMicro(page, '[data-sum=credits]')).toBe(String(microOfText(total)));
        await tab.picture('hours-of-a-day');
        for (const range of ['7 days', '24 hours', '6 hours', '1 hour']) {
          await page.getByRole('button', { name: range }).click();
          await page.getByText(`Last ${range}, UTC`).waitFor();
        }
      });
    });
  });
}

/** An account of its own in this state; answers its API key. */
async function loadInSandbox({ origin }: DashboardTour, scenario: ScenarioName): Promise<string> {
  const answer = await fetch(`${origin}/sandbox/v1/scenarios/${scenario}`, { method: 'POST' });
  expect(answer.status).toBe(201);
  return ((await answer.json()) as { api_key: string }).api_key;
}

/** All that can be read, and all that is drawn. */
async function readLook(page: Page) {
  const main = page.locator('main');
  return { text: await main.innerText(), drawings: await main.locator('svg').evaluateAll(readMarkup) };
}

const readMarkup = (drawings: readonly { readonly outerHTML: string }[]) => drawings.map(({ outerHTML }) => outerHTML);

async function enter(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Sign in' }).click();
  await allRead(page);
}

/** In microcredits, as they stand on the page. */
async function readNumbers(page: Page) {
  const rows = await page.locator('.workspaces tbody [data-micro]').all();
  const costs = await Promise.all(rows.map((row) => row.getAttribute('data-micro')));
  return {
    remaining: await readMicro(page, '.figure'),
    sum: await readMicro(page, '[data-sum=credits]'),
    workspaces: costs
      .filter((cost) => cost !== '0')
      .map(Number)
      .sort(ascending),
  };
}

async function numbersAt(baseUrl: string, apiKey = 'rb_any') {
  const client = createControlPlaneClient({ baseUrl, apiKey });
  const [{ data: credits }, { data: usage }] = await Promise.all([
    client.GET('/users/me/credits'),
    client.GET('/users/me/ai-usage'),
  ]);
  const days = usage?.daily.map((row) => BigInt(row.credits_micro)) ?? [];
  return {
    remaining: String(credits?.remaining_micro),
    sum: String(days.reduce((a, b) => a + b, 0n)),
    workspaces: usage?.by_workspace
      .map((row) => row.credits_micro)
      .filter((cost) => cost !== 0)
      .sort(ascending),
  };
}

const ascending = (a: number, b: number) => a - b;

/** `1,234.5` credits, as microcredits. */
function microOfText(text: string): bigint {
  const [whole = '0', decimals = ''] = text.replaceAll(',', '').split('.');
  return BigInt(whole) * 1_000_000n + BigInt(decimals.padEnd(6, '0'));
}
