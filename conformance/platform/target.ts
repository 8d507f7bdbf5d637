import type { Caller, Session } from '../http/caller.ts';
import { NoAnswer, Unverified } from '../http/errors.ts';
import type { Answered, Header } from '../http/http-call.ts';
import { createCallers } from './callers.ts';
import { type AccountName, accountNames, type Config } from './config.ts';
import type { Stop } from './stops.ts';
import { implausible, isPlausible, isRefused, noAnswer, refusedKey } from './stops.ts';

/** The platform under test as a whole: whether it is there, before and between the checks. */
export interface Target {
  /**
   * Asks two simple things before any check runs: the credits of each account, and the capacity, which everybody may
   * know. Where neither is answered as a control plane would, checks would repeat one failure a hundred times; a key
   * that is not taken would be mistaken for violations. With `proxyToo`, the proxy has to be there as well, and take
   * the headers that are supplied. Undefined: the checks can run.
   */
  preflight(proxyToo: boolean): Promise<Stop | undefined>;
  /** Whether the part that a URL belongs to, control plane or proxy, answers anything at all. */
  isAlive(url: string): Promise<boolean>;
}

/** The target, asked within `session`, whose requests have a shorter limit of time than those of checks. */
export function createTarget(config: Config, session: Session, runId: string): Target {
  const callers = createCallers(config, session, runId);
  const credits = (name: AccountName) => ask(callers.account(name), '/users/me/credits');
  const capacity = () => ask(callers.controlPlane([]), '/capacity');
  const models = (headers: readonly Header[] = []) => ask(callers.proxy(headers), '/v1/models');

  async function controlPlaneStop(): Promise<Stop | undefined> {
    const funded = await credits('funded');
    if (funded instanceof NoAnswer) return noAnswer(funded, 'controlPlane.baseUrl');
    if (isRefused(funded)) return refusedKey(funded, 'accounts.funded.apiKey');
    if (isPlausible(funded)) return undefined;
    const open = await capacity();
    if (open instanceof NoAnswer) return noAnswer(open, 'controlPlane.baseUrl');
    return isPlausible(open) ? undefined : implausible(funded, 'control plane', 'controlPlane.baseUrl');
  }

  async function otherKeysStop(): Promise<Stop | undefined> {
    for (const name of ['exhausted', 'other'] as const) {
      if (config.accounts[name]?.apiKey === undefined) continue;
      const answered = await credits(name);
      if (!(answered instanceof NoAnswer) && isRefused(answered))
        return refusedKey(answered, `accounts.${name}.apiKey`);
    }
    return undefined;
  }

  async function proxyStop(): Promise<Stop | undefined> {
    const answered = await models();
    if (answered instanceof NoAnswer) return noAnswer(answered, 'proxy.baseUrl');
    if (answered.answer.status >= 500) return implausible(answered, 'managed AI proxy', 'proxy.baseUrl');
    return proxyHeadersStop();
  }

  /** Where the headers of one account are taken and another's are not, these are wrong; else it is the platform's doing. */
  async function proxyHeadersStop(): Promise<Stop | undefined> {
    const described = accountNames.filter((name) => config.accounts[name]?.proxyHeaders !== undefined);
    const asked = await Promise.all(
      described.map(async (name) => {
        const answered = await models(Object.entries(config.accounts[name]?.proxyHeaders ?? {}));
        return { name, answered, refused: !(answered instanceof NoAnswer) && answered.answer.status === 401 };
      }),
    );
    const wrong = asked.find(({ refused }) => refused);
    if (wrong === undefined || wrong.answered instanceof NoAnswer || asked.every(({ refused }) => refused))
      return undefined;
    return refusedKey(wrong.answered, `accounts.${wrong.name}.proxyHeaders`);
  }

  return {
    async preflight(proxyToo) {
      const stop = (await controlPlaneStop()) ?? (await otherKeysStop());
      return stop !== undefined || !proxyToo || config.proxy === undefined ? stop : proxyStop();
    },
    async isAlive(url) {
      const { proxy, controlPlane } = config;
      const toProxy = proxy !== undefined && url.startsWith(proxy.baseUrl) && !url.startsWith(controlPlane.baseUrl);
      try {
        return !((await (toProxy ? models() : capacity())) instanceof NoAnswer);
      } catch (error) {
        // Interrupted: nothing is known against the target.
        if (session.signal.aborted) return true;
        throw error;
      }
    },
  };
}

async function ask(caller: Caller, path: string): Promise<Answered | NoAnswer> {
  try {
    return await caller.get(path);
  } catch (error) {
    if (error instanceof NoAnswer) return error;
    // Its rate limit keeps the suite out: an answer all the same.
    if (error instanceof Unverified && error.evidence?.answer !== undefined) {
      return { request: error.evidence.request, answer: error.evidence.answer };
    }
    throw error;
  }
}
