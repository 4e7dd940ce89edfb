/** Work that belongs to one conversation, one piece at a time; the seam behind which several processes can come later. */
export type Lanes = {
  /** Runs the job once all earlier ones of the same lane have ended, well or not. Other lanes run in parallel. */
  run: <T>(lane: string, job: () => Promise<T>) => Promise<T>;
  /** How many lanes have work. */
  readonly busy: number;
  /** Resolves once no lane has work; rejects with the signal's reason when that takes too long. */
  drain: (signal?: AbortSignal) => Promise<void>;
};

/** Makes the lanes of this process. */
export function createLanes(): Lanes {
  const tails = new Map<string, Promise<void>>();
  return {
    run(lane, job) {
      const result = (tails.get(lane) ?? Promise.resolve()).then(job);
      const tail = result.then(
        () => leave(),
        () => leave(), // the caller has the error; the lane goes on
      );
      const leave = () => {
        if (tails.get(lane) === tail) tails.delete(lane);
      };
      tails.set(lane, tail);
      return result;
    },
    get busy() {
      return tails.size;
    },
    async drain(signal) {
      while (tails.size > 0) await orAborted(Promise.all(tails.values()), signal);
    },
  };
}

/** The promise's value, or the signal's reason as an error if that comes first. */
export async function orAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const stop = () => reject(signal.reason);
  signal.addEventListener("abort", stop, { once: true });
  if (signal.aborted) stop();
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
