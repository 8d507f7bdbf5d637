import Anthropic from '@anthropic-ai/sdk';
import { GoogleGenAI } from '@google/genai';
import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import type { DemoName } from '../../../cli/sandbox-file.ts';
import type { ScriptRule } from '../../../mocks/providers/index.ts';
import { useTestSandbox } from '../../harness/use-sandbox.ts';

const sandbox = useTestSandbox({ RIGKIT_OPERATOR_PORT: '0' });

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const hello = [{ role: 'user' as const, content: 'Hello there' }];
const openai = (name: DemoName = 'funded') =>
  new OpenAI({ baseURL: `${sandbox.proxy}/v1`, apiKey: sandbox.accounts[name].workspace_key, maxRetries: 0 });
const chat = (body: object = {}, name: DemoName = 'funded') =>
  openai(name)
    .chat.completions.create(
      { model: 'gpt-4o-mini', messages: hello, ...body },
      { headers: { traceparent: `00-${TRACE}-00f067aa0ba902b7-01` } },
    )
    .asResponse()
    .then(
      async (response) => [response.headers.get('x-request-id'), await response.text()],
      (error: { requestID: string }) => [error.requestID],
    );

async function script(respond: ScriptRule['respond']): Promise<void> {
  const answer = await fetch(`${sandbox.stub}/_stub/scripts`, { method: 'POST', body: JSON.stringify({ respond }) });
  expect(answer.ok).toBe(true);
}

interface Series {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

async function scrapeText(): Promise<string> {
  return (await fetch(`${sandbox.operator}/metrics`)).text();
}

/** Our own series, once the proxy has reported this many calls: a call is reported right behind its answer. */
async function scrape(calls: number): Promise<readonly Series[]> {
  let series: readonly Series[] = [];
  const reported = async () => {
    series = parse(await scrapeText());
    return sum(series, 'rigkit_proxy_requests_total');
  };
  await expect.poll(reported).toBeGreaterThanOrEqual(calls);
  return series;
}

function parse(text: string): readonly Series[] {
  return [...text.matchAll(/^(rigkit_\w+)(?:\{(.*)\})? (\S+)$/gm)].map(([, name = '', labels = '', value]) => ({
    name,
    labels: Object.fromEntries([...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, text]) => [key, text])),
    value: Number(value),
  }));
}

/** The sum of a metric's series that have these labels. */
function sum(series: readonly Series[], name: string, labels: Readonly<Record<string, string>> = {}): number {
  return series
    .filter((one) => one.name === name && Object.entries(labels).every(([key, value]) => one.labels[key] === value))
    .reduce((total, { value }) => total + value, 0);
}

