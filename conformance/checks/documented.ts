import { z } from 'zod';
import { standaloneSchema } from '../../contract/schema.ts';
import { controlPlaneDocument, managedProxyDocument, type OpenApiDocument } from '../../generated/bundles.ts';
import type { components as ControlPlane } from '../../generated/control-plane.ts';
import type { components as ManagedProxy } from '../../generated/managed-proxy.ts';

type ControlPlaneSchemas = ControlPlane['schemas'];
type ProxySchemas = ManagedProxy['schemas'];

/** The name of a schema of the control plane's contract. */
export type SchemaName = keyof ControlPlaneSchemas & string;

/**
 * The shape of a body as the contract's bundle has it, so that no shape is written down a second time. Fields that the
 * contract does not name are allowed in answers.
 */
export function documented<Name extends SchemaName>(name: Name): z.ZodType<ControlPlaneSchemas[Name]> {
  return read(controlPlaneDocument, name) as z.ZodType<ControlPlaneSchemas[Name]>;
}

/** The same for the proxy's contract. */
export function documentedProxy<Name extends keyof ProxySchemas & string>(name: Name): z.ZodType<ProxySchemas[Name]> {
  return read(managedProxyDocument, name) as z.ZodType<ProxySchemas[Name]>;
}

const known = new Map<string, z.ZodType>();

function read(document: OpenApiDocument, name: string): z.ZodType {
  const key = `${document.info.title}/${name}`;
  const shape = known.get(key) ?? z.fromJSONSchema(standaloneSchema(document, name));
  known.set(key, shape);
  return shape;
}
