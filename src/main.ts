import { readdir, readFile } from "node:fs/promises";
import { enableCompileCache } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import type { Command, World } from "./app/command.ts";
import { TaskError, UsageError } from "./model/errors.ts";

// Stripping types and compiling is half of a cold start; the second start reads it from the cache.
enableCompileCache();

const folder = join(import.meta.dirname, "app", "commands");
const extension = import.meta.filename.endsWith(".ts") ? ".ts" : ".js";

async function commandNames(): Promise<string[]> {
  const entries = await readdir(folder);
  return entries
    .filter((entry) => entry.endsWith(extension))
    .map((entry) => entry.slice(0, -extension.length));
}

async function loadCommand(name: string): Promise<Command> {
  const known = await commandNames();
  if (!known.includes(name)) {
    throw new UsageError(`no command "${name}". Pick one of: ${known.sort().join(", ")} (edgewright --help)`);
  }
  return (await import(pathToFileURL(join(folder, `${name}${extension}`)).href)).default;
}

async function help(): Promise<string> {
  const names = (await commandNames()).sort();
  const commands = await Promise.all(names.map(loadCommand));
  const lines = commands.map(({ usage, summary }) => `  edgewright ${usage}\n      ${summary}`);
  return `Edgewright plans Kubernetes at the edge.\n\nWithout a command it serves what is configured, or talks in this terminal.\n\n${lines.join("\n")}\n`;
}

async function version(): Promise<string> {
  return JSON.parse(await readFile(join(import.meta.dirname, "..", "package.json"), "utf8")).version;
}

function parse(name: string, command: Command, args: string[]) {
  try {
    const { values, positionals } = parseArgs({
      args,
      options: command.options,
      allowPositionals: true,
      strict: true,
    });
    return { values, positionals };
  } catch (cause) {
    throw new UsageError(
      `${name}: ${(cause as Error).message.split("\n")[0]} Usage: edgewright ${command.usage}`,
      { cause },
    );
  }
}

async function run(args: string[], world: World): Promise<number> {
  const [name = "start", ...rest] = args;
  if (name === "--help" || name === "-h" || name === "help") {
    world.stdout.write(await help());
    return 0;
  }
  if (name === "--version" || name === "-v") {
    world.stdout.write(`${await version()}\n`);
    return 0;
  }
  const command = await loadCommand(name.startsWith("-") ? "start" : name);
  const given = name.startsWith("-") ? args : rest;
  if (given.includes("--help") || given.includes("-h")) {
    world.stdout.write(`edgewright ${command.usage}\n\n${command.summary}\n`);
    return 0;
  }
  return command.run(parse(name, command, given), world);
}

/** Says what went wrong in one sentence and names the exit code for it. */
function explain(error: unknown, world: World): number {
  const known = error instanceof UsageError || error instanceof TaskError;
  const sentence = error instanceof Error ? error.message : String(error);
  world.stderr.write(
    `edgewright: ${known ? sentence : `unexpected error: ${sentence} (please report it; EDGEWRIGHT_LOG_LEVEL=debug shows more)`}\n`,
  );
  if (!known && world.env.EDGEWRIGHT_LOG_LEVEL === "debug" && error instanceof Error)
    world.stderr.write(`${error.stack}\n`);
  return error instanceof UsageError ? 2 : 1;
}

const lingerMs = 3_000;
const stop = new AbortController();
for (const signal of ["SIGTERM", "SIGHUP"] as const)
  process.once(signal, () => stop.abort(new Error(signal)));
// A reader that closes the pipe early (`| head`) has had enough; that is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

const world: World = {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  cwd: process.env.INIT_CWD ?? process.cwd(),
  env: process.env,
  signal: stop.signal,
};
try {
  process.exitCode = await run(process.argv.slice(2), world);
} catch (error) {
  process.exitCode = explain(error, world);
}
// Whoever is told to end ends, whatever a library still holds open.
if (stop.signal.aborted) setTimeout(() => process.exit(), lingerMs).unref();
