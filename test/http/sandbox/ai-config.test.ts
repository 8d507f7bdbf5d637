import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../harness/processes.ts';
import { startTestSandbox, type TestSandbox } from '../../harness/sandbox.ts';

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterAll(() => sandbox?.close());

const OWN_KEY = 'sk-own-canary-3f9c1b7e2a5d';

/** As any platform's backend would: curl, and nothing of ours. */
async function curl(method: string, path: string, body?: string) {
  const { api_key } = sandbox.accounts.funded;
  const headers = ['-H', `Authorization: Bearer ${api_key}`, '-H', 'Content-Type: application/json'];
  const data = body === undefined ? [] : ['--data-binary', body];
  const url = sandbox.control_plane + path;
  const { stdout } = await run('curl', ['-sS', '-X', method, '-w', '\n%{http_code}', ...headers, ...data, url]);
  const [text = '', status = ''] = stdout.split(/\n(?=\d{3}$)/);
  return { status: Number(status), body: JSON.parse(text), text };
}

const config = () => `/workspaces/${sandbox.accounts.funded.workspace_id}/ai-config`;

describe('ai-config over curl', () => {
  it('refuses an unknown field with its pointer, and nothing changes', async () => {
    const before = await curl('GET', config());
    const refused = await curl('PUT', config(), '{"modle":"x","model":"gpt-4o"}');
    expect(refused.status).toBe(400);
    expect(refused.body.error.details).toContainEqual(expect.objectContaining({ in: 'body', pointer: '/modle' }));
    expect((await curl('GET', config())).body).toEqual(before.body);
  });

  it('clears a model by null, and takes an empty object as a no-op', async () => {
    expect((await curl('PUT', config(), '{"model":"gpt-4o"}')).body.model).toBe('gpt-4o');
    const cleared = await curl('PUT', config(), '{"model":null}');
    expect(cleared).toMatchObject({ status: 200, body: { model: 'gpt-4o-mini' } });
    expect((await curl('PUT', config(), '{}')).body).toEqual(cleared.body);
  });

  it('calls the provider with the own key in byok, charges nothing, and shows the key nowhere', async () => {
    const answers = [
      await curl('PUT', config(), `{"mode":"byok","provider":"openai","api_key":"${OWN_KEY}"}`),
      await curl('GET', config()),
      await curl('GET', `/workspaces/${sandbox.accounts.funded.workspace_id}`),
      await curl('PUT', config(), `{"api_key":"${OWN_KEY}","mode":"managed"}`),
      await curl('PUT', config(), `{"api_kye":"${OWN_KEY}"}`),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 400, 400]);
    expect(answers[0]?.body).toMatchObject({ mode: 'byok', status: 'byok_active' });

    const before = await sandbox.remainingMicro('funded');
    const called = await fetch(`${sandbox.proxy}/v1/chat/completions`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${sandbox.accounts.funded.workspace_key}`,
        'content-type': 'application/json',
      },
      body: '{"model":"gpt-4o-mini","messages":[{"role":"user","content":"Hello"}]}',
    });
    const answered = JSON.stringify([...called.headers]) + (await called.text());
    expect(called.status).toBe(200);
    expect(await sandbox.remainingMicro('funded')).toBe(before);
    expect((await sandbox.stubCalls()).at(-1)?.headers.authorization).toBe(`Bearer ${OWN_KEY}`);

    const files = readdirSync(sandbox.dataDir, { recursive: true, withFileTypes: true }).filter((file) =>
      file.isFile(),
    );
    const stored = files.map((file) => readFileSync(join(file.parentPath, file.name), 'latin1')).join('');
    const everything = answers.map(({ text }) => text).join('') + answered + sandbox.log() + stored;
    expect(stored.length).toBeGreaterThan(10_000);
    expect(sandbox.log()).toContain('ai-config');
    for (const form of [OWN_KEY, btoa(OWN_KEY), encodeURIComponent(OWN_KEY)]) expect(everything).not.toContain(form);
  });
});
