import type { Account } from '../data/account.ts';
import type { Workspace } from '../data/facts.ts';
import { firstOfNextMonth, formatDay } from '../figures/calendar.ts';
import { plural } from './words.ts';

interface Props {
  readonly account: Account;
  onOpen(workspace: Workspace): void;
}

/** Credits are used up: what that means, and what to do. Appears and disappears with the balance. */
export function CreditsNotice({ account, onOpen }: Props) {
  const credits = account.credits.value;
  if (credits === undefined || credits.remainingMicro > 0n) return <div role="status" />;
  const fallback = account.defaults.value?.default_mode ?? credits.mode;
  const managed = (account.workspaces.value ?? []).filter(({ mode }) => (mode ?? fallback) === 'managed');
  const reset = `${formatDay(firstOfNextMonth(account.today.value))}, 00:00 UTC`;
  if (account.workspaces.value !== undefined && managed.length === 0) {
    return (
      <section class="notice" role="status">
        <div>
          <h2>Credits are used up, and no workspace needs them</h2>
          <p>Each workspace calls with its own key, or there is no workspace yet. New credits arrive on {reset}.</p>
        </div>
      </section>
    );
  }
  return (
    <section class="notice bad" role="status">
      <div>
        <h2>Credits are used up</h2>
        <p>
          AI calls of {plural(managed.length, 'managed workspace')} are refused with 402 until {reset}. Everything else
          in them keeps running.
        </p>
        <ul>
          <li>
            <strong>Upgrade the plan.</strong> A larger plan has more credits a month. The platform's operator changes
            the plan.
          </li>
          <li>
            <strong>Bring your own key.</strong> The workspace pays its provider directly, from the next call on:
            {managed.slice(0, 5).map((workspace) => (
              <button type="button" key={workspace.id} onClick={() => onOpen(workspace)}>
                Use own key in <bdi>{workspace.name}</bdi>
              </button>
            ))}
          </li>
        </ul>
      </div>
    </section>
  );
}

/** Workspaces that are set to their own key and have none: their AI calls are refused. */
export function MissingKeyNotice({ account, onOpen }: Props) {
  const statuses = account.statuses.value;
  const without = (account.workspaces.value ?? []).filter(({ id }) => statuses.get(id) === 'invalid_missing_key');
  if (without.length === 0) return <div role="status" />;
  return (
    <section class="notice bad" role="status">
      <div>
        <h2>A key is missing</h2>
        <p>
          These workspaces are set to their own key, and none is stored for their provider. Their AI calls are refused.
        </p>
        <ul>
          {without.map((workspace) => (
            <li key={workspace.id}>
              <bdi>{workspace.name}</bdi>
              <button type="button" onClick={() => onOpen(workspace)}>
                Store a key<span class="hidden"> for {workspace.name}</span>
              </button>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
