import { readFileSync } from "node:fs";
import { nearestNames } from "#model/nearest.ts";
import type { Schemas, Violation } from "#model/schema.ts";
import { findBrokenConditions } from "./conditions.ts";
import { isFilledLater } from "./filled-later.ts";
import {
  isArgoDuration,
  isBase64,
  isCidr,
  isCron,
  isFluxDuration,
  isGoDuration,
  isPercentage,
  isPortName,
  isQuantity,
} from "./formats.ts";
import { findKindProblem, groupOf } from "./kinds.ts";
import { checkMetadata } from "./metadata.ts";
import type {
  Bounds,
  EnumExpr,
  Expr,
  IntegerExpr,
  Letter,
  ListExpr,
  MapExpr,
  ObjectType,
  StringExpr,
  Tree,
} from "./notation.ts";
import { scalarAt } from "./scalar-at.ts";

let loaded: Schemas | undefined;

/** The schemas, read at the first call and kept. */
export function loadSchemas(): Schemas {
  loaded ??= createSchemas(JSON.parse(readFileSync(new URL("./tree.json", import.meta.url), "utf8")));
  return loaded;
}

/** Schemas over a given tree, for tests and builds. */
export function createSchemas(tree: Tree): Schemas {
  // `Object.hasOwn` on every lookup: a document may well have a field called `constructor`.
  return {
    check(doc, { patch = false } = {}) {
      const { apiVersion, kind } = doc;
      if (typeof apiVersion !== "string" || typeof kind !== "string") return undefined;
      const key = `${apiVersion}/${kind}`;
      if (!Object.hasOwn(tree.kinds, key)) {
        // A patch takes its kind from its target as often as from what it says itself.
        const problem = patch ? undefined : findKindProblem(apiVersion, kind, tree);
        return problem === undefined ? undefined : [problem];
      }
      const walk: Walk = { types: tree.types, patch, sops: isObject(doc.sops), path: [], found: [] };
      checkObject(tree.types[tree.kinds[key]!]!, doc, walk);
      if (!patch) checkMetadata(doc, walk.found);
      return walk.found;
    },
    release(apiVersion) {
      const name = tree.groups[groupOf(apiVersion)];
      return name === undefined ? undefined : [name, tree.versions[name] ?? ""];
    },
    scalarAt: ({ apiVersion, kind }, pointer) => scalarAt(tree, `${apiVersion}/${kind}`, pointer),
  };
}

