import type { Readable, Writable } from "node:stream";
import type { ParseArgsOptionsConfig } from "node:util";
import type { Environment } from "./settings.ts";

/** What a command may touch of the world. Paths are relative to `cwd`: where the person stands. */
export type World = {
  stdin: Readable & { isTTY?: boolean };
  stdout: Writable & { isTTY?: boolean };
  stderr: Writable & { isTTY?: boolean };
  cwd: string;
  env: Environment;
  /** Fires when the process is asked to end. */
  signal: AbortSignal;
};

type Values = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;

/** One word of the command line. Resolves to the exit code: 0 fine, 1 findings or no plan; wrong usage throws UsageError (2). */
export type Command = {
  summary: string;
  usage: string;
  options: ParseArgsOptionsConfig;
  run: (given: { values: Values; positionals: string[] }, world: World) => Promise<number>;
};

/** Gives a command file its types. */
export function defineCommand(command: Command): Command {
  return command;
}
