import { useState } from 'preact/hooks';
import { createControlPlaneClient } from '../../client/index.ts';
import { type Failure, settleCall } from '../data/outcome.ts';
import { normalBaseUrl, type Session } from '../session.ts';
import { Mark } from './icons.tsx';
import { failureInWords } from './words.ts';

interface Props {
  readonly suggested: Session;
  readonly isLinked: boolean;
  /** The key was accepted before and is not any more. */
  readonly wasRefused: boolean;
  onEnter(session: Session): void;
}

export function SignIn({ suggested, isLinked, wasRefused, onEnter }: Props) {
  const [baseUrl, setBaseUrl] = useState(suggested.baseUrl);
  const [apiKey, setApiKey] = useState(suggested.apiKey);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState(wasRefused ? failureInWords({ kind: 'unauthorized' }) : undefined);

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    const url = normalBaseUrl(baseUrl);
    if (url === undefined) return setProblem('The platform URL starts with http:// or https://.');
    const session = { baseUrl: url, apiKey: apiKey.trim() };
    if (session.apiKey === '') return setProblem('Enter an API key.');
    setBusy(true);
    const failure = await tryOut(session);
    setBusy(false);
    if (failure === undefined) return onEnter(session);
    setProblem(failureInWords(failure));
  }

  return (
    <main class="sign-in">
      <form onSubmit={submit} noValidate>
        <h1>
          <Mark /> AI credits and usage
        </h1>
        <p class="muted">
          {isLinked
            ? 'A link filled in this account. Check the platform URL, then sign in.'
            : 'Sign in with an API key of your account.'}
        </p>
        <Field title="Platform URL" type="url" value={baseUrl} onChange={setBaseUrl} />
        <Field
          title="API key"
          type="password"
          value={apiKey}
          onChange={setApiKey}
          placeholder="rb_..."
          describedBy="key-note"
        />
        <p role="alert" class="problem">
          {problem}
        </p>
        <button type="submit" class="primary" aria-disabled={isBusy}>
          {isBusy ? 'Signing in...' : 'Sign in'}
        </button>
        <p id="key-note" class="note">
          The key stays in this browser tab and is sent to this platform only. It is gone when you sign out or close the
          tab.
        </p>
      </form>
    </main>
  );
}

interface FieldProps {
  readonly title: string;
  readonly type: 'url' | 'password';
  readonly value: string;
  readonly placeholder?: string;
  readonly describedBy?: string;
  onChange(value: string): void;
}

function Field({ title, type, value, placeholder, describedBy, onChange }: FieldProps) {
  return (
    <label class="field">
      <span>{title}</span>
      <input
        // The types allow a role for some kinds of input only; none is given here.
        type={type as 'url'}
        value={value}
        onInput={({ currentTarget }) => onChange(currentTarget.value)}
        placeholder={placeholder}
        autocomplete="off"
        spellcheck={false}
        aria-describedby={describedBy}
        required
      />
    </label>
  );
}

/** Any request with the key would do. The page shows the balance first. */
async function tryOut(session: Session): Promise<Failure | undefined> {
  const outcome = await settleCall(createControlPlaneClient(session).GET('/users/me/credits'), () => undefined);
  return outcome.kind === 'ok' ? undefined : outcome;
}
