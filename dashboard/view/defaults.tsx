import { useState } from 'preact/hooks';
import type { controlPlane } from '../../client/index.ts';
import type { Account } from '../data/account.ts';
import { defaultsPatch, formOfDefaults } from '../data/ai-form.ts';
import { settleCall } from '../data/outcome.ts';
import { AiFields } from './ai-fields.tsx';
import { failureInWords } from './words.ts';

/** The defaults of workspaces without their own settings. */
export function DefaultsSection({ account }: { readonly account: Account }) {
  const defaults = account.defaults.value;
  const [said, setSaid] = useState('');

  async function save(patch: controlPlane.UpdateAiDefaultsRequest): Promise<void> {
    setSaid('');
    const outcome = await settleCall(account.client.PUT('/users/me/ai-defaults', { body: patch }), (body) => body);
    setSaid(outcome.kind === 'ok' ? 'Saved.' : failureInWords(outcome));
    if (outcome.kind === 'ok') account.refresh();
  }

  return (
    <section class="card" aria-labelledby="defaults-title">
      <h2 id="defaults-title">Account defaults</h2>
      <p class="muted">For workspaces without their own settings.</p>
      {defaults !== undefined && <DefaultsForm key={JSON.stringify(defaults)} defaults={defaults} save={save} />}
      <p role="status" class="said">
        {said}
      </p>
    </section>
  );
}

interface FormProps {
  readonly defaults: controlPlane.GetAiDefaultsResponse;
  save(patch: controlPlane.UpdateAiDefaultsRequest): Promise<void>;
}

function DefaultsForm({ defaults, save }: FormProps) {
  const start = formOfDefaults(defaults);
  const [form, setForm] = useState(start);
  const patch = defaultsPatch(start, form);
  const isChanged = Object.keys(patch).length > 0;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isChanged) void save(patch);
      }}
    >
      <AiFields
        form={form}
        onChange={setForm}
        inherited={{ provider: "The platform's default", model: "the provider's default" }}
      />
      <p class="actions">
        <button type="submit" class="primary" aria-disabled={!isChanged}>
          Save
        </button>
        <button type="button" onClick={() => save({ default_mode: null, default_provider: null, default_model: null })}>
          Use the platform's defaults
        </button>
      </p>
    </form>
  );
}
