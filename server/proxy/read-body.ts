import { isAscii, isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { isObject, type JsonObject, parseJson } from './apis/wire-values.ts';
import { isEncoded } from './headers.ts';
import type { ScannedJson } from './json-text.ts';
import { type Structure, type StructureLimits, scanStructure } from './json-text.ts';
import { type Refusal, type RefusalCode, refusal } from './refusals.ts';
import { type Piece, type Turns, workOn } from './turns.ts';

export interface RequestBody {
  readonly kind: 'body';
  /**
   * As the caller sent it, with no key twice in any object at any depth. It is forwarded with nothing changed but what the
   * proxy puts in.
   */
  readonly text: ScannedJson;
  readonly json: JsonObject;
}

type BodyOutcome = RequestBody | { readonly kind: 'abandoned' } | Refusal;

/**
 * No call of any API comes near them. What reads a body by recursion stays far from the end of the stack, and one call does
 * not take the time and the memory of all others: the longest lists, tokens to be embedded, have 300,000 numbers, and the
 * longest conversations have some ten thousand members.
 */
const LIMITS: StructureLimits = { levels: 500, values: 1_000_000, members: 100_000 };
const EXCESS: Readonly<Record<keyof StructureLimits, string>> = {
  levels: `The body is nested deeper than ${LIMITS.levels} levels.`,
  values: `The body has more than ${LIMITS.values} values.`,
  members: `The objects of the body have more than ${LIMITS.members} members.`,
};
/** Other calls get their turn after so many characters: a millisecond, where they are nothing but escaped keys. */
const CHARACTERS_AT_ONCE = 16 * 1024;
/** Of bodies of usual calls, only the account's own part is taken: what others send cannot have them refused. */
const UNCOUNTED_BYTES = 64 * 1024;

const JSON_TYPE = /^application\/json\s*(?:;|$)/i;

/** Whose body is read, and how much may be taken for it. */
export interface BodyTerms {
  readonly accountId: string;
  /** Whether the account has no credits left for what costs some. Then only a body is read that may not cost any. */
  readonly isOutOfCredits: boolean;
  readonly limitBytes: number;
  readonly timeoutMs: number;
  readonly share: ByteShare;
  readonly turns: Turns;
}

/**
 * Reads a JSON object within the limit: 413 comes before 415, and 415 before 400. Of an account without credits no large body
 * is read: 402 comes before 400.
 */
export async function readBody(request: IncomingMessage, terms: BodyTerms): Promise<BodyOutcome> {
  const { headers } = request;
  const { limitBytes, isOutOfCredits } = terms;
  const announcedBytes = Number(headers['content-length'] ?? 0);
  const refuse = (code: keyof typeof UNREAD) => {
    readInTurns(request, terms, () => true);
    return refuseUnread(code);
  };
  if (announcedBytes > limitBytes) return refuse('payload_too_large');
  if (!JSON_TYPE.test(headers['content-type'] ?? '') || isEncoded(headers)) {
    return refusal('unsupported_media_type');
  }
  if (isOutOfCredits && announcedBytes > UNCOUNTED_BYTES) return refuse('insufficient_credits');
  // Whose caller left before anybody listened tells of it no more.
  const chunks = request.destroyed ? 'broken off' : await collectBody(request, terms);
  if (chunks === 'broken off') return { kind: 'abandoned' };
  return typeof chunks === 'string' ? refuseUnread(chunks) : parse(chunks, terms);
}

async function parse(chunks: Buffer[], { accountId, turns }: BodyTerms): Promise<RequestBody | Refusal> {
  const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  const piece = workOn(length, turns, accountId);
  const bytes = await join(chunks, length, piece);
  const text = await piece(() => (isUtf8(bytes) ? bytes.toString('latin1') : undefined));
  if (text === undefined) return refusal('malformed_json');
  const scan = scanStructure(text, LIMITS);
  let structure: Structure | undefined;
  while (structure === undefined) structure = await piece(() => scan.advance(CHARACTERS_AT_ONCE));
  if (structure.kind === 'excess') return refusal('invalid_request', { message: EXCESS[structure.of] });
  // ASCII is the same in both.
  const decoded = await piece(() => (isAscii(bytes) ? text : bytes.toString('utf8')));
  const json = await piece(() => parseJson(decoded));
  if (!isObject(json)) return refusal('malformed_json');
  const { duplicate, root } = structure;
  // Parsers disagree on which of two values counts: the one that was priced might not be the one that runs.
  if (duplicate !== undefined) return refusal('invalid_request', { message: `${duplicate}: must not be given twice.` });
  return { kind: 'body', text: { bytes, text, root }, json };
}

const RETRY = { 'retry-after': '1' };
/** Why a body is not read to its end, and what comes with that. */
const UNREAD = {
  payload_too_large: {},
  insufficient_credits: {},
  request_timeout: {},
  rate_limited: { message: 'The requests of this account that are under way are too large together.', headers: RETRY },
  overloaded: { headers: RETRY },
} as const satisfies Partial<Record<RefusalCode, object>>;

/** What is still to come is dropped, for a while, so that the caller gets to see the response. */
function refuseUnread(code: keyof typeof UNREAD): Refusal {
  const { headers, ...more }: { headers?: Readonly<Record<string, string>>; message?: string } = UNREAD[code];
  return refusal(code, { ...more, headers: { ...headers, connection: 'close' } });
}

/** What a chunk of a body costs to read, above all in garbage. What is dropped counts for more: nobody needs it. */
const READ_MS = 0.2;
const DROP_MS = 1;

/** Reads a body, a chunk for each turn of its account once it is large: Node would read two megabytes of it at once. */
function readInTurns(request: IncomingMessage, { accountId, turns }: BodyTerms, isDropped: () => boolean): void {
  let length = 0;
  request.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length <= UNCOUNTED_BYTES) return;
    request.pause();
    void turns.take(accountId, () => request.resume(), isDropped() ? DROP_MS : READ_MS);
  });
}

