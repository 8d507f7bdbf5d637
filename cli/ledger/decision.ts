import { userInfo } from 'node:os';
import type { Reconciliation } from '../../server/ledger/audit.ts';
import { MAX_CALL_MICRO, MAX_CALL_TOKENS, NO_USAGE } from '../../server/money/usage.ts';
import { UsageError } from '../usage-error.ts';
import { type EvidenceFile, readEvidenceFile } from './evidence-file.ts';

/** Flags of `rigkit ledger reconcile`, as typed. */
export interface ReconcileFlags {
  readonly hold?: string;
  readonly settleMicro?: string;
  readonly inputTokens?: string;
  readonly outputTokens?: string;
  readonly release?: boolean;
  readonly evidence?: string;
  readonly reason?: string;
  readonly operator?: string;
}

/** Who decided, and why. The audit keeps it with the decision. */
export type Authority = Pick<Reconciliation, 'operator' | 'reason' | 'evidenceSha256'>;

export type Instruction =
  /** The operator decides about one hold. */
  | {
      readonly kind: 'decision';
      readonly holdId: string;
      readonly decision: Reconciliation['decision'];
      readonly authority: Authority;
    }
  /** A file states the cost of calls. */
  | { readonly kind: 'evidence'; readonly evidence: EvidenceFile['evidence']; readonly authority: Authority };

const LONGEST_TEXT = 500;

/** Reads the flags. Throws a UsageError if they are not unambiguous: a decision about money is never guessed. */
export function readInstruction(flags: ReconcileFlags): Instruction {
  const { hold: holdId, settleMicro, release, evidence, inputTokens, outputTokens } = flags;
  const ways = [settleMicro, release, evidence].filter((way) => way !== undefined);
  if (ways.length !== 1) throw new UsageError('give one of --settle-micro N, --release, --evidence FILE');
  if (settleMicro === undefined && (inputTokens ?? outputTokens) !== undefined) {
    throw new UsageError('--input-tokens and --output-tokens go with --settle-micro');
  }
  const operator = oneLine('--operator', flags.operator ?? systemUser());
  if (evidence !== undefined) {
    if (holdId !== undefined) throw new UsageError('--hold: not with --evidence, which names the holds');
    const reason = oneLine('--reason', flags.reason ?? 'evidence');
    const { evidence: rows, sha256 } = readEvidenceFile(evidence);
    return { kind: 'evidence', evidence: rows, authority: { operator, reason, evidenceSha256: sha256 } };
  }
  if (holdId === undefined) throw new UsageError('--hold: missing; `rigkit ledger holds` lists the holds');
  const reason = oneLine('--reason', flags.reason);
  const authority = { operator, reason, evidenceSha256: null };
  if (settleMicro === undefined) return { kind: 'decision', holdId, decision: { kind: 'release' }, authority };
  const usage = {
    ...NO_USAGE,
    inputTokens: wholeNumber('--input-tokens', inputTokens ?? '0', MAX_CALL_TOKENS),
    outputTokens: wholeNumber('--output-tokens', outputTokens ?? '0', MAX_CALL_TOKENS),
  };
  const costMicro = BigInt(wholeNumber('--settle-micro', settleMicro, Number(MAX_CALL_MICRO)));
  return { kind: 'decision', holdId, decision: { kind: 'settle', costMicro, usage }, authority };
}

function wholeNumber(flag: string, text: string, most: number): number {
  if (/^\d{1,15}$/.test(text) && Number(text) <= most) return Number(text);
  throw new UsageError(`${flag}: expected a whole number up to ${most}, got ${JSON.stringify(text)}`);
}

/** The audit keeps the text and prints it in tables: it must be one line. */
function oneLine(flag: string, given: string | undefined): string {
  const text = given?.trim() ?? '';
  if (text === '') throw new UsageError(`${flag}: missing; the audit keeps it`);
  if (text.length > LONGEST_TEXT || /\p{Cc}/u.test(text)) {
    throw new UsageError(`${flag}: expected one line of at most ${LONGEST_TEXT} characters`);
  }
  return text;
}

/** The user of this process, or its number if the system has no name for it, as in some containers. */
function systemUser(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}
