import type { Step } from "#model/platform.ts";

const momentMs = 700; // what is answered sooner needs no sign that it is being worked on

type Status = (steps: Step[]) => void;

/** Tells the steps of a work as they come, and how it ended; then takes them away. */
export function tellSteps(status: Status, signal: AbortSignal) {
  let shown: Step[] = [];
  return {
    show(steps: Step[]): void {
      shown = steps;
      if (!signal.aborted) status(steps);
    },
    /** What still runs when the work ends has ended with it. */
    end(as: "done" | "failed"): void {
      const steps = shown.map((step): Step => (step.state === "running" ? { ...step, state: as } : step));
      if (steps.length > 0) status(steps);
      status([]);
    },
  };
}

/** Runs a work of one step, which is told where it takes longer than a moment. */
export async function tellOne<T>(
  key: Step["key"],
  { run, status, signal }: { run: () => Promise<T>; status: Status; signal: AbortSignal },
): Promise<T> {
  let isTold = false;
  const timer = setTimeout(() => {
    isTold = true;
    if (!signal.aborted) status([{ key, state: "running" }]);
  }, momentMs);
  try {
    return await run();
  } finally {
    clearTimeout(timer);
    if (isTold) status([]);
  }
}
