import { mark, standsFor } from "./mark.ts";

const KIND = "kubernetes-secret";
const KEY = /^(\s{0,500}(?:- {1,20})?)(["']?)([\w.$/-]{1,253})\2 {0,20}:(?: {1,200}(.*))?$/;

/** Blanks the values of `data` and `stringData` in manifests of kind Secret, in YAML and in JSON; names stay. */
export function kubernetesSecrets(text: string): string {
  if (!text.includes("Secret")) return text;
  return inJson(inYaml(text));
}

type Line = {
  indent: number;
  key?: string;
  value?: string;
  item: boolean;
  blank: boolean;
  boundary: boolean;
};

function inYaml(text: string): string {
  if (!/kind["']?: *["']?Secret\b/.test(text)) return text;
  const lines = text.split("\n");
  const read = lines.map(readLine);
  const done = new Map<number, number>(); // indent -> end of the last object looked at there
  for (const [at, { key, value, indent }] of read.entries()) {
    if (key !== "kind" || !/^["']?Secret["']?\s*(#.*)?$/.test(value ?? "")) continue;
    if (at < (done.get(indent) ?? -1)) continue;
    const [start, end] = objectAround(read, at, indent);
    done.set(indent, end);
    blankData(lines, read, { start, end, indent });
  }
  return lines.join("\n");
}

function readLine(line: string): Line {
  const found = KEY.exec(line.endsWith("\r") ? line.slice(0, -1) : line);
  if (!found)
    return {
      indent: line.search(/\S|$/),
      item: false,
      blank: isBlank(line),
      boundary: /^(?:---|\.\.\.)/.test(line),
    };
  const [, lead = "", , key = "", value] = found;
  return {
    indent: lead.length,
    key,
    item: lead.includes("-"),
    blank: false,
    boundary: false,
    ...(value !== undefined && { value }),
  };
}

const isBlank = (line: string) => /^(?:#|$)/.test(line.trimStart());

/** First and last line of the mapping a key stands in. */
function objectAround(lines: readonly Line[], at: number, indent: number): [number, number] {
  const inside = ({ indent: of, blank, boundary }: Line) => !boundary && (blank || of >= indent);
  let start = at;
  while (start > 0 && !(lines[start]!.item && lines[start]!.indent === indent) && inside(lines[start - 1]!))
    start--;
  let end = at + 1;
  while (end < lines.length && inside(lines[end]!) && !(lines[end]!.item && lines[end]!.indent === indent))
    end++;
  return [start, end];
}

function blankData(
  lines: string[],
  read: readonly Line[],
  { start, end, indent }: { start: number; end: number; indent: number },
): void {
  let within = false;
  let nameIndent = -1; // of the entry whose value goes on in the next lines
  for (let at = start; at < end; at++) {
    const { indent: of, key, value, blank } = read[at]!;
    if (of === indent && key !== undefined) {
      within = key === "data" || key === "stringData";
      nameIndent = -1;
      if (within && value?.startsWith("{")) lines[at] = lines[at]!.replace(FLOW, flow);
      continue;
    }
    if (!within || blank) continue;
    if (key !== undefined && (nameIndent === -1 || of <= nameIndent)) {
      nameIndent = of;
      if (value !== undefined && !/^[|>]/.test(value)) lines[at] = hideValue(lines[at]!, value);
      continue;
    }
    // Lines of a block scalar: one mark in the first, the others emptied, so that line numbers stay.
    if (!lines[at]!.includes("‹secret:")) lines[at] = `${" ".repeat(of)}${mark(KIND)}`;
  }
}

function hideValue(line: string, value: string): string {
  const bare = value.trim().replace(/^(["'])(.*)\1$/, "$2");
  if (standsFor(bare)) return line;
  return (
    line.slice(0, line.length - (line.endsWith("\r") ? 1 : 0) - value.length) +
    mark(KIND) +
    (line.endsWith("\r") ? "\r" : "")
  );
}

const FLOW = /([\w.-]+["']?: *)("[^"]*"|'[^']*'|[^\s,{}"']+)/g;

function flow(whole: string, name: string, value: string): string {
  const bare = value.replace(/^(["'])(.*)\1$/, "$2");
  if (standsFor(bare) || /^(?:data|stringData)["']?: *$/.test(name)) return whole;
  return value === bare ? name + mark(KIND) : `${name}${value[0]}${mark(KIND)}${value[0]}`;
}

// A Secret holds at most 1 MiB, a key 253 characters, see https://kubernetes.io/docs/concepts/configuration/secret/
const JSON_DATA = /"(?:data|stringData)"\s{0,20}:\s{0,20}\{/g;
const JSON_ENTRY =
  /\s{0,500},?\s{0,500}("(?:[^"\\]|\\.){0,253}"\s{0,50}:\s{0,50})"((?:[^"\\]|\\.){0,1500000})"/y;

function inJson(text: string): string {
  if (!/"kind"\s{0,20}:\s{0,20}"Secret"/.test(text)) return text;
  let result = "";
  let from = 0;
  for (const { index, 0: head } of text.matchAll(JSON_DATA)) {
    if (index < from) continue;
    for (let at = index + head.length; ; at = JSON_ENTRY.lastIndex) {
      JSON_ENTRY.lastIndex = at;
      const entry = JSON_ENTRY.exec(text);
      if (!entry) break;
      const value = entry[2]!;
      if (standsFor(value)) continue;
      const end = JSON_ENTRY.lastIndex;
      result += `${text.slice(from, end - value.length - 1)}${mark(KIND)}"`;
      from = end;
    }
  }
  return result + text.slice(from);
}
