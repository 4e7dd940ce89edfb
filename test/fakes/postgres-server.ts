import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

type Client = {
  connect: () => Promise<void>;
  query: (statement: string) => Promise<unknown>;
  end: () => Promise<void>;
  on: (event: "error", listener: () => void) => void;
};
// The client that comes with the adapter; psql is not installed everywhere.
const { Client } = createRequire(createRequire(import.meta.url).resolve("@keyv/postgres"))("pg") as {
  Client: new (url: string) => Client;
};

const DEBIAN = "/usr/lib/postgresql";
const startMs = 20_000;

/** A PostgreSQL of this machine on a free port, its data in a temporary folder; `crash` and `start` again at will. */
export type PostgresServer = {
  url: (database?: string) => string;
  folder: string;
  start: () => Promise<void>;
  /** Ends every process at once, as a loss of power would. */
  crash: () => Promise<void>;
  createDatabase: (name: string) => Promise<void>;
  close: () => Promise<void>;
};

/** The folder of `initdb` and `postgres`, where there is one. */
export function findPostgres(): string | undefined {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort().reverse() : [];
  const folders = [
    ...(process.env.PATH ?? "").split(delimiter),
    ...versions.map((v) => join(DEBIAN, v, "bin")),
  ];
  return folders.find((folder) => existsSync(join(folder, "initdb")) && existsSync(join(folder, "postgres")));
}

/** Makes a database cluster and starts it; as the user `postgres` when we are root, which PostgreSQL refuses to be. */
export async function startPostgres(bin: string): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), "edgewright-pg-"));
  const owner = process.getuid?.() === 0 ? userIds("postgres") : {};
  if (owner.uid !== undefined) chownSync(folder, owner.uid, owner.gid ?? owner.uid);
  const data = join(folder, "data");
  const options = { ...owner, cwd: folder, env: { ...process.env, LC_ALL: "C" } };
  run(join(bin, "initdb"), ["-D", data, "-U", "edge", "-A", "trust", "-E", "UTF8", "--no-sync"], options);
  const port = await freePort();
  let server: ChildProcess | undefined;

  const url = (database = "postgres") => `postgres://edge@127.0.0.1:${port}/${database}`;

  async function sql(statement: string): Promise<void> {
    const client = new Client(url());
    client.on("error", () => {}); // the server may be ended under it
    await client.connect();
    await client.query(statement).finally(() => client.end());
  }

  async function start(): Promise<void> {
    const settings = ["-c", "listen_addresses=127.0.0.1", "-c", `unix_socket_directories=${folder}`];
    server = spawn(join(bin, "postgres"), ["-D", data, "-p", String(port), ...settings], {
      ...options,
      stdio: "ignore",
    });
    const until = Date.now() + startMs;
    for (;;) {
      try {
        await sql("SELECT 1");
        return;
      } catch (error) {
        if (Date.now() > until) {
          await end("SIGQUIT");
          throw error;
        }
        await wait(100);
      }
    }
  }

  /** SIGQUIT is "immediate shutdown": no checkpoint, recovery at the next start. */
  async function end(signal: "SIGQUIT" | "SIGINT"): Promise<void> {
    if (!server || server.exitCode !== null) return;
    const ended = new Promise((resolve) => server?.once("exit", resolve));
    server.kill(signal);
    await ended;
  }

  await start();
  return {
    url,
    folder: data,
    start,
    crash: () => end("SIGQUIT"),
    createDatabase: (name) => sql(`CREATE DATABASE ${name}`),
    async close() {
      await end("SIGINT");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

type SpawnSettings = { uid?: number; gid?: number; cwd: string; env: NodeJS.ProcessEnv };

function run(command: string, args: string[], options: SpawnSettings): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { ...options, encoding: "utf8" });
  if (status !== 0) throw new Error(`${command}: ${stderr || error?.message}`);
  return stdout;
}

function userIds(name: string): { uid?: number; gid?: number } {
  const id = (flag: string) => Number(spawnSync("id", [flag, name], { encoding: "utf8" }).stdout);
  return { uid: id("-u"), gid: id("-g") };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== "object" || address === null) throw new Error("no free port");
  return address.port;
}
