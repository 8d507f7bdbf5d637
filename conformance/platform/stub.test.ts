import { afterEach, describe, expect, it } from 'vitest';
import { type StubProviders, startStubProviders } from '../../mocks/providers/index.ts';
import { ConfigError, type ConformanceConfig, validateConfig } from './config.ts';
import { openStub, type StubControl } from './stub.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

async function running(): Promise<StubProviders> {
  const stub = await startStubProviders();
  open.push(stub);
  return stub;
}

async function opened(stub: ConformanceConfig['stub']): Promise<StubControl> {
  const config = validateConfig({
    controlPlane: { baseUrl: 'http://x' },
    accounts: { funded: { apiKey: 'rb_key' } },
    stub,
  });
  const control = await openStub(config);
  if (control === undefined) throw new Error('no stub was opened');
  open.push(control);
  return control;
}

function ask(url: string): Promise<Response> {
  return fetch(`${url}/openai/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: 'Bearer sk-any', 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'm', messages: [{ role: 'user', content: 'hello marker' }] }),
  });
}

describe('the stub of a run', () => {
  it.each([
    ['started by the suite', async () => ({ listen: '127.0.0.1:0' })],
    ['run by somebody else', async () => ({ url: (await running()).url })],
  ])('is scripted and tells its calls when it is %s', async (_, where) => {
    const stub = await opened(await where());
    await stub.script({ match: { bodyIncludes: 'marker' }, respond: { error: { status: 418 } } });
    expect((await ask(stub.url)).status).toBe(418);
    expect(await stub.calls()).toMatchObject([{ provider: 'openai', credential: 'sk-any', status: 418 }]);
  });

  it('forgets what a stub of somebody else remembers when it is told to, and not before', async () => {
    const { url } = await running();
    await ask(url);
    const stub = await opened({ url });
    expect(await stub.calls()).toHaveLength(1);
    await stub.forget();
    expect(await stub.calls()).toEqual([]);
  });

  it('is left running at the end when somebody else runs it', async () => {
    const { url } = await running();
    await (await opened({ url })).close();
    expect((await ask(url)).status).toBe(200);
  });

  it('is a matter of the configuration when its port is taken', async () => {
    const { port } = new URL((await running()).url);
    await expect(opened({ listen: `127.0.0.1:${port}` })).rejects.toThrow(ConfigError);
    await expect(opened({ listen: `127.0.0.1:${port}` })).rejects.toThrow('EADDRINUSE');
  });

  it('is a matter of the configuration when nobody answers at its URL', async () => {
    const stub = await running();
    await stub.close();
    await expect(opened({ url: stub.url })).rejects.toThrow(/stub\.url: no stub answers at .*ECONNREFUSED/);
  });
});
