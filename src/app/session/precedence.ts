const pauseMs = 5; // effects have minutes, an acknowledgement three seconds; yet nothing may starve

/** Lets what people wait for with a deadline go ahead of what has time. */
export type Precedence = {
  ahead: <T>(job: () => Promise<T>) => Promise<T>;
  /** Resolves in its turn: at once when nothing goes ahead, else one after the other with pauses between. */
  behind: () => Promise<void>;
};

/** Makes the precedence of one session. */
export function createPrecedence(): Precedence {
  const waiting: (() => void)[] = [];
  let under = 0;
  let isScheduled = false;

  function schedule(): void {
    if (isScheduled || waiting.length === 0) return;
    isScheduled = true;
    // One at a time, so that hundreds of them never stand together in front of the next message.
    if (under === 0) setImmediate(release);
    else setTimeout(release, pauseMs);
  }

  function release(): void {
    isScheduled = false;
    waiting.shift()?.();
    schedule();
  }

  return {
    async ahead(job) {
      under++;
      try {
        return await job();
      } finally {
        under--;
      }
    },
    async behind() {
      if (under === 0 && waiting.length === 0) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting.push(resolve);
      schedule();
      await promise;
    },
  };
}
