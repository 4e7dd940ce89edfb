import { gunzipSync } from "node:zlib";
import type { Command, Word, WrittenFile } from "#model/command.ts";
import { lineIndex } from "#model/lines.ts";
import { readShell, splitWords } from "#model/shell.ts";
import type { ParsedDocument } from "../parse.ts";
import { scalarLines } from "./scalars.ts";
import { isCloudConfig, type Pieces, readText } from "./texts.ts";

/** Keys whose text is run: cloud-init, Kairos and Cluster API, Ansible, workflows of CI. */
const RUNS =
  /^(runcmd|bootcmd|commands?|cmd|shell|run|script|before_script|(pre|post)\w*Commands|user_?[dD]ata|ansible\.builtin\.(shell|command))$/;
/** Keys whose list is the command line of a container. */
const ARGUMENTS = ["command", "args"];
const VARIABLE = /^[A-Z][A-Z0-9_]*$/;
const maxDepth = 40;
/** The same a repository's file may have; a compressed one may hold more. */
const maxBytes = 1_000_000;

/** What keys stand for: arguments of a cloud-config, and variables of Ansible. */
export type Meanings = {
  keys: Readonly<Record<string, readonly string[]>>;
  variables: Readonly<Record<string, readonly string[] | { file: string }>>;
};
type Found = Pieces & Meanings & { document: ParsedDocument };
/** What Ansible fills in: one word, whatever stands in it. */
const JINJA = /\{\{.*?\}\}/g;

/** What a document of YAML runs and writes on a node: `write_files`, `runcmd`, the arguments of Kairos, containers, variables. */
export function findPieces(document: ParsedDocument, { keys, variables }: Meanings): Pieces {
  const found: Found = { commands: [], files: [], document, keys, variables };
  visit(document.value, { pointer: "", key: "", depth: 0 }, found);
  return { commands: found.commands, files: found.files };
}

type Place = { pointer: string; key: string; depth: number };

