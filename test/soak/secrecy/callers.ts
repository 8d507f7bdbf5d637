import { Agent } from 'node:http';
import { createTenant, PLENTY_MICRO, type Tenant } from '../../harness/accounts.ts';
import { call } from '../../harness/caller.ts';
import type { Maker } from '../prices/price-book.ts';
import { echoCalls } from './calls.ts';
import { mishandleKey } from './control-plane.ts';
import { scanAnswer } from './evidence.ts';
import { findKey, MAKERS, type SecrecyRun } from './platform.ts';

let tags = 0;
const newTag = () => `secrecy-${++tags}-end`;

/** Workspaces that the platform pays for: every provider's key comes back, and for one of them credits are used up. */
export async function callAsManaged(run: SecrecyRun): Promise<void> {
  const { store } = run.site;
  const funded = await createTenant(store, 'funded', PLENTY_MICRO);
  const exhausted = await createTenant(store, 'exhausted', 0n);
  for (const maker of MAKERS) {
    const native = findKey(run.managed, maker);
    const keys = { native, plain: run.viaOpenRouter ? findKey(run.managed, 'openrouter') : native };
    await sendEchoes(run, funded, maker, keys);
    for (const { path, body } of echoCalls(maker, keys, newTag, run.chance).slice(0, 3)) {
      await send(run, exhausted, path, body);
    }
  }
}

/** Workspaces that pay their provider themselves. */
export async function callAsOwners(run: SecrecyRun): Promise<void> {
  for (const maker of MAKERS) {
    const key = findKey(run.owned, maker);
    const owner = await createTenant(run.site.store, `own-${maker}`, 0n);
    for (const answer of await mishandleKey(run.site, owner, maker, key)) {
      scanAnswer(run.scanner, `an answer of the control plane (${answer.status})`, answer);
    }
    await sendEchoes(run, owner, maker, { native: key, plain: key });
  }
}

async function sendEchoes(
  run: SecrecyRun,
  tenant: Tenant,
  maker: Maker,
  keys: Parameters<typeof echoCalls>[1],
): Promise<void> {
  const echoes = echoCalls(maker, keys, newTag, run.chance);
  for (const { tag, respond } of echoes) run.site.stub.script({ match: { bodyIncludes: tag }, respond });
  await Promise.all(echoes.map(({ path, body }) => send(run, tenant, path, body)));
  run.calls += echoes.length;
}

const agent = new Agent({ keepAlive: true, maxSockets: 32 });

async function send({ site, scanner }: SecrecyRun, tenant: Tenant, path: string, body: object): Promise<void> {
  const headers = { authorization: `Bearer ${tenant.workspaceKey}`, 'content-type': 'application/json' };
  const answer = await call({ agent, url: site.proxy + path, headers, body: Buffer.from(JSON.stringify(body)) }).answer;
  if (answer.status === undefined) throw new Error(`${path} was not answered`);
  scanAnswer(scanner, `an answer of ${path} (${answer.status})`, answer);
}
