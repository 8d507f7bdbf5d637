import { randomBytes } from 'node:crypto';
import { wantEqual, wantShape, wantStatus, wantValue } from '../../http/want.ts';
import { credentialHeader } from '../../platform/callers.ts';
import { type Check, check } from '../check.ts';
import { documentedProxy } from '../documented.ts';
import { chargeMicro, givenAiCall, stubbed, toBilledTokens, USAGE } from '../steps/metering.ts';

import { givenSubject, readSubjectUsage } from '../steps/subjects.ts';

const WINDOWS: Readonly<Record<string, number>> = { '3600': 3600, '30s': 30, '15m': 900, '5h': 18_000, '7d': 604_800 };
const LONGEST_SUBJECT = 256;

/** The end users of a workspace's app, and what they used. */
export const checks: readonly Check[] = [
  check('SUB-001', ['proxy'], async (t) => {
    const answered = await readSubjectUsage(await t.proxy(), t.marker);
    wantStatus(answered, 200);
    wantShape(answered, documentedProxy('SubjectUsage'));
    wantValue(answered, '/subject', t.marker);
  }),

  check('SUB-002', ['proxy'], async (t) => {
    const caller = await t.proxy();
    for (const [window, seconds] of [...Object.entries(WINDOWS), [undefined, 86_400] as const]) {
      const answered = await readSubjectUsage(caller, t.marker, window);
      wantStatus(answered, 200);
      wantValue(answered, '/window_seconds', seconds);
    }
  }),

  check('SUB-003', ['proxy'], async (t) => {
    const caller = await t.proxy();
    wantStatus(await caller.shaped('openai').get('/rig/v1/usage'), 400);
    for (const window of ['soon', '5x', 'h', '-5', '1.5h'])
      wantStatus(await readSubjectUsage(caller, t.marker, window), 400);
  }),

  check('SUB-004', stubbed('openai'), async (t) => {
    const stub = await t.stub('openai');
    const caller = await t.proxy();
    const headers = [['x-rigbox-subject', t.marker]] as const;
    await stub.script({ usage: USAGE });
    await givenAiCall(t, caller, 'openai', { headers });
    wantEqual('usage of the new subject', await givenSubject(caller, t.marker), {
      requests: 1,
      input_tokens: USAGE.inputTokens,
      output_tokens: USAGE.outputTokens,
      credits_micro: Number(chargeMicro(t.model('openai').price, toBilledTokens(USAGE))),
    });
  }),

  check('SUB-005', stubbed('openai'), async (t) => {
    await t.stub('openai');
    const caller = await t.proxy();
    const [named, user] = [`${t.marker} header`, `${t.marker} body`];
    await givenAiCall(t, caller, 'openai', { body: { user } });
    wantEqual('requests of the subject named in the body', (await givenSubject(caller, user)).requests, 1);
    await givenAiCall(t, caller, 'openai', { body: { user }, headers: [['x-rigbox-subject', named]] });
    wantEqual('requests of the subject named in the header', (await givenSubject(caller, named)).requests, 1);
    wantEqual('requests of the subject named in the body', (await givenSubject(caller, user)).requests, 1);
  }),

  check('SUB-006', stubbed('openai'), async (t) => {
    await t.stub('openai');
    const caller = await t.proxy();
    const padded = `${t.marker} padded`;
    await givenAiCall(t, caller, 'openai', { body: { user: `  ${padded} ` } });
    wantEqual('requests of the trimmed subject', (await givenSubject(caller, padded)).requests, 1);
    const long = `${t.marker} ${'x'.repeat(300)}`;
    await givenAiCall(t, caller, 'openai', { body: { user: long } });
    const cut = long.slice(0, LONGEST_SUBJECT);
    wantEqual('requests of the subject, cut at 256 characters,', (await givenSubject(caller, cut)).requests, 1);
  }),

  check('SUB-007', stubbed('openai'), async (t) => {
    await t.stub('openai');
    const [caller, other] = [await t.proxy(), await t.proxyAs('other')];
    await givenAiCall(t, caller, 'openai', { headers: [['x-rigbox-subject', t.marker]] });
    const answered = await readSubjectUsage(other, t.marker);
    wantStatus(answered, 200);
    for (const field of ['requests', 'input_tokens', 'output_tokens', 'credits_micro']) {
      wantValue(answered, `/${field}`, 0);
    }
  }),

  check('SUB-011', ['proxy'], async (t) => {
    const caller = (await t.proxy()).shaped('openai');
    for (const query of ['subject=a&subject=b', 'subject=a&window=60&window=3600', 'subject=a&user=b']) {
      wantStatus(await caller.get(`/rig/v1/usage?${query}`), 400);
    }
  }),

  check('SUB-010', ['proxy'], async (t) => {
    const headers = [credentialHeader('openai', `rb_${randomBytes(24).toString('hex')}`)];
    wantStatus(await t.anonymousProxy.get('/rig/v1/usage?subject=nobody', { headers }), 401);
  }),
];
