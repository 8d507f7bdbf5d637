import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { stripTypeScriptTypes } from 'node:module';
import type { AddressInfo } from 'node:net';

/** What a path answers: its type, and its text when it is asked for. */
export type Files = Readonly<Record<string, readonly [type: string, text: () => string]>>;

/** A page that starts the handlers before it loads its app, and an app that fetches as soon as it is loaded. */
const FILES: Files = {
  '/': ['text/html', () => PAGE],
  '/main.js': ['text/javascript', () => MAIN],
  '/app.js': ['text/javascript', () => APP],
  '/favicon.ico': ['image/x-icon', () => ''],
  '/msw.iife.js': ['text/javascript', () => readFileSync('node_modules/msw/lib/iife/index.js', 'utf8')],
  '/msw.js': ['text/javascript', () => 'export const { http, setupWorker } = MockServiceWorker;'],
  '/mockServiceWorker.js': ['text/javascript', () => readFileSync('node_modules/msw/lib/mockServiceWorker.js', 'utf8')],
};

/** Starts the handlers by `/main.js`, which then loads the app. */
export const MOCKED_BY_MAIN = `<script src="/msw.iife.js"></script>
<script type="importmap">{ "imports": { "msw": "/msw.js", "rigkit/mocks/msw": "/mocks/msw/index.ts" } }</script>
<script type="module" src="/main.js"></script>`;

const PAGE = `<!doctype html><title>loading</title>
${MOCKED_BY_MAIN}`;

const MAIN = `import { setupWorker } from 'msw';
import { rigkitMocks } from 'rigkit/mocks/msw';
const mocks = rigkitMocks({ controlPlaneUrl: '/api/v1', proxyUrl: '/ai', scenario: 'busy-month' });
await setupWorker(...mocks.handlers).start({ quiet: true, onUnhandledFrame: mocks.onUnhandledFrame });
await import('/app.js');`;

const APP = `const answers = await Promise.all(['users/me/credits', 'workspaces', 'users/me/ai-usage'].map((path) => fetch('/api/v1/' + path)));
const [credits] = await Promise.all(answers.map((answer) => answer.json()));
document.title = answers.map(({ status }) => status).join() + ' ' + credits.remaining_micro;`;

export interface PageServer {
  readonly url: string;
  /** Requests for the API that no handler caught. */
  readonly leaked: readonly string[];
  close(): void;
}

/**
 * Serves the page, and the sources of the handlers as a browser reads them: without their types, unbundled. `own` files
 * stand in the place of the page's.
 */
export async function servePage(own: Files = {}): Promise<PageServer> {
  const files = { ...FILES, ...own };
  const leaked: string[] = [];
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
    const found = files[path] ?? source(path);
    if (found === undefined) leaked.push(`${request.method} ${path}`);
    response.writeHead(found ? 200 : 404, { 'content-type': found?.[0] ?? 'text/plain' }).end(found?.[1]());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    leaked,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function source(path: string): readonly [string, () => string] | undefined {
  if (!/^\/(mocks|contract|generated)\/[\w/-]+\.(ts|json)$/.test(path)) return undefined;
  const known = sources.get(path) ?? read(path);
  sources.set(path, known);
  return [path.endsWith('.json') ? 'application/json' : 'text/javascript', () => known];
}

const sources = new Map<string, string>();

function read(path: string): string {
  const text = readFileSync(path.slice(1), 'utf8');
  return path.endsWith('.json') ? text : stripTypeScriptTypes(text);
}
