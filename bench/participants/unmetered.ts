/**
 * The same without metering: a store that says yes to everything and keeps nothing. What the metering proxy takes beyond it
 * is what its books cost. Argument: the provider's origin.
 */
import { takePartMounted } from './mount.ts';

const [, , provider = ''] = process.argv;
takePartMounted({
  provider,
  account: { accountId: 'acct-bench-0', workspaceId: 'ws-bench-0' },
  store: {
    admit: async () => ({ kind: 'admitted', remainingMicro: 0n }),
    settle: async ({ costMicro }) => ({ kind: 'settled', costMicro, remainingMicro: 0n }),
    release: async () => ({ kind: 'done' }),
    markUncertain: async () => ({ kind: 'done' }),
    subjectUsage: async () => ({ requests: 0, inputTokens: 0, outputTokens: 0, costMicro: 0n }),
  },
});
