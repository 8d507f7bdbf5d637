import { ScriptError } from '../../../mocks/providers/index.ts';
import { refusal } from '../../../server/http/errors.ts';
import type { ControlHandlers, ControlServices } from './services.ts';

/** What the stub providers answer to the account's calls: each account has a session of its own. */
export function answerControls({
  store,
  stub,
}: ControlServices): Pick<ControlHandlers, 'getSandboxAnswers' | 'setSandboxAnswers'> {
  return {
    getSandboxAnswers: async ({ params: { account_id: accountId } }) => {
      const account = await store.getAccount(accountId);
      if (account === undefined) return refusal('not_found');
      return { status: 200, body: { waiting: stub?.session(accountId).pending() ?? 0 } };
    },

    setSandboxAnswers: async ({ params: { account_id: accountId }, body: { answers } }) => {
      const account = await store.getAccount(accountId);
      if (account === undefined) return refusal('not_found');
      if (stub === undefined) {
        return refusal('invalid_request', { message: 'Every provider has a real key: there is no stub to script.' });
      }
      const session = stub.session(accountId);
      try {
        session.script(answers.map(inCamelCase));
      } catch (error) {
        if (!(error instanceof ScriptError)) throw error;
        return refusal('invalid_request', { message: error.message });
      }
      return { status: 200, body: { waiting: session.pending() } };
    },
  };
}

type CamelCase<Name> = Name extends `${infer Head}_${infer Tail}` ? `${Head}${Capitalize<CamelCase<Tail>>}` : Name;
type InCamelCase<T> = T extends object ? { [Name in keyof T as CamelCase<Name>]: InCamelCase<T[Name]> } : T;

/** The stub's own spelling of a rule, typed, so that the controls' document cannot drift from the stub. */
function inCamelCase<T>(value: T): InCamelCase<T> {
  if (typeof value !== 'object' || value === null) return value as InCamelCase<T>;
  const entries = Object.entries(value).map(([name, own]) => [
    name.replace(/_(\w)/g, (_, initial: string) => initial.toUpperCase()),
    // Names of headers are the caller's.
    name === 'headers' ? own : inCamelCase(own),
  ]);
  return Object.fromEntries(entries);
}
