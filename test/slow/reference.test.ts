import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { controlPlaneDocument, managedProxyDocument, type OpenApiOperation } from '../../generated/bundles.ts';
import { requirements } from '../../generated/requirements.ts';
import { launchBrowser } from '../harness/browser.ts';
import { startTestSandbox, type TestSandbox } from '../harness/sandbox.ts';

let browser: Browser;
let sandbox: TestSandbox;
beforeAll(async () => {
  [browser, sandbox] = await Promise.all([launchBrowser(), startTestSandbox()]);
});
afterAll(() => Promise.all([browser?.close(), sandbox?.close()]));

/** Where the page has an operation: by its tag and its id. */
function pageAnchor({ tags: [tag = ''], operationId }: OpenApiOperation): string {
  return `${tag.toLowerCase().replaceAll(' ', '-')}/${operationId.toLowerCase()}`;
}

/** The ids that the operation's own part of the page shows. */
async function idsAt(page: Page, place: string): Promise<readonly string[]> {
  await page.goto(new URL(`#/${place}`, page.url()).href);
  const part = page.locator(`[id="${place}"]`);
  await part.getByText('Requirements', { exact: true }).waitFor();
  const bold = await part.locator('strong').all();
  const shown = await Promise.all(bold.map(async (one) => ((await one.isVisible()) ? await one.innerText() : '')));
  return shown.filter((text) => /^[A-Z]{3}-\d{3}$/.test(text)).sort();
}

describe.each([
  ['control-plane', controlPlaneDocument],
  ['managed-proxy', managedProxyDocument],
])('the reference of the %s in the sandbox', (api, { paths }) => {
  const operations = Object.values(paths).flatMap((item) => Object.values(item));
  const requirementIds = (id: string) =>
    requirements.filter(({ operationId }) => operationId === id).map((row) => row.id);

  it('shows the requirements of each operation there, and needs no other file', async () => {
    const page = await browser.newPage({ viewport: { width: 1400, height: 1000 } });
    const asked: string[] = [];
    const complaints: string[] = [];
    page.on('request', (request) => asked.push(request.url().split('#')[0] ?? ''));
    page.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));

    const address = new URL(`/docs/${api}.html`, sandbox.control_plane).href;
    const answer = await page.goto(address);
    expect(answer?.headers()['content-security-policy']).toMatch(/^default-src 'none';/);
    for (const operation of operations) {
      expect(await idsAt(page, pageAnchor(operation)), operation.operationId).toEqual(
        requirementIds(operation.operationId),
      );
    }
    await page.screenshot({ path: join(import.meta.dirname, 'artefacts', `${api}.png`) });

    expect(complaints).toEqual([]);
    expect(asked.filter((url) => url !== address && !/^(data|blob):/.test(url))).toEqual([]);
    await page.close();
  });
});
