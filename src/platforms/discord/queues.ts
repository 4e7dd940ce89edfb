/** Runs jobs of one name one after the other, those of different names at once. */
export function createQueues() {
  const tails = new Map<string, Promise<unknown>>();

  function queue<T>(name: string, job: () => Promise<T>): Promise<T> {
    const run = (tails.get(name) ?? Promise.resolve()).then(job, job);
    tails.set(name, run);
    const done = () => void (tails.get(name) === run && tails.delete(name));
    run.then(done, done);
    return run;
  }

  /** Resolves once everything that was begun has ended, well or not. */
  queue.isIdle = async (): Promise<void> => {
    while (tails.size > 0) await Promise.allSettled(tails.values());
  };
  return queue;
}

const remembered = 5_000; // Discord repeats within minutes; after a restart the store knows what was handled

/** Ids that were handled already, the newest few thousand. */
export function createSeen() {
  const ids = new Set<string>();
  return {
    has: (id: string) => ids.has(id),
    add(id: string) {
      ids.add(id);
      if (ids.size > remembered) ids.delete(ids.values().next().value!);
    },
  };
}
