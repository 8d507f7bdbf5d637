import type { Account } from '../data/account.ts';
import type { Workspace } from '../data/facts.ts';

interface Props {
  readonly account: Account;
  onOpen(workspace: Workspace): void;
}

/** Workspaces that are set to their own key and have none: their AI calls are refused until somebody does something. */
export function MissingKeyNotice({ account, onOpen }: Props) {
  const statuses = account.statuses.value;
  const without = (account.workspaces.value ?? []).filter(({ id }) => statuses.get(id) === 'invalid_missing_key');
  if (without.length === 0) return <div role="status" />;
  return (
    <section class="notice bad" role="status">
      <div>
        <h2>A key is missing</h2>
        <p>These workspaces are set to their own key and have none that fits. Their AI calls are refused.</p>
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
