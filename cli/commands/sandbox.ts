import type { Command } from 'commander';
import { ConfigError, loadConfig } from '../../server/config.ts';
import { createLogger } from '../../server/http/log.ts';
import { addSettings, type FlagValues, readSettings, runUntilStopped } from '../command-line.ts';
import { prepareDashboard } from '../dashboard/pages.ts';
import { startSandbox } from '../sandbox/start-sandbox.ts';
import { welcome } from '../sandbox/welcome.ts';

export function addSandbox(program: Command): void {
  addSettings(program.command('sandbox'), ({ name }) => name !== 'workers')
    .description('run the whole kit on this machine, with demo accounts and stub AI providers')
    .option('--reset', 'delete the data of an earlier sandbox first')
    .option('--open-controls', 'serve /sandbox/v1, which needs no key, also on addresses that are not loopback')
    .action(async (values: FlagValues & { reset?: boolean; openControls?: boolean }) => {
      const config = loadConfig(process.env, readSettings(values));
      if (config.workers > 1) throw new ConfigError('RIGKIT_WORKERS: the sandbox is one process; leave it out');
      const { dataDir, logLevel } = config;
      // The requests that create the demo accounts are logged only at the levels debug and trace.
      const logger = createLogger({ level: logLevel === 'info' ? 'warn' : logLevel });
      const wishes = { reset: values.reset === true, openControls: values.openControls === true };
      await runUntilStopped(
        () => startSandbox(config, { ...wishes, logger }),
        ({ description }) => {
          logger.level = logLevel;
          prepareDashboard();
          return welcome(description, dataDir);
        },
      );
    });
}
