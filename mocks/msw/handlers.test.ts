import { globSync, readFileSync } from 'node:fs';
import { setupServer } from 'msw/node';
import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { controlPlaneDocument, managedProxyDocument } from '../../generated/bundles.ts';
import { rigkitHandlers } from './index.ts';

const CONTROL_PLANE = 'https://platform.test/api/v1';
const PROXY = 'https://ai.platform.test';

const worker = setupServer(...rigkitHandlers({ controlPlaneUrl: `${CONTROL_PLANE}/`, proxyUrl: PROXY }));
beforeAll(() => worker.listen({ onUnhandledFrame: 'error' }));
afterAll(() => worker.close());

describe('the browser handlers', () => {
  it('answer every operation of both contracts', () => {
    const documents = [controlPlaneDocument, managedProxyDocument];
    const operations = documents.flatMap(({ paths }) => Object.values(paths).flatMap((item) => Object.keys(item)));
    expect(rigkitHandlers()).toHaveLength(operations.length);
  });

  it('answer with the first example of the lowest 2xx', async () => {
    const answer = await fetch(`${CONTROL_PLANE}/workspaces/ws-a1b2c3d4/ai-config`);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ mode: 'managed', status: 'managed_active' });
  });

  it('answer with the code and the example that Prefer names', async () => {
    const byok = await fetch(`${CONTROL_PLANE}/workspaces/ws-1/mode`, { headers: { prefer: 'example=inherited' } });
    const refused = await fetch(`${CONTROL_PLANE}/workspaces`, {
      method: 'POST',
      headers: { prefer: 'code=402, example="ram-limit"' },
      body: '{}',
    });
    expect(byok.status).toBe(200);
    expect(refused.status).toBe(402);
    expect(await refused.json()).toMatchObject({ error: { details: { limit: 'max_ram_per_vm_mb' } } });
  });

  it('take the first of two preferences of the same name', async () => {
    const headers = { prefer: 'code=404, other="code=500, x", CODE=429' };
    expect((await fetch(`${CONTROL_PLANE}/workspaces/ws-1`, { headers })).status).toBe(404);
  });

  it('list what there is when Prefer names what is not', async () => {
    const answer = await fetch(`${CONTROL_PLANE}/users/me/credits`, { headers: { prefer: 'code=202' } });
    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain('Available: 200 (');
  });

  it('tell the models apart by the headers of the API that is called', async () => {
    const names = async (headers: Record<string, string>) => (await fetch(`${PROXY}/v1/models`, { headers })).text();
    expect(await names({})).toContain('gpt-');
    expect(await names({ 'anthropic-version': '2023-06-01' })).toContain('claude-');
    expect(await names({ 'x-goog-api-key': 'k' })).toContain('models/gemini-');
  });

  it('keep a templated method apart from its siblings', async () => {
    const model = `${PROXY}/google/v1beta/models/gemini-2.5-flash`;
    const counted = await fetch(`${model}:countTokens`, { method: 'POST', body: '{}' });
    expect(await counted.json()).toHaveProperty('totalTokens');
    const streamed = await fetch(`${model}:streamGenerateContent?alt=sse`, { method: 'POST', body: '{}' });
    expect(streamed.headers.get('content-type')).toBe('text/event-stream');
  });

  it('tell the same cost in the headers as in the body, and none in the headers of a stream', async () => {
    const call = (body: object) => fetch(`${PROXY}/v1/messages`, { method: 'POST', body: JSON.stringify(body) });
    const whole = await call({});
    const { usage } = (await whole.json()) as { usage: { cost_micro: number } };
    expect(whole.headers.get('x-rigbox-cost-micro')).toBe(String(usage.cost_micro));
    expect((await call({ stream: true })).headers.has('x-rigbox-cost-micro')).toBe(false);
  });

  it('stream to the openai SDK when it asks for a stream', async () => {
    const client = new OpenAI({ baseURL: `${PROXY}/v1`, apiKey: 'any' });
    const stream = await client.chat.completions.create({
      model: 'gpt-4o-mini',
      messages: [{ role: 'user', content: 'Hi' }],
      stream: true,
    });
    let text = '';
    for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
    expect(text).toBe('Hello!');
  });

  it('import nothing of Node, so that a browser can load them', () => {
    const folders = ['mocks/msw', 'mocks/responses', 'contract'];
    const files = folders.flatMap((folder) => globSync(`${folder}/*.ts`)).filter((file) => !file.includes('.test'));
    const loaded = files.flatMap((file) => {
      const source = readFileSync(file, 'utf8');
      const lines = source.match(/^(import|export) (?!type )[^;]*from '[^']+'/gms) ?? [];
      return lines.map((line) => /'([^']+)'$/.exec(line)?.[1] ?? '');
    });
    const outside = new Set(loaded.filter((name) => !/^\.\/|^\.\.\/(responses)\/|\/contract\//.test(name)));
    expect([...outside].sort()).toEqual([
      '../../generated/control-plane.json',
      '../../generated/managed-proxy.json',
      '../../generated/scenarios.ts',
      'msw',
    ]);
  });
});
