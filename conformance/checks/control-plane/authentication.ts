import { randomBytes } from 'node:crypto';
import { controlPlaneDocument } from '../../../generated/bundles.ts';
import type { Header } from '../../http/http-call.ts';
import { wantStatus } from '../../http/want.ts';
import { type Check, check } from '../check.ts';

const PATH = '/users/me/credits';

/** Contract section 1: who is let in. */
export const checks: readonly Check[] = [
  check('AUT-001', [], async ({ anonymous, withKey, runId }) => {
    const stranger = withKey(`rb_${randomBytes(24).toString('hex')}`);
    for (const { method, path } of protectedOperations(`ws-none-${runId}`)) {
      wantStatus(await anonymous.send(method, path), 401);
      wantStatus(await stranger.send(method, path), 401);
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

export interface Operation {
  /** Upper case. */
  readonly method: string;
  /** With the given id in the place of `{id}`. */
  readonly path: string;
}

/** Every operation of the control plane that needs a credential. */
export function protectedOperations(id: string): readonly Operation[] {
  return Object.entries(controlPlaneDocument.paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([, operation]) => (operation.security ?? controlPlaneDocument.security).length > 0)
      .map(([method]) => ({ method: method.toUpperCase(), path: path.replace('{id}', id) })),
  );
}
