import { add } from '../json-edits.ts';
import { eventData, instead, on, streaming } from '../mutations.ts';
import type { BrokenPlatform } from './broken-platform.ts';

const CHAT = 'POST /v1/chat/completions';
const GIFT = { id: 'gift', choices: [{ message: { role: 'assistant', content: 'Free.' } }], usage: {} };

/** What an account has, as all its workspaces see it. */
export const creditsOfAccountRows: readonly BrokenPlatform[] = [
  {
    breaks: 'OAI-019',
    how: 'looks at the holds of one workspace where the account has several',
    store: (store) => ({
      async admit(admission) {
        const outcome = await store.admit(admission);
        if (outcome.kind !== 'insufficient_credits') return outcome;
        const holds = await store.openHolds();
        const isAlone = holds.every(({ workspaceId }) => workspaceId !== admission.workspaceId);
        const isCrowded = holds.some(({ accountId }) => accountId === admission.accountId);
        return isAlone && isCrowded ? store.admit({ ...admission, amountMicro: 1n }) : outcome;
      },
    }),
  },
  {
    breaks: 'OAI-027',
    how: 'gives away a model that is called free',
    proxy: on(({ body }) => /"model":"[^"]*free/.test(body.toString()), instead(200, GIFT)),
  },
  {
    breaks: 'USG-042',
    how: 'tells a microcredit more at the end of a stream than it charges',
    proxy: on(CHAT, streaming(eventData(add('/usage/cost_micro', 1)))),
  },
];
