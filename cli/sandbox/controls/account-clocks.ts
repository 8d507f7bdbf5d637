/** What time it is for each account: real time, until its clock is set. Kept in memory. */
export interface AccountClocks {
  /** Milliseconds since the epoch; real time without an account, and for one whose clock was not set. */
  now(accountId?: string): number;
  runs(accountId: string): boolean;
  set(accountId: string, now: number, runs: boolean): void;
  /** Back to real time. */
  forget(accountId: string): void;
}

interface Setting {
  readonly shown: number;
  /** In real time. */
  readonly setAt: number;
  readonly runs: boolean;
}

export function createAccountClocks(realTime: () => number = Date.now): AccountClocks {
  const settings = new Map<string, Setting>();
  return {
    now(accountId = '') {
      const setting = settings.get(accountId);
      if (setting === undefined) return realTime();
      return setting.runs ? setting.shown + realTime() - setting.setAt : setting.shown;
    },
    runs: (accountId) => settings.get(accountId)?.runs ?? true,
    set: (accountId, shown, runs) => void settings.set(accountId, { shown, setAt: realTime(), runs }),
    forget: (accountId) => void settings.delete(accountId),
  };
}
