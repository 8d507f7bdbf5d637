import { useComputed, useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { openAccount } from '../data/account.ts';
import type { Workspace } from '../data/facts.ts';
import type { Session } from '../session.ts';
import { AiSettings } from './ai-settings.tsx';
import { BalanceSection } from './balance.tsx';
import { ConnectionNotice } from './connection.tsx';
import { DefaultsSection } from './defaults.tsx';
import { Header } from './header.tsx';
import { LimitsSection } from './limits.tsx';
import { CreditsNotice, MissingKeyNotice } from './notices.tsx';
import { UsageSection } from './usage.tsx';
import { WorkspacesSection } from './workspaces.tsx';

interface Props {
  readonly session: Session;
  onLeave(wasRefused: boolean): void;
}

export function AccountPage({ session, onLeave }: Props) {
  const account = useMemo(() => openAccount(session, () => onLeave(true)), [session]);
  useEffect(() => () => account.leave(), [account]);
  const opened = useSignal<Workspace | undefined>(undefined);
  const open = (workspace: Workspace) => {
    opened.value = workspace;
  };
  const isUnread = useComputed(() => account.credits.value === undefined);

  return (
    <>
      <Header account={account} baseUrl={session.baseUrl} onLeave={() => onLeave(false)} />
      <main class="page" aria-busy={isUnread.value}>
        <h1 class="hidden">AI credits and usage</h1>
        <ConnectionNotice account={account} />
        <CreditsNotice account={account} onOpen={open} />
        <MissingKeyNotice account={account} onOpen={open} />
        <BalanceSection account={account} />
        <UsageSection account={account} />
        <WorkspacesSection account={account} onOpen={open} />
        <div class="pair">
          <DefaultsSection account={account} />
          <LimitsSection account={account} />
        </div>
        <footer class="note">
          <p>
            All days and times are UTC. 1 credit is 1,000,000 microcredits and stands for about $0.01 of what the
            provider charges.
          </p>
        </footer>
      </main>
      {opened.value !== undefined && (
        <AiSettings account={account} workspace={opened.value} onClose={() => (opened.value = undefined)} />
      )}
    </>
  );
}
