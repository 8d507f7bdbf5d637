import { randomBytes } from 'node:crypto';
import type { Header } from '../../http/http-call.ts';
import { wantStatus } from '../../http/want.ts';
import { type Check, check } from '../check.ts';
import { protectedOperations } from '../steps/resources.ts';

const PATH = '/users/me/credits';

/** Who is let in. */
export const checks: readonly Check[] = [
  check('AUT-001', [], async ({ anonymous, withKey, runId }) => {
    const neverIssued = withKey(`rb_${randomBytes(24).toString('hex')}`);
    for (const { method, path: template } of protectedOperations) {
      const path = template.replace(/\{\w+\}/g, `none-${runId}`);
      wantStatus(await anonymous.send(method, path), 401);
      wantStatus(await neverIssued.send(method, path), 401);
    }
  }),

  check('AUT-002', [], async ({ anonymous, config }) => {
    const { apiKey } = config.accounts.funded;
    const basic = Buffer.from(`${apiKey}:`).toString('base64');
    const forms: readonly Header[] = [
      ['authorization', apiKey],
      ['authorization', `Token ${apiKey}`],
      ['authorization', `Basic ${basic}`],
      ['authorization', `Bearer ${apiKey} ${apiKey}`],
      ['authorization', `Bearer "${apiKey}"`],
      ['x-api-key', apiKey],
      ['cookie', `token=${apiKey}`],
    ];
    for (const form of forms) wantStatus(await anonymous.get(PATH, { headers: [form] }), 401);
    wantStatus(await anonymous.get(`${PATH}?api_key=${encodeURIComponent(apiKey)}`), 401);
  }),

  check('AUT-003', [], async ({ anonymous, config }) => {
    const valid: Header = ['authorization', `Bearer ${config.accounts.funded.apiKey}`];
    const invalid: Header = ['authorization', 'Bearer rb_never_issued'];
    for (const headers of [
      [valid, invalid],
      [invalid, valid],
      [valid, valid],
    ]) {
      wantStatus(await anonymous.get(PATH, { headers }), 401);
    }
  }),
];
