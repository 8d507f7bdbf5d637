import { z } from 'zod';
import { readPointer } from '../../../contract/json-pointer.ts';
import type { AnsweredCall } from '../../http/http-call.ts';
import { givenStatus, wantEqual, wantJson, wantShape, wantStatus, wantThat } from '../../http/want.ts';
import type { ProviderName } from '../../platform/config.ts';
import type { Context } from '../../platform/context.ts';
import { type Check, check } from '../check.ts';
import { callAi, stubbed } from '../steps/metering.ts';
import { envelopes, wantNothingForwarded } from '../steps/refusals.ts';
import { callFor, freshSubject, limited, type SubjectLimits, TINY } from '../steps/subjects.ts';

const limitDetails = (limit: Readonly<Record<string, z.ZodType>>, used: z.ZodType, subject: string) =>
  z.strictObject({
    reason: z.string().min(1),
    subject: z.literal(subject),
    limit: z.strictObject(limit),
    used,
    resets_at: z.iso.datetime(),
    retry_after: z.int().positive(),
  });

const CREDITS = { kind: z.literal('credits'), amount: z.literal(0.000001), window_seconds: z.literal(3600) };
const REQUESTS = { kind: z.literal('requests'), amount: z.literal(1), window_seconds: z.literal(60) };

/** What a refusal for a limit says, in the envelope of each API. */
export const checks: readonly Check[] = [
  check('SUB-024', stubbed('openai'), async (t) => {
    await t.stub('openai');
    const subject = freshSubject(t);
    for (const [limits, status] of [
      [{ budget: `${TINY};period=1h` }, 402],
      [{ rate: `${TINY};window=1h` }, 429],
    ] as const) {
      const answered = givenStatus(await callFor(t, subject, limits), status);
      wantShape(answered, exactly(limitDetails(CREDITS, z.literal(0), subject)));
    }
    givenStatus(await callFor(t, subject, {}), 200);
    const answered = givenStatus(await callFor(t, subject, { rate: '1req;window=1m' }), 429);
    wantShape(answered, exactly(limitDetails(REQUESTS, z.literal(1), subject)));
  }),

  check('SUB-035', stubbed('anthropic'), (t) =>
    wantSameElsewhere(t, 'anthropic', { code: '/error/code', details: '/error/details' }),
  ),
  check('SUB-036', stubbed('google'), (t) =>
    wantSameElsewhere(t, 'google', { code: '/error/details/0/reason', details: '/error/details/0/metadata' }),
  ),
];

function exactly(details: z.ZodType): z.ZodType {
  const error = z.strictObject({
    code: z.enum(['subject_over_budget', 'subject_rate_limited']),
    message: z.string().min(1),
    type: z.literal('rigbox_gateway_error'),
    param: z.null(),
    details,
  });
  return z.strictObject({ error });
}

interface Places {
  readonly code: string;
  readonly details: string;
}

async function wantSameElsewhere(t: Context, provider: ProviderName, places: Places): Promise<void> {
  const stub = await t.stub(provider);
  const caller = await t.proxy();
  const subject = freshSubject(t);
  const refused = (limits: SubjectLimits) => callAi(t, caller, provider, { headers: limited(subject, limits) });
  for (const [limits, status, code] of [
    [{ budget: `${TINY};period=1h` }, 402, 'subject_over_budget'],
    [{ rate: `${TINY};window=1h` }, 429, 'subject_rate_limited'],
    [{ budget: 'soon' }, 400, 'subject_limit_malformed'],
  ] as const) {
    const answered = await refused(limits);
    wantStatus(answered, status);
    wantShape(answered, envelopes[provider]());
    wantEqual(places.code, readPointer(wantJson(answered), places.code), code, answered);
    if (status !== 400) wantDetails(answered, places.details, subject);
    await wantNothingForwarded(stub, answered);
  }
}

function wantDetails(answered: AnsweredCall, place: string, subject: string): void {
  const details = limitDetails(CREDITS, z.literal(0), subject).safeParse(readPointer(wantJson(answered), place));
  const problems = details.error?.issues.map(({ path, message }) => `/${path.join('/')}: ${message}`).join('; ');
  wantThat(details.success, `the documented details at ${place}`, problems ?? '', answered);
}
