/** Our proxy as a module, on SQLite. Arguments: the provider's origin, an empty folder. */
import { join } from 'node:path';
import { openSqliteStore } from '../../server/index.ts';
import { openBenchAccount, settledCalls } from '../accounts.ts';
import { takePartMounted } from './mount.ts';

const [, , provider = '', folder = ''] = process.argv;
const store = await openSqliteStore({ path: join(folder, 'mounted.sqlite') });
const account = await openBenchAccount(store);
takePartMounted({
  provider,
  account,
  store,
  settled: () => settledCalls(store, account.accountId),
  close: store.close,
});
