import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { freePort } from '../harness/free-port.ts';
import { type Running, start } from '../harness/processes.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const CREDENTIAL = { authorization: 'Bearer rb_x' };

let prism: Running | undefined;
afterEach(() => prism?.stop());

describe('the stock Prism CLI serves the bundle unchanged', () => {
  it('of the control plane', async () => {
    const url = await serve('generated/control-plane.json');
    const credits = await fetch(`${url}/users/me/credits`, { headers: CREDENTIAL });
    expect(credits.status).toBe(200);
    expect(await credits.json()).toMatchObject({ remaining_micro: expect.any(Number) });

    const created = await fetch(`${url}/workspaces`, {
      method: 'POST',
      headers: { ...CREDENTIAL, 'content-type': 'application/json', prefer: 'code=402, example=ram-limit' },
      body: '{"name":"storefront"}',
    });
    expect(created.status).toBe(402);
    expect(await created.json()).toMatchObject({ error: { code: 'plan_limit_exceeded' } });

    const refused = await fetch(`${url}/users/me/credits`);
    expect(refused.status).toBe(401);
    expect(await refused.json()).toMatchObject({ error: { code: 'unauthorized' } });

    const misspelt = await fetch(`${url}/workspaces/ws-1/ai-config`, {
      method: 'PUT',
      headers: { ...CREDENTIAL, 'content-type': 'application/json' },
      body: '{"modle":"x"}',
    });
    expect(misspelt.status).toBe(400);
  });

  it('of the managed proxy', async () => {
    const url = await serve('generated/managed-proxy.json');
    const call = (headers: Record<string, string>) =>
      fetch(`${url}/v1/chat/completions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: '{"model":"gpt-4o-mini","messages":[{"role":"user","content":"Hi"}]}',
      });
    const answered = await call(CREDENTIAL);
    expect(answered.status).toBe(200);
    expect(await answered.json()).toMatchObject({ object: 'chat.completion' });
    const unpaid = await call({ ...CREDENTIAL, prefer: 'code=402' });
    expect(unpaid.status).toBe(402);
    expect(await unpaid.json()).toMatchObject({ error: { code: 'insufficient_credits' } });
    expect((await call({})).status).toBe(401);
  });
});

/** Starts the CLI on a free port and waits until it listens. */
async function serve(document: string): Promise<string> {
  const port = await freePort();
  const args = ['node_modules/.bin/prism', 'mock', document, '--port', String(port)];
  prism = await start(process.execPath, args, /Prism is listening/, { cwd: ROOT });
  return `http://127.0.0.1:${port}`;
}
