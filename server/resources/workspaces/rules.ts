import { pointerTo } from '../../../contract/json-pointer.ts';
import type { Violation } from '../../../contract/violations.ts';
import { BASE_TEMPLATE, templates } from '../catalogue/templates.ts';
import type { ApiRequest } from '../operations.ts';
import type { NewWorkspace } from './sql.ts';

export type PlannedWorkspace =
  | { readonly kind: 'planned'; readonly workspace: Omit<NewWorkspace, 'id' | 'accountId'> }
  /** The request names things that this platform does not have. */
  | { readonly kind: 'unknown_ids'; readonly violations: readonly Violation[] };

type Request = ApiRequest<'createWorkspace'>['body'];

/** What a request for a workspace comes to: what it leaves out, or sets to null or 0, comes from its template. */
export function planWorkspace(request: Request): PlannedWorkspace {
  const templateId = request.template_id ?? null;
  const template = templateId === null ? BASE_TEMPLATE : templates.find(({ id }) => id === templateId);
  const violations = [...unknownIds(request), ...(template === undefined ? [unknown('/template_id')] : [])];
  if (template === undefined || violations.length > 0) return { kind: 'unknown_ids', violations };
  return {
    kind: 'planned',
    workspace: {
      name: request.name,
      templateId,
      image: request.image || template.image,
      ramMb: request.ram_mb || template.ram_mb,
      vcpuCount: request.vcpu_count || template.vcpu_count,
      diskSizeMb: request.disk_size_mb || template.disk_size_mb,
    },
  };
}

/** There is nothing to install here: to accept an id and do nothing with it would be a lie. */
function unknownIds(request: Request): readonly Violation[] {
  return (['catalog_ids', 'service_spec_ids', 'setup_script_ids'] as const).flatMap((field) =>
    (request[field] ?? []).map((_, index) => unknown(pointerTo(field) + pointerTo(index))),
  );
}

function unknown(pointer: string): Violation {
  return { in: 'body', pointer, code: 'unknown', message: 'There is nothing with this id.' };
}
