import { createRequire } from "node:module";
import { isArchive, type Refusal } from "#model/archive.ts";
import { Answers, type PlaceholderName, placeholderNames } from "#model/brief.ts";
import type { Attachment } from "#model/conversation.ts";
import { FENCE } from "#model/pasted.ts";
import { valid } from "./answers.ts";
import { readCsv } from "./csv.ts";

const MANIFEST = /^\s*(?:-\s*)?["']?(?:apiVersion|kind)["']?\s*:/m;
const YAML_FILE = /\.(?:ya?ml|json)$/i;
const CSV_FILE = /\.csv$/i;
const UNSAFE = /[^\w.@-]+/g;
const briefCharacters = 100_000; // a brief is a page; more is no brief

// Most messages bring no YAML along, and 72 modules take 20 ms: loaded at the first one, not at every start.
const require = createRequire(import.meta.url);
const parse = (text: string): unknown => (require("yaml") as typeof import("yaml")).parse(text);

export type YamlFile = { path: string; content: string };
/** What a message brings along besides words. */
export type Brought = {
  files: YamlFile[];
  brief?: { answers: Answers; wrong: string[] };
  /** Names of attachments nothing can be read from. */
  unread: string[];
  /** Names of what could be checked, had it come with its content. */
  missing: string[];
  /** Archives that were not unpacked, with the reason. */
  refused: { name: string; reason: Refusal; values: Readonly<Record<string, string | number>> }[];
  /** Entries of archives that lead elsewhere. */
  links: string[];
  /** The message without its fences. */
  text: string;
};

/** Takes YAML out of a message: fences, bare manifests, attachments; a brief is told from manifests by its keys. */
export function readBrought(text: string, attachments: readonly Attachment[] = []): Brought {
  const loose: YamlFile[] = [];
  const unread: string[] = [];
  const missing: string[] = [];
  const tables: Brought["brief"][] = [];
  for (const attachment of attachments) {
    if (attachment.refused || attachment.files) continue;
    const content = attachment.text ?? decoded(attachment.content);
    const table = content !== undefined && CSV_FILE.test(attachment.name) && briefFrom(readCsv(content));
    if (table) tables.push(table);
    else if (content === undefined && !attachment.content && isReadable(attachment.name))
      missing.push(attachment.name);
    else if (content === undefined || !(YAML_FILE.test(attachment.name) || MANIFEST.test(content))) {
      unread.push(attachment.name);
    } else loose.push({ path: safePath(attachment.name, loose.length), content });
  }
  const { pasted, rest } = takeFences(text);
  for (const content of pasted)
    loose.push({ path: `pasted-${loose.length + 1}.yaml`, content: `${content}\n` });
  const briefs = loose.map((file) => ({ file, brief: readBrief(file.content) }));
  const brief = briefs.find((one) => one.brief !== undefined)?.brief ?? tables[0];
  const manifests = briefs.filter((one) => one.brief === undefined).map((one) => one.file);
  const { files, ...packed } = readPacked(attachments, { isAlone: loose.length === 0 });
  return {
    files: [...manifests, ...files],
    unread,
    missing,
    ...packed,
    text: rest,
    ...(brief ? { brief } : {}),
  };
}

const isReadable = (name: string) => YAML_FILE.test(name) || CSV_FILE.test(name) || isArchive(name);

/** What archives hold. Alone one is its own root; beside others its files stand under its name. */
function readPacked(
  attachments: readonly Attachment[],
  { isAlone }: { isAlone: boolean },
): Pick<Brought, "files" | "links" | "refused"> {
  const opened = attachments.filter((one) => one.files !== undefined);
  const isRoot = isAlone && opened.length === 1;
  const found: Pick<Brought, "files" | "links" | "refused"> = { files: [], links: [], refused: [] };
  for (const { name, files = [], links = [], refused } of attachments) {
    const folder = isRoot ? "" : `${safePath(name, found.files.length)}/`;
    for (const { path, content } of files) found.files.push({ path: folder + path, content });
    for (const link of links) found.links.push(`${name}/${link}`);
    if (refused) found.refused.push({ name, ...refused });
  }
  return found;
}

function takeFences(text: string): { pasted: string[]; rest: string } {
  const pasted: string[] = [];
  if (!text.includes(":")) return { pasted, rest: text }; // neither a manifest nor a brief
  const rest = text.replace(FENCE, (whole, _fence, inside: string) => {
    if (!MANIFEST.test(inside) && !readBrief(inside)) return whole;
    pasted.push(inside);
    return " ";
  });
  if (pasted.length > 0) return { pasted, rest: rest.trim() };
  const isBare = MANIFEST.test(text) && /^\s*apiVersion\s*:/m.test(text) && /\n/.test(text);
  return isBare ? { pasted: [text], rest: "" } : { pasted, rest: text };
}

function decoded(content: Uint8Array | undefined): string | undefined {
  if (!content) return undefined;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(content);
  } catch {
    return undefined; // Not text: named to the person as unread.
  }
}

function safePath(name: string, count: number): string {
  const base = name
    .split(/[/\\]/)
    .at(-1)!
    .replace(UNSAFE, "-")
    .replace(/^[.-]+/, "");
  return base === "" ? `attached-${count + 1}.yaml` : base;
}

function readBrief(content: string): Brought["brief"] {
  if (content.length > briefCharacters) return undefined;
  try {
    return briefFrom(parse(content));
  } catch {
    return undefined; // No YAML at all is for the guard to explain.
  }
}

/** A brief has placeholder names as its keys and nothing else; values that are not allowed are named. */
function briefFrom(doc: unknown): Brought["brief"] {
  if (typeof doc !== "object" || doc === null || Array.isArray(doc)) return undefined;
  const entries = Object.entries(doc);
  const known = new Set<string>(placeholderNames);
  if (entries.length === 0 || !entries.every(([key]) => known.has(key))) return undefined;
  const fitting = entries.filter(([key, value]) => valid(key as PlaceholderName, value) !== undefined);
  const wrong = entries.filter((entry) => !fitting.includes(entry)).map(([key]) => key);
  const answers = Answers.safeParse(Object.fromEntries(fitting));
  return answers.success ? { answers: answers.data, wrong } : undefined;
}
