import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { FakeOptions, FakeSlack, Json } from "./types.ts";
import { settled, waitFor } from "./wait.ts";

/** The same workspace in a process of its own: it lives on while the bot is killed and started again. */
export async function spawnFake(options: FakeOptions = {}): Promise<FakeSlack & { pid: number }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "process.ts"), JSON.stringify(options)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout });
  const first = await Promise.race([
    once(lines, "line").then(([line]) => String(line)),
    once(child, "exit").then(([code]) => Promise.reject(new Error(`the fake Slack ended with ${code}`))),
  ]);
  const { control, ...facts } = JSON.parse(first);

  const call = async (op: string, args: Json[]): Promise<Json> => {
    const response = await fetch(control, { method: "POST", body: JSON.stringify({ op, args }) });
    const { value, error } = (await response.json()) as { value: Json; error?: string };
    if (error !== undefined) throw new Error(error);
    return value;
  };
  const close = async () => {
    if (child.exitCode !== null) return;
    child.stdin.end();
    await once(child, "exit");
  };
  const own = {
    ...facts,
    pid: child.pid,
    waitFor,
    settled: (wait: Json) => settled(() => call("pulse", []), wait),
    clock: {
      now: () => call("clock.now", []),
      advance: (ms: number) => call("clock.advance", [ms]),
    },
    close,
    // A promise is told by its `then`; this is none.
    // biome-ignore lint/suspicious/noThenProperty: it says that there is none
    then: undefined,
  };
  return new Proxy(own, {
    get: (target, name: string) => (name in target ? target[name] : (...args: Json[]) => call(name, args)),
  });
}
