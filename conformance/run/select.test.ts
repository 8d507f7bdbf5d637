import { describe, expect, it } from 'vitest';
import { makeCheck, makeRequirement } from '../fixtures/requirements.ts';
import { declaredProfiles, missingNeed, profiles, validateConfig } from '../platform/config.ts';
import { selectRequirements, shuffled } from './select.ts';

const rows = [
  makeRequirement('AIC-001'),
  makeRequirement('AIC-033', { untestable: 'How a platform stores a key cannot be seen over HTTP.' }),
  makeRequirement('OAI-001', { profile: 'proxy-openai' }),
];
const ids = (selected: readonly { readonly id: string }[]) => selected.map(({ id }) => id);

const minimal = { controlPlane: { baseUrl: 'https://x' }, accounts: { funded: { apiKey: 'rb_key' } } };
const proxy = { baseUrl: 'https://ai.x' };

describe('what a run is about', () => {
  it('is every requirement of the profiles that can be checked', () => {
    expect(ids(selectRequirements(rows, { profiles: ['control-plane'], only: [] }))).toEqual(['AIC-001']);
    expect(ids(selectRequirements(rows, { profiles: [...profiles], only: [] }))).toEqual(['AIC-001', 'OAI-001']);
  });

  it('is what is named, of whatever profile', () => {
    expect(ids(selectRequirements(rows, { profiles: ['control-plane'], only: ['OAI-001'] }))).toEqual(['OAI-001']);
  });

  it('cannot be what no check decides; the refusal says why', () => {
    expect(() => selectRequirements(rows, { profiles: [], only: ['AIC-033'] })).toThrow(
      'AIC-033 cannot be checked from outside: How a platform stores',
    );
  });

  it.each([
    ['the control plane, without a proxy', minimal, [], ['control-plane']],
    ['everything, with a proxy', { ...minimal, proxy }, [], profiles],
    ['what the configuration declares', { ...minimal, proxy, profiles: ['subjects' as const] }, [], ['subjects']],
    ['what the command line says', { ...minimal, profiles: ['subjects' as const] }, ['byok'], ['byok']],
  ])('is %s', (_, config, chosen, expected) => {
    expect(declaredProfiles(validateConfig(config), chosen)).toEqual(expected);
  });

  it('has its missing pieces named', () => {
    const config = validateConfig({ ...minimal, proxy, prices: { m: { provider: 'openai', input: 1, output: 1 } } });
    expect(missingNeed(config, ['proxy', 'price:openai'])).toBeUndefined();
    expect(missingNeed(config, ['proxy', 'stub'])).toContain('`stub`');
    expect(missingNeed(config, ['provider-key:google'])).toContain('`providerKeys.google`');
    expect(missingNeed(config, ['price:anthropic'])).toContain('name no anthropic model');
    expect(missingNeed(config, ['exhausted-key'])).toContain('`accounts.exhausted.apiKey`');
  });
});

const manyIds = Array.from({ length: 40 }, (_, at) => `TST-${at}`);
const checks = manyIds.map((id) => makeCheck(id, [], async () => {}));
const order = (seed: number, of = checks) => shuffled(of, seed).map(({ id }) => id);

describe('an order of chance', () => {
  it('has every check once', () => {
    expect(order(1).toSorted()).toEqual(manyIds.toSorted());
  });

  it('is the same for the same seed, whatever the order before, and another for another', () => {
    expect(order(1, checks.toReversed())).toEqual(order(1));
    expect(order(2)).not.toEqual(order(1));
    expect(order(1)).not.toEqual(manyIds);
  });

  it('stays as it is among some of the checks', () => {
    const some = checks.filter((_, at) => at % 3 === 0);
    const names = some.map(({ id }) => id);
    expect(order(7, some)).toEqual(order(7).filter((id) => names.includes(id)));
  });
});
