/** Runs all participants in every round, one after the other. The first one changes. */
export async function takeTurns<Participant, Round>(
  participants: readonly Participant[],
  { rounds, warmUps }: { readonly rounds: number; readonly warmUps: number },
  measure: (participant: Participant) => Promise<Round>,
): Promise<ReadonlyMap<Participant, readonly Round[]>> {
  const results = new Map(participants.map((participant): [Participant, Round[]] => [participant, []]));
  for (let round = -warmUps; round < rounds; round += 1) {
    const first = Math.max(round, 0) % participants.length;
    for (const participant of [...participants.slice(first), ...participants.slice(0, first)]) {
      const result = await measure(participant);
      if (round >= 0) results.get(participant)?.push(result);
    }
  }
  return results;
}
