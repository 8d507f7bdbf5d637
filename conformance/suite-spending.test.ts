import { afterEach, describe, expect, it } from 'vitest';
import type { FakeHandler } from './fixtures/fake-platform.ts';
import { makeCheck } from './fixtures/requirements.ts';
import { closePlatforms, platform, runChecks } from './fixtures/suite-runs.ts';
import { wantStatus } from './http/want.ts';
import { toExitCode } from './run/outcome.ts';

afterEach(closePlatforms);

const CREDIT = 1_000_000;

/** A platform that charges this many credits for each call of its proxy, to the account with this key. */
async function charging(credits: number, { charges = 'rb_funded_0123456789abcdef', spendCapCredits = 100 } = {}) {
  const balances: Record<string, number> = { rb_funded_0123456789abcdef: 2_000 * CREDIT, rb_other: 500 * CREDIT };
  const answersCredits: FakeHandler = ({ headers }) => {
    const key = headers.authorization?.replace('Bearer ', '') ?? '';
    return { status: 200, json: { remaining_micro: balances[key] } };
  };
  const target = await platform({
    'GET /users/me/credits': answersCredits,
    'GET /v1/models': () => ({ status: 401, json: {} }),
    'POST /v1/embeddings': () => {
      balances[charges] = (balances[charges] ?? 0) - credits * CREDIT;
      return { status: 200, json: {} };
    },
  });
  const { controlPlane, accounts } = target.config;
  const config = {
    controlPlane,
    proxy: { baseUrl: controlPlane.baseUrl.replace('/api/v1', '') },
    accounts: { ...accounts, other: { apiKey: 'rb_other' } },
    spendCapCredits,
  };
  return { target, config };
}

const calls = (id: string) =>
  makeCheck(id, ['proxy'], async ({ anonymousProxy }) =>
    wantStatus(await anonymousProxy.post('/v1/embeddings', { input: 'x' }), 200),
  );
const asksCredits = makeCheck('TST-009', [], async ({ funded }) =>
  wantStatus(await funded.get('/users/me/credits'), 200),
);
const checks = [calls('TST-001'), calls('TST-002'), calls('TST-003'), calls('TST-004'), asksCredits];

describe('the spend cap of a run', () => {
  it.each(['rb_funded_0123456789abcdef', 'rb_other'])(
    'ends the calls of the proxy when it is reached by %s',
    async (charges) => {
      const { config, target } = await charging(60, { charges });
      const report = await runChecks({ config }, checks);
      expect(report.results.map(({ verdict }) => verdict)).toEqual([
        'pass',
        'pass',
        'unverified',
        'unverified',
        'pass',
      ]);
      expect(report.results[2]?.reason).toBe('the run has spent 120.00 credits, and `spendCapCredits` is 100');
      expect(target.received.filter((route) => route === 'POST /v1/embeddings')).toHaveLength(2);
      expect(toExitCode(report)).toBe(4);
    },
  );

  it('is as high as the configuration says', async () => {
    const { config } = await charging(60, { spendCapCredits: 250 });
    expect((await runChecks({ config }, checks)).outcome).toBe('conformant');
  });

  it('allows no call at all when it is zero', async () => {
    const { config, target } = await charging(60, { spendCapCredits: 0 });
    await runChecks({ config }, checks);
    expect(target.received).not.toContain('POST /v1/embeddings');
  });

  it('allows no call where the balance cannot be read', async () => {
    const { config, target } = await charging(Number.NaN);
    const report = await runChecks({ config }, checks);
    expect(target.received.filter((route) => route === 'POST /v1/embeddings')).toHaveLength(1);
    expect(report.results[1]?.reason).toContain('the balance of accounts.funded cannot be read');
  });

  it('asks for a balance only where the calls since may have reached it', async () => {
    const { config, target } = await charging(1);
    const many = Array.from({ length: 12 }, (_, index) => calls(`TST-1${String(index).padStart(2, '0')}`));
    const report = await runChecks({ config }, many);
    expect(report.outcome).toBe('conformant');
    const looks = target.received.filter((route) => route === 'GET /users/me/credits').length;
    // Two each in the preflight and before the first call, two after it; then once in a while.
    expect(looks).toBeGreaterThan(6);
    expect(looks).toBeLessThan(12);
  });
});
