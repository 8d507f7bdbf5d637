import type { IncomingMessage } from 'node:http';
import type { Exchange } from './exchange.ts';
import type { Credential, ProxyLogger, ProxyWorkspace } from './options.ts';
import { type Refusal, refusal } from './refusals.ts';

/** What SDKs send as a key where the source address identifies the caller (contract section 4). */
const PLACEHOLDER_KEY = 'managed-by-rigbox';

interface Identification {
  readonly identifyByAddress: boolean;
  readonly resolveWorkspace: (credential: Credential) => Promise<ProxyWorkspace | undefined>;
  readonly logger: ProxyLogger;
}

export type Identity = { readonly kind: 'identified'; readonly workspace: ProxyWorkspace } | Refusal;

/**
 * Finds the workspace that calls. A key may stand in any of the places where SDKs put theirs, and in several of them if it
 * is the same; two different ones are refused, because nobody could say which one counts.
 */
export async function identify(how: Identification, exchange: Exchange): Promise<Identity> {
  const { request, record, requestId } = exchange;
  const keys = new Set(keysOf(request));
  if (keys.size > 1) return refusal('duplicate_credentials');
  const [key] = keys;
  const credential = credentialOf(key, request, how.identifyByAddress);
  if (credential === undefined) return refusal('unauthorized');
  let workspace: ProxyWorkspace | undefined;
  try {
    workspace = await how.resolveWorkspace(credential);
  } catch (error) {
    how.logger.error({ err: error, requestId }, 'the workspace of a call could not be looked up');
    return refusal('metering_unavailable');
  }
  if (workspace === undefined) return refusal('unauthorized');
  record.accountId = workspace.accountId;
  record.workspaceId = workspace.workspaceId;
  record.mode = workspace.mode;
  return { kind: 'identified', workspace };
}

function credentialOf(
  key: string | undefined,
  request: IncomingMessage,
  identifyByAddress: boolean,
): Credential | undefined {
  if (key !== undefined && key !== PLACEHOLDER_KEY) return { kind: 'key', key };
  const { remoteAddress } = request.socket;
  if (!identifyByAddress || remoteAddress === undefined) return undefined;
  return { kind: 'address', address: remoteAddress.replace(/^::ffff:(?=\d+\.)/, '') };
}

/** Every key that the request carries. An Authorization header of another scheme counts as a key that nobody has. */
function keysOf(request: IncomingMessage): readonly string[] {
  const { authorization = [], 'x-api-key': apiKey = [], 'x-goog-api-key': googleKey = [] } = request.headersDistinct;
  const bearers = authorization.map((value) => /^Bearer +(\S+) *$/i.exec(value)?.[1] ?? value);
  return [...bearers, ...apiKey, ...googleKey].filter((key) => key !== '');
}
