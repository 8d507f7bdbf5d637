import { at, each, set, without } from '../json-edits.ts';
import { readHeader } from '../message.ts';
import { answering, on, saying } from '../mutations.ts';
import type { BrokenPlatform } from './broken-platform.ts';

/** Credits, limits, errors, credentials and the public pages: a row or two each. */
export const accountRows: readonly BrokenPlatform[] = [
  {
    breaks: 'CRD-001',
    how: 'leaves mode out of GET credits',
    controlPlane: on('GET /users/me/credits', answering(without('/mode'))),
  },
  {
    breaks: 'CRD-002',
    how: 'shows the total in dollars',
    controlPlane: on('GET /users/me/credits', answering(at('/total', (total) => Number(total) / 100))),
  },
  {
    breaks: 'LIM-001',
    how: 'leaves total_ram_mb out of the usage in GET limits',
    controlPlane: on('GET /users/me/limits', answering(without('/usage/total_ram_mb'))),
  },
  {
    breaks: 'LIM-002',
    how: 'grants twelve workspaces where the plan has ten',
    controlPlane: on('GET /users/me/limits', answering(set('/limits/max_vms', 12))),
  },
  {
    breaks: 'AUT-001',
    how: 'says 403 to a request for limits without a credential',
    controlPlane: on(
      (sent) => sent.path.endsWith('/users/me/limits') && readHeader(sent, 'authorization') === undefined,
      saying(403, 401),
    ),
  },
  {
    breaks: 'CAP-001',
    how: 'answers total as text in GET capacity',
    controlPlane: on('GET /capacity', answering(at('/total', String))),
  },
  {
    breaks: 'TPL-001',
    how: 'lists templates without their name',
    controlPlane: on('GET /templates', answering(at('/templates', each(without('/name'))))),
  },
];
