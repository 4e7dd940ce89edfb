import {
  Composer,
  type Document,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type ParsedNode,
  Parser,
  type YAMLError,
  YAMLParseError,
} from "yaml";
import { readPlain } from "./plain-yaml.ts";
import { oldSchema, sharedSchema } from "./scalar.ts";

export type ParsedYaml = Document.Parsed<ParsedNode, true>;

/** What a text holds; with `stopped` it was read no further than that, with `tooDeep` not at all. */
export type YamlText = { documents: ParsedYaml[]; stopped?: YAMLError; tooDeep?: boolean };

/** etcd refuses objects above 1.5 MiB; nothing a person reviews comes near it (https://etcd.io/docs/v3.6/dev-guide/limit/). */
export const maxYamlBytes = 1_000_000;
/** Aliases one document may resolve; gitops repositories use a handful. */
export const maxAliasCount = 50;
/** The deepest CustomResourceDefinition of Argo CD nests about 60 levels; a hundred deeper is an attack. */
export const maxDepth = 160;
/** Brackets are counted without looking at quotes, so the limit leaves room for a text full of lone brackets. */
const maxBrackets = 2_000;
/** With fewer, and no line far in, nothing can be too deep. */
const fewBrackets = 40;
/** Nobody reads on after so many; a text of nothing but errors would cost a gigabyte. */
const maxErrors = 50;
/** A line that begins so far in that, with forty brackets, it may be deeper than allowed: one level a column at most. */
const FAR_IN = /^[ ?:-]{80}/m;

class ManyErrors extends Error {}

/** Reads a text document by document, the way YAML 1.2 has it; never longer than a few dozen errors. */
export function readYaml(
  text: string,
  lines = new LineCounter(),
  version: "1.1" | "1.2" = "1.2",
): YamlText & { mayBeDeep: boolean } {
  const brackets = bracketDepth(text);
  if (brackets > maxBrackets) return { documents: [], tooDeep: true, mayBeDeep: true };
  return { ...compose(text, lines, version), mayBeDeep: mayBeDeep(text, brackets) };
}

/**
 * The values of a text within a text, such as a patch or the values of a chart; nothing when it cannot be read whole.
 * `change` is for scalars that others read in another way; plain texts hold none.
 */
export function yamlValues(
  text: string,
  { version = "1.2", change }: { version?: "1.1" | "1.2"; change?: (document: ParsedYaml) => void } = {},
): unknown[] | undefined {
  if (text.length > maxYamlBytes) return undefined;
  const plain = version === "1.2" ? readPlain(text) : undefined;
  if (plain !== undefined) return plain.map(({ value }) => value);
  try {
    const { documents, stopped, tooDeep } = readYaml(text.replace(/^\ufeff/, ""), undefined, version);
    if (stopped || tooDeep || documents.some(({ errors }) => errors.length > 0)) return undefined;
    for (const document of documents) change?.(document);
    return documents.map((document): unknown => document.toJS({ maxAliasCount }));
  } catch {
    // An alias without anchor, or too many of them.
    return undefined;
  }
}

/** The parts of the composer that are kept from us: it calls `onError` for whatever it finds, and collects. */
type Inside = { onError: (...args: [unknown, string, string, boolean?]) => void; errors: YAMLError[] };

function compose(text: string, lines: LineCounter, version: "1.1" | "1.2"): YamlText {
  const composer = new Composer<ParsedNode, true>({
    version,
    // The library compares every key with every other, which takes minutes where a mapping has a hundred thousand.
    uniqueKeys: false,
    schema: version === "1.1" ? oldSchema() : sharedSchema(),
    prettyErrors: false,
    logLevel: "error",
  });
  const inside = composer as unknown as Inside;
  const { onError } = inside;
  let count = 0;
  inside.onError = (source, code, message, isWarning) => {
    onError(source, code, message, isWarning);
    if (!isWarning && ++count > maxErrors) throw new ManyErrors();
  };
  const documents: ParsedYaml[] = [];
  try {
    for (const document of composer.compose(new Parser(lines.addNewLine).parse(text))) {
      const twice = duplicateKeys(document, maxErrors - count);
      document.errors.push(...twice);
      documents.push(document);
      count += twice.length;
      if (count >= maxErrors) break;
    }
    return { documents };
  } catch (error) {
    const [stopped] = inside.errors;
    if (error instanceof ManyErrors) return { documents, ...(stopped && { stopped }) };
    // The composer recurses; deep indentation ends in a RangeError before it ends in memory.
    if (error instanceof RangeError) return { documents: [], tooDeep: true };
    throw error;
  }
}

/** Keys that stand twice in a mapping, but not more than `most`. */
function duplicateKeys(document: ParsedYaml, most: number): YAMLParseError[] {
  const found: YAMLParseError[] = [];
  const open: unknown[] = [document.contents];
  while (open.length > 0) {
    const node = open.pop();
    if (isSeq(node)) for (const item of node.items) open.push(item);
    if (!isMap(node)) continue;
    const seen = new Set<unknown>();
    for (const { key, value } of node.items) {
      if (found.length >= most) return found;
      open.push(value);
      if (!isScalar(key)) open.push(key);
      else if (seen.has(key.value) && key.value !== "<<") {
        const [start, end] = key.range ?? [0, 1];
        found.push(new YAMLParseError([start, end], "DUPLICATE_KEY", "Map keys must be unique"));
      } else seen.add(key.value);
    }
  }
  return found.sort((a, b) => a.pos[0] - b.pos[0]);
}

/** Flow collections nest without indentation, so a short file can nest very deep; quotes are ignored on purpose. */
function bracketDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 91 || c === 123) deepest = Math.max(deepest, ++depth);
    else if (c === 93 || c === 125) depth = Math.max(0, depth - 1);
    else if (c === 10 && depth > 0 && text.startsWith("---", i + 1)) depth = 0;
  }
  return deepest;
}

/** Every level stands further in, but for lists right below their key; an alias may bring any depth along. */
function mayBeDeep(text: string, brackets: number): boolean {
  return FAR_IN.test(text) || brackets > fewBrackets || text.includes("&");
}
