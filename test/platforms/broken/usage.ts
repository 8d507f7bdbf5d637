import { at, each, without } from '../json-edits.ts';
import { answering, on, passing } from '../mutations.ts';
import type { BrokenPlatform } from './broken-platform.ts';

const ACCOUNT = '/users/me/ai-usage';
const WORKSPACE = '/workspaces/{id}/ai-usage';

const defaultsToAWeek = (route: string) =>
  on(
    route,
    passing((sent) => (sent.path.includes('?') ? sent : { ...sent, path: `${sent.path}?range=7d` })),
  );
const doubled = (value: unknown) => Number(value) * 2;

/** Usage by day, by workspace and over time. */
export const usageRows: readonly BrokenPlatform[] = [
  {
    breaks: 'USG-001',
    how: 'leaves window_days out of ai-usage',
    controlPlane: on(`GET ${ACCOUNT}`, answering(without('/window_days'))),
    hides: { 'USG-006': 'window_days is what it reads first' },
  },
  {
    breaks: 'USG-003',
    how: 'counts every microcredit twice in ai-usage',
    also: { 'USG-042': 'ai-usage is one of the places that have to agree' },
    controlPlane: on(
      `GET ${ACCOUNT}`,
      answering((json) =>
        ['/daily', '/by_workspace'].reduce((body, list) => at(list, each(at('/credits_micro', doubled)))(body), json),
      ),
    ),
  },
  {
    breaks: 'USG-010',
    how: 'shows a week of metrics where no range is asked for',
    controlPlane: defaultsToAWeek(`GET ${ACCOUNT}/metrics`),
  },
  {
    breaks: 'USG-011',
    how: 'reads a range in capitals too',
    controlPlane: on(
      [`GET ${ACCOUNT}/metrics`, `GET ${ACCOUNT}/metrics/summary`],
      passing((sent) => ({ ...sent, path: sent.path.replace('24H', '24h') })),
    ),
  },
  {
    breaks: 'USG-020',
    how: 'sums up a week where no range is asked for',
    controlPlane: defaultsToAWeek(`GET ${ACCOUNT}/metrics/summary`),
  },
  {
    breaks: 'USG-030',
    how: 'shows a week of metrics of a workspace where no range is asked for',
    controlPlane: defaultsToAWeek(`GET ${WORKSPACE}/metrics`),
  },
  {
    breaks: 'USG-040',
    how: 'sums up a week of a workspace where no range is asked for',
    controlPlane: defaultsToAWeek(`GET ${WORKSPACE}/metrics/summary`),
  },
  {
    breaks: 'USG-041',
    how: 'counts every call twice in the summary of the account',
    controlPlane: on(`GET ${ACCOUNT}/metrics/summary`, answering(at('/total_requests', doubled))),
  },
];
