import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHAT, chat } from '../../harness/books.ts';
import { bearer, expectRefused, requestText, speak, useTestPlatform } from './fixture.ts';

const platform = useTestPlatform();

const body = JSON.stringify(chat);
const contents = JSON.stringify({ contents: [{ parts: [{ text: 'Hello' }] }] });

function post(target: string, lines: readonly string[] = [], text = body): string {
  const about = [
    bearer(platform.tenant),
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(text)}`,
  ];
  return requestText(`POST ${target} HTTP/1.1`, [...about, ...lines], text);
}

describe('a path', () => {
  it.each([
    '/google/../openai/v1/chat/completions',
    '/openai/v1/../v1/chat/completions',
    '/openai/v1/./chat/completions',
    '/openai/%2e%2e/openai/v1/chat/completions',
    '/openai//v1/chat/completions',
    '//v1/chat/completions',
    '/v1//chat/completions',
    '/v1/chat/completions/',
    '/v1/chat/completions;a=b',
    '/v1/chat/completions%00',
    '/v1/chat/completions%0d%0aX:%20y',
    '/v1/chat%2fcompletions',
    '/v1/chat%252fcompletions',
    '/v1/chat\\completions',
    '/V1/chat/completions',
    '/OpenAI/v1/chat/completions',
    '/openai/v1/files',
    '/openai/v1/fine_tuning/jobs',
    '/openai/v1/organization/admin_api_keys',
    '/openai/v1/chat/completions/../../files',
    '/anthropic/v1/organizations/me',
    '/anthropic/v1/messages/batches',
    '/anthropic/v1/%6d%65ssages',
    '/google/v1beta/files',
    '/google/v1beta/cachedContents',
    '/google/upload/v1beta/files',
    '/google/v1beta/tunedModels/mine:generateContent',
    '/google/v1beta/models/gemini-2.5-flash:predict',
    '/google/v1beta/models/gemini-2.5-flash:generateContent:countTokens',
    '/google/v1beta/models/gemini-2.5-flash%3AgenerateContent',
    '/google/v1beta/models/..:generateContent',
    '/google/v1beta/models/%2e%2e:generateContent',
    '/google/v1beta/models/%2e%2e%2ffiles:generateContent',
    '/google/v1beta/models/%252e%252e%252ffiles:generateContent',
    '/google/v1beta/models/a/../gemini-2.5-flash:generateContent',
    '/google/v1beta/models/a%2fb:generateContent',
    '/google/v1beta/models/gemini-2.5-flash%3fkey=x:generateContent',
    '/google/v1beta/models/gemini-2.5-flash%23:generateContent',
    '/google/v1beta/models/%00:generateContent',
    '/google/v1beta/models/%ff:generateContent',
    '/google/v1beta/models/%:generateContent',
    '/google/v1beta/models/:generateContent',
    '/google/v2/models/gemini-2.5-flash:generateContent',
    '/google/v1beta/models/__proto__:generateContent',
    '/google/v1beta/models/gemini-2.5-flash:constructor',
    '/rig/v1/../../v1/chat/completions',
    '/api/v1/../../v1/chat/completions',
    '*',
    '/',
    '/%',
  ])('%s is refused, and nothing below it is reached', async (path) => {
    const text = path.includes('models/') ? contents : body;
    for (const port of [platform.proxyPort, platform.controlPlanePort]) {
      expectRefused(await speak(port, post(path, [], text)), platform.secrets);
    }
  });
});

describe('where a call goes', () => {
  const reached: string[] = [];
  const trap = createServer((request, response) => {
    reached.push(`${request.method} ${request.url}`);
    response.end('{}');
  });
  trap.on('connection', () => reached.push('a connection'));
  let elsewhere = '';
  beforeAll(async () => {
    await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve));
    elsewhere = `127.0.0.1:${(trap.address() as AddressInfo).port}`;
  });
  afterAll(() => void trap.close());

  /** What the providers received; no other host received anything. */
  async function heardFrom(bytes: string) {
    const said = await speak(platform.proxyPort, bytes);
    const heard = platform.site.stub.calls.map(({ path, headers }) => ({ path, host: headers.host }));
    platform.site.stub.reset();
    expect(reached, 'what went elsewhere').toEqual([]);
    return { said, heard };
  }

  it.each<readonly [string, (host: string) => readonly [string, readonly string[]]]>([
    ['a target with a host', (host) => [`http://${host}${CHAT}`, []]],
    ['a target with a user name before the host', (host) => [`http://rigkit@${host}${CHAT}`, []]],
    ['forwarding headers', (host) => [CHAT, [`X-Forwarded-Host: ${host}`, `Forwarded: host=${host};proto=http`]]],
    ['headers that rewrite', (host) => [CHAT, [`X-Original-URL: http://${host}/`, `X-Rewrite-Url: http://${host}/`]]],
    ['headers of gateways', (host) => [CHAT, [`X-Portkey-Custom-Host: http://${host}`, `X-Base-Url: http://${host}`]]],
    ['a proxy of its own', (host) => [CHAT, [`Proxy: http://${host}`, `Via: 1.1 ${host}`]]],
    ['a page that it comes from', (host) => [CHAT, [`HTTP-Referer: http://${host}/`, `Origin: http://${host}`]]],
    ['a query', (host) => [`${CHAT}?base_url=http://${host}&host=${host}&url=//${host}`, []]],
  ])('is not for the caller to say with %s', async (_case, request) => {
    const { said, heard } = await heardFrom(post(...request(elsewhere)).replace('Host: rigkit', `Host: ${elsewhere}`));
    const { stub, tenant, store } = { ...platform.site, tenant: platform.tenant };
    expect(heard).toEqual([{ path: '/openai/v1/chat/completions', host: new URL(stub.openaiBaseUrl).host }]);
    expect(said).toMatch(/^HTTP\/1\.1 200 /);
    expect(await store.openHolds(), tenant.accountId).toEqual([]);
  });

  it.each([
    'http://HOST/v1',
    '//HOST/v1',
    'openai/http://HOST/v1',
    'google/../../HOST',
    'gpt-4o-mini@HOST',
    'gpt-4o-mini\r\nHost: HOST',
    'gpt-4o-mini#HOST',
    'gpt-4o-mini?@HOST',
    'gpt-4o-mini/../../../HOST',
    'openrouter/HOST',
    'constructor',
    '__proto__',
  ])('is not for the caller to say with the model %j', async (model) => {
    const text = JSON.stringify({ ...chat, model: model.replace('HOST', elsewhere), base_url: `http://${elsewhere}` });
    const { said, heard } = await heardFrom(post(CHAT, [], text));
    expectRefused(said, platform.secrets);
    expect(heard).toEqual([]);
  });

  it.each(['http:%2f%2fHOST%2f', '%2f%2fHOST', '@HOST', 'a@HOST', 'a.HOST', 'gemini-2.5-flash@HOST'])(
    'is not for the caller to say with the model %j in a path',
    async (model) => {
      const path = `/v1beta/models/${model.replace('HOST', elsewhere.replace(':', '%3a'))}:generateContent`;
      const { said, heard } = await heardFrom(post(path, [], contents));
      expectRefused(said, platform.secrets);
      expect(heard).toEqual([]);
    },
  );
});
