import { at } from '../json-edits.ts';
import { answering, on, sending } from '../mutations.ts';
import type { BrokenPlatform } from './broken-platform.ts';

const MODE = '/workspaces/{id}/mode';

const renames = (from: string, to: string) => answering(at('/source', (source) => (source === from ? to : source)));

export const workspaceModeRows: readonly BrokenPlatform[] = [
  {
    breaks: 'MOD-001',
    how: 'calls the source of an own mode override in GET mode',
    controlPlane: on(`GET ${MODE}`, renames('workspace', 'override')),
  },
  {
    breaks: 'MOD-010',
    how: 'says after PUT mode that an own mode came from the account',
    controlPlane: on(`PUT ${MODE}`, renames('workspace', 'user_default')),
  },
  {
    breaks: 'MOD-011',
    how: 'says after PUT mode that an inherited mode is an own one',
    controlPlane: on(`PUT ${MODE}`, renames('user_default', 'workspace')),
  },
  {
    breaks: 'MOD-012',
    how: 'reads a mode in capitals too',
    controlPlane: on(`PUT ${MODE}`, sending(at('/mode', (mode) => (mode === 'MANAGED' ? 'managed' : mode)))),
  },
];
