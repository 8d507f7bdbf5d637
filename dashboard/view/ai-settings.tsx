import { useEffect, useRef, useState } from 'preact/hooks';
import type { controlPlane } from '../../client/index.ts';
import type { Account } from '../data/account.ts';
import { type AiForm, formOfWorkspace, workspacePatch } from '../data/ai-form.ts';
import type { Workspace } from '../data/facts.ts';
import { type Outcome, settleCall } from '../data/outcome.ts';
import { AiFields } from './ai-fields.tsx';
import { Cross } from './icons.tsx';
import { failureInWords, MODES, PROVIDERS, statusInWords } from './words.ts';

interface Props {
  readonly account: Account;
  readonly workspace: Workspace;
  onClose(): void;
}

interface Settings {
  readonly config: controlPlane.WorkspaceAiConfigResponse;
  readonly start: AiForm;
}

/** The AI settings of one workspace, in a modal dialog. */
export function AiSettings({ account, workspace, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [settings, setSettings] = useState<Settings>();
  const [said, setSaid] = useState('');

  async function read(): Promise<void> {
    const outcome = await readSettings(account, workspace);
    if (outcome.kind === 'ok') setSettings(outcome.value);
    else setSaid(failureInWords(outcome));
  }

  async function save(patch: controlPlane.UpdateWorkspaceAiConfigRequest): Promise<boolean> {
    setSaid('');
    const call = account.client.PUT('/workspaces/{id}/ai-config', {
      params: { path: { id: workspace.id } },
      body: patch,
    });
    const outcome = await settleCall(call, (body) => body);
    if (outcome.kind !== 'ok') {
      setSaid(failureInWords(outcome));
      return false;
    }
    await read();
    setSaid('Saved. It applies from the next call on.');
    account.refresh();
    return true;
  }

  useEffect(() => {
    dialog.current?.showModal();
    void read();
  }, [workspace.id]);

  return (
    <dialog ref={dialog} class="drawer" aria-labelledby="settings-title" onClose={onClose}>
      <header>
        <div>
          <h2 id="settings-title">
            AI settings of <bdi>{workspace.name}</bdi>
          </h2>
          <code>{workspace.id}</code>
        </div>
        <button type="button" class="quiet" aria-label="Close" onClick={() => dialog.current?.close()}>
          <Cross />
        </button>
      </header>
      {settings !== undefined && (
        <>
          <Status config={settings.config} />
          <SettingsForm key={settings.config.updated_at} account={account} settings={settings} save={save} />
        </>
      )}
      <p role="status" class="said">
        {said}
      </p>
    </dialog>
  );
}

async function readSettings({ client }: Account, { id }: Workspace): Promise<Outcome<Settings>> {
  const params = { params: { path: { id } } };
  const [config, mode] = await Promise.all([
    settleCall(client.GET('/workspaces/{id}/ai-config', params), (body) => body),
    settleCall(client.GET('/workspaces/{id}/mode', params), (body) => body),
  ]);
  if (config.kind !== 'ok') return config;
  if (mode.kind !== 'ok') return mode;
  return { kind: 'ok', value: { config: config.value, start: formOfWorkspace(config.value, mode.value) } };
}

function Status({ config }: { readonly config: controlPlane.WorkspaceAiConfigResponse }) {
  const { title, meaning, tone } = statusInWords(config.status, PROVIDERS[config.provider]);
  return (
    <div class={`status ${tone}`}>
      <strong>{title}</strong>
      <p>{meaning}</p>
    </div>
  );
}

interface FormProps {
  readonly account: Account;
  readonly settings: Settings;
  save(patch: controlPlane.UpdateWorkspaceAiConfigRequest): Promise<boolean>;
}

function SettingsForm({ account, settings: { config, start }, save }: FormProps) {
  const [form, setForm] = useState(start);
  const [apiKey, setApiKey] = useState('');
  const defaults = account.defaults.value;
  const mode = form.mode === 'inherit' ? (defaults?.default_mode ?? config.mode) : form.mode;
  const patch = workspacePatch(start, form, mode === 'byok' ? apiKey : '');
  const isChanged = Object.keys(patch).length > 0;
  const erasesKey = mode === 'managed' && config.status === 'byok_active';

  return (
    <form
      onSubmit={async (event) => {
        event.preventDefault();
        if (isChanged && (await save(patch))) setApiKey('');
      }}
    >
      <AiFields
        form={form}
        onChange={setForm}
        inherited={{
          mode: defaults === undefined ? 'the account default' : MODES[defaults.default_mode].toLowerCase(),
          provider:
            defaults === undefined ? 'Account default' : `Account default (${PROVIDERS[defaults.default_provider]})`,
          model: 'the default model',
        }}
      />
      {mode === 'byok' && (
        <label class="field">
          <span>{config.status === 'byok_active' ? 'Replace the stored key' : 'Provider key'}</span>
          <input
            type="password"
            value={apiKey}
            maxLength={512}
            autocomplete="off"
            spellcheck={false}
            onInput={({ currentTarget }) => setApiKey(currentTarget.value)}
          />
          <small>
            Stored encrypted, for this provider only. It cannot be read again, and this page never shows it.
          </small>
        </label>
      )}
      {erasesKey && <p class="caution">Switching to managed erases the stored key.</p>}
      <p class="actions">
        <button type="submit" class="primary" aria-disabled={!isChanged}>
          Save
        </button>
        {config.status === 'byok_active' && (
          <button type="button" onClick={() => save({ api_key: null })}>
            Erase the stored key
          </button>
        )}
      </p>
    </form>
  );
}
