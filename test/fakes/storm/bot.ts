import { spawn } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import type { LogLine, Stage } from "./types.ts";

export type BotOptions = {
  env?: Record<string, string>;
  /** A folder whose store outlives the process; without, nothing does. */
  folder?: string | undefined;
  isConnected: (line: LogLine) => boolean;
  /** Flags of node, such as `--cpu-prof`. */
  flags?: string[];
  /** Another program in the bot's place, to measure against. */
  main?: string;
};

/** The real process, `edgewright serve`. */
export type BotProcess = {
  pid: number;
  log: LogLine[];
  /** Resolves when the platform can reach it; rejects when it ends before. */
  connected: Promise<void>;
  exited: Promise<number | null>;
  /** SIGTERM unless told otherwise; resolves to the exit code. */
  stop: (signal?: NodeJS.Signals) => Promise<number | null>;
};

const door = join(import.meta.dirname, "..", "..", "..", "src", "main.ts");
const connectMs = 60_000; // a busy machine; a second on an idle one
const endMs = 40_000; // orchestrators kill after 30 s; a busy machine gets more

/** Starts the bot on a store, without waiting for it. */
export function startBot({ env = {}, folder, isConnected, flags = [], main = door }: BotOptions): BotProcess {
  const child = spawn(process.execPath, [...flags, main, "serve"], {
    cwd: folder ?? tmpdir(),
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      EDGEWRIGHT_STORE: folder ? storeOf(folder) : "memory:",
      EDGEWRIGHT_MESSAGES_PER_MINUTE: "0",
      EDGEWRIGHT_PLANS_PER_PERSON_PER_DAY: "0",
      EDGEWRIGHT_PLANS_PER_WORKSPACE_PER_DAY: "0",
      ...env,
    },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const log: LogLine[] = [];
  const { promise: connected, resolve, reject } = Promise.withResolvers<void>();
  createInterface({ input: child.stderr }).on("line", (text) => {
    const line = parsed(text);
    log.push(line);
    if (isConnected(line)) resolve();
    if (process.env.SHOW_LOG) console.error(text);
  });
  const exited = once(child, "exit").then(([code]) => {
    reject(new Error(`the bot ended with ${code}: ${JSON.stringify(log.at(-1))}`));
    return code as number | null;
  });
  const late = setTimeout(() => reject(new Error(`not connected after ${connectMs} ms`)), connectMs);
  connected.catch(() => {}).finally(() => clearTimeout(late));
  return {
    pid: child.pid!,
    log,
    connected,
    exited,
    async stop(signal = "SIGTERM") {
      child.kill(signal);
      const hangs = sleep(endMs, "hangs", { ref: false });
      const code = await Promise.race([exited, hangs]);
      if (code !== "hangs") return code as number | null;
      child.kill("SIGKILL");
      throw new Error(`the bot did not end within ${endMs} ms of ${signal}: ${JSON.stringify(log.at(-1))}`);
    },
  };
}

/** Where the bot of a folder keeps its store. */
export const storeOf = (folder: string): string => `sqlite:${join(folder, "store.sqlite")}`;

function parsed(text: string): LogLine {
  try {
    return JSON.parse(text);
  } catch {
    return { msg: text };
  }
}

/** Starts the same bot again and again on one store. */
export type Keeper = {
  start: () => Promise<void>;
  /** Starts it without waiting until it can be reached. */
  launch: () => void;
  /** Ends it; a start that is under way, too. */
  stop: (signal?: NodeJS.Signals) => Promise<number | null>;
  /** Resolves once the bot that runs now, or the one started next, can be reached. */
  up: () => Promise<void>;
  isUp: () => boolean;
  /** Errors in the logs of all that ran. */
  errors: () => string[];
};

/** Keeps a bot on a stage; it is started and ended by the caller. */
export function keepBot(stage: Stage, folder: string, env: Record<string, string> = {}): Keeper {
  const logs: LogLine[][] = [];
  let bot: BotProcess | undefined;
  let isUp = false;
  let next = Promise.withResolvers<void>();

  function launch(): void {
    const one = startBot({ env: { ...stage.env, ...env }, folder, isConnected: stage.isConnected });
    bot = one;
    logs.push(one.log);
    void one.connected.then(
      async () => {
        await stage.attach?.(one.log);
        if (bot !== one) return;
        isUp = true;
        next.resolve();
      },
      () => {},
    );
  }

  return {
    launch,
    async start() {
      launch();
      await bot!.connected;
      await next.promise;
    },
    async stop(signal = "SIGTERM") {
      const one = bot;
      bot = undefined;
      if (isUp) next = Promise.withResolvers<void>();
      isUp = false;
      return one ? one.stop(signal) : null;
    },
    up: () => next.promise,
    isUp: () => isUp,
    errors: () =>
      logs.flat().flatMap((line) => (Number(line.level) >= 50 ? [JSON.stringify(line).slice(0, 600)] : [])),
  };
}
