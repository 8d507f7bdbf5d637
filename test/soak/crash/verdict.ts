import type { StubProviders } from '../../../mocks/providers/index.ts';
import type { HoldOnDisk } from './holds-on-disk.ts';
import type { Attempt } from './load.ts';

/** An attempt, and how often the provider saw it. */
export interface ObservedAttempt extends Attempt {
  readonly timesForwarded: number;
}

/** How often the stub has seen each of these attempts. */
export function observe(attempts: readonly Attempt[], { calls }: Pick<StubProviders, 'calls'>): ObservedAttempt[] {
  const seen = calls.map(({ bodyText }) => bodyText);
  return attempts.map((attempt) => ({
    ...attempt,
    timesForwarded: seen.filter((body) => body.includes(attempt.tag)).length,
  }));
}

/** What is wrong with the books about these attempts, whatever moment the platform was killed at. */
export function findLosses(attempts: readonly ObservedAttempt[], holds: readonly HoldOnDisk[]): readonly string[] {
  const bySubject = Map.groupBy(holds, (hold) => hold.subject);
  return attempts.flatMap((attempt) => {
    const complaint = complaintAbout(attempt, bySubject.get(attempt.tag) ?? []);
    return complaint === undefined ? [] : [`${attempt.tag}: ${complaint}`];
  });
}

function complaintAbout(attempt: ObservedAttempt, holds: readonly HoldOnDisk[]): string | undefined {
  const { timesForwarded, isAnswered, isRefused, costMicro } = attempt;
  if (timesForwarded > 1) return `forwarded ${timesForwarded} times`;
  if (holds.length > 1) return `${holds.length} holds for one call`;
  const [hold] = holds;
  if (hold === undefined) return timesForwarded === 0 ? undefined : 'forwarded without a hold';
  const { state, entries, chargedMicro } = hold;
  if (state === 'settled') {
    if (timesForwarded === 0) return 'charged, and never forwarded';
    if (isRefused) return 'charged, and was refused by its provider';
    return entries === 1n && chargedMicro === costMicro
      ? undefined
      : `charged ${chargedMicro} in ${entries} entries instead of ${costMicro}`;
  }
  if (entries !== 0n) return `is ${state}, and has ${entries} ledger entries`;
  if (state === 'released') return timesForwarded === 0 || isRefused ? undefined : 'let off, and cost something';
  if (state === 'held') return 'held by a process that is gone';
  return isAnswered ? `answered to its end, and still ${state}` : undefined;
}
