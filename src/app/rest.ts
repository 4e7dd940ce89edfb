import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Log } from "#model/platform.ts";

const lookMs = 10_000;
const idleShare = 0.03; // of a processor: heartbeats, and nothing anybody waits for
const busyMs = 500; // of a processor: so little leaves nothing behind that is worth a tenth of a second
const mebibyte = 2 ** 20;

type Collect = (options: { type: "major"; execution: "async"; flavor: "last-resort" }) => Promise<void>;
type RestOptions = { log: Log; everyMs?: number; usedMs?: () => number };

/** Gives memory back once little happens any more; V8 by itself keeps what a busy hour took. Returns what ends that. */
export function startRest({ log, everyMs = lookMs, usedMs = processorMs }: RestOptions): () => void {
  let before = usedMs();
  let sinceRest = before; // a start leaves much behind, too
  const timer = setInterval(() => {
    const now = usedMs();
    const used = now - before;
    before = now;
    sinceRest += used;
    if (used > idleShare * everyMs || sinceRest < busyMs) return;
    sinceRest = 0;
    void rest();
  }, everyMs).unref();

  async function rest(): Promise<void> {
    const held = process.memoryUsage.rss();
    await collector()({ type: "major", execution: "async", flavor: "last-resort" });
    before = usedMs();
    const [fromMiB, toMiB] = [held, process.memoryUsage.rss()].map((bytes) => Math.round(bytes / mebibyte));
    log.debug({ fromMiB, toMiB }, "at rest");
  }

  return () => clearInterval(timer);
}

/** What `--expose-gc` gives, without having to be started with it. */
function collector(): Collect {
  setFlagsFromString("--expose-gc");
  return runInNewContext("gc");
}

function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
