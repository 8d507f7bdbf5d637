import type { controlPlane } from '../../client/index.ts';

/** What the forms for a workspace and for the account's defaults have in common. `inherit` is sent as null. */
export interface AiForm {
  readonly mode: controlPlane.AiMode | 'inherit';
  readonly provider: controlPlane.AiProvider | 'inherit';
  /** Empty: inherit. */
  readonly model: string;
}

export function formOfWorkspace(
  { mode, provider, model }: controlPlane.WorkspaceAiConfigResponse,
  { source }: controlPlane.WorkspaceAiModeResponse,
): AiForm {
  return { mode: source === 'workspace' ? mode : 'inherit', provider, model };
}

export function formOfDefaults(defaults: controlPlane.GetAiDefaultsResponse): AiForm {
  return { mode: defaults.default_mode, provider: defaults.default_provider, model: defaults.default_model };
}

/** Another provider has other models: the one that was chosen for the old one is let go, and its own default applies. */
export function withProvider(form: AiForm, provider: AiForm['provider']): AiForm {
  return { ...form, provider, model: '' };
}

/** Only what was changed is sent: what is left out keeps its value. A key goes along where one was typed and may be stored. */
export function workspacePatch(
  start: AiForm,
  form: AiForm,
  apiKey: string,
): controlPlane.UpdateWorkspaceAiConfigRequest {
  return {
    ...(form.mode !== start.mode && { mode: orNull(form.mode) }),
    ...(form.provider !== start.provider && { provider: orNull(form.provider) }),
    ...(form.model.trim() !== start.model && { model: form.model.trim() || null }),
    ...(apiKey.trim() !== '' && { api_key: apiKey.trim() }),
  };
}

export function defaultsPatch(start: AiForm, form: AiForm): controlPlane.UpdateAiDefaultsRequest {
  const { mode, provider, model } = workspacePatch(start, form, '');
  return {
    ...(mode !== undefined && { default_mode: mode }),
    ...(provider !== undefined && { default_provider: provider }),
    ...(model !== undefined && { default_model: model }),
  };
}

function orNull<Value>(value: Value | 'inherit'): Value | null {
  return value === 'inherit' ? null : value;
}
