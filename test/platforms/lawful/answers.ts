import { all, at, type Edit, each, set, without } from '../json-edits.ts';
import { type Mutation, withHeader } from '../message.ts';
import { answering, both, changing, on, refusing } from '../mutations.ts';
import { everywhere, isObject } from './json-writing.ts';
import type { VisibleVariant } from './variant.ts';

const REFUSALS = [400, 401, 402, 404, 405, 413, 415, 429];

const inAll = (edit: Edit): Mutation => both(answering(edit), refusing(REFUSALS, edit));

const WORDS = 'So geht das nicht: «nein»!';

/** Every string of the answers that has the pattern. */
const rewritten = (pattern: RegExp, to: string): Mutation =>
  answering(everywhere((json) => (typeof json === 'string' ? json.replace(pattern, to) : json)));

const only = (names: readonly string[]): Edit => {
  return (json) =>
    isObject(json) ? Object.fromEntries(Object.entries(json).filter(([name]) => names.includes(name))) : json;
};

const REQUIRED_OF_VM = [
  ...['id', 'user_id', 'node_id', 'name', 'status', 'image'],
  ...['ram_mb', 'vcpu_count', 'disk_size_mb', 'created_at', 'updated_at'],
];

/** Variants of what the answers of the control plane say. */
export const answerVariants: readonly VisibleVariant[] = [
  {
    how: 'adds fields to every object that it answers, errors included',
    lawful: 'No body of an answer of the control plane is closed.',
    ask: 'GET /workspaces',
    shows: (raw) => raw.includes('x_region'),
    crowd: 1,
    controlPlane: inAll(
      everywhere((json) =>
        isObject(json)
          ? { ...json, x_region: 'eu-1', x_seen_at: 'the door', x_links: { self: ['/'], next: null } }
          : json,
      ),
    ),
  },
  {
    how: 'answers no field that it may leave out',
    lawful: 'Only required fields are required; details are named for two codes.',
    ask: 'GET /workspaces',
    shows: (raw) => !raw.includes('ai_mode'),
    crowd: 2,
    controlPlane: both(
      on('GET /workspaces', answering(at('/vms', each(only(REQUIRED_OF_VM))))),
      on(
        ['GET /workspaces/{id}', 'POST /workspaces'],
        answering(all(at('/vm', only(REQUIRED_OF_VM)), without('/failure'))),
      ),
      on('POST /api-keys', answering(only(['id', 'key']))),
      on('GET /api-keys', answering(at('/api_keys', each(without('/workspace_id'))))),
      on(['GET /users/me/ai-usage/*', 'GET /workspaces/{id}/ai-usage/*'], answering(without('/workspace_id'))),
      refusing([401, 404, 405, 413, 415], without('/error/details')),
    ),
  },
  {
    how: 'says more of what it creates, and where that is',
    lawful: 'The bodies of 201 are open, and Location is what HTTP has for it.',
    ask: 'POST /workspaces',
    shows: (raw) => raw.includes('Location: ') && raw.includes('provisioning'),
    crowd: 1,
    controlPlane: both(
      on(
        'POST /workspaces',
        answering(all(set('/vm/status', 'provisioning'), set('/failure', null), set('/ai_config', {}))),
      ),
      on('POST /api-keys', answering(all(set('/expires_at', null), set('/scopes', ['all'])))),
      on(
        ['POST /workspaces', 'POST /api-keys'],
        changing((answer) => withHeader(answer, 'Location', '/api/v1/here')),
      ),
    ),
  },
  {
    how: 'words its refusals and confirmations in its own way',
    lawful: 'Codes are stable, wording is not; other codes may carry any details.',
    ask: 'GET /nowhere',
    shows: (raw) => raw.includes(WORDS),
    crowd: 1,
    controlPlane: both(
      answering((json) => (isObject(json) && 'message' in json ? { message: 'Erledigt – für immer.' } : json)),
      refusing(
        REFUSALS,
        all(
          set('/error/message', WORDS),
          at('/error/details', (known) => known ?? null),
        ),
      ),
    ),
    proxy: refusing(
      REFUSALS,
      at('/error/message', (known) => (known === undefined ? known : WORDS)),
    ),
  },
  {
    how: 'writes moments to the microsecond and UTC as +00:00',
    lawful: 'RFC 3339 knows both, and UTC is UTC.',
    ask: 'GET /workspaces',
    shows: (raw) => /\.\d{6}\+00:00"/.test(raw),
    crowd: 1,
    controlPlane: rewritten(/^(\d{4}-\d\d-\d\dT[\d:]+\.\d{3})Z$/, '$1000+00:00'),
  },
  {
    how: 'writes moments to the second',
    lawful: 'RFC 3339 asks for no fraction.',
    ask: 'GET /workspaces',
    shows: (raw) => /:\d\dZ"/.test(raw),
    crowd: 2,
    controlPlane: rewritten(/^(\d{4}-\d\d-\d\dT[\d:]+)\.\d+Z$/, '$1Z'),
  },
];
