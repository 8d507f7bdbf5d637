import { type AiForm, withProvider } from '../data/ai-form.ts';
import { PROVIDERS } from './words.ts';

interface Props {
  readonly form: AiForm;
  onChange(form: AiForm): void;
  /** What choosing to inherit leads to, in words, by field; without a word the choice is not offered. */
  readonly inherited: { readonly mode?: string; readonly provider: string; readonly model: string };
}

interface Choice {
  readonly value: AiForm['mode'];
  readonly title: string;
  readonly meaning: string;
}

const inheritedMode = (meaning: string): Choice => ({ value: 'inherit', title: 'Account default', meaning });

/** Mode, provider and model: the same three for a workspace and for the account's defaults. */
export function AiFields({ form, onChange, inherited }: Props) {
  const modes: readonly Choice[] = [
    ...(inherited.mode === undefined ? [] : [inheritedMode(inherited.mode)]),
    { value: 'managed', title: 'Managed', meaning: "the platform's key, paid with credits" },
    { value: 'byok', title: 'Own key', meaning: 'your provider bills you, no credits' },
  ];
  return (
    <>
      <fieldset class="choices">
        <legend>Who pays</legend>
        {modes.map(({ value, title, meaning }) => (
          <label key={value}>
            <input
              type="radio"
              name="mode"
              value={value}
              checked={form.mode === value}
              onChange={() => onChange({ ...form, mode: value })}
            />
            <span>
              <strong>{title}</strong> <span class="muted">{meaning}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <label class="field">
        <span>Provider</span>
        <select
          value={form.provider}
          onChange={({ currentTarget }) => onChange(withProvider(form, currentTarget.value as AiForm['provider']))}
        >
          {Object.entries(PROVIDERS).map(([value, name]) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
          <option value="inherit">{inherited.provider}</option>
        </select>
      </label>
      <label class="field">
        <span>Model</span>
        <input
          type="text"
          value={form.model}
          placeholder={inherited.model}
          maxLength={512}
          autocomplete="off"
          spellcheck={false}
          onInput={({ currentTarget }) => onChange({ ...form, model: currentTarget.value })}
        />
        <small>For calls that name none. Leave it empty for {inherited.model}.</small>
      </label>
    </>
  );
}
