import { readPointer } from '../../../contract/json-pointer.ts';
import { at, each, without } from '../json-edits.ts';
import { parseJson } from '../message.ts';
import { answering, on, saying, sending } from '../mutations.ts';
import type { BrokenPlatform } from './broken-platform.ts';

const LIST = '/workspaces';
const ONE = '/workspaces/{id}';

export const workspaceRows: readonly BrokenPlatform[] = [
  {
    breaks: 'WSP-001',
    how: 'lists workspaces without their status',
    controlPlane: on(`GET ${LIST}`, answering(at('/vms', each(without('/status'))))),
  },
  {
    breaks: 'WSP-010',
    how: 'answers the name of a new workspace in capitals',
    controlPlane: on(`POST ${LIST}`, answering(at('/vm/name', (name) => String(name).toUpperCase()))),
  },
  {
    breaks: 'WSP-011',
    how: 'gives a workspace whose name is null one of its own',
    controlPlane: on(`POST ${LIST}`, sending(at('/name', (name) => (name === null ? 'unnamed' : name)))),
  },
  {
    breaks: 'WSP-012',
    how: "makes the account's default mode a new workspace's own",
    store: (store) => ({
      async createWorkspace(workspace, at, extras) {
        const outcome = await store.createWorkspace(workspace, at, extras);
        const created = await store.getWorkspace(workspace.accountId, workspace.id);
        if (created !== undefined) await store.updateAiConfig(created, { mode: 'managed' }, at);
        return outcome;
      },
    }),
  },
  {
    breaks: 'WSP-013',
    how: 'answers 400 where the plan does not allow so much memory',
    controlPlane: on((sent) => readPointer(parseJson(sent), '/ram_mb') !== undefined, saying(400, 402)),
    hides: {
      'WSP-014': 'there is no 402 whose code and details it could read',
      'ERR-006': 'there is no 402 whose body it could read',
    },
  },
  {
    breaks: 'WSP-015',
    how: 'makes a smaller workspace where it refuses a large one',
    controlPlane: on(`POST ${LIST}`, async (sent, forward) => {
      const answer = await forward(sent);
      if (answer.status === 402) (await sending(without('/ram_mb'))(sent, forward)).body.resume();
      return answer;
    }),
  },
  {
    breaks: 'WSP-020',
    how: 'answers a workspace without its status',
    controlPlane: on(`GET ${ONE}`, answering(without('/vm/status'))),
  },
  {
    breaks: 'WSP-030',
    how: 'answers DELETE of a workspace without a message',
    controlPlane: on(`DELETE ${ONE}`, answering(without('/message'))),
  },
];
