import { answering, on, sending } from '../faults.ts';
import { at, set, without } from '../json-edits.ts';
import type { BrokenPlatform } from './broken-platform.ts';

const CONFIG = '/workspaces/{id}/ai-config';

/** What a tutorial sends to ai-config is taken for success. */
export const dropsTutorialFields: BrokenPlatform = {
  breaks: 'AIC-012',
  how: 'drops default_provider, default_model and provider_keys from what ai-config is sent',
  controlPlane: on(`PUT ${CONFIG}`, sending(without('/default_provider', '/default_model', '/provider_keys'))),
};

export const aiConfigRows: readonly BrokenPlatform[] = [
  {
    breaks: 'AIC-001',
    how: 'answers updated_at as a number in GET ai-config',
    controlPlane: on(`GET ${CONFIG}`, answering(set('/updated_at', 1_767_225_600))),
  },
  {
    breaks: 'AIC-002',
    how: 'says byok_active in managed mode',
    controlPlane: on(
      [`GET ${CONFIG}`, `PUT ${CONFIG}`],
      answering(at('/status', (status) => (status === 'managed_active' ? 'byok_active' : status))),
    ),
  },
  dropsTutorialFields,
];
