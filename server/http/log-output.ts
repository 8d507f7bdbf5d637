import { type DestinationStream, pino } from 'pino';

/** What a pipe takes as one piece (PIPE_BUF of Linux): so that the lines of several processes never stand in each other. */
const PIECE_BYTES = 4096;

export interface LogOutput extends DestinationStream {
  /** Writes what waits. */
  flush(): void;
}

/** Writes the lines of one turn of the event loop together: a system call for each takes longer than to make it. */
export function inPieces(output: DestinationStream): LogOutput {
  let waiting = '';
  let waitingBytes = 0;
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
      if (waiting === '') setImmediate(flush);
      waiting += line;
      waitingBytes += bytes;
    },
  };
}

let standard: LogOutput | undefined;

/** One for all loggers of the process. What waits when the process ends, by whatever it throws or decides, is written then. */
export function standardOutput(): LogOutput {
  if (standard === undefined) {
    standard = inPieces(pino.destination(1));
    process.once('exit', standard.flush);
  }
  return standard;
}
