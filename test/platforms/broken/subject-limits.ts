import { set } from '../json-edits.ts';
import { type FrontRequest, type Mutation, readHeader, readText, withHeader, withText } from '../message.ts';
import { on, passing, refusing } from '../mutations.ts';
import type { BrokenPlatform } from './broken-platform.ts';

const CHAT = 'POST /v1/chat/completions';
const SUBJECT = 'x-rigbox-subject';
const BUDGET = 'x-rigbox-subject-budget';
const RATE = 'x-rigbox-subject-rate';

/** Refuses, and yet the provider gets the call. */
function forwardingAnyway(code: string, limitedBy: RegExp = /./): Mutation {
  return async (sent, forward) => {
    const answer = await forward(sent);
    const text = await readText(answer);
    const limits = `${readHeader(sent, BUDGET)} ${readHeader(sent, RATE)}`;
    if (text.includes(code) && limitedBy.test(limits)) await readText(await forward(withHeader(sent, SUBJECT)));
    return withText(answer, text);
  };
}

/** Changes limits as they are sent. */
function reading(change: (limit: string) => string): Mutation {
  return passing((sent) => ({
    ...sent,
    headers: sent.headers.map(([name, value]) => [name, [BUDGET, RATE].includes(name) ? change(value) : value]),
  }));
}

const hasBoth = (sent: FrontRequest) => readHeader(sent, BUDGET) !== undefined && readHeader(sent, RATE) !== undefined;

/** Budgets and rates of subjects: each forgotten, misread, or kept too well. */
export const subjectLimitRows: readonly BrokenPlatform[] = [
  {
    breaks: 'SUB-020',
    how: 'forwards a call that it refuses over a budget in credits',
    proxy: on(CHAT, forwardingAnyway('subject_over_budget', /^0\.\d+;/)),
  },
  {
    breaks: 'SUB-021',
    how: 'forwards a call that it refuses over a budget in requests',
    proxy: on(CHAT, forwardingAnyway('subject_over_budget', /^\d+req;/)),
    also: {
      'SUB-033': 'what is forwarded is charged',
      'SUB-031': 'the call in excess of the budget reaches the provider',
    },
  },
  {
    breaks: 'SUB-022',
    how: 'forwards a call that it refuses over a rate',
    proxy: on(CHAT, forwardingAnyway('subject_rate_limited')),
    also: { 'SUB-033': 'what is forwarded is charged' },
  },
  {
    breaks: 'SUB-023',
    how: 'forwards a call whose limit it cannot read',
    proxy: on(CHAT, forwardingAnyway('subject_limit_malformed')),
  },
  {
    breaks: 'SUB-024',
    how: 'adds a hint to the details of a refusal',
    proxy: on(CHAT, refusing([402, 429], set('/error/details/hint', 'Try again later.'))),
  },
  {
    breaks: 'SUB-025',
    how: 'makes a subject of all callers without one',
    proxy: on(
      CHAT,
      passing((sent) =>
        (readHeader(sent, SUBJECT) ?? '').trim() === '' ? withHeader(sent, SUBJECT, 'anybody') : sent,
      ),
    ),
    also: { 'SUB-005': 'a subject in the body is overlooked', 'SUB-006': 'a subject in the body is overlooked' },
  },
  {
    breaks: 'SUB-027',
    how: 'looks at the rate before the budget',
    proxy: on(
      hasBoth,
      passing((sent) => withHeader(sent, BUDGET)),
    ),
  },
  {
    breaks: 'SUB-028',
    how: 'takes seven days for seven hours',
    proxy: reading((limit) => limit.replace('=7d', '=7h')),
  },
  {
    breaks: 'SUB-029',
    how: 'reads the first rate only',
    proxy: passing((sent) => {
      const rate = readHeader(sent, RATE);
      return rate === undefined ? sent : withHeader(sent, RATE, rate);
    }),
  },
  {
    breaks: 'SUB-030',
    how: 'counts the calls of a passed window for an hour',
    proxy: reading((limit) => limit.replace(/=1s?$/, '=1h')),
  },
  {
    breaks: 'SUB-032',
    how: 'lets the subjects of an app share one limit',
    proxy: on(
      hasBoth,
      passing((sent) => withHeader(sent, SUBJECT, readHeader(sent, SUBJECT)?.replace(/ \w+$/, '') ?? '')),
    ),
  },
];
