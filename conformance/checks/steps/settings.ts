import { readPointer } from '../../../contract/json-pointer.ts';
import type { Caller } from '../../http/caller.ts';
import { type AnsweredCall, parseBody } from '../../http/http-call.ts';
import { givenStatus, givenThat, wantStatus } from '../../http/want.ts';
import type { Workspace } from '../../platform/workspaces.ts';

/** What ai-config says is in effect. Untyped: a check that builds on it must not fail for another sentence's reasons. */
export interface InEffect {
  readonly mode: unknown;
  readonly provider: unknown;
  readonly model: unknown;
  readonly status: unknown;
}

/** The four fields of a body; undefined where one is missing. */
export function inEffect(answered: AnsweredCall): InEffect {
  const json = parseBody(answered);
  const [mode, provider, model, status] = ['/mode', '/provider', '/model', '/status'].map((at) =>
    readPointer(json, at),
  );
  return { mode, provider, model, status };
}

/** Without the status: what a PUT of one field leaves as it was. */
export function withoutStatus({ mode, provider, model }: InEffect): Omit<InEffect, 'status'> {
  return { mode, provider, model };
}

export async function givenAiConfig(caller: Caller, workspace: Workspace): Promise<InEffect> {
  return inEffect(givenStatus(await caller.get(workspace.path('/ai-config')), 200));
}

/** Puts a configuration that the check builds on. */
export async function givenPut(caller: Caller, workspace: Workspace, patch: object): Promise<InEffect> {
  return inEffect(givenStatus(await caller.put(workspace.path('/ai-config'), patch), 200));
}

/** Mode byok with this key for the provider, and the platform says that it is usable. */
export async function givenByok(caller: Caller, workspace: Workspace, provider: string, key: string): Promise<void> {
  const answered = givenStatus(
    await caller.put(workspace.path('/ai-config'), { mode: 'byok', provider, api_key: key }),
    200,
  );
  const { status } = inEffect(answered);
  givenThat(status === 'byok_active', `could not be set up: the stored key is not active (${status})`, answered);
}

export const AI_DEFAULTS = '/users/me/ai-defaults';

/** The account's defaults in effect, under the names that a workspace's configuration has for them. */
export async function givenAiDefaults(caller: Caller): Promise<Omit<InEffect, 'status'>> {
  const json = parseBody(givenStatus(await caller.get(AI_DEFAULTS), 200));
  const [mode, provider, model] = ['mode', 'provider', 'model'].map((field) => readPointer(json, `/default_${field}`));
  return { mode, provider, model };
}

/** A value of every JSON type but string and null. */
export const NOT_STRINGS: readonly unknown[] = [1, true, ['openai'], { name: 'openai' }];

/** Texts that no name, key or model can be: blank, too long, with a control character. */
export const BAD_TEXTS: readonly string[] = ['', '   ', 'x'.repeat(513), 'line\nbreak', 'nul\u0000byte'];

/** Each body is answered 400. */
export async function wantRefused(caller: Caller, path: string, bodies: readonly unknown[]): Promise<void> {
  for (const body of bodies) wantStatus(await caller.put(path, body), 400);
}

/** Each body is answered 400, or nothing can be said about what a refusal does. */
export async function givenRefused(caller: Caller, path: string, bodies: readonly unknown[]): Promise<void> {
  for (const body of bodies) givenStatus(await caller.put(path, body), 400);
}
