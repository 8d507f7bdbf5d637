import { type DestinationStream, type Logger, pino } from 'pino';

export type { Logger };
export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';

/** What a field of one of these names holds is never written, whatever it looks like. */
const SECRET_FIELDS = [
  'api_key',
  'apiKey',
  'authorization',
  'cookie',
  'key',
  'password',
  'secret',
  'set-cookie',
  'token',
  'workspace_key',
  'x-api-key',
  'x-goog-api-key',
];

/** The shapes of our own keys and of the providers', and whatever is presented as a bearer credential. */
const SECRET_SHAPES = /\brb_[\w-]{4,}|\bsk-[\w-]{4,}|\bAIza[\w-]{4,}|\b[Bb]earer +[^\s"',\\]+/g;

const STRING = String.raw`"(?:[^"\\]|\\.)*"`;
/** A member of one of these names in a line of JSON, and the string, list or other plain value that it holds. */
const SECRET_MEMBERS = new RegExp(
  String.raw`("(?:${SECRET_FIELDS.join('|')})"):(?:${STRING}|\[(?:${STRING}|[^\]"])*\]|[^",[\]{}]+)`,
  'gi',
);

/** The text with everything that looks like a credential replaced. */
export function scrub(text: string): string {
  return text.replace(SECRET_SHAPES, (found) => `${/^(?:rb_|sk-|AIza|bearer)/i.exec(found)?.[0]}[redacted]`);
}

/**
 * A structured logger that cannot write a secret by mistake: in the finished line, fields that are known to hold one are
 * redacted by name, however deep, and whatever has a credential's shape, wherever it stands. On the line and not on the
 * fields: redaction by paths costs several times what a line does. `destination` defaults to standard output.
 */
export function createLogger(options: { level: LogLevel; destination?: DestinationStream }): Logger {
  return pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      hooks: { streamWrite: (line) => scrub(line.replace(SECRET_MEMBERS, '$1:"[redacted]"')) },
    },
    options.destination ?? standardOutput(),
  );
}

/** What a pipe takes as one piece (PIPE_BUF of Linux): the lines of several processes never mix. */
const PIECE_BYTES = 4096;

export interface LogOutput extends DestinationStream {
  /** Writes what waits. */
  flush(): void;
}

/**
 * How long a line may wait for others. A process that is killed loses so much of its access log; one that exits or fails
 * loses nothing. Warnings and errors never wait: some are the evidence by which a hold is settled later.
 */
const LONGEST_WAIT_MS = 10;
const MAY_WAIT = /^\{"level":"(?:info|debug|trace)"/;

/** Writes lines together: a system call for each takes longer than to make it. */
export function inPieces(output: DestinationStream): LogOutput {
  let waiting = '';
  let waitingBytes = 0;
  let isTimed = false;
  function flush(): void {
    if (waiting === '') return;
    output.write(waiting);
    waiting = '';
    waitingBytes = 0;
  }
  return {
    flush,
    write(line) {
      const bytes = Buffer.byteLength(line);
      if (waitingBytes + bytes > PIECE_BYTES) flush();
      if (!isTimed) {
        isTimed = true;
        // Does not keep a process alive: what waits at its end is written by `flush`.
        setTimeout(() => {
          isTimed = false;
          flush();
        }, LONGEST_WAIT_MS).unref();
      }
      waiting += line;
      waitingBytes += bytes;
      if (!MAY_WAIT.test(line)) flush();
    },
  };
}

let standard: LogOutput | undefined;

/** One for all loggers of the process. What waits when the process ends, by whatever it throws or decides, is written then. */
function standardOutput(): LogOutput {
  if (standard === undefined) {
    standard = inPieces(pino.destination(1));
    process.once('exit', standard.flush);
  }
  return standard;
}
