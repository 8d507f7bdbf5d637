import { showSpread, spreadOf, table } from './figures.ts';
import { withEmptyFolder } from './ground.ts';
import { sendLoad } from './load.ts';
import { type Participant, startParticipant } from './participants/process.ts';
import { CREDITS } from './workload.ts';

export interface ControlPlaneBench {
  /** Requests a round, of each participant. */
  readonly requests: number;
  readonly rounds: number;
}

const CONNECTIONS = 20;

/**
 * The balance, asked of the control plane beside a bare Express app that has the answer ready, and of the same control plane
 * with ten times the operations. Prints CPU per request and its ratio to the bare app's in the same round.
 */
export async function benchControlPlane({ requests, rounds }: ControlPlaneBench): Promise<void> {
  await withEmptyFolder(async (folder) => {
    const bare = await startParticipant('bare Express', 'express');
    const own = await startParticipant('rigkit, its own contract', 'control-plane', [folder, '0']);
    const wide = await startParticipant('rigkit, 200 operations', 'control-plane', [folder, '200']);
    const all = [bare, own, wide];
    const cpu = new Map<Participant, number[]>(all.map((participant) => [participant, []]));
    try {
      for (const participant of all) await measure(participant, requests);
      for (let round = 0; round < rounds; round += 1) {
        for (const participant of round % 2 === 0 ? all : all.toReversed()) {
          cpu.get(participant)?.push(await measure(participant, requests));
        }
      }
    } finally {
      await Promise.all(all.map((participant) => participant.close()));
    }
    const rows = [...cpu].map(([{ name }, own]) => {
      const ratios = own.map((figure, round) => figure / (cpu.get(bare)?.[round] ?? Number.NaN));
      return [name, showSpread(spreadOf(own)), showSpread(spreadOf(ratios), 2)];
    });
    const head = ['median (least..most)', 'CPU us a request', 'x bare Express'];
    console.log(`\nGET credits, ${CONNECTIONS} connections, ${rounds} rounds of ${requests}\n\n${table(head, rows)}`);
  });
}

/** Microseconds of CPU a request. */
async function measure(participant: Participant, requests: number): Promise<number> {
  const before = await participant.figures();
  await sendLoad({ ...participant, question: CREDITS, requests, connections: CONNECTIONS });
  const after = await participant.figures();
  return (after.cpuMicroseconds - before.cpuMicroseconds) / requests;
}
