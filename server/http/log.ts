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

/** The text with everything that looks like a credential replaced. */
export function scrub(text: string): string {
  return text.replace(SECRET_SHAPES, (found) => `${/^(?:rb_|sk-|AIza|bearer)/i.exec(found)?.[0]}[redacted]`);
}

/**
 * A structured logger that cannot write a secret by mistake: fields that are known to hold one are redacted by name,
 * to three levels down, and the finished line is searched for anything of a credential's shape.
 * `destination` defaults to standard output.
 */
export function createLogger(options: { level: LogLevel; destination?: DestinationStream }): Logger {
  const paths = SECRET_FIELDS.flatMap((field) => ['', '*.', '*.*.'].map((prefix) => `${prefix}["${field}"]`));
  return pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: paths.map((path) => path.replace('.[', '[')), censor: '[redacted]' },
      hooks: { streamWrite: scrub },
    },
    options.destination ?? pino.destination(1),
  );
}