function collectBody(
  request: IncomingMessage,
  terms: BodyTerms,
): Promise<Buffer[] | keyof typeof UNREAD | 'broken off'> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    let isOver = false;
    const end = (outcome: Buffer[] | keyof typeof UNREAD | 'broken off') => {
      isOver = true;
      clearTimeout(timer);
      resolve(outcome);
    };
    const timer = setTimeout(end, terms.timeoutMs, 'request_timeout');
    request.on('data', (chunk: Buffer) => {
      if (isOver) return;
      const problem = findExcess(length, chunk.length, terms);
      length += chunk.length;
      chunks.push(chunk);
      if (problem === undefined) return;
      chunks.length = 0;
      end(problem);
    });
    readInTurns(request, terms, () => isOver);
    request.once('end', () => end(chunks));
    request.once('error', () => end('broken off'));
    request.once('close', () => end('broken off'));
  });
}

/** Chunks that are copied in one piece: a megabyte or two. */
const CHUNKS_AT_ONCE = 16;

/** The chunks as one, which are let go of on the way. */
async function join(chunks: Buffer[], length: number, piece: Piece): Promise<Buffer> {
  const [first] = chunks;
  if (chunks.length === 1 && first) return first;
  const bytes = Buffer.allocUnsafe(length);
  let at = 0;
  while (chunks.length > 0) {
    await piece(() => {
      for (const chunk of chunks.splice(0, CHUNKS_AT_ONCE)) at += chunk.copy(bytes, at);
    });
  }
  return bytes;
}

/** What stands against so many more bytes; where nothing does, they are counted. */
function findExcess(length: number, more: number, terms: BodyTerms): keyof typeof UNREAD | undefined {
  if (length + more > terms.limitBytes) return 'payload_too_large';
  const shared = Math.max(0, Math.min(more, length + more - UNCOUNTED_BYTES));
  if (shared > 0 && terms.isOutOfCredits) return 'insufficient_credits';
  const outcome = terms.share.take(more, shared);
  if (outcome === 'taken') return undefined;
  return outcome === 'over_account' ? 'rate_limited' : 'overloaded';
}

/** How many bytes of request bodies may be in memory: in all, and of one account. */
export interface ByteBounds {
  readonly totalBytes: number;
  readonly accountBytes: number;
}

/** What one call takes of it. */
export interface ByteShare {
  /**
   * Takes so many more of the account's part, and `sharedBytes` of what there is in all (default: as many); where either is
   * too much, it takes nothing.
   */
  take(bytes: number, sharedBytes?: number): 'taken' | 'over_account' | 'over_all';
  /** Gives everything back. */
  release(): void;
}

/** Opens a share of the budget for a call of an account. */
export type ByteBudget = (accountId: string) => ByteShare;

export function createByteBudget({ totalBytes, accountBytes }: ByteBounds): ByteBudget {
  const ofAccounts = new Map<string, number>();
  let inAll = 0;

  function change(accountId: string, bytes: number, sharedBytes: number): void {
    const left = (ofAccounts.get(accountId) ?? 0) + bytes;
    inAll += sharedBytes;
    if (left > 0) ofAccounts.set(accountId, left);
    else ofAccounts.delete(accountId);
  }

  return (accountId) => {
    let [taken, takenOfAll] = [0, 0];
    return {
      take(bytes, sharedBytes = bytes) {
        if ((ofAccounts.get(accountId) ?? 0) + bytes > accountBytes) return 'over_account';
        if (sharedBytes > 0 && inAll + sharedBytes > totalBytes) return 'over_all';
        taken += bytes;
        takenOfAll += sharedBytes;
        change(accountId, bytes, sharedBytes);
        return 'taken';
      },
      release() {
        change(accountId, -taken, -takenOfAll);
        [taken, takenOfAll] = [0, 0];
      },
    };
  };
}
