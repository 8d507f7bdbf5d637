/** As many as wait more than they work: a run of the suite waits for answers most of its time. */
const WORKERS = 4;

interface WorkerPlatform {
  close(): Promise<void>;
}

/** Works the items off side by side. Each worker has a platform of its own. The results come in the order of the items. */
export async function inWorkerPool<Item, Own extends WorkerPlatform, Result>(
  items: readonly Item[],
  open: () => Promise<Own>,
  act: (own: Own, item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  const left = items.entries();
  const run = async () => {
    const own = await open();
    try {
      for (const [place, item] of left) results[place] = await act(own, item);
    } finally {
      await own.close();
    }
  };
  await Promise.all(Array.from({ length: WORKERS }, run));
  return results;
}
