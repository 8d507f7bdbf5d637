export interface SqliteDatabaseOptions {
  /** The database file, made where there is none; its folder too. `:memory:` keeps everything in memory. */
  readonly path: string;
  /** Reads what there is, and writes nothing: an audit beside a running platform. Default false. */
  readonly readonly?: boolean;
  /** How long to wait for another process that is writing, in milliseconds. Default 5,000. */
  readonly busyTimeoutMs?: number;
}
