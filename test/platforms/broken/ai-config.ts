import { readPointer } from '../../../contract/json-pointer.ts';
import { all, at, set, without } from '../json-edits.ts';
import { type Mutation, parseJson } from '../message.ts';
import { answering, on, sending } from '../mutations.ts';
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
    also: { 'WSP-003': 'updated_at is one of the timestamps that it looks at' },
  },
  {
    breaks: 'AIC-002',
    how: 'says byok_active in managed mode',
    controlPlane: on(
      [`GET ${CONFIG}`, `PUT ${CONFIG}`],
      answering(at('/status', (status) => (status === 'managed_active' ? 'byok_active' : status))),
    ),
  },
  {
    breaks: 'AIC-010',
    how: 'forgets the model when only a provider is put',
    controlPlane: on(
      (sent) => sent.method === 'PUT' && Object.keys(Object(parseJson(sent))).join() === 'provider',
      sending(set('/model', null)),
    ),
  },
  {
    breaks: 'AIC-011',
    how: 'answers null for a field that was cleared, instead of what is inherited',
    controlPlane: on(`PUT ${CONFIG}`, async (sent, forward) => {
      const cleared = Object.entries(Object(parseJson(sent))).filter(([, value]) => value === null);
      return answering(all(...cleared.map(([name]) => set(`/${name}`, null))))(sent, forward);
    }),
  },
  dropsTutorialFields,
  {
    breaks: 'AIC-013',
    how: 'reads the name of a provider in capitals too',
    controlPlane: on(
      `PUT ${CONFIG}`,
      sending(at('/provider', (name) => (typeof name === 'string' ? name.toLowerCase() : name))),
    ),
  },
  {
    breaks: 'AIC-014',
    how: 'stores the provider of an ai-config that it refuses',
    controlPlane: on(`PUT ${CONFIG}`, storesRefused('/provider')),
  },
];

/** Of a body that is refused with 400, the field is stored by itself. */
export function storesRefused(pointer: string): Mutation {
  return async (sent, forward) => {
    const answer = await forward(sent);
    const value = readPointer(parseJson(sent), pointer);
    if (answer.status !== 400 || typeof value !== 'string') return answer;
    const alone = sending(() => set(pointer, value)({}));
    (await alone(sent, forward)).body.resume();
    return answer;
  };
}
