import { afterEach, describe, expect, it } from 'vitest';
import { catalogue, isFuzzed } from './checks/check.ts';
import { checks } from './checks/index.ts';
import type { FakeHandler } from './fixtures/fake-platform.ts';
import { closePlatforms, platform } from './fixtures/suite-runs.ts';
import { type ConformanceOptions, runSuite } from './suite.ts';

afterEach(closePlatforms);

const CAPACITY = catalogue.find((row) => isFuzzed(row) && row.operationId === 'getCapacity')?.id ?? '';
const known = { status: 200, json: { available: true, total: 4, used: 1 } };
const refusal = { status: 400, json: { error: { code: 'invalid_request', message: 'Unknown query parameter.' } } };

/** Holds `GET /capacity` alone to generated requests. `refuse` decides on those with a query. */
async function fuzzed(refuse: FakeHandler, options: ConformanceOptions = {}) {
  const urls: string[] = [];
  const target = await platform({
    'GET /capacity': (request, response) => {
      urls.push(request.url ?? '');
      return request.url?.includes('?') ? refuse(request, response) : known;
    },
  });
  const report = await runSuite(target.config, checks, { only: [CAPACITY], ...options });
  return { report, result: report.results[0], urls: urls.filter((url) => url.includes('?')) };
}

describe('a run with generated requests', () => {
  it('passes a platform that refuses what the contract refuses', async () => {
    const { result, urls } = await fuzzed(() => refusal);
    expect(result).toMatchObject({ verdict: 'pass' });
    expect(urls.length).toBe(5);
  });

  it.each<[string, FakeHandler]>([
    ['overlooks what is wrong', () => known],
    ['fails over it', () => ({ status: 500, json: refusal.json })],
    ['answers a status that the contract does not have', () => ({ status: 418, json: refusal.json })],
    ['answers another error body', () => ({ status: 400, json: { message: 'no' } })],
  ])('finds one that %s, and makes the very request again with its seed', async (_, refuse) => {
    const { report, result, urls } = await fuzzed(refuse);
    expect(result?.verdict).toBe('fail');
    const { seed } = report.fuzz;
    expect(result?.rerun).toBe(`rigkit conformance --only ${CAPACITY} --seed ${seed} --fuzz-cases 20`);
    const again = await fuzzed(refuse, { seed });
    expect(again.urls).toEqual(urls);
    expect(again.result).toMatchObject({ expected: result?.expected, actual: result?.actual });
  });

  it('names case and seed', async () => {
    const { result } = await fuzzed(() => known, { seed: 77 });
    expect(result?.expected).toContain('case 1 of seed 77 (an unknown query parameter)');
  });

  it('draws another seed each time, and refuses one that is none', async () => {
    const [one, other] = [await fuzzed(() => refusal), await fuzzed(() => refusal)];
    expect(one.report.fuzz.seed).not.toBe(other.report.fuzz.seed);
    for (const options of [{ seed: -1 }, { seed: 1.5 }, { seed: 2 ** 32 }, { fuzzCases: 0 }]) {
      await expect(fuzzed(() => refusal, options)).rejects.toThrow(/seed|fuzz cases/);
    }
  });
});
