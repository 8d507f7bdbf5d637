import { readPointer } from '../../../contract/json-pointer.ts';
import { at, set, without } from '../json-edits.ts';
import { parseJson, readText, withText } from '../message.ts';
import { answering, on, sending } from '../mutations.ts';
import { storesRefused } from './ai-config.ts';
import type { BrokenPlatform } from './broken-platform.ts';

const DEFAULTS = '/users/me/ai-defaults';

export const aiDefaultsRows: readonly BrokenPlatform[] = [
  {
    breaks: 'DEF-001',
    how: 'answers null for default_model while the default mode is byok',
    controlPlane: on(
      `GET ${DEFAULTS}`,
      answering((json) => (readPointer(json, '/default_mode') === 'byok' ? set('/default_model', null)(json) : json)),
    ),
  },
  {
    breaks: 'DEF-002',
    how: 'copies the defaults into a workspace when it is first looked at',
    also: { 'AIC-029': 'the default model whose provider it compares is an old one' },
    store(store) {
      const copied = new Map<string, NonNullable<Awaited<ReturnType<typeof store.getWorkspace>>>['account']>();
      return {
        async getWorkspace(accountId, workspaceId) {
          const found = await store.getWorkspace(accountId, workspaceId);
          if (found === undefined) return undefined;
          const account = copied.get(workspaceId) ?? found.account;
          copied.set(workspaceId, account);
          return { ...found, account };
        },
      };
    },
  },
  {
    breaks: 'DEF-010',
    how: 'forgets the default model when only a default mode is put',
    controlPlane: on(
      (sent) => sent.method === 'PUT' && Object.keys(Object(parseJson(sent))).join() === 'default_mode',
      sending(set('/default_model', null)),
    ),
  },
  {
    breaks: 'DEF-011',
    how: 'answers a PUT that clears defaults with what they were before',
    controlPlane: on(`PUT ${DEFAULTS}`, async (sent, forward) => {
      if (!Object.values(Object(parseJson(sent))).includes(null)) return forward(sent);
      const before = await readText(await forward({ ...sent, method: 'GET', body: Buffer.alloc(0) }));
      const answer = await forward(sent);
      return answer.status === 200 ? withText(answer, before) : answer;
    }),
  },
  {
    breaks: 'DEF-012',
    how: 'drops the fields of ai-config from what ai-defaults is sent',
    controlPlane: on(`PUT ${DEFAULTS}`, sending(without('/mode', '/provider', '/api_key', '/model'))),
  },
  {
    breaks: 'DEF-013',
    how: 'takes a list of one text for the text',
    controlPlane: on(
      `PUT ${DEFAULTS}`,
      sending(at('/default_provider', (value) => (Array.isArray(value) && value.length === 1 ? value[0] : value))),
    ),
  },
  {
    breaks: 'DEF-014',
    how: 'stores the default_model of ai-defaults that it refuses',
    controlPlane: on(`PUT ${DEFAULTS}`, storesRefused('/default_model')),
  },
  {
    breaks: 'DEF-020',
    how: 'answers PUT ai-mode without total_micro',
    controlPlane: on('PUT /users/me/ai-mode', answering(without('/total_micro'))),
  },
  {
    breaks: 'DEF-021',
    how: 'takes PUT ai-mode without a mode for managed',
    controlPlane: on('PUT /users/me/ai-mode', sending(at('/mode', (mode = 'managed') => mode))),
  },
];
