import { createBooksJudge } from '../../../server/ledger/rules/books.ts';
import { openSqliteStore } from '../../../server/store.ts';
import type { TestSandbox } from '../../harness/sandbox.ts';

/** A sandbox's books, read beside it while it runs. */
export async function readBooks({ dataDir }: TestSandbox, accountId: string) {
  const judge = createBooksJudge();
  const store = await openSqliteStore({ path: `${dataDir}/rigkit.sqlite`, readonly: true });
  try {
    await store.inspect(judge);
    const charges = (await store.ledger(accountId)).filter(({ kind }) => kind === 'charge');
    return {
      violations: judge.report().violations,
      chargesMicro: charges.map(({ amountMicro }) => -Number(amountMicro)),
      openHolds: (await store.openHolds()).filter((hold) => hold.accountId === accountId),
    };
  } finally {
    await store.close();
  }
}
