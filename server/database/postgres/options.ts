export interface PostgresDatabaseOptions {
  /** `postgres://user:password@host:port/database?sslmode=verify-full`. It is a secret: no error and no log shows it. */
  readonly url: string;
  /** Reads what there is, and writes nothing: an audit beside a running platform. Default false. */
  readonly readonly?: boolean;
  /** The most connections that this process keeps open. Default 10. */
  readonly poolSize?: number;
  /** A statement that takes longer is given up, by the server, in milliseconds. Audits take their time. Default 10,000. */
  readonly statementTimeoutMs?: number;
}

export const POOL_SIZE = 10;
export const STATEMENT_TIMEOUT_MS = 10_000;
