import { set } from '../json-edits.ts';
import { on, refusing } from '../mutations.ts';
import type { BrokenPlatform } from './broken-platform.ts';

export const errorRows: readonly BrokenPlatform[] = [
  {
    breaks: 'ERR-001',
    how: 'answers 404 for a workspace with an empty message',
    controlPlane: on('GET /workspaces/{id}', refusing([404], set('/error/message', ''))),
  },
];
