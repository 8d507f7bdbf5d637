import { readCredits } from './account.ts';
import { type Body, type Call, ok, Refused, type Reply } from './call.ts';
import { inEffect, inherited } from './choice.ts';
import { among, orNull, text } from './rules.ts';
import type { AiChoice } from './state.ts';

const mode = among('managed', 'byok');
const provider = orNull(among('google', 'openai', 'anthropic'));
const model = orNull(text(512));
const api_key = orNull(text(512, /^[!-~]+$/));

export function readConfig(call: Call): Reply {
  const workspace = call.workspace();
  const choice = inEffect(workspace);
  const byok = workspace.keyOf === choice.provider ? 'byok_active' : 'invalid_missing_key';
  const status = choice.mode === 'managed' ? 'managed_active' : byok;
  return ok({ status, updated_at: workspace.aiChanged, ...choice });
}

export function changeConfig(call: Call): Reply {
  change(call, call.body({ mode: orNull(mode), provider, model, api_key }));
  return readConfig(call);
}

export function readMode(call: Call): Reply {
  const workspace = call.workspace();
  return ok({ source: workspace.ai.mode ? 'workspace' : 'user_default', mode: inEffect(workspace).mode });
}

export function changeMode(call: Call): Reply {
  change(call, call.body({ mode: orNull(mode) }));
  return readMode(call);
}

export function readDefaults({ account }: Call): Reply {
  const { mode, provider, model } = inherited(account);
  return ok({ default_model: model, default_provider: provider, default_mode: mode });
}

export function changeDefaults(call: Call): Reply {
  const body = call.body({ default_mode: orNull(mode), default_provider: provider, default_model: model });
  call.account.ai = patched(call.account.ai, body, 'default_');
  return readDefaults(call);
}

export function changeAccountMode(call: Call): Reply {
  call.account.ai = patched(call.account.ai, call.body({ mode }, ['mode']));
  return readCredits(call);
}

function change(call: Call, body: Body): void {
  const workspace = call.workspace();
  const ai = patched(workspace.ai, body);
  const { mode, provider } = inEffect({ ai, owner: workspace.owner });
  if (typeof body.api_key === 'string' && mode === 'managed') {
    throw new Refused(400, 'key_in_managed_mode', 'A key of yours has no use in managed mode.');
  }
  workspace.ai = ai;
  if (body.api_key !== undefined) workspace.keyOf = body.api_key === null ? undefined : provider;
  if (mode === 'managed') workspace.keyOf = undefined;
  if (Object.keys(body).length > 0) workspace.aiChanged = new Date();
}

/** Left out stays, null goes. The body has passed its rules. */
function patched(before: Partial<AiChoice>, body: Body, prefix = ''): Partial<AiChoice> {
  const sent = ['mode', 'provider', 'model']
    .map((field) => [field, body[prefix + field]] as const)
    .filter(([, value]) => value !== undefined);
  const after = Object.entries({ ...before, ...Object.fromEntries(sent) }).filter(([, value]) => value !== null);
  return Object.fromEntries(after);
}
