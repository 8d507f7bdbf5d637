/** `rigkit serve`, broken on purpose: the first argument says how. */
import { loadConfig } from '../../server/config.ts';
import { createPlatform } from '../../server/index.ts';
import { type Defect, defects } from './defects.ts';

const platform = await createPlatform(loadConfig(process.env));
Object.assign(platform.store, defects[process.argv[2] as Defect]({ ...platform.store }));
const { controlPlane, proxy } = await platform.listen();
console.log(`ready: control plane ${controlPlane}, proxy ${proxy}`);
process.once('SIGTERM', () => void platform.close());
