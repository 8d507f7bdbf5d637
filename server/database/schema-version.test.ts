import { describe, expect, it } from 'vitest';
import { type History, missingSteps, requireSteps, SchemaVersionError, schemaVersion } from './schema-version.ts';

const first: History = ['one', 'two'];
const expanded: History = [...first, 'three'];
const broken: History = [...expanded, { breaks: 'four' }, 'five'];

describe('a program on a schema', () => {
  it.each<readonly [string, History, History, readonly string[]]>([
    ['that is empty adds everything', [], first, ['one', 'two']],
    ['of its own adds nothing', first, first, []],
    ['that is older adds what is missing, over the beginning of an era too', first, broken, ['three', 'four', 'five']],
    ['that is older and of the same era adds what is missing', broken.slice(0, 4), broken, ['five']],
    ['that was expanded since adds nothing, and works', expanded, first, []],
    ['that was expanded since in a later era adds nothing, and works', broken, broken.slice(0, 4), []],
  ])('%s', (_case, written, known, missing) => {
    expect(missingSteps(schemaVersion(written), known)).toEqual(missing);
  });

  it('of a later era is refused, with a sentence that says what to do', () => {
    expect(() => missingSteps(schemaVersion(broken), expanded)).toThrow(SchemaVersionError);
    expect(() => missingSteps(schemaVersion(broken), expanded)).toThrow('version 10005, newer than the 3');
    expect(() => requireSteps(schemaVersion(broken), expanded)).toThrow('run the newer rigkit');
  });

  it('that it must not write has to have every step', () => {
    expect(() => requireSteps(schemaVersion(first), expanded)).toThrow('version 2, older than the 3');
    expect(() => requireSteps(schemaVersion(expanded), first)).not.toThrow();
  });
});
