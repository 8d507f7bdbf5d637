import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { costOf, expectEnding, expectForwarding, expectMoney } from './expectations.ts';
import { ANSWER_TEXT } from './scenarios.ts';
import type { Driver } from './sdks/driver.ts';
import { drivers, retryHabits } from './sdks/index.ts';
import { type Stage, startStage } from './stage.ts';
import { cells, createBoard } from './table.ts';
import { witness } from './witness.ts';

/**
 * The matrix on one engine: every SDK, buffered and streamed, in every scenario. `place` gives it a database, or none for the
 * sandbox's own.
 */
export function describeMatrix(engine: string, place: () => Promise<string | undefined>): void {
  describe(`the official SDKs on ${engine}`, () => {
    let stage: Stage;
    const board = createBoard();
    beforeAll(async () => {
      stage = await startStage(await place());
    });
    afterAll(async () => {
      process.stdout.write(`\n${engine}${board.render()}`);
      await stage?.close();
    });

    describe.each(drivers)('$name', (driver) => {
      for (const cell of cells) {
        const { way, scenario } = cell;
        if (cell.driver !== driver || typeof driver.ask[way] !== 'function') continue;
        it(`${way}, a call ${scenario.fact}`, async () => {
          const mode = scenario.caller === 'byok' ? 'byok' : 'managed';
          const ending = driver.ends({ way, mode, fault: scenario.fault?.(way) });
          const isHeld = scenario.takes === 'hold';
          board.note(cell, { isHeld, takenMicro: undefined, isRight: false });

          const rules = [{ respond: scenario.provider(driver, way) }];
          const seen = await witness(stage, { driver, way, who: scenario.caller, rules, retries: 'none' });
          board.note(cell, { isHeld, takenMicro: seen.takenMicro, isRight: false });

          expectEnding(cell, ending, seen.outcome);
          expectMoney(cell, seen);
          expectForwarding(cell, seen);
          board.note(cell, { isHeld, takenMicro: seen.takenMicro, isRight: true });
        });
      }
    });

    describe('the retries that each SDK comes with', () => {
      const answers = (driver: Driver) => ({ respond: { text: ANSWER_TEXT, usage: driver.reported } });

      for (const { driver, afterRefusal, afterUncertain } of retryHabits) {
        const tries = (calls: number) => `${driver.name} ${calls === 2 ? 'tries again' : 'leaves it at one call'}`;

        it(`${tries(afterRefusal)} where the provider refused, and is charged for what was answered only`, async () => {
          const refusal = { error: { status: 503, message: 'Later.', headers: { 'retry-after-ms': '1' } } };
          const rules = [{ respond: refusal }, answers(driver)];
          const seen = await witness(stage, { driver, way: 'buffered', who: 'funded', rules, retries: 'default' });
          const isAnswered = afterRefusal === 2;
          expect(seen.outcome.kind).toBe(isAnswered ? 'answered' : 'raised');
          expect(seen.stubCalls.length).toBe(afterRefusal);
          expect(seen.leftOpen).toEqual([]);
          expect(seen.takenMicro).toBe(isAnswered ? costOf(driver) : 0n);
          expect(seen.counted.requests).toBe(isAnswered ? 1 : 0);
        });

        it(`${tries(afterUncertain)} where the answer broke off, and each call has a hold of its own`, async () => {
          const rules = [{ respond: { disconnect: { afterChunks: 1 } } }, answers(driver)];
          const seen = await witness(stage, { driver, way: 'buffered', who: 'funded', rules, retries: 'default' });
          const isAnswered = afterUncertain === 2;
          expect(seen.outcome.kind).toBe(isAnswered ? 'answered' : 'raised');
          expect(seen.stubCalls.length).toBe(afterUncertain);
          expect(seen.leftOpen).toMatchObject([{ state: 'uncertain' }]);
          const heldMicro = seen.leftOpen[0]?.amountMicro ?? 0n;
          expect(seen.takenMicro).toBe(heldMicro + (isAnswered ? costOf(driver) : 0n));
          expect(seen.counted.requests).toBe(isAnswered ? 1 : 0);
        });
      }
    });

    describe('after all of it', () => {
      it('no cell of the matrix is left out', () => {
        expect(board.unseen()).toEqual([]);
      });

      it('what the ledger adds up to is what is left and what is held', async () => {
        for (const { ledgerMicro, remainingMicro, openHoldsMicro } of await stage.books()) {
          expect(ledgerMicro).toBe(remainingMicro + openHoldsMicro);
        }
      });
    });
  });
}
