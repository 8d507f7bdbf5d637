import { describeMatrix } from './matrix.ts';

describeMatrix('SQLite', async () => undefined);