type Walk = {
  types: readonly ObjectType[];
  patch: boolean;
  sops: boolean;
  path: (string | number)[];
  found: Violation[];
};

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function pointerOf(path: readonly (string | number)[]): string {
  return path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

function checkValue(expr: Expr, value: unknown, walk: Walk): void {
  // Nulls are dropped by the API server, so a null is as good as nothing.
  if (expr === "*" || value === null || value === undefined) return;
  if (typeof expr === "number") checkObject(walk.types[expr]!, value, walk);
  else if (typeof expr === "string") checkLetter(expr, value, walk);
  else if ("a" in expr) checkList(expr, value, walk);
  else if ("m" in expr) checkMap(expr, value, walk);
  else if (isFilledLater(value) || isEncrypted(value, walk)) return;
  else if ("e" in expr) checkEnum(expr, value, walk);
  else if ("i" in expr) checkInteger(expr, value, walk);
  else checkString(expr, value, walk);
}

function checkEnum({ e }: EnumExpr, value: unknown, walk: Walk): void {
  if (e.includes(value as string)) return;
  if (typeof value !== typeof e[0]) wrongType(typeof e[0] === "number" ? "integer" : "string", value, walk);
  else wrongValue(value, e.map((one) => (one === "" ? '""' : one)).join(", "), walk);
}

function checkInteger({ i: [least, most] }: IntegerExpr, value: unknown, walk: Walk): void {
  if (!Number.isInteger(value)) {
    wrongType("integer", value, walk);
    return;
  }
  const number = value as number;
  if (number >= (least ?? number) && number <= (most ?? number)) return;
  wrongValue(value, `${least ?? "…"} – ${most ?? "…"}`, walk);
}

function checkObject(type: ObjectType, value: unknown, walk: Walk): void {
  if (!isObject(value)) {
    if (!isFilledLater(value)) wrongType("object", value, walk);
    return;
  }
  const { f, r, x, c } = type;
  for (const name in value) {
    if (!Object.hasOwn(value, name)) continue;
    walk.path.push(name);
    if (Object.hasOwn(f, name)) checkValue(f[name]!, value[name], walk);
    else if (x !== undefined) checkValue(x, value[name], walk);
    else if (!isAllowedAnyway(name, walk)) unknownField(name, f, walk);
    walk.path.pop();
  }
  if (walk.patch) return;
  if (r !== undefined) checkRequired(r, value, walk);
  if (c === undefined) return;
  const pointer = pointerOf(walk.path);
  for (const broken of findBrokenConditions(c, value)) walk.found.push({ ...broken, pointer });
}

function checkRequired(names: readonly string[], value: Record<string, unknown>, walk: Walk): void {
  for (const name of names) {
    if (value[name] !== undefined && value[name] !== null) continue;
    walk.found.push({ code: "required", pointer: pointerOf(walk.path), values: { field: name } });
  }
}

/** Directives of a strategic merge patch, and what SOPS writes beside the fields it encrypts. */
function isAllowedAnyway(name: string, walk: Walk): boolean {
  if (walk.patch && name.startsWith("$")) return true;
  return walk.sops && name === "sops" && walk.path.length === 1;
}

function unknownField(name: string, fields: Record<string, Expr>, walk: Walk): void {
  const nearest = nearestNames(name, Object.keys(fields)).join(", ");
  walk.found.push({ code: "unknown", pointer: pointerOf(walk.path), values: { field: name, nearest } });
}

function checkList({ a, n }: ListExpr, value: unknown, walk: Walk): void {
  if (!Array.isArray(value)) {
    if (!isFilledLater(value)) wrongType("list", value, walk);
    return;
  }
  checkCount(n, value.length, walk);
  for (let i = 0; i < value.length; i++) {
    walk.path.push(i);
    checkValue(a, value[i], walk);
    walk.path.pop();
  }
}

/** A patch may name only the items it changes. */
function checkCount(bounds: Bounds | undefined, count: number, walk: Walk): void {
  if (bounds === undefined || walk.patch) return;
  const [least, most] = bounds;
  if (count >= (least ?? 0) && count <= (most ?? count)) return;
  wrongValue(`${count} ×`, `${least ?? 0} – ${most ?? "…"}`, walk);
}

function checkMap({ m, n, k }: MapExpr, value: unknown, walk: Walk): void {
  if (!isObject(value)) {
    if (!isFilledLater(value)) wrongType("map", value, walk);
    return;
  }
  if (n !== undefined) checkCount(n, Object.keys(value).length, walk);
  for (const name in value) {
    if (walk.patch && name.startsWith("$")) continue;
    walk.path.push(name);
    if (k !== undefined && !patternOf(k).test(name) && !isFilledLater(name)) wrongValue(name, k, walk);
    checkValue(m, value[name], walk);
    walk.path.pop();
  }
}

function isEncrypted(value: unknown, walk: Walk): boolean {
  return walk.sops && typeof value === "string" && value.startsWith("ENC[");
}

const words: Record<Letter, string> = {
  s: "string",
  i: "integer",
  I: "integer",
  n: "number",
  b: "boolean",
  x: "integer or string",
  q: "quantity",
  d: "duration",
  g: "duration",
  D: "duration",
  y: "base64 string",
  c: "string",
  C: "string",
  "%": "integer or percentage",
  p: "port number or name",
  o: "object",
  "*": "anything",
};

const formats: Partial<Record<Letter, { holds: (text: string) => boolean; example: string }>> = {
  q: { holds: isQuantity, example: "500m, 256Mi, 1.5Gi" },
  d: { holds: isFluxDuration, example: "30s, 15m, 1h30m" },
  g: { holds: isGoDuration, example: "30s, 15m, 2160h" },
  D: { holds: isArgoDuration, example: "30s, 15m, 1h" },
  y: { holds: isBase64, example: "base64" },
  c: { holds: isCidr, example: "10.0.0.0/8, fd00::/64" },
  C: { holds: isCron, example: "0 3 * * 1-5, @daily" },
  "%": { holds: isPercentage, example: "1, 25%" },
  p: { holds: isPortName, example: "1 – 65535, http" },
};

function checkLetter(letter: Letter, value: unknown, walk: Walk): void {
  if (isOfLetter(letter, value) || isFilledLater(value) || isEncrypted(value, walk)) return;
  const format = formats[letter];
  if (letter === "p" && Number.isInteger(value)) wrongValue(value, format!.example, walk);
  else if (format === undefined || typeof value !== "string") wrongType(words[letter], value, walk);
  else if (!format.holds(value)) wrongValue(value, format.example, walk);
}

/** Types that need no look at the text itself. */
function isOfLetter(letter: Letter, value: unknown): boolean {
  switch (letter) {
    case "s":
      return typeof value === "string";
    case "b":
      return typeof value === "boolean";
    case "i":
      return Number.isInteger(value);
    case "I":
      return Number.isInteger(value) && Math.abs(value as number) < 2 ** 31;
    case "n":
    case "q":
      return typeof value === "number";
    case "x":
      return typeof value === "string" || Number.isInteger(value);
    case "%":
      return Number.isInteger(value) && (value as number) >= 0;
    case "p":
      // Zero and an empty text are as good as nothing.
      return (
        value === "" || (Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 65_535)
      );
    case "o":
      return isObject(value);
    default:
      return false;
  }
}

const patterns = new Map<string, RegExp>();

function patternOf(source: string): RegExp {
  const known = patterns.get(source);
  if (known !== undefined) return known;
  const pattern = new RegExp(source, "u");
  patterns.set(source, pattern);
  return pattern;
}

function checkString({ p, l = 0, u }: StringExpr, value: unknown, walk: Walk): void {
  if (typeof value !== "string") wrongType("string", value, walk);
  else if (value.length < l) wrongValue('""', `≥ ${l}`, walk);
  else if (u !== undefined && value.length > u) wrongValue(value, `≤ ${u}`, walk);
  else if (p !== undefined && !patternOf(p).test(value)) wrongValue(value, shortPattern(p), walk);
}

/** Patterns for addresses fill half a page; nobody reads them in a message. */
function shortPattern(source: string): string {
  return source.length > 80 ? `${source.slice(0, 77)}…` : source;
}

function wrongType(expected: string, value: unknown, walk: Walk): void {
  const found = Array.isArray(value) ? "list" : typeof value === "object" ? "object" : typeof value;
  walk.found.push({ code: "type", pointer: pointerOf(walk.path), values: { expected, found } });
}

function wrongValue(value: unknown, expected: string, walk: Walk): void {
  const shown = String(value);
  const short = shown.length > 60 ? `${shown.slice(0, 57)}…` : shown;
  walk.found.push({ code: "value", pointer: pointerOf(walk.path), values: { value: short, expected } });
}
