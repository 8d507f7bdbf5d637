import { setTimeout as sleep } from 'node:timers/promises';
import { withEmptyFolder } from './accounts.ts';
import { ATTACKS, attack } from './attacks.ts';
import { type Report, ratios } from './figures.ts';
import { sendLoad } from './load.ts';
import { type Participant, startParticipant } from './participants/process.ts';
import { questionFor, SLOW_MS } from './workload.ts';

export interface TenantsBench {
  /** Calls of the victim in a round, under each attack. */
  readonly requests: number;
  readonly rounds: number;
}

const CONNECTIONS = 10;
/** What the attack holds is there by then. */
const LEAD_MS = 1_000;
const NOBODY = async () => {};

/** How long one account waits for its calls while another attacks, against how long it waits alone, in the same rounds. */
export async function benchTenants({ requests, rounds }: TenantsBench): Promise<readonly Report[]> {
  return withEmptyFolder(async (folder) => {
    const stub = await startParticipant('stub', 'stub');
    const serve = await startParticipant('rigkit serve', 'serve', [stub.origin, folder]);
    const attacks = Object.keys(ATTACKS) as (keyof typeof ATTACKS)[];
    const rows = [
      { name: 'alone', begin: () => NOBODY },
      ...attacks.map((name) => ({ name, begin: () => attack(name, serve) })),
    ].map((row) => ({ ...row, p99Ms: [] as number[], stallMs: [] as number[], residentMb: [] as number[] }));
    try {
      await callAsVictim(serve, requests);
      for (let round = 0; round < rounds; round += 1) {
        for (const { begin, p99Ms, stallMs, residentMb } of rows) {
          const end = begin();
          await sleep(LEAD_MS);
          await serve.figures();
          p99Ms.push(await callAsVictim(serve, requests));
          const figures = await serve.figures();
          stallMs.push(figures.stallMs);
          residentMb.push(figures.residentBytes / 1e6);
          await end();
        }
      }
      const alone = rows[0]?.p99Ms ?? [];
      return [
        {
          title: `One account's calls of ${SLOW_MS} ms while another attacks, ${CONNECTIONS} connections, ${rounds} rounds of ${requests}`,
          columns: [
            { name: 'p99 ms' },
            { name: 'x alone', digits: 2 },
            { name: 'CPU stall p99 ms', digits: 1 },
            { name: 'resident MB' },
          ],
          rows: rows.map(({ name, p99Ms, stallMs, residentMb }) => ({
            name,
            figures: [p99Ms, ratios(p99Ms, alone), stallMs, residentMb],
          })),
        },
      ];
    } finally {
      await Promise.all([serve.close(), stub.close()]);
    }
  });
}

/** Rejects at the first call that is refused. */
async function callAsVictim({ origin, headers }: Participant, requests: number): Promise<number> {
  const load = { origin, headers, question: questionFor('slow'), requests, connections: CONNECTIONS };
  return (await sendLoad(load)).p99Ms;
}
