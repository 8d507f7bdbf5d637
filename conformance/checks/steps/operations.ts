import { controlPlaneDocument } from '../../../generated/bundles.ts';

export interface Operation {
  /** Upper case. */
  readonly method: string;
  /** With the given id in the place of `{id}`. */
  readonly path: string;
}

/** Every operation of the control plane that needs a credential. */
export function protectedOperations(id: string): readonly Operation[] {
  return Object.entries(controlPlaneDocument.paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([, operation]) => (operation.security ?? controlPlaneDocument.security).length > 0)
      .map(([method]) => ({ method: method.toUpperCase(), path: path.replace('{id}', id) })),
  );
}
