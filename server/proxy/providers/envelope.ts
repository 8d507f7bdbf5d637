/** A refusal or failure of the proxy's own, ready to be put into the envelope of the API that was called. */
export interface ErrorContent {
  readonly status: number;
  /** Stable, for programs. */
  readonly code: string;
  /** For people; says nothing that the caller must not know. */
  readonly message: string;
  /** The parameter that is wrong, if it is one. */
  readonly param: string | null;
  readonly details: unknown;
  readonly requestId: string;
}

/** How one API wraps its errors, so that its official SDK shows them as its own (contract section 4). */
export interface Envelope {
  readonly api: 'openai' | 'anthropic' | 'google';
  /** The header in which the API's SDK looks for the request id. */
  readonly requestIdHeader: string;
  /** The body of an error answer. */
  body(error: ErrorContent): object;
  /** The last event of a stream that failed. */
  frame(error: ErrorContent): string;
  /** What follows the failing event, the provider's or the proxy's own, for SDKs that overlook it there. */
  echo?(failure: string): string;
  /** Whether the API's SDK can read a provider's `error` object as it is. Default: all that have a message. */
  reads?(error: Readonly<Record<string, unknown>>): boolean;
  /** A provider's event as the API's SDK reads it. Default: byte for byte. */
  adapt?(event: Buffer): Buffer;
}
