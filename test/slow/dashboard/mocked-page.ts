import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dashboardFolder } from '../../../cli/dashboard/folder.ts';
import { MOCKED_BY_MAIN, type PageServer, servePage } from './page-server.ts';

/** The built dashboard, unchanged, on an origin of its own, behind a service worker where `?scenario=` says which state it answers in. */
export async function serveMockedDashboard(): Promise<PageServer> {
  const folder = await dashboardFolder();
  const read = (path: string) => readFileSync(join(folder, path), 'utf8');
  const assets = readdirSync(join(folder, 'assets')).map((name) => `assets/${name}`);
  const script = /<script[^>]* src="\.\/(.+?)"><\/script>/;
  const html = read('index.html');
  const app = script.exec(html)?.[1];
  return servePage({
    '/': ['text/html', () => html.replace(script, MOCKED_BY_MAIN)],
    '/main.js': ['text/javascript', () => mainScript(`/${app}`)],
    '/favicon.svg': ['image/svg+xml', () => read('favicon.svg')],
    ...Object.fromEntries(assets.map((path) => [`/${path}`, [contentType(path), () => read(path)] as const])),
  });
}

const contentType = (path: string) => (path.endsWith('.css') ? 'text/css' : 'text/javascript');

const mainScript = (app: string) => `import { setupWorker } from 'msw';
import { rigkitMocks } from 'rigkit/mocks/msw';
const scenario = new URLSearchParams(location.search).get('scenario');
if (scenario !== null) {
  const mocks = rigkitMocks({ controlPlaneUrl: '/api/v1', scenario });
  await setupWorker(...mocks.handlers).start({ quiet: true, onUnhandledFrame: mocks.onUnhandledFrame });
}
await import('${app}');`;
