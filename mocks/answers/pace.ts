/** How fast a mocked event stream comes, and whether it comes whole. Bodies that are no streams are not affected. */
export interface Pace {
  /** Time to the first event, after the headers. Default: none. */
  readonly firstTokenMs?: number;
  /** Default: all events at once. */
  readonly eventsPerSecond?: number;
  /** Break the connection after so many events. Default: the stream comes to its end. */
  readonly cutAfterEvents?: number;
}

export interface PacedEvent {
  /** How long to wait before it, after the one before. */
  readonly afterMs: number;
  readonly text: string;
}

export interface PacedStream {
  readonly events: readonly PacedEvent[];
  /** Whether the connection breaks after the last of the events. */
  readonly isCut: boolean;
}

/** The events of a stream, each with the blank line that makes a client dispatch it, and when they are due. */
export function pacedStream(stream: string, { firstTokenMs = 0, eventsPerSecond, cutAfterEvents }: Pace): PacedStream {
  const stepMs = eventsPerSecond === undefined ? 0 : 1000 / eventsPerSecond;
  const events = stream
    .trimEnd()
    .split(/\n\n+/)
    .map((text, index) => ({ afterMs: index === 0 ? firstTokenMs : stepMs, text: `${text}\n\n` }));
  return { events: events.slice(0, cutAfterEvents), isCut: cutAfterEvents !== undefined };
}
