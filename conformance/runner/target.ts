import { bearer, createCallers } from '../world/callers.ts';
import type { Caller, Session } from './caller.ts';
import type { Config } from './config.ts';
import { type Answered, headerOf, jsonOf, nameOf } from './exchange.ts';
import type { Stop } from './outcome.ts';
import { NoAnswer, Unverified } from './verdict.ts';

/** The platform under test as a whole: whether it is there, before and between the checks. */
export interface Target {
  /**
   * Asks two simple things before any check runs: the funded account's credits, and the capacity, which everybody may
   * know. Where neither is answered as a control plane would, checks would repeat one failure a hundred times. With
   * `proxyToo`, the proxy has to be there as well. Undefined: the checks can run.
   */
  preflight(proxyToo: boolean): Promise<Stop | undefined>;
  /** Whether the part that a URL belongs to, control plane or proxy, answers anything at all. */
  isAlive(url: string): Promise<boolean>;
}

/** The target, asked within `session`, whose requests have a shorter limit of time than those of checks. */
export function createTarget(config: Config, session: Session, runId: string): Target {
  const callers = createCallers(config, session, runId);
  const funded = callers.controlPlane([bearer(config.accounts.funded.apiKey)]);
  const capacity = () => ask(callers.controlPlane([]), '/capacity');
  const models = () => ask(callers.proxy([]), '/v1/models');

  async function controlPlaneStop(): Promise<Stop | undefined> {
    const credits = await ask(funded, '/users/me/credits');
    if (credits instanceof NoAnswer) return noAnswer(credits, 'controlPlane.baseUrl');
    if (credits.answer.status === 401 || credits.answer.status === 403) return refusedKey(credits);
    if (isPlausible(credits)) return undefined;
    const open = await capacity();
    if (open instanceof NoAnswer) return noAnswer(open, 'controlPlane.baseUrl');
    return isPlausible(open) ? undefined : implausible(credits);
  }

  return {
    async preflight(proxyToo) {
      const stop = await controlPlaneStop();
      if (stop !== undefined || !proxyToo || config.proxy === undefined) return stop;
      const answered = await models();
      return answered instanceof NoAnswer ? noAnswer(answered, 'proxy.baseUrl') : undefined;
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

function isPlausible(answered: Answered): boolean {
  const { status } = answered.answer;
  return status < 500 && status !== 404 && jsonOf(answered) !== undefined;
}

function noAnswer(error: NoAnswer, setting: string): Stop {
  return {
    kind: 'target',
    message: `the target does not answer: ${nameOf(error.evidence)}: ${error.message}`,
    hint: `check that ${setting} is right (${new URL(error.evidence.request.url).origin}) and the platform is up`,
  };
}

function refusedKey(credits: Answered): Stop {
  return {
    kind: 'configuration',
    message: `the platform refuses accounts.funded.apiKey: ${nameOf(credits)} answered ${credits.answer.status}`,
    hint: 'supply a control-plane key of a funded account; a workspace key is not one',
  };
}

function implausible(answered: Answered): Stop {
  const type = (headerOf(answered, 'content-type') ?? 'no content type').split(';')[0];
  const { status } = answered.answer;
  return {
    kind: 'target',
    message: `the target does not answer as a control plane: ${nameOf(answered)} answered ${status} (${type})`,
    hint:
      status >= 500
        ? 'the platform fails on its side: see its log'
        : 'controlPlane.baseUrl is the address of the API, such as https://HOST/api/v1, not of a web page',
  };
}
