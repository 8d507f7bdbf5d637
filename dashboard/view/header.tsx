import type { Account, Connection } from '../data/account.ts';
import { formatPreciseTime } from '../figures/calendar.ts';
import { Mark } from './icons.tsx';

interface Props {
  readonly account: Account;
  readonly baseUrl: string;
  onLeave(): void;
}

export function Header({ account, baseUrl, onLeave }: Props) {
  const plan = account.limits.value?.plan;
  return (
    <header class="bar">
      <div>
        <Mark />
        <span class="host">{new URL(baseUrl).host}</span>
        {plan !== undefined && <span class="chip plan">{plan}</span>}
        <Freshness connection={account.connection.value} />
        <button type="button" class="quiet" onClick={onLeave}>
          Sign out
        </button>
      </div>
    </header>
  );
}

/** How fresh the numbers are. Not a live region: it changes every few seconds. */
function Freshness({ connection }: { readonly connection: Connection }) {
  switch (connection.kind) {
    case 'connecting':
      return <span class="freshness">Loading</span>;
    case 'live':
      return (
        <span class="freshness live">
          <span class="long">Live, updated </span>
          {formatPreciseTime(connection.updatedAtMs / 1000)} UTC
        </span>
      );
    case 'failing':
      return <span class="freshness stale">Not up to date</span>;
  }
}
