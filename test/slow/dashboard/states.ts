import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { allRead, type DashboardTour, inTab, pass, signIn } from './tour.ts';

/** What the page does when the platform, or the way to it, does not do its part. */
export function describeStates(tour: () => DashboardTour): void {
  describe('signing in', () => {
    it('refuses a key that the platform refuses, and a URL that is none', async () => {
      await inTab(tour(), {}, async ({ page }) => {
        await page.goto(tour().origin);
        await page.getByLabel('API key').fill(tour().sandbox.accounts.funded.workspace_key);
        await page.getByRole('button', { name: 'Sign in' }).click();
        await page.getByText('the key of a workspace is for the AI proxy only').waitFor();
        await page.getByLabel('Platform URL').fill('javascript:alert(1)');
        await page.getByRole('button', { name: 'Sign in' }).click();
        await page.getByText('starts with http').waitFor();
      });
    });

    it('keeps the key in this tab: out of the address, local storage and cookies, over a reload, until sign-out', async () => {
      await inTab(tour(), {}, async (tab) => {
        const { page } = tab;
        await signIn(tour(), tab, 'funded');
        expect(page.url()).toBe(`${tour().origin}/`);
        expect(await page.evaluate('[localStorage.length, sessionStorage.length, document.cookie]')).toEqual([
          0,
          1,
          '',
        ]);
        await page.reload();
        await allRead(page);
        await page.getByRole('button', { name: 'Sign out' }).click();
        await page.getByLabel('API key').waitFor();
        expect(await page.evaluate('sessionStorage.length')).toBe(0);
        await page.reload();
        await page.getByLabel('API key').waitFor();
      });
    });
  });

  describe('the page', () => {
    it('shows where numbers will stand while it waits for them', async () => {
      await inTab(tour(), {}, async (tab) => {
        const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
        await enterWithoutNumbers(tour(), tab.page, async () => answered);
        await tab.page.locator('.balance.loading').waitFor();
        await tab.picture('loading');
        answer();
        await allRead(tab.page);
      });
    });

    it('says that it has no connection, keeps the last numbers, and comes back by itself', async () => {
      await inTab(tour(), {}, async (tab) => {
        const { page } = tab;
        await signIn(tour(), tab, 'funded');
        const before = await page.locator('.figure').innerText();
        await page.context().setOffline(true);
        await pass(page, 3);
        await page.getByRole('heading', { name: 'No connection' }).waitFor();
        expect(await page.locator('.figure').innerText()).toBe(before);
        await tab.picture('offline');
        await page.context().setOffline(false);
        await pass(page, 6);
        await page.getByRole('heading', { name: 'No connection' }).waitFor({ state: 'hidden' });
      });
    });

    it('waits as long as Retry-After says, and asks for nothing meanwhile', async () => {
      await inTab(tour(), {}, async (tab) => {
        const { page } = tab;
        await signIn(tour(), tab, 'funded');
        const now = () => page.evaluate<number>('Date.now()');
        const asked: number[] = [];
        await page.route('**/api/v1/**', async (route) => {
          asked.push(await now());
          await route.fulfill({ status: 429, headers: { 'retry-after': '60' }, json: RATE_LIMITED });
        });
        await pass(page, 3);
        await page.getByRole('heading', { name: 'Too many requests' }).waitFor();
        // Else the page's time goes on while a busy machine takes the picture.
        const pausedAt = (await now()) + 20_000;
        await page.clock.pauseAt(pausedAt);
        await tab.picture('rate-limited');
        await page.evaluate('dispatchEvent(new Event("online"))');
        const [limitedAt = 0] = asked;
        await page.clock.fastForward(limitedAt + 59_000 - pausedAt);
        expect(asked).toHaveLength(1);
        await pass(page, 20);
        await expect.poll(() => asked.length).toBe(2);
      });
    });

    it('repeats what the platform says went wrong, and tries again when asked to', async () => {
      await inTab(tour(), {}, async (tab) => {
        const { page } = tab;
        await enterWithoutNumbers(tour(), page, (route) => route.fulfill({ status: 500, json: FAULT }));
        await page.getByText('Something went wrong on our side.').waitFor();
        await tab.picture('platform-error');
        await page.unroute('**/api/v1/**');
        await page.getByRole('button', { name: 'Try now' }).click();
        await allRead(page);
      });
    });

    it('goes back to the sign-in when the key is not taken any more', async () => {
      await inTab(tour(), {}, async (tab) => {
        await signIn(tour(), tab, 'funded');
        await tab.page.route('**/api/v1/**', (route) => route.fulfill({ status: 401, json: {} }));
        await pass(tab.page, 3);
        await tab.page.getByText('The platform does not accept this key.').waitFor();
        expect(await tab.page.evaluate('sessionStorage.length')).toBe(0);
      });
    });
  });

  describe('the pages as they are served', () => {
    it('come under a policy that allows nothing inline and nothing from elsewhere, below 120 KB gzipped', async () => {
      const page = await fetch(tour().origin);
      const policy = page.headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self';");
      expect(policy).not.toContain('unsafe');
      const html = await page.text();
      expect(html).not.toMatch(/<style|style=|<script(?![^>]* src=)|https?:/);
      const files = [...html.matchAll(/(?:src|href)="\.\/([^"]+)"/g)].map(([, path]) => `${tour().origin}/${path}`);
      expect(files).toHaveLength(3);
      const sizes = await Promise.all(files.map(gzippedSize));
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(120 * 1024);
    });

    it('paint the sign-in before an account is asked for; the time is printed', async () => {
      // A tab of its own: the clock that the others have stands in for the browser's measurements, too.
      const page = await tour().browser.newPage();
      await page.goto(tour().origin);
      await page.getByLabel('API key').waitFor();
      // Standing in the document comes before being painted: on a busy machine the entry is not there yet.
      const paintedMs = await page.evaluate<number>(
        `new Promise((painted) => new PerformanceObserver((list) => {
          for (const entry of list.getEntriesByName('first-contentful-paint')) painted(entry.startTime);
        }).observe({ type: 'paint', buffered: true }))`,
      );
      await page.close();
      expect(paintedMs).toBeGreaterThan(0);
      console.log(`dashboard: first paint after ${paintedMs.toFixed(0)} ms`);
    });

    it('leave every other path to the contract', async () => {
      for (const path of ['/nothing', '/assets/nothing.js', '/assets/..%2f..%2fpackage.json']) {
        const answer = await fetch(tour().origin + path);
        expect(answer.status).toBe(404);
        expect(await answer.json()).toMatchObject({ error: { code: 'not_found' } });
      }
    });
  });
}

const RATE_LIMITED = { error: { code: 'rate_limited', message: 'Too many requests. Try again in 60 seconds.' } };
const FAULT = { error: { code: 'internal_error', message: 'Something went wrong on our side.' } };

type Answering = Parameters<Page['route']>[1];

/** Opens an account whose first numbers are answered by `answering`: what it lets through goes to the platform. */
async function enterWithoutNumbers(
  { origin, sandbox }: DashboardTour,
  page: Page,
  answering: Answering,
): Promise<void> {
  await page.goto(`${origin}/#api_key=${sandbox.accounts.funded.api_key}`);
  const isSignIn = new Set<string>();
  await page.route('**/api/v1/**', async (route, request) => {
    // The first question is the sign-in's own.
    if (isSignIn.size === 0) isSignIn.add(request.url());
    else await answering(route, request);
    await route.continue().catch(() => {});
  });
  await page.getByRole('button', { name: 'Sign in' }).click();
}

async function gzippedSize(url: string): Promise<number> {
  return gzipSync(await (await fetch(url)).bytes()).length;
}
