/** As many as wait more than they work: a run of the suite waits for answers most of its time. */
const LANES = 4;

interface Lane {
  close(): Promise<void>;
}

/** Takes the items side by side, in lanes that share nothing: each has a platform of its own. Answers in the order of the items. */
export async function inLanes<Item, Own extends Lane, Result>(
  items: readonly Item[],
  open: () => Promise<Own>,
  act: (lane: Own, item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  const left = items.entries();
  const run = async () => {
    const lane = await open();
    try {
      for (const [place, item] of left) results[place] = await act(lane, item);
    } finally {
      await lane.close();
    }
  };
  await Promise.all(Array.from({ length: LANES }, run));
  return results;
}
