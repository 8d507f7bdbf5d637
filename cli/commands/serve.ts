import type { Command } from 'commander';
import { ConfigError, loadConfig } from '../../server/config.ts';
import { createPlatform, type PlatformUrls } from '../../server/index.ts';
import { addSettings, type FlagValues, runUntilStopped, settingsOf } from '../command-line.ts';
import { dashboardPages, prepareDashboard } from '../dashboard/pages.ts';

export function addServe(program: Command): void {
  addSettings(program.command('serve'))
    .description('run the reference platform: no demo data, no stub')
    .action(async (values: FlagValues) => {
      const config = loadConfig(process.env, settingsOf(values));
      if (config.secretKey === undefined) {
        throw new ConfigError('RIGKIT_SECRET_KEY: not set; make one with `openssl rand -base64 32` and keep it safe');
      }
      if (!Object.values(config.providers).some((provider) => provider.apiKey !== undefined)) {
        throw new ConfigError(
          'no provider: set at least one of RIGKIT_OPENAI_API_KEY, _ANTHROPIC_, _GOOGLE_, _OPENROUTER_',
        );
      }
      await runUntilStopped(async () => {
        const platform = await createPlatform(config, { mounts: [dashboardPages()] });
        return { urls: await platform.listen(), close: platform.close };
      }, announcement);
    });
}

function announcement({ urls }: { readonly urls: PlatformUrls }): string {
  prepareDashboard();
  const operator = urls.operator === undefined ? '' : `, operator ${urls.operator}`;
  return `ready: control plane ${urls.controlPlane}, proxy ${urls.proxy}${operator}`;
}
