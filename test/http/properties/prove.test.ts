import { describe, expect, it } from 'vitest';
import { BOOKS_BALANCE, type PropertyProxy, runOn } from './bench.ts';
import { REAL_BUILD, withStore, withSwap } from './build.ts';
import { CHAT, chat } from './calls.ts';
import { seenFailing } from './prove.ts';

const build = { name: 'is called broken' };

describe('a broken build', () => {
  it('that turns red where it should is a proof, told by its first line', async () => {
    const fails = async () => expect(1 + 1, 'the sum').toBe(3);
    expect(await seenFailing(build, fails, 'the sum')).toBe('the sum: expected 2 to be 3');
  });

  it('that passes shows that the test could not fail', async () => {
    await expect(seenFailing(build, async () => {}, 'the sum')).rejects.toThrow('the test could not fail');
  });

  it('that turns red elsewhere is no proof', async () => {
    const fails = async () => expect(1, 'the product').toBe(3);
    await expect(seenFailing(build, fails, 'the sum')).rejects.toThrow('turned red, but not at "the sum": the product');
  });

  it('that does not run at all is no proof', async () => {
    const falls = async () => {
      throw new TypeError('not a function');
    };
    await expect(seenFailing(build, falls, 'the sum')).rejects.toThrow('does not run at all');
  });

  it('in a file that nothing imports is no build of its own', async () => {
    const unused = withSwap('swaps a test', 'test/http/properties/calls.ts', () => ({}));
    await expect(runOn(unused, async () => {})).rejects.toThrow('nothing imports test/http/properties/calls.ts');
  });
});

describe('after a scenario', () => {
  const callOnce = async (harness: PropertyProxy) => {
    await harness.post(CHAT, await harness.caller(), chat);
  };

  it('the books are checked, whatever it was about', async () => {
    await runOn(REAL_BUILD, async (bench) => callOnce(await bench.open()));
    const broken = runOn(withStore('givesBackTwice'), async (bench) => callOnce(await bench.open()));
    await expect(broken).rejects.toThrow(BOOKS_BALANCE);
  });

  it('what it opened is closed, and real files are back in their places', async () => {
    let url = '';
    const replaced = withSwap('answers nothing', 'server/proxy/forward.ts', () => ({
      forward: () => Promise.reject(new Error('broken')),
    }));
    await runOn(replaced, async (bench) => {
      const harness = await bench.open();
      url = harness.url;
      expect((await harness.post(CHAT, await harness.caller(), chat)).status).toBe(500);
    });
    await expect(fetch(url)).rejects.toThrow();
    await runOn(REAL_BUILD, async (bench) => {
      const harness = await bench.open();
      expect((await harness.post(CHAT, await harness.caller(), chat)).status).toBe(200);
    });
  });
});
