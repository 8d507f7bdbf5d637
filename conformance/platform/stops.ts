import type { NoAnswer } from '../http/errors.ts';
import { type Answered, headerOf, jsonOf, nameOf } from '../http/http-call.ts';

/** Why a run ended before its checks were through. */
export interface Stop {
  /** `configuration`: the target refuses what the configuration supplies. `interrupted`: the caller's signal. */
  readonly kind: 'configuration' | 'target' | 'interrupted';
  /** One line each. */
  readonly message: string;
  readonly hint: string;
}

/** Whether an API might have said this: JSON, and neither a failure, nor a redirect, nor an unknown path. */
export function isPlausible(answered: Answered): boolean {
  const { status } = answered.answer;
  return status < 500 && !isRedirect(status) && status !== 404 && jsonOf(answered) !== undefined;
}

export function isRefused({ answer }: Answered): boolean {
  return answer.status === 401 || answer.status === 403;
}

/** Nobody, or nothing complete, answered at the address of this setting. */
export function noAnswer(error: NoAnswer, setting: string): Stop {
  return {
    kind: 'target',
    message: `the target does not answer: ${nameOf(error.evidence)}: ${error.message}`,
    hint: `check that ${setting} is right (${new URL(error.evidence.request.url).origin}) and the platform is up`,
  };
}

/** The platform knows no such key: the value of this setting is wrong. */
export function refusedKey(answered: Answered, setting: string): Stop {
  return {
    kind: 'configuration',
    message: `the platform refuses ${setting}: ${nameOf(answered)} answered ${answered.answer.status}`,
    hint: setting.endsWith('apiKey')
      ? 'supply a control-plane key of that account; a workspace key is not one'
      : 'supply what makes a request come from a workspace of that account, such as Authorization with its workspace key',
  };
}

/** Something answers at the address of this setting, but not `what` belongs there. */
export function implausible(answered: Answered, what: string, setting: string): Stop {
  const type = (headerOf(answered, 'content-type') ?? 'no content type').split(';')[0];
  const { status } = answered.answer;
  return {
    kind: 'target',
    message: `the target does not answer as a ${what}: ${nameOf(answered)} answered ${status} (${type})`,
    hint: hintFor(answered, setting),
  };
}

function hintFor(answered: Answered, setting: string): string {
  const { status } = answered.answer;
  if (status >= 500) return 'the platform fails on its side: see its log';
  const location = isRedirect(status) ? headerOf(answered, 'location') : undefined;
  if (location !== undefined) return `it redirects to ${location}, which the suite does not follow: mend ${setting}`;
  return `${setting} is the address of the API, such as https://HOST/api/v1, not of a web page`;
}

function isRedirect(status: number): boolean {
  return status >= 300 && status < 400;
}
