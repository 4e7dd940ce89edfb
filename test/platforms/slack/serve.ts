import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { FakeSlack } from "../../fakes/slack.ts";

export type Served = {
  pid: number;
  /** Lines of the log so far, parsed. */
  log: Record<string, unknown>[];
  /** Resolves to the exit code. */
  exited: Promise<number | null>;
  stop: (signal?: NodeJS.Signals) => Promise<number | null>;
};

type Options = {
  transport?: "socket" | "http";
  env?: Record<string, string>;
  /** A folder whose store outlives the process. */
  folder?: string;
  /** Whether to wait until Slack can reach it. */
  wait?: boolean;
};

const main = join(import.meta.dirname, "..", "..", "..", "src", "main.ts");

/** A folder for stores, gone when the test is over. */
export async function storeFolder(): Promise<{ folder: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), "edgewright-slack-"));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** The real process, `edgewright serve`, connected to a fake Slack. */
export async function serve(
  fake: FakeSlack,
  { transport = "socket", env = {}, folder, wait = true }: Options,
): Promise<Served> {
  const child = spawn(process.execPath, [main, "serve"], {
    cwd: folder ?? tmpdir(),
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      EDGEWRIGHT_STORE: folder ? `sqlite:${join(folder, "store.sqlite")}` : "memory:",
      EDGEWRIGHT_MESSAGES_PER_MINUTE: "0",
      SLACK_BOT_TOKEN: fake.tokens.bot,
      ...(transport === "socket"
        ? { SLACK_APP_TOKEN: fake.tokens.app }
        : { SLACK_SIGNING_SECRET: fake.tokens.signingSecret, SLACK_PORT: "0" }),
      SLACK_API_URL: fake.apiUrl,
      SLACK_POSTS_PER_SECOND: "1000",
      ...env,
    },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const log: Record<string, unknown>[] = [];
  createInterface({ input: child.stderr }).on("line", (line) => {
    try {
      log.push(JSON.parse(line));
    } catch {
      log.push({ msg: line });
    }
    if (process.env.SHOW_LOG) console.error(line);
  });
  const exited = once(child, "exit").then(([code]) => code as number | null);
  if (wait) {
    const connected = fake.waitFor(async () => log.find(({ msg }) => msg === "slack is connected"), {
      what: "the bot is connected",
      timeoutMs: 20_000,
    });
    await Promise.race([
      connected,
      exited.then((code) =>
        Promise.reject(new Error(`the bot ended with ${code}: ${JSON.stringify(log.at(-1))}`)),
      ),
    ]);
    const address = log.find(({ address }) => address)?.address as { port: number } | undefined;
    if (transport === "http") await fake.connectHttp(`http://127.0.0.1:${address!.port}/slack/events`);
  }
  return {
    pid: child.pid!,
    log,
    exited,
    async stop(signal = "SIGTERM") {
      child.kill(signal);
      return exited;
    },
  };
}
