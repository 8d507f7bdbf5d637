import { add, all, set, without } from '../json-edits.ts';
import { type Mutation, parseJson, readText, withText } from '../message.ts';
import { answering, changing, on, passing, refusing, sending } from '../mutations.ts';
import type { BrokenPlatform } from './broken-platform.ts';

const CONFIG = '/workspaces/{id}/ai-config';
/** Facts of account, errors and ids. */
export const accountFactRows: readonly BrokenPlatform[] = [
  {
    breaks: 'CRD-004',
    how: 'grants a credit more than the plan has',
    controlPlane: on('GET /users/me/credits', answering(all(add('/total', 1), add('/total_micro', 1_000_000)))),
  },
  {
    breaks: 'ERR-006',
    how: 'answers 415 with a message alone',
    controlPlane: on(
      `PUT ${CONFIG}`,
      refusing([415], () => ({ message: 'Send JSON.' })),
    ),
  },
  {
    breaks: 'WSP-003',
    how: 'tells the time of a workspace in its own time zone',
    controlPlane: on('GET /workspaces/{id}', answering(set('/vm/updated_at', '2026-01-31T14:00:00+02:00'))),
  },
  {
    breaks: 'WSP-017',
    how: 'overlooks how many virtual CPUs are asked for',
    controlPlane: on('POST /workspaces', sending(without('/vcpu_count'))),
  },
  {
    breaks: 'USG-031',
    how: 'takes thirty days for seven in the metrics of a workspace',
    controlPlane: on(
      'GET /workspaces/{id}/ai-usage/metrics',
      passing((sent) => ({ ...sent, path: sent.path.replace('range=30d', 'range=7d') })),
    ),
  },
];

/** Keys that a workspace stored and that go on living where they should not. */
export const keptKeyRows: readonly BrokenPlatform[] = [
  {
    breaks: 'AIC-018',
    how: 'shows the stored key beside the mode',
    controlPlane: on([`PUT ${CONFIG}`, 'GET /workspaces/{id}/mode'], showingKey()),
  },
  {
    breaks: 'AIC-028',
    how: 'takes the other fields of a body whose key it refuses',
    controlPlane: on(`PUT ${CONFIG}`, async (sent, forward) => {
      const answer = await forward(sent);
      const text = await readText(answer);
      if (text.includes('key_in_managed_mode')) {
        await readText(
          await forward({ ...sent, body: Buffer.from(JSON.stringify(without('/api_key')(parseJson(sent)))) }),
        );
      }
      return withText(answer, text);
    }),
  },
  { breaks: 'AIC-034', how: "goes on with the workspace's key after a switch to managed", provider: keepingKey() },
];

function showingKey(): Mutation {
  let key: unknown;
  return async (sent, forward) => {
    const stored = (parseJson(sent) as { api_key?: unknown } | undefined)?.api_key;
    if (typeof stored === 'string') key = stored;
    return changing(async (answer) => {
      if (sent.method !== 'GET') return answer;
      const text = await readText(answer);
      return withText(answer, JSON.stringify(set('/api_key', key)(parseJson({ body: Buffer.from(text) }))));
    })(sent, forward);
  };
}

/** The stub is told the byok key again by later calls of the same check, whose prompts have its marker. */
function keepingKey(): Mutation {
  const keys = new Map<string, string>();
  return passing((sent) => {
    const [marker] = /rigkit conformance \w+ \w+/.exec(sent.body.toString()) ?? [];
    const [, own] = sent.headers.find(([name]) => name.toLowerCase() === 'authorization') ?? [];
    if (marker === undefined || own === undefined) return sent;
    if (own.includes('canary')) keys.set(marker, own);
    const kept = keys.get(marker) ?? own;
    const others = sent.headers.filter(([name]) => name.toLowerCase() !== 'authorization');
    return { ...sent, headers: [...others, ['authorization', own.includes('canary') ? own : kept]] };
  });
}
