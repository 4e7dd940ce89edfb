import { Readable, Writable } from "node:stream";
import { parseArgs } from "node:util";
import { UsageError } from "#model/errors.ts";
import type { Command } from "../../src/app/command.ts";
import type { Ended } from "./run-cli.ts";

type Where = { cwd: string; input?: string | Buffer; env?: Record<string, string>; isTTY?: boolean };

/** Runs a command in this process, for tests of many calls: a process of its own costs a third of a second each. */
export async function runCommand(
  command: Command,
  args: string[],
  { cwd, input, env = {}, isTTY = false }: Where,
): Promise<Ended> {
  const stdin = Object.assign(Readable.from(input === undefined ? [] : [Buffer.from(input)]), { isTTY });
  const [stdout, stderr] = [sink(isTTY), sink(isTTY)];
  const world = { stdin, stdout, stderr, cwd, env, signal: new AbortController().signal };
  try {
    const given = parseArgs({ args, options: command.options, allowPositionals: true });
    const code = await command.run(given, world);
    return { code, stdout: stdout.text(), stderr: stderr.text() };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const code = error instanceof UsageError ? 2 : 1;
    return { code, stdout: stdout.text(), stderr: `${stderr.text()}edgewright: ${error.message}\n` };
  }
}

function sink(isTTY: boolean) {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write(chunk, _, done) {
      chunks.push(Buffer.from(chunk));
      done();
    },
  });
  return Object.assign(stream, { isTTY, text: () => Buffer.concat(chunks).toString() });
}
