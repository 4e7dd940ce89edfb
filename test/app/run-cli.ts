import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { join } from "node:path";

const main = join(import.meta.dirname, "..", "..", "src", "main.ts");

export type Ended = { code: number | null; stdout: string; stderr: string };
type Where = { cwd?: string; env?: Record<string, string> };

/** A process that still runs: what it printed so far, and its end. */
export type Running = {
  child: ChildProcessWithoutNullStreams;
  /** Resolves once standard output holds the words; rejects when the process ends without them. */
  says: (words: RegExp) => Promise<void>;
  ended: Promise<Ended>;
};

/** Starts the real process and leaves its standard input open. */
export function startCli(args: string[], { cwd, env }: Where = {}): Running {
  const child = spawn(process.execPath, [main, ...args], {
    cwd,
    env: { ...process.env, INIT_CWD: cwd ?? process.cwd(), NO_COLOR: "1", ...env },
  });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  const listeners = new Set<() => void>();
  const stdout = () => Buffer.concat(out).toString();
  child.stdout.on("data", (chunk) => {
    out.push(chunk);
    for (const listener of listeners) listener();
  });
  child.stderr.on("data", (chunk) => err.push(chunk));
  child.stdin.on("error", () => {}); // the process may refuse before it has read everything
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, stdout: stdout(), stderr: Buffer.concat(err).toString() }));
  });
  const says = (words: RegExp) =>
    new Promise<void>((resolve, reject) => {
      const look = () => {
        if (!words.test(stdout())) return;
        listeners.delete(look);
        resolve();
      };
      listeners.add(look);
      void ended.then(({ stderr }) => reject(new Error(`ended without ${words}: ${stdout()}${stderr}`)));
      look();
    });
  return { child, says, ended };
}

/** Runs the real process as a person would; `input` is piped in, `cwd` is where the person stands. */
export function runCli(
  args: string[],
  { input, ...where }: Where & { input?: string | Buffer } = {},
): Promise<Ended> {
  const { child, ended } = startCli(args, where);
  child.stdin.end(input ?? "");
  return ended;
}
