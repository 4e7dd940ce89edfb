import { isMap, isSeq, type YAMLMap, type YAMLSeq } from "yaml";
import { type Edit, type Member, type Source, type Written, writtenOf } from "./source.ts";

/** Replaces a deprecated field of a kustomization by its successor; what it holds keeps its lines and comments. */
export function replaceField(from: string, member: Member, source: Source): Edit[] | undefined {
  switch (from) {
    case "commonLabels":
      return labels(member, source);
    case "patchesStrategicMerge":
      return patches(member, source);
    case "bases":
      return resources(member, source);
    default:
      return undefined;
  }
}

function renamed({ key }: Member, to: string): Edit {
  return { from: key.offset, to: key.offset + key.source.length, text: to };
}

function insert(at: number, text: string): Edit {
  return { from: at, to: at, text };
}

/** `commonLabels` set selectors and templates too, and so must what stands in its place. */
function labels(member: Member, source: Source): Edit[] | undefined {
  const { value } = member.pair;
  if (!isMap(value) || value.anchor !== undefined || value.tag !== undefined) return undefined;
  const rename = renamed(member, "labels");
  const [start, end] = value.range!;
  if (value.flow)
    return [
      rename,
      insert(start + source.bom, "[{includeSelectors: true, pairs: "),
      insert(end + source.bom, "}]"),
    ];
  const last = lastScalar(value, source);
  if (last === undefined) return undefined;
  const first = lineEnd(source.text, member.key.offset);
  const indent = indentOf(source.text, member.key.offset);
  const lineBreak = source.text[first - 1] === "\r" ? "\r\n" : "\n";
  const head = [`${indent}  - includeSelectors: true`, `${indent}    pairs:`];
  return [
    rename,
    insert(first + 1, head.map((line) => line + lineBreak).join("")),
    ...indented(source.text, { from: first + 1, to: endOf(last), by: 4 }),
  ];
}

function patches(member: Member, source: Source): Edit[] | undefined {
  const { value } = member.pair;
  if (!isSeq(value) || value.anchor !== undefined || value.tag !== undefined) return undefined;
  const edits = value.items.map((item) =>
    patch(writtenOf(item, source.bom), Boolean(value.flow), source.text),
  );
  return edits.includes(undefined) ? undefined : [renamed(member, "patches"), ...(edits as Edit[][]).flat()];
}

/** A path, or the patch itself as text. */
function patch(item: Written | undefined, isFlow: boolean, text: string): Edit[] | undefined {
  if (item === undefined || typeof item.node.value !== "string") return undefined;
  const isInline = /[\n{]/.test(item.node.value);
  const name = isInline ? "patch" : "path";
  if (item.style !== "block") {
    if (item.source.includes("\n")) return undefined;
    return isFlow
      ? [insert(item.offset, `{${name}: `), insert(endOf(item), "}")]
      : [insert(item.offset, `${name}: `)];
  }
  const body = lineEnd(text, item.offset) + 1;
  // A number in the header fixes how far the text stands in.
  if (/^[|>][-+]?\d/.test(text.slice(item.offset, body))) return undefined;
  return [
    insert(item.offset, `${name}: `),
    ...indented(text, { from: body, to: body + item.source.length, by: 2 }),
  ];
}

/** `bases` were read after `resources`: alone it takes another name, beside them its lines move to their end. */
function resources(member: Member, source: Source): Edit[] | undefined {
  const { pair, map } = member;
  const other = map.items.find(
    ({ key }) => (key as { value?: unknown } | null)?.value === "resources",
  )?.value;
  if (other === undefined) return [renamed(member, "resources")];
  const from = blockLines(pair.value, source);
  const to = blockLines(other, source);
  if (from === undefined || to === undefined) return undefined;
  const { text } = source;
  const keyLine = text.lastIndexOf("\n", member.key.offset) + 1;
  const keyEnd = Math.min(text.length, lineEnd(text, member.key.offset) + 1);
  const [note] = /#[^\r\n]*/.exec(text.slice(member.key.offset, keyEnd)) ?? [];
  const lines = [...(note ? [`${note}\n`] : []), ...text.slice(keyEnd, from.end).split(/(?<=\n)/)];
  const moved = lines.map((line) =>
    line.trim() === ""
      ? line
      : to.indent + (line.startsWith(from.indent) ? line.slice(from.indent.length) : line),
  );
  const isLast = to.end === text.length && !text.endsWith("\n");
  // In this order: directly below `resources` both begin at the same place.
  const block = moved.join("").replace(/(?<!\n)$/, "\n");
  return [
    insert(to.end, isLast ? `\n${block.slice(0, -1)}` : block),
    { from: keyLine, to: from.end, text: "" },
  ];
}

type Lines = { start: number; end: number; indent: string };

/** The whole lines of a list in block style whose items are single words. */
function blockLines(value: unknown, { text, bom }: Source): Lines | undefined {
  if (!isSeq(value) || value.flow || value.anchor !== undefined || value.items.length === 0) return undefined;
  const items = (value as YAMLSeq).items.map((item) => writtenOf(item, bom));
  if (items.some((item) => item === undefined || item.style === "block" || item.source.includes("\n")))
    return undefined;
  const [first, last] = [items[0]!, items.at(-1)!];
  const start = text.lastIndexOf("\n", first.offset) + 1;
  const indent = /^( *)- /.exec(text.slice(start))?.[1];
  return indent === undefined
    ? undefined
    : { start, end: Math.min(text.length, lineEnd(text, last.offset) + 1), indent };
}

/** The scalar a mapping ends with, where every value of it is one on a line of its own. */
function lastScalar(map: YAMLMap, { bom }: Source): Written | undefined {
  const values = map.items.map(({ value }) => writtenOf(value, bom));
  return values.some((value) => value === undefined || value.style === "block") ? undefined : values.at(-1);
}

function endOf({ offset, source }: Written): number {
  return offset + source.length;
}

function lineEnd(text: string, from: number): number {
  const at = text.indexOf("\n", from);
  return at < 0 ? text.length : at;
}

function indentOf(text: string, offset: number): string {
  return " ".repeat(offset - (text.lastIndexOf("\n", offset - 1) + 1));
}

/** Moves every line that begins in a range to the right; empty ones stay empty. */
function indented(text: string, { from, to, by }: { from: number; to: number; by: number }): Edit[] {
  const edits: Edit[] = [];
  for (let at = from; at < to; at = lineEnd(text, at) + 1) {
    const line = text.slice(at, lineEnd(text, at));
    if (line.trim() !== "") edits.push(insert(at, " ".repeat(by)));
  }
  return edits;
}
