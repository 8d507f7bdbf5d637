import { add, all, at, set, without } from '../json-edits.ts';
import { jsonAnswer, type Mutation, readHeader, withHeader } from '../message.ts';
import { answering, both, changing, on } from '../mutations.ts';
import { isObject } from './json-writing.ts';
import type { Variant, VisibleVariant } from './variant.ts';

const OLDER = 120;
const AGREED = [set('/custom', true), set('/limits/max_vms', 1000)];
const LIMITED_EVERY = 331;

/** The list newest first, with many more like its last. */
function withOlder(older: (row: Readonly<Record<string, unknown>>, n: number) => unknown) {
  return (list: unknown) => {
    if (!Array.isArray(list) || !isObject(list[0])) return list;
    const [row] = list;
    return [...list.toReversed(), ...Array.from({ length: OLDER }, (_, n) => older(row, n))];
  };
}

function toUuid(n: number): string {
  return `0190a6e2-7b1c-7def-8abc-${n.toString(16).padStart(12, '0')}`;
}

const first = (row: object) => (list: unknown) => (Array.isArray(list) ? [row, ...list] : list);

const TRILLIONS = { requests: 3e12, input_tokens: 4e15, output_tokens: 1e15, credits: 5e6, credits_micro: 5e12 };
const OLD_DAY = { day: '2020-02-29', ...TRILLIONS };
const OLD_WORKSPACE = { workspace_id: 'ws-long-gone', workspace_name: 'gone', ...TRILLIONS };

/** Variants of what the platform offers and allows. */
export const offerVariants: readonly VisibleVariant[] = [
  {
    how: 'shows no workspace key when it creates a workspace',
    lawful: 'WSP-016 is a MAY.',
    ask: 'POST /workspaces',
    shows: (raw) => !raw.includes('workspace_key'),
    crowd: 2,
    controlPlane: on('POST /workspaces', answering(without('/workspace_key'))),
    instead: { 'WSP-016': { verdict: 'not-applicable', reason: 'the 201 answer carries no workspace_key' } },
  },
  {
    how: 'has the account on a plan of its own',
    lawful: 'LIM-002 speaks of free and pro only.',
    ask: 'GET /users/me/limits',
    shows: (raw) => raw.includes('fleet'),
    crowd: 1,
    controlPlane: on('GET /users/me/limits', answering(all(set('/plan', 'fleet'), set('/custom', true)))),
    instead: ownPlan('fleet'),
  },
  {
    how: 'has an old customer: long lists, newest first, and large numbers',
    lawful: 'No list but that of days says how long or in which order it is; limits may be agreed.',
    ask: 'GET /workspaces',
    shows: (raw) => raw.includes(`ws-old${OLDER - 1}`),
    crowd: 3,
    instead: ownPlan('pro'),
    controlPlane: both(
      on(
        'GET /workspaces',
        answering(
          at(
            '/vms',
            withOlder((row, n) => ({ ...row, id: `ws-old${n}`, name: 'öld' })),
          ),
        ),
      ),
      on(
        'GET /api-keys',
        answering(
          at(
            '/api_keys',
            withOlder((row, n) => ({ ...row, id: toUuid(n), name: '' })),
          ),
        ),
      ),
      on(
        'GET /templates',
        answering(
          at(
            '/templates',
            withOlder((row, n) => ({ ...row, id: `template-${n}` })),
          ),
        ),
      ),
      on('GET /users/me/limits', answering(all(...AGREED, add('/usage/workspace_count', OLDER)))),
      on('GET /capacity', answering(all(set('/total', 2 ** 40), set('/used', 2 ** 39)))),
      on(
        'GET /users/me/ai-usage',
        answering(all(at('/daily', first(OLD_DAY)), at('/by_workspace', first(OLD_WORKSPACE)))),
      ),
    ),
  },
  {
    how: 'limits the rate now and then, for a second',
    lawful: 'Section "Rate limits": 429 with Retry-After.',
    ask: 'GET /capacity',
    times: LIMITED_EVERY,
    shows: (raw) => raw.includes('Retry-After: 1'),
    crowd: 3,
    controlPlane: limitedNowAndThen(),
  },
  {
    how: 'allows HEAD and OPTIONS too, and says so in two Allow headers',
    lawful: 'A list may be split over headers of one name (RFC 9110).',
    ask: 'DELETE /users/me/credits',
    shows: (raw) => raw.includes('HEAD,OPTIONS'),
    crowd: 2,
    controlPlane: changing((answer) => {
      const allow = readHeader(answer, 'allow');
      if (allow === undefined) return answer;
      return { ...answer, headers: [...withHeader(answer, 'allow', 'HEAD,OPTIONS').headers, ['Allow', allow]] };
    }),
  },
];

/** What no sentence says of limits that were agreed with the account. */
function ownPlan(plan: string): NonNullable<Variant['instead']> {
  const reason = `the funded account is on plan ${plan} with custom limits`;
  return { 'LIM-002': { verdict: 'not-applicable', reason }, 'CRD-004': { verdict: 'not-applicable', reason } };
}

function limitedNowAndThen(): Mutation {
  let requests = 0;
  const refusal = { error: { code: 'rate_limited', message: 'Slow down.' } };
  return async (sent, forward) => {
    requests += 1;
    if (requests % LIMITED_EVERY > 0) return forward(sent);
    return withHeader(jsonAnswer(429, refusal), 'Retry-After', '1');
  };
}
