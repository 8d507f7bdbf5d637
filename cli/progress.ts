import { styleText } from 'node:util';
import { type Progress, progressLine } from '../conformance/index.ts';

/** The stream that progress is written to; `columns` is the width of a terminal. */
export interface ProgressStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

export interface ProgressShow {
  show(progress: Progress): void;
  /** Call it before anything else is printed. */
  end(): void;
}

/**
 * Shows progress. On a terminal: one line that is updated, with the counts so far, and failures above it. Elsewhere, and in
 * CI: one line for each result. Respects `NO_COLOR`.
 */
export function createProgress(stream: ProgressStream, env: NodeJS.ProcessEnv = process.env): ProgressShow {
  if (stream.isTTY !== true || env.CI || env.TERM === 'dumb') {
    return { show: (progress) => void stream.write(`${progressLine(progress)}\n`), end: () => {} };
  }
  return liveLine(stream, env);
}

const ERASE_LINE = '\r\u001b[2K';
const DEFAULT_COLUMNS = 80;

function liveLine(stream: ProgressStream, env: NodeJS.ProcessEnv): ProgressShow {
  const colour = (format: 'red' | 'yellow', text: string) =>
    env.NO_COLOR ? text : styleText(format, text, { validateStream: false });
  const counts = new Map<Progress['verdict'], number>();
  return {
    show(progress) {
      const { verdict, level, id, done, total } = progress;
      counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
      stream.write(ERASE_LINE);
      const isWrong = verdict === 'fail' || verdict === 'harness-error';
      if (isWrong) stream.write(`${colour(level === 'MUST' ? 'red' : 'yellow', progressLine(progress))}\n`);
      const sums = [...counts].map(([name, count]) => `${count} ${name}`).join(', ');
      stream.write(`${done}/${total}  ${sums}  ${id}`.slice(0, (stream.columns ?? DEFAULT_COLUMNS) - 1));
    },
    end: () => void stream.write(ERASE_LINE),
  };
}
