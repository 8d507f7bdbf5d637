import { setupServer } from 'msw/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Operation, readOperations } from '../../../contract/operation.ts';
import { controlPlaneDocument, managedProxyDocument } from '../../../generated/bundles.ts';
import { rigkitHandlers } from '../../../mocks/msw/index.ts';
import { type Mock, startMock } from '../../../mocks/prism/mock-server.ts';

const BROWSER = 'https://in-the-browser.test';
const worker = setupServer(...rigkitHandlers({ controlPlaneUrl: `${BROWSER}/api/v1`, proxyUrl: BROWSER }));

let mock: Mock;
beforeAll(async () => {
  worker.listen({ onUnhandledFrame: 'bypass' });
  mock = await startMock();
});
afterAll(async () => {
  worker.close();
  await mock.close();
});

const operations = [
  ...readOperations(controlPlaneDocument).map((operation) => ({ base: '/api/v1', operation })),
  ...readOperations(managedProxyDocument).map((operation) => ({ base: '', operation })),
].map((row) => ({ ...row, name: `${row.operation.method} ${row.operation.path}` }));

const requestExamples = ({ body }: Operation) => [...(body?.content.get('application/json')?.examples.values() ?? [])];
const withBody = operations.filter(({ operation }) => requestExamples(operation).length > 0);

describe.each(withBody)('$name', ({ base, operation }) => {
  it('is answered with success for every example of its request', async () => {
    for (const body of requestExamples(operation)) {
      const { status } = await send(mock.url, base, operation, body, {});
      expect({ body, status }).toMatchObject({ status: expect.toSatisfy((code) => code < 300) });
    }
  });
});

describe.each(operations)('$name', ({ base, operation }) => {
  const [request] = requestExamples(operation);

  it('is answered with every example of every response, the same by the server as in the browser', async () => {
    for (const [code, { content }] of operation.responses) {
      for (const [mediaType, { examples }] of content) {
        for (const [name, value] of examples) {
          const headers = { prefer: `code=${code}, example=${name}` };
          const body = mediaType === 'text/event-stream' ? { ...Object(request), stream: true } : request;
          const query = mediaType === 'text/event-stream' ? '&alt=sse' : '';
          const served = await read(await send(mock.url, base, operation, body, headers, query));
          const intercepted = await read(await send(BROWSER, base, operation, body, headers, query));
          expect(served).toEqual(intercepted);
          expect(served).toMatchObject({ status: Number(code), mediaType });
          expect(served.text.trim()).toBe(typeof value === 'string' ? value.trim() : JSON.stringify(value));
        }
      }
    }
  });
});

/** The headers that the contract speaks of; the others belong to the transport. */
const DECLARED = ['allow', 'retry-after', 'www-authenticate', 'x-should-retry'];
const COST = ['x-rigbox-cost-micro', 'x-rigbox-cost-credits'];

async function read(answer: Response) {
  const headers = Object.fromEntries([...DECLARED, ...COST].map((name) => [name, answer.headers.get(name)]));
  return { status: answer.status, mediaType: answer.headers.get('content-type'), headers, text: await answer.text() };
}

function send(
  origin: string,
  base: string,
  { method, path }: Operation,
  body: unknown,
  headers: Record<string, string>,
  query = '',
): Promise<Response> {
  const filled = path.replace('{version}', 'v1beta').replace(/\{\w+\}/g, 'some');
  const own = path.startsWith('/rig/') ? 'subject=customer-4711' : '';
  return fetch(`${origin}${base}${filled}?${own}${query}`, {
    method,
    headers: {
      authorization: 'Bearer rb_x',
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}
