import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ScriptRule, StubProviders } from '../../../mocks/providers/index.ts';
import type { Tenant } from '../../harness/accounts.ts';
import { type CallResult, call } from '../../harness/caller.ts';
import type { Chance } from '../../harness/chance.ts';
import { chargeAt } from '../../harness/cost.ts';
import { createPriceBook, type Maker } from '../prices/price-book.ts';

/** One call of the load, and what its caller saw of it. */
export interface Attempt {
  /** In its body, and its subject. */
  readonly tag: string;
  /** Whether the provider refuses it: then it certainly costs nothing. */
  readonly isRefused: boolean;
  /** What it costs if it is not refused. */
  readonly costMicro: bigint;
  /** Whether the answer came to its end: then everything about it is on disk, or its cost would not have been told. */
  readonly isAnswered: boolean;
}

export interface LoadOptions {
  /**
   * Used of answers that are not the provider's: the store is away for a while. Only an answer that tells its cost is sure to be on
   * disk then. Default: the store is always there.
   */
  readonly onRefusal?: (maker: Maker, answer: CallResult) => void;
}

interface Kind {
  readonly maker: Maker;
  readonly model: string;
  readonly path: string;
  body(text: string): object;
}

const KINDS: readonly Kind[] = [
  {
    maker: 'openai',
    model: 'gpt-4o-mini',
    path: '/v1/chat/completions',
    body: (content) => ({ model: 'gpt-4o-mini', max_tokens: 400, messages: [{ role: 'user', content }] }),
  },
  {
    maker: 'openai',
    model: 'gpt-4o-mini',
    path: '/v1/chat/completions',
    body: (content) => ({ model: 'gpt-4o-mini', max_tokens: 400, messages: [{ role: 'user', content }], stream: true }),
  },
  {
    maker: 'anthropic',
    model: 'claude-3-haiku',
    path: '/v1/messages',
    body: (content) => ({
      model: 'claude-3-haiku',
      max_tokens: 400,
      messages: [{ role: 'user', content }],
      stream: true,
    }),
  },
  {
    maker: 'google',
    model: 'gemini-2.5-flash',
    path: '/v1beta/models/gemini-2.5-flash:generateContent',
    body: (text) => ({ contents: [{ parts: [{ text }] }], generationConfig: { maxOutputTokens: 400 } }),
  },
];

const CALLERS = 16;
/** Before a refused caller calls again. */
const PAUSE_MS = 20;
const prices = createPriceBook({}, Date.now());

export interface Load {
  /** Sends nothing more, and waits for what is under way. */
  stop(): Promise<readonly Attempt[]>;
}

/** Callers that send one call after the other, until the proxy goes away or they are stopped. */
export function startLoad(
  proxy: string,
  stub: StubProviders,
  tenant: Tenant,
  name: string,
  chance: Chance,
  { onRefusal }: LoadOptions = {},
): Load {
  const agent = new Agent({ keepAlive: true });
  const attempts: Attempt[] = [];
  let isOver = false;

  async function attempt(): Promise<boolean> {
    const tag = `${name}-${attempts.length}-${chance.between(0, 1e9)}-end`;
    const kind = chance.pick(KINDS);
    const usage = { inputTokens: chance.between(1, 5_000), outputTokens: chance.between(1, 900) };
    const isRefused = chance.next() < 0.15;
    stub.script(toScript(tag, isRefused, usage, chance));
    const told = {
      input: usage.inputTokens,
      output: usage.outputTokens,
      cached: 0,
      write5m: 0,
      write1h: 0,
      searches: 0,
    };
    const costMicro = chargeAt(prices.priceOf(kind.maker, kind.model, told.input), told);
    const open = call({
      agent,
      url: proxy + kind.path,
      headers: {
        authorization: `Bearer ${tenant.workspaceKey}`,
        'content-type': 'application/json',
        'x-rigbox-subject': tag,
      },
      body: Buffer.from(JSON.stringify(kind.body(tag))),
    });
    const at = attempts.push({ tag, isRefused, costMicro, isAnswered: false }) - 1;
    const answer = await open.answer;
    const { isWhole, status } = answer;
    if (isWhole && status !== (isRefused ? 429 : 200)) {
      if (onRefusal === undefined) throw new Error(`${tag} was answered ${status}`);
      onRefusal(kind.maker, answer);
      await sleep(PAUSE_MS);
    }
    const isOnDisk = onRefusal === undefined || answer.body.includes('cost_micro');
    attempts[at] = { tag, isRefused, costMicro, isAnswered: isWhole && isOnDisk };
    return isWhole;
  }

  async function callOnAndOn(): Promise<void> {
    while (!isOver && (await attempt()));
  }

  const callers = Promise.all(Array.from({ length: CALLERS }, callOnAndOn));
  return {
    async stop() {
      isOver = true;
      await callers;
      agent.destroy();
      return attempts;
    },
  };
}

/** Answers take their time, so that a kill meets them at every step. */
function toScript(
  tag: string,
  isRefused: boolean,
  usage: NonNullable<ScriptRule['respond']['usage']>,
  chance: Chance,
): ScriptRule {
  const delayMs = { beforeHeaders: chance.between(0, 30), betweenChunks: chance.between(0, 8) };
  const match = { bodyIncludes: tag };
  return isRefused ? { match, respond: { delayMs, error: { status: 429 } } } : { match, respond: { delayMs, usage } };
}
