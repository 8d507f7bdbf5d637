import { refusal } from '../../../server/http/errors.ts';
import { type Micro, microAsInteger } from '../../../server/money/microcredits.ts';
import { dayAt, monthAt, startOfMonth } from '../../../server/money/periods.ts';
import { NO_USAGE } from '../../../server/money/usage.ts';
import { effectiveAiConfig } from '../../../server/resources/ai-config/rules.ts';
import { newRequestId } from '../../../server/vault/ids.ts';
import type { SeededCall } from './seeded-requests.ts';
import type { ControlHandlers, ControlServices } from './services.ts';
import { spreadCost, spreadUsage, type UsageMoment } from './spread-usage.ts';

const DAY_MS = 86_400_000;
const TOKENS = { input_tokens: 1500, output_tokens: 300 };

/** Plausible usage of the last days, in the ledger. */
export function usageControls(services: ControlServices): Pick<ControlHandlers, 'seedSandboxUsage'> {
  const { store, clocks } = services;
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
      const since = dayAt(now - (days - 1) * DAY_MS);
      const plans = (await store.listWorkspaces(account.id)).map((workspace, index): UsagePlan => {
        const shape = { ...TOKENS, seed: seed + index, since, requests_a_day: requestsADay / (index + 1) };
        const isPaid = effectiveAiConfig(account, workspace).mode === 'managed';
        return { workspaceId: workspace.id, isPaid, moments: spreadUsage(shape, Math.floor(now / 1000)) };
      });
      const bookings = priceUsage(plans, costMicro, now);
      const earlier = bookings.filter(({ at }) => at < startOfMonth(monthAt(now)));
      const paid = total(earlier, (booking) => booking.costMicro);
      if (paid > 0n) {
        await store.adjustCredits(account.id, paid, 'paid in earlier months, by the sandbox controls', now);
      }
      await bookUsage(services, account.id, bookings);
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

/** Usage of one workspace before it is known what it costs. */
export interface UsagePlan {
  readonly workspaceId: string;
  /** False in byok mode: the platform charges nothing. */
  readonly isPaid: boolean;
  readonly moments: readonly UsageMoment[];
}

export interface Booking extends SeededCall {
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Zero where the workspace is in byok mode. */
  readonly costMicro: Micro;
}

/** The usage of all workspaces with prices that come to `costMicro` for the month of `now`. */
export function priceUsage(plans: readonly UsagePlan[], costMicro: Micro, now: number): Booking[] {
  const calls = plans.flatMap(({ moments, ...workspace }) => moments.map((moment) => ({ ...workspace, ...moment })));
  const paid = calls.filter(({ isPaid }) => isPaid);
  const costs = spreadCost(paid, costMicro, startOfMonth(monthAt(now)) / 1000).values();
  return calls.map(({ isPaid, atSeconds, ...call }) => ({
    ...call,
    at: atSeconds * 1000,
    costMicro: isPaid ? BigInt(costs.next().value ?? 0) : 0n,
  }));
}

/**
 * Books usage as calls of live workspaces that were admitted and settled, oldest first. Throws where one is not admitted:
 * the caller makes sure that the account has enough at each time.
 */
export async function bookUsage(
  { store, seeded }: ControlServices,
  accountId: string,
  bookings: readonly Booking[],
): Promise<void> {
  const workspaceIds = new Set(bookings.map(({ workspaceId }) => workspaceId));
  const configs = new Map(
    await Promise.all(
      Array.from(workspaceIds, async (id) => {
        const found = await store.getWorkspace(accountId, id);
        if (found === undefined) throw new Error(`workspace ${id} is gone`);
        return [id, effectiveAiConfig(found.account, found.workspace)] as const;
      }),
    ),
  );
  // All are queued before the first is waited for: they share one commit, in this order.
  await Promise.all(
    bookings
      .toSorted((a, b) => a.at - b.at)
      .flatMap(({ workspaceId, at, costMicro, inputTokens, outputTokens }) => {
        const config = configs.get(workspaceId);
        if (config === undefined) throw new Error(`workspace ${workspaceId} is gone`);
        const { provider, model } = config;
        const holdId = newRequestId();
        // What cost something was paid by the platform, whatever the mode is today.
        const mode = costMicro > 0n ? 'managed' : config.mode;
        const call = { holdId, accountId, workspaceId, mode, provider, model, amountMicro: costMicro, at } as const;
        const usage = { ...NO_USAGE, inputTokens, outputTokens };
        return [
          expectKind('admitted', store.admit(call)),
          expectKind('settled', store.settle({ holdId, costMicro, usage, at })),
        ];
      }),
  );
  seeded.note(accountId, bookings);
}

async function expectKind(kind: string, outcome: Promise<{ readonly kind: string }>): Promise<void> {
  const { kind: actual } = await outcome;
  if (actual !== kind) throw new Error(`seeded usage was not ${kind}: ${actual}`);
}

function total<T>(items: readonly T[], value: (item: T) => bigint): bigint {
  return items.reduce((sum, item) => sum + value(item), 0n);
}
