import {
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type LineCounter,
  type ParsedNode,
  type YAMLMap,
} from "yaml";
import type { ParsedYaml } from "#model/read-yaml.ts";

/** Line and column, from 1, of the field a JSON pointer leads to, or of the nearest one on the way. */
export function placeOf(
  document: ParsedYaml,
  lines: LineCounter,
  pointer: string,
): { line: number; col: number } {
  const { line, col } = lines.linePos(find(document, pointer).offset);
  return { line: Math.max(1, line), col: Math.max(1, col) };
}

/** The source of a scalar, quotes and all, and its first line; undefined where something else stands. */
export function scalarOf(
  document: ParsedYaml,
  { text, lines }: { text: string; lines: LineCounter },
  pointer: string,
): { text: string; line: number } | undefined {
  const { node, whole } = find(document, pointer);
  const scalar = isAlias(node) ? node.resolve(document) : node;
  if (!whole || !isScalar(scalar) || !scalar.range) return undefined;
  const [start, end] = scalar.range;
  return { text: text.slice(start, end), line: Math.max(1, lines.linePos(start).line) };
}

/** The node a pointer leads to, or the last one on the way where it leads nowhere. */
function find(document: ParsedYaml, pointer: string): { node: unknown; offset: number; whole: boolean } {
  let node: unknown = document.contents;
  let offset = document.contents?.range?.[0] ?? document.range[0];
  for (const part of pointer.split("/").slice(1)) {
    const name = part.replaceAll("~1", "/").replaceAll("~0", "~");
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = pairOf(node, name);
      if (pair === undefined) return { node, offset, whole: false };
      offset = (pair.key as ParsedNode).range[0];
      node = pair.value;
    } else if (isSeq(node)) {
      const item = node.items[Number(name)];
      if (item === undefined) return { node, offset, whole: false };
      offset = (item as ParsedNode).range?.[0] ?? offset;
      node = item;
    } else return { node, offset, whole: false };
  }
  return { node, offset, whole: true };
}

type Pairs = Map<string, YAMLMap["items"][number]>;
/** From so many on, a mapping is asked often enough to keep where its keys stand. */
const many = 64;
const indices = new WeakMap<YAMLMap, Pairs>();

function pairOf(node: YAMLMap, name: string): YAMLMap["items"][number] | undefined {
  if (node.items.length < many) {
    return node.items.find(({ key }) => isScalar(key) && String(key.value) === name);
  }
  let index = indices.get(node);
  if (index === undefined) {
    index = new Map();
    for (const pair of node.items) {
      const key = isScalar(pair.key) ? String(pair.key.value) : undefined;
      if (key !== undefined && !index.has(key)) index.set(key, pair);
    }
    indices.set(node, index);
  }
  return index.get(name);
}

/** Where a scalar stands in its document; undefined below a key that is no name. */
export function pointerOf(role: unknown, ancestors: readonly unknown[]): string | undefined {
  let pointer = typeof role === "number" ? `/${role}` : "";
  for (let i = ancestors.length - 1; i >= 0; i--) {
    const [node, parent] = [ancestors[i], ancestors[i - 1]];
    if (isPair(node)) {
      if (!isScalar(node.key)) return undefined;
      pointer = `/${String(node.key.value).replaceAll("~", "~0").replaceAll("/", "~1")}${pointer}`;
    } else if (isSeq(parent)) pointer = `/${parent.items.indexOf(node)}${pointer}`;
  }
  return pointer;
}
