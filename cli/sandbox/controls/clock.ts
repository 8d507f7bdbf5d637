import { refusal } from '../../../server/http/errors.ts';
import { type ControlHandlers, type ControlServices, shown } from './services.ts';

/** Ten years: a month of an account is turned for each that passes. */
const FARTHEST_MS = 315_360_000_000;

/** What time it is for an account. */
export function clockControls(services: ControlServices): Pick<ControlHandlers, 'setSandboxClock'> {
  const { store, clocks } = services;
  return {
    setSandboxClock: async ({ params, body }) => {
      const account = await store.getAccount(params.account_id);
      if (account === undefined) return refusal('not_found');
      if (body.now !== undefined && body.advance_seconds !== undefined) {
        return misplaced('/advance_seconds', 'Send advance_seconds or now, not both.');
      }
      const before = clocks.now(account.id);
      const wanted = body.now === undefined ? before + (body.advance_seconds ?? 0) * 1000 : Date.parse(body.now);
      if (wanted < before || wanted > before + FARTHEST_MS) {
        return misplaced('/now', 'Time goes forward only, by ten years at most.');
      }
      clocks.set(account.id, wanted, body.runs ?? clocks.runs(account.id));
      return { status: 200, body: await shown(services, account) };
    },
  };
}

function misplaced(pointer: string, message: string) {
  return refusal('invalid_request', { details: [{ in: 'body', pointer, code: 'range', message }] });
}
