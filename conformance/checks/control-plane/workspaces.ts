import { z } from 'zod';
import { readPointer } from '../../../contract/json-pointer.ts';
import { controlPlaneDocument } from '../../../generated/bundles.ts';
import { type AnsweredCall, jsonValues, parseBody } from '../../http/http-call.ts';

import { givenShape, givenStatus, wantEqual, wantShape, wantStatus, wantThat, wantValue } from '../../http/want.ts';
import type { Context } from '../../platform/context.ts';
import { toWorkspace } from '../../platform/workspaces.ts';
import { type Check, check } from '../check.ts';
import { documented } from '../documented.ts';
import { givenCreated, givenIds } from '../steps/resources.ts';
import { givenAiConfig, givenAiDefaults, withoutStatus } from '../steps/settings.ts';

const PATH = '/workspaces';
const limitsOfOne = z.object({ limits: z.object({ max_ram_per_vm_mb: z.int(), max_vcpu_per_vm: z.int() }) });
/** What the contract calls its timestamps; a platform's own fields may be called anything. */
const TIMES = new Set([...jsonValues(controlPlaneDocument.components.schemas)].flatMap(timeField));

/** The section on workspaces: made, found, deleted, and refused where the plan does not allow them. */
export const checks: readonly Check[] = [
  check('WSP-001', [], async ({ funded, workspace }) => {
    await workspace();
    const answered = await funded.get(PATH);
    wantStatus(answered, 200);
    wantShape(answered, documented('ListWorkspacesResponse'));
  }),

  check('WSP-003', [], async (t) => {
    const own = await t.workspace();
    await givenCreated(t, 'funded', 'api-keys');
    for (const path of [own.path(), own.path('/ai-config'), PATH, '/api-keys']) {
      const answered = givenStatus(await t.funded.get(path), 200);
      const times = [...jsonValues(parseBody(answered))].filter(({ key, value }) => TIMES.has(key) && value !== null);
      wantThat(times.length > 0, 'timestamps', 'none', answered);
      for (const { key, value } of times) {
        const isUtc = z.iso.datetime({ offset: true }).safeParse(value).success && /(?:Z|[+-]00:00)$/.test(`${value}`);
        wantThat(isUtc, `${key} as RFC 3339 in UTC`, JSON.stringify(value), answered);
      }
    }
  }),

  check('WSP-010', [], async (t) => {
    const name = `conformance-${t.runId}-made`;
    const answered = await t.funded.post(PATH, { name });
    wantStatus(answered, 201);
    const { vm } = wantShape(answered, documented('CreateWorkspaceResponse'));
    wantEqual('name', vm.name, name, answered);
    const found = await t.funded.get(toWorkspace(vm.id, name, undefined).path());
    wantStatus(found, 200);
    wantValue(found, '/vm/id', vm.id);
  }),

  check('WSP-011', [], async (t) => {
    wantStatus(await t.funded.post(PATH, {}), 400);
    wantStatus(await t.funded.post(PATH, { name: null }), 400);
  }),

  check('WSP-012', [], async ({ funded, newWorkspace }) => {
    const fresh = await newWorkspace();
    const expected = await givenAiDefaults(funded);
    wantEqual('settings of a new workspace', withoutStatus(await givenAiConfig(funded, fresh)), expected);
    wantValue(givenStatus(await funded.get(fresh.path('/mode')), 200), '/source', 'user_default');
  }),

  check('WSP-013', [], async (t) => {
    wantStatus(await createTooLarge(t), 402);
  }),

  check('WSP-017', [], async (t) => {
    const { limits } = await givenLimits(t);
    const vcpu_count = limits.max_vcpu_per_vm + 1;
    wantStatus(await t.funded.post(PATH, { name: `conformance-${t.runId}-large`, vcpu_count }), 402);
  }),

  check('WSP-014', [], async (t) => {
    const answered = givenStatus(await createTooLarge(t), 402);
    wantValue(answered, '/error/code', 'plan_limit_exceeded');
    const { error } = wantShape(answered, z.object({ error: z.object({ details: documented('PlanLimitDetail') }) }));
    wantEqual('limit', error.details.limit, 'max_ram_per_vm_mb', answered);
  }),

  check('WSP-015', [], async (t) => {
    const before = await givenIds(t.funded, 'workspaces');
    givenStatus(await t.funded.post(PATH, {}), 400);
    givenStatus(await t.funded.post(PATH, { name: `conformance-${t.runId}-refused`, nmae: 'x' }), 400);
    givenStatus(await createTooLarge(t), 400, 402);
    wantEqual('workspaces after the refusals', await givenIds(t.funded, 'workspaces'), before);
  }),

  check('WSP-020', [], async ({ funded, workspace, runId }) => {
    const own = await workspace();
    const answered = await funded.get(own.path());
    wantStatus(answered, 200);
    wantShape(answered, documented('GetWorkspaceResponse'));
    wantValue(answered, '/vm/id', own.id);
    wantStatus(await funded.get(`${PATH}/ws-none-${runId}`), 404);
  }),

  check('WSP-030', [], async ({ funded, newWorkspace }) => {
    const fresh = await newWorkspace();
    const answered = await funded.delete(fresh.path());
    wantStatus(answered, 200);
    wantShape(answered, documented('MessageResponse'));
    wantStatus(await funded.get(fresh.path()), 404);
  }),
];

async function createTooLarge(t: Context): Promise<AnsweredCall> {
  const { limits } = await givenLimits(t);
  const ram_mb = limits.max_ram_per_vm_mb + 1024;
  return t.funded.post(PATH, { name: `conformance-${t.runId}-large`, ram_mb });
}

async function givenLimits(t: Context) {
  return givenShape(await t.funded.get('/users/me/limits'), limitsOfOne);
}

/** The name of a property whose schema is a date-time. */
function timeField({ key, value }: { readonly key: string; readonly value: unknown }): readonly string[] {
  return readPointer(value, '/format') === 'date-time' ? [key] : [];
}
