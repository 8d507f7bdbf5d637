import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { allRead, balanceMicro, callSdk, type DashboardTour, inTab, pass, readMicro, script, signIn } from './tour.ts';

/** Numbers on the page, and that they are the platform's. */
export function describeMoney(tour: () => DashboardTour): void {
  describe('the balance on an open page', () => {
    it('moves by exactly the cost of one SDK call, and so do sum, chart and table, without a reload', async () => {
      await callSdk(tour(), 'funded');
      await inTab(tour(), {}, async (tab) => {
        await signIn(tour(), tab, 'funded');
        const before = await balanceMicro(tab.page);
        const spentBefore = BigInt(await readMicro(tab.page, '[data-sum=credits]'));
        await tab.page.evaluate('globalThis.isSamePage = true');
        await script(tour(), { costUsd: 0.012345 });
        const cost = await callSdk(tour(), 'funded');
        expect(cost).toBe(1_234_500n);
        await pass(tab.page, 6);
        await expect.poll(() => balanceMicro(tab.page)).toBe(before - cost);
        for (const place of ['[data-sum=credits]', '.workspaces tbody [data-micro]']) {
          await expect.poll(() => readMicro(tab.page, place)).toBe(String(spentBefore + cost));
        }
        expect(await tab.page.evaluate('globalThis.isSamePage')).toBe(true);
      });
    });

    it('says so when credits run out, and goes on by an own key', async () => {
      await inTab(tour(), {}, async (tab) => {
        const { page } = tab;
        await signIn(tour(), tab, 'other');
        await page.getByRole('heading', { name: 'Credits are used up' }).waitFor({ state: 'hidden' });
        await script(tour(), { costUsd: 3 });
        await callSdk(tour(), 'other');
        await pass(page, 3);
        await page.getByRole('heading', { name: 'Credits are used up' }).waitFor();
        await expect.poll(() => balanceMicro(page)).toBe(-50_000_000n);
        await expect(callSdk(tour(), 'other')).rejects.toMatchObject({ status: 402 });
        await tab.picture('sandbox-credits-run-out');

        await page.getByRole('button', { name: 'Use own key in other-bot' }).click();
        await page.getByRole('dialog').getByRole('radio', { name: 'Own key' }).check();
        await page.getByLabel('Provider key').fill('sk-of-the-workspace-itself');
        await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
        await page.getByText('Own key in use').waitFor();
        expect(await page.content()).not.toContain('sk-of-the-workspace');
        await page.keyboard.press('Escape');
        await pass(page, 6);
        await page.getByRole('heading', { name: 'Credits are used up, and no workspace needs them' }).waitFor();
        await callSdk(tour(), 'other');
        await pass(page, 30);
        await page.locator('.workspaces tbody').getByRole('cell', { name: '2', exact: true }).waitFor();
        expect(await balanceMicro(page)).toBe(-50_000_000n);
        await tab.picture('sandbox-recovered-by-own-key');
      });
    });
  });

  describe('the exports', () => {
    it('have the rows of the table and of the API, to the microcredit', async () => {
      await inTab(tour(), {}, async (tab) => {
        const { page } = tab;
        await signIn(tour(), tab, 'funded');
        await allRead(page);
        const { data } = await tour().sandbox.as('funded').GET('/users/me/ai-usage');
        const days = await exported(page, 'Export CSV of usage over time');
        const workspaces = await exported(page, 'Export CSV of workspaces');
        expect(days.map(({ day_utc, credits_micro }) => [day_utc, credits_micro])).toEqual(
          data?.daily.map((row) => [row.day, String(row.credits_micro)]),
        );
        expect(
          workspaces.map(({ workspace_id, credits_micro, requests }) => [workspace_id, credits_micro, requests]),
        ).toEqual(data?.by_workspace.map((row) => [row.workspace_id, String(row.credits_micro), String(row.requests)]));
        const row = page.locator('.workspaces tbody tr').first();
        expect((await row.locator('td').allInnerTexts()).slice(0, 4)).toEqual([
          workspaces[0]?.requests,
          workspaces[0]?.input_tokens,
          workspaces[0]?.output_tokens,
          workspaces[0]?.credits,
        ]);
      });
    });
  });
}

/** What a click on a button saves, as rows by the names of the columns. */
async function exported(page: Page, button: string): Promise<readonly Record<string, string>[]> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).click(),
  ]);
  const text = (await readFile(await download.path(), 'utf8')).replace('\uFEFF', '');
  const [names = [], ...rows] = text
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(','));
  return rows.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index] ?? ''])));
}
