import { describe, expect, it } from 'vitest';
import type { Operation } from '../../contract/operation.ts';
import { ApiError } from './errors.ts';
import { createRateLimits, PER_MINUTE, rateClass } from './rate-limits.ts';

const operation = (path: string) => ({ path }) as Operation;
const WORKSPACES = operation('/workspaces/{id}/ai-config');
const ACCOUNT = operation('/users/me/credits');

async function allowed(attempt: () => Promise<void>): Promise<number> {
  for (let count = 0; ; count += 1) {
    const refused = await attempt().catch((error: unknown) => error);
    if (refused !== undefined) {
      expect(refused).toMatchObject({ code: 'rate_limited' });
      return count;
    }
  }
}

describe('rate limits', () => {
  it.each([
    ['/workspaces', 'workspaces'],
    ['/workspaces/{id}/mode', 'workspaces'],
    ['/apps/{id}', 'apps'],
    ['/users/me/credits', 'authentication'],
    ['/api-keys', 'authentication'],
    ['/capacity', 'authentication'],
  ])('counts %s as %s', (path, expected) => {
    expect(rateClass(operation(path))).toBe(expected);
  });

  it('grants the limit of each class, of each user, apart from all others', async () => {
    const limits = createRateLimits();
    expect(await allowed(() => limits.count(WORKSPACES, 'a'))).toBe(PER_MINUTE.workspaces);
    expect(await allowed(() => limits.count(ACCOUNT, 'a'))).toBe(PER_MINUTE.authentication);
    expect(await allowed(() => limits.count(WORKSPACES, 'b'))).toBe(PER_MINUTE.workspaces);
  });

  it('says in whole seconds when to try again', async () => {
    const limits = createRateLimits();
    await allowed(() => limits.countFailedAuthentication('::1'));
    const error = await limits.countFailedAuthentication('::1').catch((refused: unknown) => refused);
    expect(error).toBeInstanceOf(ApiError);
    const seconds = Number((error as ApiError).headers['Retry-After']);
    expect(Number.isInteger(seconds) && seconds >= 1 && seconds <= 60).toBe(true);
  });
});
