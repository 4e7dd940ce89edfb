import { readFile, stat } from "node:fs/promises";
import { isAbsolute, resolve } from "node:path";
import { parseDocument } from "yaml";
import type { z } from "zod";
import { Answers, placeholderNames } from "#model/brief.ts";
import { UsageError } from "#model/errors.ts";
import { nearestNames } from "#model/nearest.ts";
import type { World } from "./command.ts";

const briefBytes = 1_048_576; // a brief is a page; a megabyte is somebody's mistake
const aliases = 50;
const nesting = 100;

/** Reads a brief from a file, or from standard input for `-`. Every fault is one sentence that says what would be right. */
export async function readBrief(path: string, world: World): Promise<Answers> {
  const name = path === "-" ? "standard input" : path;
  const bytes = path === "-" ? await readStream(world, name) : await readPath(path, world);
  return parseBrief(decode(bytes, name), name);
}

async function readPath(path: string, world: World): Promise<Buffer> {
  const full = isAbsolute(path) ? path : resolve(world.cwd, path);
  try {
    const about = await stat(full);
    if (!about.isFile())
      throw new UsageError(
        `brief: "${path}" is not a file. Name a YAML or JSON file, or - for standard input`,
      );
    if (about.size > briefBytes) throw tooLarge(path, about.size);
    return await readFile(full);
  } catch (cause) {
    if (cause instanceof UsageError) throw cause;
    throw new UsageError(
      `brief: cannot read "${path}" (${(cause as NodeJS.ErrnoException).code}). Name a readable YAML or JSON file`,
      { cause },
    );
  }
}

async function readStream({ stdin }: World, name: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stdin) {
    size += chunk.length;
    if (size > briefBytes) throw tooLarge(name, size);
    chunks.push(Buffer.from(chunk));
  }
  return Buffer.concat(chunks);
}

function tooLarge(name: string, bytes: number): UsageError {
  return new UsageError(
    `brief: ${name} holds more than ${Math.floor(bytes / 1024)} KiB. A brief is at most ${briefBytes / 1024} KiB of YAML or JSON`,
  );
}

function decode(bytes: Buffer, name: string): string {
  try {
    const words = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    if (!words.includes("\u0000")) return words;
  } catch {
    // Falls through to the one sentence below.
  }
  throw new UsageError(`brief: ${name} is not text. A brief is UTF-8 YAML or JSON, such as "sites: 5000"`);
}

/** Parses the text of a brief; `name` is what the sentences call it. */
export function parseBrief(words: string, name: string): Answers {
  if (nestsDeeply(words))
    throw new UsageError(
      `brief: ${name} is nested too deeply. A brief is a flat object, such as "sites: 5000"`,
    );
  const document = parseDocument(words, { uniqueKeys: true, logLevel: "silent" });
  const error = document.errors[0];
  if (error) {
    const line = error.linePos?.[0].line;
    throw new UsageError(
      `brief: ${name}${line ? `, line ${line}` : ""} is not YAML: ${error.message.split("\n")[0]?.replace(/ at line.*$/, "")}`,
    );
  }
  const value = toValue(document, name);
  if (value === null || value === undefined)
    throw new UsageError(`brief: ${name} is empty. Give at least one answer, such as "sites: 5000"`);
  if (typeof value !== "object" || Array.isArray(value)) {
    throw new UsageError(
      `brief: ${name} holds ${Array.isArray(value) ? "a list" : `a ${typeof value}`}. It must be an object keyed by placeholder name, such as "sites: 5000"`,
    );
  }
  const parsed = Answers.safeParse(value);
  if (parsed.success) return parsed.data;
  const sentences = parsed.error.issues
    .slice(0, 5)
    .map((issue) => sentence(issue, value as Record<string, unknown>));
  const more = parsed.error.issues.length - sentences.length;
  throw new UsageError(`brief: ${sentences.join("; ")}${more > 0 ? `; and ${more} more` : ""}`);
}

/** Brackets inside brackets overflow the parser long before they mean anything; quoted ones are counted too, which errs on the safe side. */
function nestsDeeply(words: string): boolean {
  let depth = 0;
  for (const [bracket] of words.matchAll(/[[\]{}]/g)) {
    depth += bracket === "[" || bracket === "{" ? 1 : -1;
    if (depth > nesting) return true;
  }
  return false;
}

function toValue(document: ReturnType<typeof parseDocument>, name: string): unknown {
  try {
    return document.toJS({ maxAliasCount: aliases });
  } catch (cause) {
    throw new UsageError(
      `brief: ${name} uses too many YAML aliases (more than ${aliases}). Write the values out`,
      { cause },
    );
  }
}

function sentence(issue: z.core.$ZodIssue, value: Record<string, unknown>): string {
  if (issue.code === "unrecognized_keys") {
    const place = issue.path.length > 0 ? `${issue.path.join(".")}.` : "";
    return issue.keys
      .map((key) => `"${clip(place + key)}" is no placeholder${place ? "" : suggest(key)}`)
      .join("; ");
  }
  const given = issue.path.reduce<unknown>(
    (at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key],
    value,
  );
  return `${issue.path.join(".")}: ${clip(JSON.stringify(given) ?? "nothing")} is wrong: ${issue.message.replace(/^Invalid input: |^Invalid option: /, "")}`;
}

const clip = (words: string) => (words.length > 80 ? `${words.slice(0, 77)}…` : words);

function suggest(key: string): string {
  const [best] = nearestNames(key.slice(0, 40), placeholderNames);
  return best ? `, did you mean "${best}"?` : `. Known: ${placeholderNames.join(", ")}`;
}
