import { costMicroOf, spreadUsage } from '../../../mocks/scenarios/spread-usage.ts';
import { refusal } from '../../../server/http/errors.ts';
import { type Micro, microAsInteger } from '../../../server/money/microcredits.ts';
import { dayOf, monthOf, startOfMonth } from '../../../server/money/periods.ts';
import type { Account } from '../../../server/resources/accounts/account.ts';
import { effectiveAiConfig } from '../../../server/resources/ai-config/rules.ts';
import type { Workspace } from '../../../server/resources/workspaces/workspace.ts';
import { type Booking, bookUsage } from './book-usage.ts';
import type { ControlHandlers, ControlServices } from './services.ts';

const DAY_MS = 86_400_000;
const TOKENS = { input_tokens: 1500, output_tokens: 300 };

interface Wanted {
  readonly days: number;
  readonly seed: number;
  readonly requestsADay: number;
  /** What the usage of this month comes to. */
  readonly costMicro: Micro;
  readonly now: number;
}

/** Plausible usage of the last days, on the books. */
export function usageControls({ store, clocks, seeded }: ControlServices): Pick<ControlHandlers, 'seedSandboxUsage'> {
  return {
    seedSandboxUsage: async ({ params, body }) => {
      const account = await store.getAccount(params.account_id);
      if (account === undefined) return refusal('not_found');
      const now = clocks.now(account.id);
      const { remainingMicro } = await store.credits(account.id, now);
      const left = remainingMicro > 0n ? remainingMicro : 0n;
      const costMicro = body.cost_micro === undefined ? (left * 6n) / 10n : BigInt(body.cost_micro);
      if (costMicro > left) {
        const message = 'More than the account has left.';
        return refusal('invalid_request', {
          details: [{ in: 'body', pointer: '/cost_micro', code: 'maximum', message }],
        });
      }
      const { days, seed = 1, requests_a_day: requestsADay = 120 } = body;
      const bookings = plausible(account, await store.listWorkspaces(account.id), {
        days,
        seed,
        requestsADay,
        costMicro,
        now,
      });
      const monthStart = startOfMonth(monthOf(now));
      const earlier = bookings.filter(({ at }) => at < monthStart);
      const paid = total(earlier, (booking) => booking.costMicro);
      if (paid > 0n)
        await store.adjustCredits(account.id, paid, 'paid in earlier months, by the sandbox controls', now);
      await bookUsage(store, seeded, account.id, bookings);
      return {
        status: 200,
        body: {
          requests: Number(total(bookings, ({ requests }) => BigInt(requests))),
          input_tokens: Number(total(bookings, ({ inputTokens }) => BigInt(inputTokens))),
          output_tokens: Number(total(bookings, ({ outputTokens }) => BigInt(outputTokens))),
          cost_micro: microAsInteger(total(bookings, (booking) => booking.costMicro)),
        },
      };
    },
  };
}

function plausible(account: Account, workspaces: readonly Workspace[], wanted: Wanted): readonly Booking[] {
  const since = dayOf(wanted.now - (wanted.days - 1) * DAY_MS);
  const moments = workspaces.flatMap((workspace, index) => {
    const shape = { ...TOKENS, seed: wanted.seed + index, since, requests_a_day: wanted.requestsADay / (index + 1) };
    const isPaid = effectiveAiConfig(account, workspace).mode === 'managed';
    const own = spreadUsage(shape, Math.floor(wanted.now / 1000));
    return own.map((moment) => ({ ...moment, workspaceId: workspace.id, at: moment.atSeconds * 1000, isPaid }));
  });
  const priced = moments.filter(({ isPaid }) => isPaid);
  const costs = costMicroOf(priced, wanted.costMicro, startOfMonth(monthOf(wanted.now)) / 1000).values();
  return moments.map(({ isPaid, ...moment }) => ({
    ...moment,
    costMicro: isPaid ? BigInt(costs.next().value ?? 0) : 0n,
  }));
}

function total<T>(items: readonly T[], value: (item: T) => bigint): bigint {
  return items.reduce((sum, item) => sum + value(item), 0n);
}
