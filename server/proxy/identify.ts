import type { IncomingMessage } from 'node:http';
import type { Credential, ProxyLogger, ProxyWorkspace } from './options.ts';
import { type Refusal, refusal } from './refusals.ts';
import type { RequestContext } from './request-context.ts';

/** What SDKs send as a key where the source address identifies the caller. */
const PLACEHOLDER_KEY = 'managed-by-rigbox';

/** Another attempt with the same key would not help; SDKs that are not told so make several. */
const FINAL = { headers: { 'x-should-retry': 'false' } };

interface Identification {
  readonly identifyByAddress: boolean;
  readonly resolveWorkspace: (credential: Credential) => Promise<ProxyWorkspace | undefined>;
  readonly logger: ProxyLogger;
}

export type Identity = { readonly kind: 'identified'; readonly workspace: ProxyWorkspace } | Refusal;

/**
 * Finds the workspace that calls. A key may stand in any of the headers where SDKs put theirs, and in several of them if it
 * is the same. Two different keys are refused: it is not known which one counts.
 */
export async function identify(how: Identification, context: RequestContext): Promise<Identity> {
  const { request, record, requestId } = context;
  const keys = new Set(presentedKeys(request));
  if (keys.size > 1) return refusal('duplicate_credentials', FINAL);
  const [key] = keys;
  const credential = toCredential(key, request, how.identifyByAddress);
  if (credential === undefined) return refusal('unauthorized', FINAL);
  let workspace: ProxyWorkspace | undefined;
  try {
    workspace = await how.resolveWorkspace(credential);
  } catch (error) {
    how.logger.error({ err: error, requestId }, 'the workspace of a call could not be looked up');
    return refusal('metering_unavailable');
  }
  if (workspace === undefined) return refusal('unauthorized', FINAL);
  record.accountId = workspace.accountId;
  record.workspaceId = workspace.workspaceId;
  record.mode = workspace.mode;
  return { kind: 'identified', workspace };
}

function toCredential(
  key: string | undefined,
  request: IncomingMessage,
  identifyByAddress: boolean,
): Credential | undefined {
  if (key !== undefined && key !== PLACEHOLDER_KEY) return { kind: 'key', key };
  const { remoteAddress } = request.socket;
  if (!identifyByAddress || remoteAddress === undefined) return undefined;
  return { kind: 'address', address: remoteAddress.replace(/^::ffff:(?=\d+\.)/, '') };
}

/** Every key that the request carries. An Authorization header of another scheme counts as an unknown key. */
function presentedKeys(request: IncomingMessage): readonly string[] {
  const { authorization = [], 'x-api-key': apiKey = [], 'x-goog-api-key': googleKey = [] } = request.headersDistinct;
  const bearers = authorization.map((value) => /^Bearer +(\S+) *$/i.exec(value)?.[1] ?? value);
  return [...bearers, ...apiKey, ...googleKey].filter((key) => key !== '');
}
