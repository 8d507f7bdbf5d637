import type { HttpCall } from './http-call.ts';

/** The requirement's sentence does not hold. Thrown by the `want` functions, with the call that shows it. */
export class Violation extends Error {
  override readonly name = 'Violation';
  readonly expected: string;
  readonly actual: string;
  readonly evidence: HttpCall | undefined;

  constructor(expected: string, actual: string, evidence?: HttpCall) {
    super(`expected ${expected}, got ${actual}`);
    this.expected = expected;
    this.actual = actual;
    this.evidence = evidence;
  }
}

/** What the check builds on could not be had: nothing is known about the sentence. */
export class Unverified extends Error {
  override readonly name = 'Unverified';
  readonly evidence: HttpCall | undefined;

  constructor(reason: string, evidence?: HttpCall) {
    super(reason);
    this.evidence = evidence;
  }
}

/** The sentence says nothing about this platform: it does not offer what the sentence is about, lawfully. */
export class NotApplicable extends Error {
  override readonly name = 'NotApplicable';
}

/** No complete HTTP answer came back. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  readonly kind: 'unreachable' | 'timeout' | 'broken';
  readonly evidence: HttpCall;

  constructor(kind: 'unreachable' | 'timeout' | 'broken', message: string, evidence: HttpCall) {
    super(message);
    this.kind = kind;
    this.evidence = evidence;
  }
}
