import type { Caller, Session } from '../http/caller.ts';
import { NoAnswer, Unverified } from '../http/errors.ts';
import { type AnsweredCall, describeCall, type Header, parseBody, readHeader } from '../http/http-call.ts';
import { aiCall } from './ai-call.ts';
import { createCallers } from './callers.ts';
import { type AccountName, accountNames, type Config, type Profile, type ProviderName, profiles } from './config.ts';

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
    if (answered.response.status >= 500) return implausible(answered, 'managed AI proxy', 'proxy.baseUrl');
    return proxyHeadersStop();
  }

  /** Where the headers of one account are taken and another's are not, these are wrong; else it is the platform's doing. */
  async function proxyHeadersStop(): Promise<Stop | undefined> {
    const described = accountNames.filter((name) => config.accounts[name]?.proxyHeaders !== undefined);
    const asked = await Promise.all(
      described.map(async (name) => {
        const answered = await models(Object.entries(config.accounts[name]?.proxyHeaders ?? {}));
        return { name, answered, refused: !(answered instanceof NoAnswer) && answered.response.status === 401 };
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

async function ask(caller: Caller, path: string): Promise<AnsweredCall | NoAnswer> {
  try {
    return await caller.get(path);
  } catch (error) {
    if (error instanceof NoAnswer) return error;
    // Its rate limit keeps the suite out: an answer all the same.
    if (error instanceof Unverified && error.evidence?.response !== undefined) {
      return { request: error.evidence.request, response: error.evidence.response };
    }
    throw error;
  }
}

/** Why a run ended before its checks were through. */
export interface Stop {
  /** `configuration`: the target refuses what the configuration supplies. `interrupted`: the caller's signal. */
  readonly kind: 'configuration' | 'target' | 'interrupted';
  /** One line each. */
  readonly message: string;
  readonly hint: string;
}

/** Whether an API might have said this: JSON, and neither a failure, nor a redirect, nor an unknown path. */
export function isPlausible(answered: AnsweredCall): boolean {
  const { status } = answered.response;
  return status < 500 && !isRedirect(status) && status !== 404 && parseBody(answered) !== undefined;
}

export function isRefused({ response }: AnsweredCall): boolean {
  return response.status === 401 || response.status === 403;
}

/** No complete response came from the address of this setting. */
export function noAnswer(error: NoAnswer, setting: string): Stop {
  return {
    kind: 'target',
    message: `the target does not answer: ${describeCall(error.evidence)}: ${error.message}`,
    hint: `check that ${setting} is right (${new URL(error.evidence.request.url).origin}) and the platform is up`,
  };
}

/** The platform knows no such key: the value of this setting is wrong. */
export function refusedKey(answered: AnsweredCall, setting: string): Stop {
  return {
    kind: 'configuration',
    message: `the platform refuses ${setting}: ${describeCall(answered)} answered ${answered.response.status}`,
    hint: setting.endsWith('apiKey')
      ? 'supply a control-plane key of that account; a workspace key is not one'
      : 'supply what makes a request come from a workspace of that account, such as Authorization with its workspace key',
  };
}

/** Something answers at the address of this setting, but not `what` belongs there. */
export function implausible(answered: AnsweredCall, what: string, setting: string): Stop {
  const type = (readHeader(answered, 'content-type') ?? 'no content type').split(';')[0];
  const { status } = answered.response;
  return {
    kind: 'target',
    message: `the target does not answer as a ${what}: ${describeCall(answered)} answered ${status} (${type})`,
    hint: hintFor(answered, setting),
  };
}

function hintFor(answered: AnsweredCall, setting: string): string {
  const { status } = answered.response;
  if (status >= 500) return 'the platform fails on its side: see its log';
  const location = isRedirect(status) ? readHeader(answered, 'location') : undefined;
  if (location !== undefined) return `it redirects to ${location}, which the suite does not follow: mend ${setting}`;
  return `${setting} is the address of the API, such as https://HOST/api/v1, not of a web page`;
}

function isRedirect(status: number): boolean {
  return status >= 300 && status < 400;
}

export type Probe = 'offered' | 'absent' | 'unknown';

const SHAPES: Partial<Readonly<Record<Profile, ProviderName>>> = {
  'proxy-openai': 'openai',
  'proxy-anthropic': 'anthropic',
  'proxy-google': 'google',
};

/**
 * Looks whether routes of profiles that were not declared are there: a request without identity is refused where the
 * route exists (401) and unknown where it does not (404). It costs nothing and changes nothing.
 */
export async function probeProfiles(
  declared: readonly Profile[],
  config: Config,
  session: Session,
  runId: string,
): Promise<ReadonlyMap<Profile, Probe>> {
  const found = new Map<Profile, Probe>();
  if (config.proxy === undefined) return found;
  const proxy = createCallers(config, session, runId).proxy([]);
  for (const profile of profiles.filter((name) => !declared.includes(name))) {
    const shape = SHAPES[profile];
    if (shape === undefined && profile !== 'subjects') continue;
    found.set(
      profile,
      await probe(() => {
        if (shape === undefined) return proxy.get('/rig/v1/usage?subject=probe');
        const { path, body } = aiCall(shape, { model: 'probe', prompt: 'probe' });
        return proxy.post(path, body);
      }),
    );
  }
  return found;
}

async function probe(ask: () => Promise<{ readonly response: { readonly status: number } }>): Promise<Probe> {
  try {
    const { response } = await ask();
    if (response.status === 401) return 'offered';
    return response.status === 404 ? 'absent' : 'unknown';
  } catch (error) {
    if (error instanceof NoAnswer) return 'unknown';
    throw error;
  }
}