function visit(value: unknown, place: Place, found: Found): void {
  if (place.depth > maxDepth) return;
  if (typeof value === "string") visitText(value, place, found);
  else if (Array.isArray(value)) visitList(value, place, found);
  else if (isMapping(value)) visitMapping(value, place, found);
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function below({ pointer, depth }: Place, name: string | number, key = String(name)): Place {
  const part = String(name).replaceAll("~", "~0").replaceAll("/", "~1");
  return { pointer: `${pointer}/${part}`, key, depth: depth + 1 };
}

function visitText(text: string, { pointer, key }: Place, found: Found): void {
  const { document, commands, files, variables } = found;
  const variable = Object.hasOwn(variables, key) ? variables[key]! : undefined;
  if (variable !== undefined) {
    if ("file" in variable)
      files.push({ path: variable.file, content: text, lineAt: linesOf(text, pointer, document) });
    else commands.push(ansibleCommand(text, pointer, { found, command: variable }));
    return;
  }
  const isScript = text.startsWith("#!");
  if (isCloudConfig(text)) {
    files.push({ path: "user-data", content: text, lineAt: linesOf(text, pointer, document) });
    return;
  }
  if (!isScript && !RUNS.test(key)) return;
  const offsetLine = offsetsOf(text, pointer, document);
  const pieces = isScript ? readText("", text, offsetLine) : readShell(text, offsetLine);
  commands.push(...(pieces?.commands ?? []));
  files.push(...(pieces?.files ?? []));
}

function visitList(list: readonly unknown[], place: Place, found: Found): void {
  const isArgv = list.length > 0 && list.every((item) => typeof item === "string");
  for (const [i, item] of list.entries()) {
    // `runcmd: [[k3s, server], "k3s server"]`: a list is one command, a text a script.
    if (RUNS.test(place.key) && Array.isArray(item))
      found.commands.push(...argv(item, below(place, i), found));
    else visit(item, below(place, i, isArgv || !isMapping(item) ? place.key : ""), found);
  }
  const env = Object.fromEntries(
    list.flatMap((item, i) => {
      const { name, value } = isMapping(item) ? item : {};
      if (typeof name !== "string" || typeof value !== "string" || !VARIABLE.test(name)) return [];
      return [[name, wordAt(value, `${place.pointer}/${i}/value`, found)] as const];
    }),
  );
  if (Object.keys(env).length > 0) found.commands.push({ words: [], env });
}

function visitMapping(mapping: Record<string, unknown>, place: Place, found: Found): void {
  const written = writtenFile(mapping, place, found);
  if (written !== undefined) {
    found.files.push(written);
    return;
  }
  if (place.pointer === "") found.commands.push(...kairosCommands(mapping, found));
  found.commands.push(...containers(mapping, place, found), ...variables(mapping, place, found));
  for (const [name, value] of Object.entries(mapping)) visit(value, below(place, name), found);
}

/** cloud-init and Kairos: `path` and `content`; Ansible: `dest` and `content`; Butane: `contents.inline`, and units by name. */
function writtenFile(
  mapping: Record<string, unknown>,
  { pointer }: Place,
  { document }: Found,
): WrittenFile | undefined {
  const { path, dest, name, content, contents, encoding } = mapping;
  const inline = isMapping(contents) ? contents.inline : contents;
  const text = typeof content === "string" ? content : typeof inline === "string" ? inline : undefined;
  const unit = typeof name === "string" && /\.service$/.test(name) ? name : undefined;
  const target = [path, dest, unit].find((one) => typeof one === "string");
  if (text === undefined || target === undefined) return undefined;
  const inner =
    typeof content === "string" ? "/content" : isMapping(contents) ? "/contents/inline" : "/contents";
  const decoded = decode(text, encoding);
  if (decoded === undefined) return undefined;
  // What was encoded stands on one line, or on lines that say nothing.
  const first = document.line(pointer + inner);
  const lineAt = decoded === text ? linesOf(text, pointer + inner, document) : () => first;
  return { path: target, content: decoded, lineAt };
}

/** The encodings of cloud-init; undefined for one that cannot be read. */
function decode(text: string, encoding: unknown): string | undefined {
  if (encoding === undefined || encoding === null || encoding === "" || encoding === "text/plain")
    return text;
  const packed = /^(gz|gzip)(\+b(ase)?64)?$/.test(String(encoding));
  if (!packed && !/^b(ase)?64$/.test(String(encoding))) return undefined;
  try {
    const bytes = Buffer.from(text, "base64");
    return (packed ? gunzipSync(bytes, { maxOutputLength: maxBytes }) : bytes).toString("utf8");
  } catch {
    return undefined;
  }
}

/** `k3s: { enabled: true, args: [--disable=traefik], env: {} }`. */
function kairosCommands(document: Record<string, unknown>, found: Found): Command[] {
  return Object.entries(found.keys).flatMap(([key, command]) => {
    const said = document[key];
    if (!isMapping(said) || !Array.isArray(said.args)) return [];
    const line = found.document.line(`/${key}`);
    const first = command.map((text): Word => ({ text, line, open: false }));
    const words = said.args.flatMap((item, i) =>
      splitWords(wordAt(String(item), `/${key}/args/${i}`, found)),
    );
    const env = isMapping(said.env) ? environment(said.env, `/${key}/env`, found) : {};
    return [{ words: [...first, ...words], env }];
  });
}

/** `extra_server_args: "--disable traefik {{ more }}"`: what follows the command in the unit the role writes. */
function ansibleCommand(
  text: string,
  pointer: string,
  { found, command }: { found: Found; command: readonly string[] },
): Command {
  const words = splitWords(wordAt(text.replaceAll(JINJA, "$_"), pointer, found));
  const first = command.map(
    (word): Word => ({ text: word, line: found.document.line(pointer), open: false }),
  );
  return { words: [...first, ...words], env: {} };
}

/** A container as the command line that would start it. */
function containers(mapping: Record<string, unknown>, { pointer }: Place, found: Found): Command[] {
  const { image } = mapping;
  if (typeof image !== "string") return [];
  const words = ARGUMENTS.flatMap((key) => {
    const value = mapping[key];
    if (typeof value === "string") return splitWords(wordAt(value, `${pointer}/${key}`, found));
    return Array.isArray(value) ? wordsOf(value, `${pointer}/${key}`, found) : [];
  });
  const start = ["docker", "run"].map(
    (text): Word => ({ text, line: found.document.line(pointer), open: false }),
  );
  return words.length === 0
    ? []
    : [{ words: [...start, wordAt(image, `${pointer}/image`, found), ...words], env: {} }];
}

/** A mapping of variables: `INSTALL_K3S_EXEC: server`. */
function variables(mapping: Record<string, unknown>, { pointer }: Place, found: Found): Command[] {
  const env = environment(mapping, pointer, found);
  return Object.keys(env).length > 0 ? [{ words: [], env }] : [];
}

function environment(mapping: Record<string, unknown>, pointer: string, found: Found): Record<string, Word> {
  const set = Object.entries(mapping).filter(
    ([name, value]) => VARIABLE.test(name) && typeof value === "string",
  );
  return Object.fromEntries(
    set.map(([name, value]) => [name, wordAt(value as string, `${pointer}/${name}`, found)]),
  );
}

function argv(list: readonly unknown[], { pointer }: Place, found: Found): Command[] {
  const words = wordsOf(list, pointer, found);
  const script = /(^|\/)(ba|da|a)?sh$/.test(words[0]?.text ?? "")
    ? words.findIndex(({ text }) => /^-[a-z]*c$/.test(text))
    : -1;
  const inline = script > 0 ? words[script + 1] : undefined;
  if (inline === undefined) return [{ words, env: {} }];
  return readShell(inline.text, lineIndex(inline.text, inline.line)).commands;
}

function wordsOf(list: readonly unknown[], pointer: string, found: Found): Word[] {
  return list.map((item, i) => wordAt(String(item), `${pointer}/${i}`, found));
}

function wordAt(text: string, pointer: string, { document }: Found): Word {
  return { text, line: document.line(pointer), open: /[$`]|\{\{/.test(text) };
}

function offsetsOf(text: string, pointer: string, document: ParsedDocument): (offset: number) => number {
  const source = document.scalar(pointer);
  const first = document.line(pointer);
  return source === undefined ? () => first : scalarLines(text, source);
}

/** From a line of the content, from 1, to a line of the file. */
function linesOf(text: string, pointer: string, document: ParsedDocument): (line: number) => number {
  const offsetLine = offsetsOf(text, pointer, document);
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  // The end of the line, because an empty start belongs to the word before it.
  return (line) => offsetLine((starts[line] ?? text.length + 1) - 1);
}
