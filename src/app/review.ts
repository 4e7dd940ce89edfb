import { Worker } from "node:worker_threads";
import { PermanentError } from "#model/platform.ts";
import type { Language } from "#model/text.ts";
import { type Reviewed, type ReviewFile, reviewNow } from "./review/now.ts";
import type { Workshop } from "./workshop.ts";

/** Up to here a check takes a tenth of a second and may run where everything else runs. */
const besideBytes = 100_000;
/** A check of 40 MB takes 400 MB and some; more is a file made to do harm. */
const heapMiB = 1_024;

/**
 * Checks what people brought into a thread and mends what has one possible fix. What is large is checked in a thread of
 * its own, so that nobody else waits for it, and is stopped there when it is no longer wanted.
 */
export async function review(
  files: readonly ReviewFile[],
  { workshop, language, signal }: { workshop: Workshop; language: Language; signal: AbortSignal },
): Promise<Reviewed> {
  const size = files.reduce((sum, { content }) => sum + content.length, 0);
  return size <= besideBytes ? reviewNow(files, { workshop, language }) : apart(files, { language, signal });
}

const extension = import.meta.filename.endsWith(".ts") ? "ts" : "js";

function apart(
  files: readonly ReviewFile[],
  { language, signal }: { language: Language; signal: AbortSignal },
): Promise<Reviewed> {
  const { promise, resolve, reject } = Promise.withResolvers<Reviewed>();
  const worker = new Worker(new URL(`./review/worker.${extension}`, import.meta.url), {
    workerData: { files, language },
    resourceLimits: { maxOldGenerationSizeMb: heapMiB },
  });
  const stop = () => {
    void worker.terminate();
    reject(signal.reason);
  };
  worker.once("message", resolve);
  worker.once("error", (cause: NodeJS.ErrnoException) =>
    reject(
      cause.code === "ERR_WORKER_OUT_OF_MEMORY"
        ? new PermanentError("a check took more memory than it may", { reason: "too-large", cause })
        : cause,
    ),
  );
  worker.once("exit", (code) => reject(new Error(`a check ended with ${code} and without a result`)));
  signal.addEventListener("abort", stop, { once: true });
  if (signal.aborted) stop();
  return promise.finally(() => signal.removeEventListener("abort", stop));
}
