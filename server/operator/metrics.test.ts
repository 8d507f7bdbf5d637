import { describe, expect, it } from 'vitest';
import type { OpenHoldTotal } from '../ledger/audit.ts';
import { NO_USAGE } from '../money/usage.ts';
import type { ObservedCall } from './metrics.ts';
import { createMetrics } from './metrics.ts';

const settled: ObservedCall = {
  outcome: 'settled',
  status: 200,
  api: 'openai',
  operation: 'chat.completions',
  mode: 'managed',
  provider: 'openai',
  streamed: false,
  costMicro: 1_234n,
  usage: { ...NO_USAGE, inputTokens: 100, cachedInputTokens: 40, outputTokens: 7 },
  upstreamStatus: 200,
  durationMs: 60,
  bodyMs: 8,
  upstreamMs: 50,
};

const none = async (): Promise<OpenHoldTotal[]> => [];

/** The figures of a scrape after these calls, by name and labels as they are written. */
async function figures(calls: readonly ObservedCall[], openHoldTotals = none): Promise<Map<string, number>> {
  const metrics = createMetrics({ openHoldTotals, storeTimeoutMs: 20 });
  for (const call of calls) metrics.record(call);
  const lines = (await metrics.scrape()).split('\n').filter((line) => line.startsWith('rigkit_'));
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]));
}

const CALL = 'api="openai",operation="chat.completions",provider="openai"';

describe('the metrics of calls', () => {
  it('count a settled call with its tokens and its charge', async () => {
    const seen = await figures([settled, settled]);
    expect(seen.get(`rigkit_proxy_requests_total{${CALL},mode="managed",outcome="settled",status_class="2xx"}`)).toBe(
      2,
    );
    expect(seen.get(`rigkit_proxy_tokens_total{${CALL},mode="managed",direction="input"}`)).toBe(200);
    expect(seen.get(`rigkit_proxy_tokens_total{${CALL},mode="managed",direction="output"}`)).toBe(14);
    expect(seen.get(`rigkit_proxy_charged_microcredits_total{${CALL}}`)).toBe(2_468);
  });

  it('count a call with usage without a known price, and show no name of it', async () => {
    const seen = await figures([settled, { ...settled, unpriced: ['dream_tokens', 'model'] }]);
    expect(seen.get(`rigkit_proxy_unpriced_usage_total{${CALL}}`)).toBe(1);
    expect([...seen.keys()].filter((name) => name.includes('dream'))).toEqual([]);
  });

  it('count no tokens and no charge of a call that the store did not settle', async () => {
    const seen = await figures([{ ...settled, outcome: 'unsettled' }]);
    expect([...seen.keys()].filter((name) => /tokens|charged/.test(name))).toEqual([]);
  });

  it('count a refusal by its code, and say none where nothing is known of the call', async () => {
    const seen = await figures([
      { outcome: 'refused', status: 404, code: 'not_found', api: 'anthropic', durationMs: 1 },
      { outcome: 'abandoned', status: 0, api: 'google', operation: 'generateContent', durationMs: 1 },
    ]);
    const none = 'operation="none",provider="none",mode="none"';
    expect(seen.get('rigkit_proxy_refusals_total{api="anthropic",code="not_found"}')).toBe(1);
    expect(seen.get(`rigkit_proxy_requests_total{api="anthropic",${none},outcome="refused",status_class="4xx"}`)).toBe(
      1,
    );
    expect([...seen.keys()].filter((name) => name.includes('outcome="abandoned",status_class="none"'))).toHaveLength(1);
  });

  it("count as overhead what is neither the caller's upload nor the provider's time", async () => {
    const seen = await figures([settled, { ...settled, streamed: true, durationMs: 58.9, bodyMs: 8, upstreamMs: 50 }]);
    const buffered = 'api="openai",streamed="false"';
    expect(seen.get(`rigkit_proxy_overhead_seconds_sum{${buffered}}`)).toBeCloseTo(0.002);
    expect(seen.get(`rigkit_proxy_overhead_seconds_bucket{le="0.001",${buffered}}`)).toBe(0);
    expect(seen.get(`rigkit_proxy_overhead_seconds_bucket{le="0.003",${buffered}}`)).toBe(1);
    expect(seen.get('rigkit_proxy_overhead_seconds_bucket{le="0.001",api="openai",streamed="true"}')).toBe(1);
  });

  it('observe no overhead of a call that was never forwarded', async () => {
    const seen = await figures([{ outcome: 'refused', status: 402, api: 'openai', durationMs: 3 }]);
    expect([...seen.keys()].filter((name) => name.includes('overhead'))).toEqual([]);
  });

  it.each<[string, Partial<ObservedCall>, string | undefined]>([
    ['an error status', { upstreamStatus: 503, outcome: 'released' }, '5xx'],
    ['a redirect', { upstreamStatus: 302, outcome: 'released' }, '3xx'],
    ['a refused connection', { code: 'provider_unreachable', outcome: 'released' }, 'unreachable'],
    ['silence', { code: 'provider_timeout', outcome: 'uncertain', reason: 'timeout' }, 'timeout'],
    ['a broken answer', { code: 'provider_broken', outcome: 'uncertain', reason: 'connection' }, 'broken'],
    [
      "a stream that ends with the provider's own error",
      { outcome: 'uncertain', reason: 'ended_without_usage' },
      'broken',
    ],
    ['an answer', {}, undefined],
    ['an answer that nobody waited for', { code: 'provider_broken', reason: 'abandoned' }, undefined],
    ['a refusal of our own', { code: 'insufficient_credits' }, undefined],
  ])('name the error of a provider after %s', async (_what, { upstreamStatus = 200, ...more }, error) => {
    const names = [...(await figures([{ ...settled, upstreamStatus, ...more }])).keys()];
    const errors = names.filter((name) => name.startsWith('rigkit_proxy_upstream_errors_total'));
    expect(errors).toEqual(
      error === undefined ? [] : [`rigkit_proxy_upstream_errors_total{provider="openai",error="${error}"}`],
    );
  });
});

