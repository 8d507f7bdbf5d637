// Made by `npm run generate` from spec/: do not edit.

/** What the contract does not offer for a resource, and why. */
export interface Missing {
  readonly missing: string;
}

/** A resource: what has an id of its own in a path. Pointers are JSON pointers. */
export interface Resource {
  readonly name: string;
  readonly api: 'control-plane' | 'managed-proxy' | 'sandbox';
  /** Of one of them; ends with its id's parameter. */
  readonly path: string;
  /** The path parameter that holds its id. */
  readonly parameter: string;
  /** The resource that it belongs to; null: the account. */
  readonly parent: string | null;
  readonly list: ResourceList | Missing;
  readonly create: ResourceCreate | Missing;
  readonly delete: ResourceDelete | Missing;
}

export interface ResourceList {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  /** Of the items, in the answer. */
  readonly items: string;
  /** Of the id, in an item. */
  readonly id: string;
  /** Of the text that its owner chose, in an item. */
  readonly label: string;
}

export interface ResourceCreate {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  /** A body that makes one and needs nothing else to be there. */
  readonly body: object;
  /** Of the text that its owner chooses, in the body; absent where there is none. */
  readonly label?: string;
  /** Of the id, in the answer. */
  readonly id: string;
  /** Of its parent's id, in the body; absent where the path has it, or there is no parent. */
  readonly parent?: string;
  /** Of the secret that the answer shows this once; absent where there is none. */
  readonly secret?: string;
  /**
   * Of the text, in the body, that no two with the same owner have in common; absent where there is none. The last 16
   * letters and digits of the example may be any: so another text is made of it.
   */
  readonly unique?: string;
}

export interface ResourceDelete {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
}

/** An id in a path, and the resource that it names. */
export interface PathId {
  readonly parameter: string;
  readonly resource: string;
}

/** Every resource of the contract and of the sandbox's own document, by name. */
export const resources = {
  'workspaces': {
    "name": "workspaces",
    "api": "control-plane",
    "path": "/workspaces/{id}",
    "parameter": "id",
    "parent": null,
    "list": {
      "operationId": "listWorkspaces",
      "method": "GET",
      "path": "/workspaces",
      "items": "/vms",
      "id": "/id",
      "label": "/name"
    },
    "create": {
      "operationId": "createWorkspace",
      "method": "POST",
      "path": "/workspaces",
      "body": {
        "name": "storefront"
      },
      "label": "/name",
      "id": "/vm/id",
      "secret": "/workspace_key"
    },
    "delete": {
      "operationId": "deleteWorkspace",
      "method": "DELETE",
      "path": "/workspaces/{id}"
    }
  },
  'api-keys': {
    "name": "api-keys",
    "api": "control-plane",
    "path": "/api-keys/{id}",
    "parameter": "id",
    "parent": null,
    "list": {
      "operationId": "listApiKeys",
      "method": "GET",
      "path": "/api-keys",
      "items": "/api_keys",
      "id": "/id",
      "label": "/name"
    },
    "create": {
      "operationId": "createApiKey",
      "method": "POST",
      "path": "/api-keys",
      "body": {
        "name": "deploy"
      },
      "label": "/name",
      "id": "/id",
      "secret": "/key"
    },
    "delete": {
      "operationId": "deleteApiKey",
      "method": "DELETE",
      "path": "/api-keys/{id}"
    }
  },
  'accounts': {
    "name": "accounts",
    "api": "sandbox",
    "path": "/accounts/{account_id}",
    "parameter": "account_id",
    "parent": null,
    "list": {
      "missing": "A sandbox does not show which accounts were made."
    },
    "create": {
      "operationId": "createSandboxAccount",
      "method": "POST",
      "path": "/accounts",
      "body": {
        "plan": "pro"
      },
      "id": "/account_id"
    },
    "delete": {
      "operationId": "deleteSandboxAccount",
      "method": "DELETE",
      "path": "/accounts/{account_id}"
    }
  },
} as const satisfies Readonly<Record<string, Resource>>;

export type ResourceName = keyof typeof resources;

/** The ids of an operation's path, in the order of the path; operations without ids are left out. */
export const pathIds = {
  getWorkspace: [{"parameter":"id","resource":"workspaces"}],
  deleteWorkspace: [{"parameter":"id","resource":"workspaces"}],
  getAiConfig: [{"parameter":"id","resource":"workspaces"}],
  updateAiConfig: [{"parameter":"id","resource":"workspaces"}],
  getWorkspaceMode: [{"parameter":"id","resource":"workspaces"}],
  updateWorkspaceMode: [{"parameter":"id","resource":"workspaces"}],
  getWorkspaceUsageMetrics: [{"parameter":"id","resource":"workspaces"}],
  getWorkspaceUsageSummary: [{"parameter":"id","resource":"workspaces"}],
  deleteApiKey: [{"parameter":"id","resource":"api-keys"}],
  getSandboxAccount: [{"parameter":"account_id","resource":"accounts"}],
  deleteSandboxAccount: [{"parameter":"account_id","resource":"accounts"}],
  setSandboxBalance: [{"parameter":"account_id","resource":"accounts"}],
  setSandboxClock: [{"parameter":"account_id","resource":"accounts"}],
  seedSandboxUsage: [{"parameter":"account_id","resource":"accounts"}],
  getSandboxAnswers: [{"parameter":"account_id","resource":"accounts"}],
  setSandboxAnswers: [{"parameter":"account_id","resource":"accounts"}],
} as const satisfies Readonly<Record<string, readonly PathId[]>>;
