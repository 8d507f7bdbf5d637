import { useSignal } from '@preact/signals';
import type { Account } from '../data/account.ts';
import type { Workspace } from '../data/facts.ts';
import { formatCount, formatShort } from '../figures/amounts.ts';
import { usageByWorkspaceCsv } from '../figures/csv.ts';
import { sum, type Totals } from '../figures/totals.ts';
import { Amount } from './amount.tsx';
import { download } from './download.ts';
import { Arrow, Download } from './icons.tsx';
import { MODES } from './words.ts';
import {
  type SortColumn,
  type Sorting,
  sortedBy,
  sortRows,
  type WorkspaceRow,
  workspaceRows,
} from './workspace-rows.ts';

interface Props {
  readonly account: Account;
  onOpen(workspace: Workspace): void;
}

const COLUMNS: readonly { readonly column: SortColumn; readonly title: string; readonly class: string }[] = [
  { column: 'name', title: 'Workspace', class: '' },
  { column: 'requests', title: 'Requests', class: 'number wide' },
  { column: 'inputTokens', title: 'Input tokens', class: 'number wide' },
  { column: 'outputTokens', title: 'Output tokens', class: 'number wide' },
  { column: 'costMicro', title: 'Credits', class: 'number' },
];

/** The usage of each workspace in the window, with a button for its AI settings. */
export function WorkspacesSection({ account, onOpen }: Props) {
  const sorting = useSignal<Sorting>({ column: 'costMicro', direction: 'descending' });
  const usage = account.usage.value;
  const workspaces = account.workspaces.value;
  if (usage === undefined || workspaces === undefined) return <section class="card loading" aria-label="Workspaces" />;
  const rows = sortRows(workspaceRows(usage, workspaces), sorting.value);
  return (
    <section class="card" aria-labelledby="workspaces-title">
      <header class="section">
        <div>
          <h2 id="workspaces-title">Workspaces</h2>
          <p class="muted">Last {usage.windowDays} days, UTC</p>
        </div>
        {rows.length > 0 && (
          <button
            type="button"
            onClick={() => download(`usage-by-workspace-${account.today.value}.csv`, usageByWorkspaceCsv(rows))}
          >
            <Download /> Export CSV<span class="hidden"> of workspaces</span>
          </button>
        )}
      </header>
      {rows.length === 0 ? <NoWorkspaces /> : <Table account={account} rows={rows} sorting={sorting} onOpen={onOpen} />}
    </section>
  );
}

function NoWorkspaces() {
  return (
    <div class="empty">
      <strong>No workspaces yet</strong>
      <p>A workspace comes with a key for the AI proxy. Create the first one with the API: POST /workspaces.</p>
    </div>
  );
}

interface TableProps extends Props {
  readonly rows: readonly WorkspaceRow[];
  readonly sorting: { value: Sorting };
}

function Table({ account, rows, sorting, onOpen }: TableProps) {
  return (
    <table class="workspaces">
      <thead>
        <tr>
          {COLUMNS.map(({ column, title, class: look }) => {
            const isSorting = sorting.value.column === column;
            return (
              <th key={column} scope="col" class={look} {...(isSorting && { 'aria-sort': sorting.value.direction })}>
                <button type="button" onClick={() => (sorting.value = sortedBy(sorting.value, column))}>
                  {title}
                  {isSorting && <Arrow direction={sorting.value.direction === 'ascending' ? 'up' : 'down'} />}
                </button>
              </th>
            );
          })}
          <th scope="col">
            <span class="hidden">AI settings</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id} data-workspace={row.id}>
            <th scope="row">
              <bdi class="name">{row.name}</bdi>
              <ModeChip account={account} row={row} />
              <span class="narrow muted">
                {formatCount(row.requests)} requests, {formatShort(row.inputTokens)} in, {formatShort(row.outputTokens)}{' '}
                out
              </span>
            </th>
            <Cells totals={row} />
            <td class="action">
              {row.workspace !== undefined && <SettingsButton workspace={row.workspace} onOpen={onOpen} />}
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">All</th>
          <Cells totals={sum(rows)} />
          <td />
        </tr>
      </tfoot>
    </table>
  );
}

function SettingsButton({ workspace, onOpen }: { readonly workspace: Workspace; onOpen(workspace: Workspace): void }) {
  return (
    <button type="button" class="quiet" onClick={() => onOpen(workspace)}>
      AI<span class="wide"> settings</span>
      <span class="hidden">
        {' '}
        of <bdi>{workspace.name}</bdi>
      </span>
    </button>
  );
}

function Cells({ totals }: { readonly totals: Totals }) {
  return (
    <>
      <td class="number wide">{formatCount(totals.requests)}</td>
      <td class="number wide">{formatCount(totals.inputTokens)}</td>
      <td class="number wide">{formatCount(totals.outputTokens)}</td>
      <td class="number" data-micro={totals.costMicro}>
        <Amount micro={totals.costMicro} isAligned />
      </td>
    </>
  );
}

function ModeChip({ account, row }: { readonly account: Account; readonly row: WorkspaceRow }) {
  if (row.workspace === undefined) return <span class="chip">deleted</span>;
  if (account.statuses.value.get(row.id) === 'invalid_missing_key') return <span class="chip bad">Key missing</span>;
  const mode = row.workspace.mode ?? account.defaults.value?.default_mode;
  return mode === undefined ? null : <span class={`chip ${mode}`}>{MODES[mode]}</span>;
}
