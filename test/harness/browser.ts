import { existsSync } from 'node:fs';
import packed from '@sparticuz/chromium';
import { type Browser, chromium } from 'playwright-core';

/** Where the usual installers put it. `CHROME_PATH` names another place. */
const INSTALLED = [
  process.env.CHROME_PATH,
  '/usr/bin/google-chrome',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** The flags of the packed Chromium that a container needs; its others would switch the same-origin policy off. */
const PACKED_FLAGS = ['--no-zygote', '--in-process-gpu', '--use-gl=angle', '--use-angle=swiftshader'];

/** An installed Chrome where there is one, else the Chromium that comes packed in a package (Linux, x64). */
export async function launchBrowser(): Promise<Browser> {
  const installed = INSTALLED.find((path) => path !== undefined && existsSync(path));
  if (installed !== undefined) return chromium.launch({ executablePath: installed, args: ['--no-sandbox'] });
  return chromium.launch({ executablePath: await packed.executablePath(), args: ['--no-sandbox', ...PACKED_FLAGS] });
}
