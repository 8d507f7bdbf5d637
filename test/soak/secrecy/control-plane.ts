import { Agent } from 'node:http';
import type { Tenant } from '../../harness/accounts.ts';
import { type CallResult, call } from '../../harness/caller.ts';
import type { Site } from '../../harness/platform.ts';

/** Stores a workspace's own key, and makes every mistake with it that a dashboard can make. Answers all answers. */
export async function mishandleKey(
  site: Site,
  tenant: Tenant,
  provider: string,
  key: string,
): Promise<readonly CallResult[]> {
  const agent = new Agent();
  const send = (method: 'GET' | 'PUT' | 'POST', path: string, body?: unknown, bearer = tenant.apiKey) =>
    call({
      agent,
      url: site.controlPlane + path,
      method,
      headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
      body: Buffer.from(body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body)),
    }).answer;
  const config = `/workspaces/${tenant.workspaceId}/ai-config`;
  const answers: CallResult[] = [];
  const mistakes: readonly Parameters<typeof send>[] = [
    ['PUT', config, { mode: 'managed', api_key: key }],
    ['PUT', config, { mode: 'byok', provider, api_key: key, provider_keys: { [provider]: key } }],
    ['PUT', config, { mode: 'byok', provider, api_key: [key] }],
    ['PUT', config, { mode: key, provider, api_key: key }],
    ['PUT', config, { mode: 'byok', provider, api_key: key.padEnd(513, key) }],
    ['PUT', config, `{"mode":"byok","api_key":"${key}"`],
    ['PUT', `/workspaces/${tenant.workspaceId}/mode`, { mode: 'byok', api_key: key }],
    ['PUT', '/users/me/ai-defaults', { default_provider: key, provider_keys: { openai: key } }],
    ['GET', `${config}?api_key=${encodeURIComponent(key)}`],
    ['GET', `/workspaces/${encodeURIComponent(key)}/ai-config`],
    ['GET', config, undefined, key],
    ['POST', '/workspaces', { name: 'x', api_key: key }],
  ];
  for (const mistake of mistakes) answers.push(await send(...mistake));
  const stored = await send('PUT', config, { mode: 'byok', provider, api_key: key });
  if (stored.status !== 200) throw new Error(`the key was not stored: status ${stored.status}`);
  answers.push(stored);
  for (const path of [config, `/workspaces/${tenant.workspaceId}`, '/workspaces', '/api-keys', '/users/me/ai-usage']) {
    answers.push(await send('GET', path));
  }
  agent.destroy();
  return answers;
}
