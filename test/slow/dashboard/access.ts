import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Tab } from './tab.ts';
import { type DashboardTour, inTab, signIn } from './tour.ts';

/** What everybody needs to be able to use the page, however they see, point and type. */
export function describeAccess(tour: () => DashboardTour): void {
  describe('accessibility', () => {
    it('axe finds nothing, neither in light nor in dark: sign-in, account, settings', async () => {
      await inTab(tour(), {}, async (tab) => {
        const { page } = tab;
        await page.goto(tour().origin);
        await page.getByRole('button', { name: 'Sign in' }).waitFor();
        expect(await violations(tab, 'sign-in')).toEqual([]);
        await signIn(tour(), tab, 'funded');
        await page.getByText('Show the numbers').click();
        expect(await violations(tab, 'account')).toEqual([]);
        await page.getByRole('button', { name: 'AI settings of funded-bot' }).click();
        await page.getByRole('dialog').getByRole('radio', { name: 'Own key' }).check();
        expect(await violations(tab, 'settings')).toEqual([]);
      });
    });

    it('every action works by keyboard: sign in, chart, sort, settings, sign out', async () => {
      await inTab(tour(), {}, async ({ page }) => {
        await page.goto(tour().origin);
        await reach(page, 'API key');
        await page.keyboard.type(tour().sandbox.accounts.funded.api_key);
        await page.keyboard.press('Enter');
        await page.getByText('Live, updated').waitFor();

        await reach(page, 'Requests');
        await page.keyboard.press('Enter');
        await reach(page, 'Chart of requests, Enter shows the hours of a day');
        const chart = page.getByRole('slider');
        const day = () => chart.getAttribute('aria-valuetext');
        await expect.poll(day).toMatch(/: [1-9]\d* requests$/);
        const today = await day();
        await page.keyboard.press('ArrowLeft');
        await expect.poll(day).toMatch(/: 0 requests$/);
        await page.keyboard.press('End');
        await expect.poll(day).toBe(today);
        await page.keyboard.press('Enter');
        await page.getByRole('button', { name: 'All 30 days' }).waitFor();
        await reach(page, 'Chart of requests');
        await page.keyboard.press('Escape');
        await page.getByRole('button', { name: 'All 30 days' }).waitFor({ state: 'hidden' });

        await reach(page, 'Workspace');
        await page.keyboard.press('Enter');
        await page.locator('th[aria-sort=ascending]', { hasText: 'Workspace' }).waitFor();
        await reach(page, 'AI settings of funded-bot');
        await page.keyboard.press('Enter');
        await page.getByRole('dialog').waitFor();
        await page.keyboard.press('Escape');
        await page.getByRole('dialog').waitFor({ state: 'hidden' });
        await expect.poll(() => focused(page)).toBe('AI settings of funded-bot');

        await page.evaluate('document.activeElement.blur()');
        await reach(page, 'Sign out');
        await page.keyboard.press('Enter');
        await page.getByLabel('API key').waitFor();
      });
    });

    it.each([360, 768])('nothing is cut off at a width of %i', async (width) => {
      await inTab(tour(), { viewport: { width, height: 800 }, isMobile: true, hasTouch: true }, async (tab) => {
        await signIn(tour(), tab, 'funded');
        await tab.picture(`width-${width}`);
        await expect.poll(() => tab.page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      });
    });

    it('nothing moves for those who asked for less motion', async () => {
      await inTab(tour(), { reducedMotion: 'reduce' }, async (tab) => {
        await signIn(tour(), tab, 'funded');
        await tab.page.getByRole('button', { name: 'AI settings of funded-bot' }).click();
        await tab.page.getByRole('dialog').waitFor();
        expect(await tab.page.evaluate('document.getAnimations().length')).toBe(0);
      });
    });
  });
}

/** What axe finds in either colour scheme, of which it keeps a picture each. */
async function violations({ page, picture }: Tab, state: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await picture(`${state}-${colorScheme}`);
    const { violations } = await new AxeBuilder({ page }).analyze();
    found.push(
      ...violations.map(({ id, nodes }) => `${colorScheme}, ${id}: ${nodes.map(({ html }) => html).join(' ')}`),
    );
  }
  return found;
}

/** Presses Tab until the element of that name has the focus. */
async function reach(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab');
    if ((await focused(page)) === name) return;
  }
  throw new Error(`Tab does not reach "${name}"`);
}

/** What a reader is told of the element with the focus: its label, or its text. */
function focused(page: Page): Promise<string> {
  return page.evaluate<string>(`(() => {
    const element = document.activeElement;
    const label = element.getAttribute('aria-label') ?? element.labels?.[0]?.querySelector('span')?.textContent;
    const text = element.querySelector('.title') ?? element;
    return (label ?? text.textContent).trim();
  })()`);
}
