import { withEmptyFolder } from './accounts.ts';
import { type Report, ratios } from './figures.ts';
import { sendLoad } from './load.ts';
import { type Participant, startParticipant } from './participants/process.ts';
import { takeTurns } from './turns.ts';
import { CREDITS } from './workload.ts';

export interface ControlPlaneBench {
  /** Requests a round, of each participant. */
  readonly requests: number;
  readonly rounds: number;
}

const CONNECTIONS = 20;

/**
 * The balance, asked of the control plane beside a bare Express app that has the answer ready, and of the same control plane
 * with ten times the operations. CPU per request, and its ratio to the bare app's in the same round.
 */
export async function benchControlPlane({ requests, rounds }: ControlPlaneBench): Promise<readonly Report[]> {
  return withEmptyFolder(async (folder) => {
    const bare = await startParticipant('bare Express', 'express');
    const own = await startParticipant('rigkit, its own contract', 'control-plane', [folder, '0']);
    const wide = await startParticipant('rigkit, 200 operations', 'control-plane', [folder, '200']);
    const all = [bare, own, wide];
    try {
      const cpu = await takeTurns(all, { rounds, warmUps: 2 }, (participant) => measure(participant, requests));
      const report = {
        title: `GET credits, ${CONNECTIONS} connections, ${rounds} rounds of ${requests}`,
        columns: [{ name: 'CPU us a request' }, { name: 'x bare Express', digits: 2 }],
        rows: [...cpu].map(([{ name }, own]) => ({ name, figures: [own, ratios(own, cpu.get(bare) ?? [])] })),
      };
      return [report];
    } finally {
      await Promise.all(all.map((participant) => participant.close()));
    }
  });
}

/** Microseconds of CPU a request. */
async function measure(participant: Participant, requests: number): Promise<number> {
  const before = await participant.figures();
  await sendLoad({ ...participant, question: CREDITS, requests, connections: CONNECTIONS });
  const after = await participant.figures();
  return (after.cpuMicroseconds - before.cpuMicroseconds) / requests;
}