describe('the metrics of holds', () => {
  it('show count and amount by state, and zero where there is none', async () => {
    const seen = await figures([], async () => [{ state: 'uncertain', amountMicro: 11n, count: 2 }]);
    expect(seen.get('rigkit_holds_open{state="uncertain"}')).toBe(2);
    expect(seen.get('rigkit_holds_open_microcredits{state="uncertain"}')).toBe(11);
    expect(seen.get('rigkit_holds_open{state="held"}')).toBe(0);
    expect(seen.get('rigkit_store_up')).toBe(1);
  });

  it.each([
    ['refuses', () => Promise.reject(new Error('gone'))],
    ['never answers', () => new Promise<OpenHoldTotal[]>(() => {})],
  ])('are left out while the store %s, and the rest is still shown', async (_how, openHoldTotals) => {
    const seen = await figures([settled], openHoldTotals);
    expect([...seen.keys()].filter((name) => name.startsWith('rigkit_holds'))).toEqual([]);
    expect(seen.get('rigkit_store_up')).toBe(0);
    expect([...seen.keys()].some((name) => name.startsWith('rigkit_proxy_requests_total'))).toBe(true);
  });

  it('show no figure from before the store went away', async () => {
    let answers = true;
    const openHoldTotals = async (): Promise<OpenHoldTotal[]> => {
      if (!answers) throw new Error('gone');
      return [{ state: 'held', amountMicro: 1n, count: 1 }];
    };
    const metrics = createMetrics({ openHoldTotals });
    expect(await metrics.scrape()).toContain('rigkit_holds_open{state="held"} 1');
    answers = false;
    expect(await metrics.scrape()).not.toContain('rigkit_holds_open{');
    answers = true;
    expect(await metrics.scrape()).toContain('rigkit_holds_open{state="held"} 1');
  });

  it('come from one reading for scrapes that come together', async () => {
    let readings = 0;
    const metrics = createMetrics({
      async openHoldTotals() {
        readings += 1;
        return [];
      },
    });
    await Promise.all([metrics.scrape(), metrics.scrape(), metrics.scrape()]);
    expect(readings).toBe(1);
    await metrics.scrape();
    expect(readings).toBe(2);
  });
});

describe('the registry', () => {
  it("is each platform's own, and has the figures of the process", async () => {
    const [one, other] = [createMetrics({ openHoldTotals: none }), createMetrics({ openHoldTotals: none })];
    one.record(settled);
    expect(await one.scrape()).toContain('rigkit_proxy_requests_total{');
    expect(await other.scrape()).not.toContain('rigkit_proxy_requests_total{');
    expect(await other.scrape()).toContain('process_cpu_seconds_total');
  });
});
