import { describeMatrix } from './describe-matrix.ts';

describeMatrix('SQLite', async () => undefined);