describe('the metrics of a platform that was called', () => {
  it('agree with the credits, the usage and the open holds of its accounts', async () => {
    await chat();
    await chat({ stream: true });
    await new Anthropic({ baseURL: sandbox.proxy, apiKey: sandbox.accounts.funded.workspace_key }).messages.create({
      model: 'claude-haiku-4-5',
      max_tokens: 64,
      messages: hello,
    });
    await new GoogleGenAI({
      apiKey: sandbox.accounts.funded.workspace_key,
      httpOptions: { baseUrl: sandbox.proxy },
    }).models.generateContent({ model: 'gemini-2.5-flash', contents: 'Hello there' });
    await openai().models.list();
    await chat({}, 'exhausted');
    await script({ error: { status: 500 } });
    await chat();
    await script({ disconnect: { afterChunks: 1 } });
    await chat({ stream: true });

    const series = await scrape(8);
    const { data: credits } = await sandbox.as('funded').GET('/users/me/credits');
    const { data: usage } = await sandbox.as('funded').GET('/users/me/ai-usage');
    const gone = (credits?.total_micro ?? 0) - (credits?.remaining_micro ?? 0);
    const charged = sum(series, 'rigkit_proxy_charged_microcredits_total');
    const held = sum(series, 'rigkit_holds_open_microcredits', { state: 'uncertain' });
    expect(usage?.daily).toMatchObject([
      {
        requests: sum(series, 'rigkit_proxy_requests_total', { outcome: 'settled' }),
        input_tokens: sum(series, 'rigkit_proxy_tokens_total', { direction: 'input' }),
        output_tokens: sum(series, 'rigkit_proxy_tokens_total', { direction: 'output' }),
        credits_micro: charged,
      },
    ]);
    expect(charged).toBeGreaterThan(0);
    expect(held).toBeGreaterThan(0);
    expect(gone).toBe(charged + held);
  });

  it('tell the calls apart by shape, provider, outcome and status, and name what providers did wrong', async () => {
    const series = await scrape(8);
    const calls = (labels: Record<string, string>) => sum(series, 'rigkit_proxy_requests_total', labels);
    expect(sum(series, 'rigkit_proxy_requests_total')).toBe(8);
    expect(calls({ api: 'openai', operation: 'chat.completions', outcome: 'settled', status_class: '2xx' })).toBe(2);
    expect(calls({ api: 'anthropic', operation: 'messages', provider: 'anthropic', outcome: 'settled' })).toBe(1);
    expect(calls({ api: 'google', operation: 'generateContent', provider: 'google', outcome: 'settled' })).toBe(1);
    expect(calls({ operation: 'models', outcome: 'free' })).toBe(1);
    expect(calls({ outcome: 'refused', status_class: '4xx' })).toBe(1);
    expect(calls({ outcome: 'released', status_class: '5xx' })).toBe(1);
    expect(calls({ outcome: 'uncertain' })).toBe(1);
    expect(sum(series, 'rigkit_proxy_refusals_total', { code: 'insufficient_credits' })).toBe(1);
    expect(sum(series, 'rigkit_proxy_upstream_errors_total', { provider: 'openai', error: '5xx' })).toBe(1);
    expect(sum(series, 'rigkit_proxy_upstream_errors_total', { provider: 'openai', error: 'broken' })).toBe(1);
    expect(sum(series, 'rigkit_holds_open', { state: 'uncertain' })).toBe(1);
    // All but the one that was refused were forwarded.
    expect(sum(series, 'rigkit_proxy_overhead_seconds_count')).toBe(7);
    expect(sum(series, 'rigkit_store_up')).toBe(1);
  });

  it('get no new series from whatever callers name', async () => {
    const names = (series: readonly Series[]) => new Set(series.map((one) => JSON.stringify([one.name, one.labels])));
    const call = (n: number) =>
      Promise.all([
        chat({ model: `gpt-4o-mini-2024-07-1${n}` }),
        chat({ model: 'gpt-4o-mini', user: `subject-${n}` }),
        fetch(`${sandbox.proxy}/v1/made-up/${n}`),
        fetch(`${sandbox.proxy}/v1/models`, { headers: { authorization: `Bearer rb_${n}` } }),
      ]);
    await call(0);
    const before = names(await scrape(12));
    for (const n of [1, 2, 3]) await call(n);
    expect(names(await scrape(24))).toEqual(before);
  });

  it('contain no key, no id, no model, no subject and no trace', async () => {
    const [requestId] = await chat({ user: 'subject-canary' });
    const text = await scrapeText();
    const { accounts } = sandbox;
    const secrets = [
      ...Object.values(accounts).flatMap((account) => Object.values(account)),
      ...(await sandbox.stubCalls()).map((seen) => seen.credential),
      ...[requestId, TRACE, 'subject-', 'gpt-', 'claude-', 'gemini-', 'made-up', 'rb_', 'sk-'],
    ];
    expect(secrets.filter((secret) => text.includes(String(secret)))).toEqual([]);
    expect(requestId).toMatch(/^req-/);
  });
});

describe('the access log', () => {
  it('has one line a call, with its request id, cost, outcome and trace', async () => {
    const [requestId] = await chat();
    await scrape(26);
    const lines = sandbox
      .log()
      .split('\n')
      .filter((line) => line.includes(`"${requestId}"`));
    expect(lines).toHaveLength(1);
    const line = JSON.parse(lines[0] ?? '');
    expect(line).toMatchObject({ msg: 'call', requestId, outcome: 'settled', status: 200, traceId: TRACE });
    expect(line.costMicro).toBeGreaterThan(0);
    expect(line.durationMs).toBeGreaterThanOrEqual(line.upstreamMs);
  });
});

describe('the health of a platform', () => {
  it('is ready while it runs, and an unknown path of the operator is 404', async () => {
    expect((await fetch(`${sandbox.operator}/healthz`)).status).toBe(200);
    expect((await fetch(`${sandbox.operator}/readyz`)).status).toBe(200);
    expect((await fetch(`${sandbox.operator}/api/v1/users/me/credits`)).status).toBe(404);
  });

  it('is not shown on the ports of users', async () => {
    expect((await fetch(`${sandbox.proxy}/metrics`)).status).toBe(404);
    expect((await fetch(`${new URL(sandbox.control_plane).origin}/metrics`)).status).toBe(404);
  });
});
