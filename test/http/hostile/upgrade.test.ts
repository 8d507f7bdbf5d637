import { describe, expect, it } from 'vitest';
import { useTestProxy } from '../../harness/proxy.ts';
import { bearer, requestText, speak, useTestPlatform } from './fixture.ts';

const lines = [
  'Connection: Upgrade, close',
  'Upgrade: WebSocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: AA==',
];
/** With one `Connection` header, as a WebSocket client sends it. */
const ask = (path: string, ...more: string[]) =>
  requestText(`GET ${path} HTTP/1.1`, [...lines, ...more]).replace('Connection: close\r\n', '');

function expectUpgradeRequired(said: string): void {
  expect(said).toMatch(/^HTTP\/1\.1 426 /);
  expect(said).toMatch(/^upgrade: HTTP\/1\.1\r$/im);
  expect(said).toMatch(/^connection:.*\bupgrade\b/im);
  expect(JSON.parse(said.slice(said.indexOf('\r\n\r\n')))).toMatchObject({ error: { message: expect.any(String) } });
}

describe('a WebSocket that is asked for', () => {
  const platform = useTestPlatform();
  const mounted = useTestProxy();

  it.each(['/v1/responses', '/openai/v1/responses', '/v1/messages', '/v1/chat/completions'])(
    'is refused at once at %s, with a key and without',
    async (path) => {
      for (const more of [[bearer(platform.tenant)], []]) {
        expectUpgradeRequired(await speak(platform.proxyPort, ask(path, ...more)));
      }
    },
  );

  it('is refused by a proxy in an app of its own too', async () => {
    expectUpgradeRequired(await speak(Number(new URL(mounted.url).port), ask('/v1/responses')));
  });

  it('is nothing where the path is not served at all', async () => {
    expect(await speak(platform.proxyPort, ask('/v1/realtime'))).toMatch(/^HTTP\/1\.1 404 /);
  });
});
