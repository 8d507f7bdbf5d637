import { expect, it } from 'vitest';
import { scenarios } from '../../../generated/scenarios.ts';
import { useTestSandbox } from '../../harness/use-sandbox.ts';
import { controlsClient, ok } from './controls.ts';

const sandbox = useTestSandbox();

const load = () => ok(controlsClient(sandbox).POST('/scenarios/{name}', { params: { path: { name: 'busy-month' } } }));

async function readCredits({ api_key }: { api_key: string }) {
  const headers = { authorization: `Bearer ${api_key}` };
  return (await (await fetch(`${sandbox.control_plane}/users/me/credits`, { headers })).json()) as object;
}

async function ask(workspace_key: string | undefined): Promise<number> {
  const answer = await fetch(`${sandbox.proxy}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${workspace_key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'Hello' }] }),
  });
  await answer.text();
  return answer.status;
}

// What a loaded account answers is compared byte by byte in test/http/mocks/same-bytes.test.ts.
it('a scenario that is loaded names its live workspaces in their order, each with a key that calls', async () => {
  const { workspaces } = await load();
  expect(workspaces.map(({ name }) => name)).toEqual(scenarios['busy-month'].workspaces.map(({ name }) => name));
  for (const { workspace_key } of workspaces) expect(await ask(workspace_key)).toBe(200);
});

it('a scenario that is loaded twice is two accounts: what one spends, the other keeps', async () => {
  const [one, other] = await Promise.all([load(), load()]);
  expect(one.account_id).not.toBe(other.account_id);
  const before = await readCredits(other);
  expect(await readCredits(one)).toEqual(before);
  expect(await ask(one.workspaces[0]?.workspace_key)).toBe(200);
  expect(await readCredits(one)).not.toEqual(before);
  expect(await readCredits(other)).toEqual(before);
});
