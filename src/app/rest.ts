import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Log } from "#model/platform.ts";

const quietMs = 10_000; // collecting all of it takes a tenth of a second: not while people wait for each other's answers
const mebibyte = 2 ** 20;

type Collect = (options: { type: "major"; execution: "async"; flavor: "last-resort" }) => Promise<void>;

/** Gives memory back once nothing has come for a while; V8 by itself keeps what a busy hour took. */
export function createRest({ log, afterMs = quietMs }: { log: Log; afterMs?: number }) {
  const timer = setTimeout(() => void rest(), afterMs).unref();

  async function rest(): Promise<void> {
    const before = process.memoryUsage.rss();
    await collector()({ type: "major", execution: "async", flavor: "last-resort" });
    const [from, to] = [before, process.memoryUsage.rss()].map((bytes) => Math.round(bytes / mebibyte));
    log.debug({ fromMiB: from, toMiB: to }, "at rest");
  }

  return {
    /** Something came: the quiet begins anew. */
    awake: () => void timer.refresh(),
    end: () => clearTimeout(timer),
  };
}

/** What `--expose-gc` gives, without having to be started with it. */
function collector(): Collect {
  setFlagsFromString("--expose-gc");
  return runInNewContext("gc");
}
