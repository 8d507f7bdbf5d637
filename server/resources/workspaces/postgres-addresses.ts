import { type Session, statement } from '../../database/postgres/database.ts';
import { type AddressPool, nextAddress } from './address-pool.ts';

/** Who gives an address takes his turn at this row, and keeps it until the transaction ends. */
const TAKE_TURN = statement('SELECT last_address FROM address_turn WHERE id = 1 FOR UPDATE');
const END_TURN = statement('UPDATE address_turn SET last_address = $1 WHERE id = 1');
const SELECT_TAKEN = statement(
  'SELECT ip_address FROM workspaces WHERE ip_address = ANY ($1::text[]) AND deleted_at IS NULL',
);

/** Looked up at once: enough for one lookup, unless the network is nearly full. */
const CANDIDATES = 256;

/** An address of no live workspace; undefined where all are taken. */
export async function takeAddress(tx: Session, pool: AddressPool): Promise<string | undefined> {
  const [turn] = await tx.query<{ last_address: string | null }>(TAKE_TURN);
  const last = turn?.last_address ?? null;
  const known = new Map<string, 'taken' | 'free'>();
  for (;;) {
    const unknown: string[] = [];
    const free = nextAddress(pool, last, (address) => {
      const standing = known.get(address);
      if (standing !== undefined) return standing === 'taken';
      unknown.push(address);
      return unknown.length < CANDIDATES;
    });
    if (unknown.length === 0) {
      if (free !== undefined) await tx.query(END_TURN, [free]);
      return free;
    }
    for (const address of unknown) known.set(address, 'free');
    const taken = await tx.query<{ ip_address: string }>(SELECT_TAKEN, [unknown]);
    for (const { ip_address } of taken) known.set(ip_address, 'taken');
  }
}
