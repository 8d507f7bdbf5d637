import { afterEach, describe, expect, it } from 'vitest';
import { check } from '../checks/check.ts';
import { create } from '../checks/steps/resources.ts';
import type { FakeHandler } from '../fixtures/fake-platform.ts';
import { closePlatforms, platform, runChecks } from '../fixtures/suite-runs.ts';
import { controlPlane, listSecretFields, ownResources, resourceMadeBy } from './resources.ts';
import { accountSettings, accountWrites, SHOWN_ELSEWHERE } from './settings.ts';

afterEach(closePlatforms);

const makesKey = check('KEY-010', [], async (t) => void (await create(t, 'funded', 'api-keys')));

/** A platform that makes keys, and shows an answer only where `shows` says so. */
async function keyMaker(shows: boolean) {
  const keys: { id: string; name: string }[] = [{ id: 'k0', name: 'of the customer' }];
  const makes: FakeHandler = ({ bodyText }) => {
    const made = { id: `k${keys.length}`, name: JSON.parse(bodyText).name };
    keys.push(made);
    return shows ? { status: 201, json: { ...made, key: 'rb_0123456789abcdef' } } : { status: 500, json: {} };
  };
  const deletes: FakeHandler = ({ url = '' }) => {
    keys.splice(
      keys.findIndex(({ id }) => url.endsWith(id)),
      1,
    );
    return { status: 200, json: { message: 'Deleted.' } };
  };
  const target = await platform({
    'GET /api-keys': () => ({ status: 200, json: { api_keys: keys } }),
    'POST /api-keys': makes,
    'DELETE /api-keys/k1': deletes,
  });
  return { target, keys };
}

describe('what a run makes on a platform', () => {
  it.each([
    ['its answer shows it', true],
    ['its answer does not show it', false],
  ])('is deleted where %s, although no check asks for that', async (_, shows) => {
    const { target, keys } = await keyMaker(shows);
    const report = await runChecks(target, [makesKey]);
    expect(report.leftBehind).toEqual([]);
    expect(target.received).toContain('DELETE /api-keys/k1');
    expect(keys).toEqual([{ id: 'k0', name: 'of the customer' }]);
  });

  it('can be deleted and found again by its name, or belongs to what can', () => {
    const lost = ownResources.filter(({ create: creation, delete: removal, list, parent }) => {
      const isFound = 'label' in creation && 'label' in list && 'path' in removal;
      return 'path' in creation && parent === null && !isFound;
    });
    expect(lost).toEqual([]);
  });

  it('is hidden where it is a secret by the contract, and a field of the same name elsewhere is not', () => {
    expect(listSecretFields('/api-keys/k1')).toEqual(['api_key', 'key']);
    expect(listSecretFields('/workspaces/ws-1/ai-config')).toEqual(['api_key', 'workspace_key']);
    expect(listSecretFields('/templates')).toEqual(['api_key']);
  });

  it('is made by operations that the contract says make it', () => {
    const posts = controlPlane.operations.filter(({ method, responses }) => method === 'POST' && responses.has('201'));
    expect(posts.filter(({ operationId }) => resourceMadeBy(operationId) === undefined)).toEqual([]);
  });
});

describe('settings of the account', () => {
  it('can be restored, every one: a request that writes one has another that reads it', () => {
    const readable = accountSettings.map(({ read }) => read.path);
    const forgotten = accountWrites.filter(
      ({ operationId, path }) => !readable.includes(SHOWN_ELSEWHERE[operationId] ?? path),
    );
    expect(forgotten).toEqual([]);
  });

  it('are changed by no check that did not borrow them', async () => {
    const changes = check('DEF-010', [], async ({ funded }) => {
      await funded.put('/users/me/ai-defaults', { default_model: 'gpt-4o' });
    });
    const target = await platform();
    const report = await runChecks(target, [changes]);
    expect(report.results[0]).toMatchObject({ verdict: 'harness-error' });
    expect(report.results[0]?.reason).toContain('which the check did not borrow');
    expect(target.received).not.toContain('PUT /users/me/ai-defaults');
  });
});

it('keeps a check from the proxy that does not say that it calls it: its spending could not be bounded', async () => {
  const calls = check('OAI-001', [], async ({ anonymousProxy }) => void (await anonymousProxy.get('/v1/models')));
  const report = await runChecks(await platform(), [calls]);
  expect(report.results[0]).toMatchObject({ verdict: 'harness-error' });
  expect(report.results[0]?.reason).toContain("'proxy' is not among its needs");
});
