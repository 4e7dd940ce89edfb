import { isMap, isScalar, LineCounter, parseDocument } from "yaml";
import { UsageError } from "#model/errors.ts";
import { type GuardConfig, readGuardConfig } from "#model/guard-config.ts";
import type { Language } from "#model/text.ts";

/** What a repository says of itself, and where that stands. */
export type FoundConfig = {
  config: GuardConfig;
  /** As it is shown. */
  path: string;
  /** Folder that its globs count from, as a prefix of paths; "" is where the person stands. */
  folder: string;
  line: (pointer: string) => number;
};

const mostAliases = 20;

/** Reads the text of a configuration; `path` is what the sentences call it. */
export function readConfig(
  content: string,
  path: string,
  language: Language,
): Pick<FoundConfig, "config" | "line"> {
  const lines = new LineCounter();
  const document = parseDocument(content, { lineCounter: lines, prettyErrors: false, logLevel: "silent" });
  const [error] = document.errors;
  if (error !== undefined)
    throw new UsageError(`${path}:${lines.linePos(error.pos[0]).line}: ${error.message.split("\n")[0]}`);
  const line = (pointer: string) => lineOf(document.contents, pointer, lines);
  const read = readGuardConfig(plainValue(document, path));
  if (read.kind === "read") return { config: read.config, line };
  const sentences = read.problems.map(
    ({ pointer, message, fix }) => `${path}:${line(pointer)}: ${message[language]} ${fix[language]}`,
  );
  throw new UsageError(sentences.join("\n"));
}

function plainValue(document: ReturnType<typeof parseDocument>, path: string): unknown {
  try {
    return document.toJS({ maxAliasCount: mostAliases });
  } catch (cause) {
    throw new UsageError(`${path}: ${(cause as Error).message}`, { cause });
  }
}

function lineOf(root: unknown, pointer: string, lines: LineCounter): number {
  let [node, at] = [root, 0];
  for (const part of pointer.split("/").slice(1)) {
    const name = part.replaceAll("~1", "/").replaceAll("~0", "~");
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === name);
      if (pair === undefined) break;
      at = (pair.key as { range?: [number, number, number] }).range?.[0] ?? at;
      node = pair.value;
    } else {
      node = (node as { items?: unknown[] } | null)?.items?.[Number(name)];
      at = (node as { range?: [number, number, number] } | undefined)?.range?.[0] ?? at;
    }
  }
  return Math.max(1, lines.linePos(at).line);
}
