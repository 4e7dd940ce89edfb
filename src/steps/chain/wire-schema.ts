import { z } from "zod";
import type { WireSchema } from "#model/provider.ts";
import { pointerOf } from "./judge.ts";

/** How large a schema may be so that every provider compiles it; see `measure`. */
export const wireLimits = {
  // Five objects inside each other, with a list around each, stay within the ten levels OpenAI allows (older models: five).
  objectDepth: 5,
  depth: 10,
  properties: 100, // Azure OpenAI; OpenAI itself takes 5,000
  enumValues: 200, // OpenAI takes 1,000, but Anthropic compiles them into a grammar that can get too large
  nullables: 12, // Anthropic takes sixteen unions
} as const;
export type WireSize = Record<keyof typeof wireLimits, number>;

type Node = Record<string, unknown>;
const known = new WeakMap<z.ZodType, WireSchema>();

/** Keywords that not every provider enforces: taken out, told to the model in words, enforced by zod. */
const told: Record<string, (value: unknown) => string> = {
  minLength: (value) => `at least ${value} characters`,
  maxLength: (value) => `at most ${value} characters`,
  minimum: (value) => `minimum ${value}`,
  maximum: (value) => `maximum ${value}`,
  exclusiveMinimum: (value) => `more than ${value}`,
  exclusiveMaximum: (value) => `less than ${value}`,
  multipleOf: (value) => `a multiple of ${value}`,
  minItems: (value) => `at least ${value} items`,
  maxItems: (value) => `at most ${value} items`,
  uniqueItems: () => "no item twice",
  format: (value) => `as ${value}`,
  pattern: (value) => `matching ${value}`,
};
const kept = new Set(["type", "enum", "description", "items", "properties", "required", "anyOf"]);
const dropped = new Set(["$schema", "title", "additionalProperties", "propertyNames", "readOnly", "id"]);

/** Writes a zod schema inside the dialects of all providers, or says at which path it cannot be. */
export function wireSchema(schema: z.ZodType): WireSchema {
  const cached = known.get(schema);
  if (cached) return cached;
  const json = z.toJSONSchema(schema, { io: "input", reused: "inline", unrepresentable: "any" });
  const wire = walk(JSON.parse(JSON.stringify(json)) as Node, []);
  if (wire.type !== "object") throw refused([], "the root must be an object, not a union or a list");
  const size = measure(wire);
  for (const [what, limit] of Object.entries(wireLimits)) {
    const found = size[what as keyof WireSize];
    if (found > limit) throw refused([], `${what} is ${found}, at most ${limit}`);
  }
  known.set(schema, wire);
  return wire;
}

/** Counts what providers limit. */
export function measure(wire: WireSchema): WireSize {
  const children = childrenOf(wire as Node).map(([, child]) => measure(child));
  const sum = (what: keyof WireSize) => children.reduce((total, child) => total + child[what], 0);
  const deepest = (what: keyof WireSize) => children.reduce((most, child) => Math.max(most, child[what]), 0);
  const isContainer = wire.type === "object" || wire.type === "array";
  return {
    objectDepth: deepest("objectDepth") + (wire.type === "object" ? 1 : 0),
    depth: deepest("depth") + (isContainer ? 1 : 0),
    properties: sum("properties") + Object.keys((wire.properties as Node) ?? {}).length,
    enumValues: sum("enumValues") + ((wire.enum as unknown[]) ?? []).length,
    nullables: sum("nullables") + (isNullable(wire) ? 1 : 0),
  };
}

function walk(node: Node, path: string[]): Node {
  const { oneOf, const: only, ...rest } = node;
  const anyOf = rest.anyOf ?? oneOf;
  const wire: Node = { ...rest, ...(anyOf !== undefined && { anyOf }) };
  if (only !== undefined) wire.enum = [only];
  refuse(node, path);
  const words: string[] = [];
  for (const [keyword, value] of Object.entries(wire)) {
    if (kept.has(keyword)) continue;
    if (!dropped.has(keyword) && !Object.hasOwn(told, keyword))
      throw refused(path, `"${keyword}" is not possible`);
    if (worthTelling(keyword, value, node)) words.push(told[keyword]!(value));
    delete wire[keyword];
  }
  if (words.length > 0)
    wire.description = [wire.description, `(${words.join(", ")})`].filter(Boolean).join(" ");
  if (wire.type === "object") wire.additionalProperties = false;
  for (const [keys, child] of childrenOf(wire)) put(wire, keys, walk(child, [...path, ...keys]));
  return wire;
}

function refuse(node: Node, path: string[]): void {
  if (node.$ref) throw refused(path, "it refers to itself; write it out to a fixed depth");
  if (node.default !== undefined) throw refused(path, "it has a default; make it nullable");
  if (node.prefixItems) throw refused(path, "it is a tuple; use an object");
  if (node.allOf) throw refused(path, "it is an intersection; use one object");
  if (node.type === undefined && !node.anyOf && !node.oneOf) throw refused(path, "it has no type");
  if (node.type === "array" && !node.items) throw refused(path, "its items have no type");
  if (node.type !== "object") return;
  if (typeof node.additionalProperties === "object" || node.propertyNames)
    throw refused(path, "it is a record; use a list of { key, value }");
  const required = new Set(node.required as string[] | undefined);
  const optional = Object.keys((node.properties as Node) ?? {}).find((key) => !required.has(key));
  if (optional !== undefined)
    throw refused([...path, "properties", optional], "it is optional; make it nullable");
}

function refused(path: readonly string[], why: string): Error {
  return new Error(`wire schema: ${pointerOf(path) || "/"}: ${why}`);
}

// The bounds of a safe integer say nothing, and the pattern of a known format says it twice.
function worthTelling(keyword: string, value: unknown, node: Node): boolean {
  if (!Object.hasOwn(told, keyword)) return false;
  if (typeof value === "number" && Math.abs(value) >= Number.MAX_SAFE_INTEGER) return false;
  return !(keyword === "pattern" && node.format !== undefined);
}

function childrenOf(node: Node): [string[], Node][] {
  const properties = Object.entries((node.properties as Record<string, Node>) ?? {});
  const variants = ((node.anyOf as Node[]) ?? []).entries();
  return [
    ...properties.map(([key, child]): [string[], Node] => [["properties", key], child]),
    ...(node.items ? [[["items"], node.items as Node] as [string[], Node]] : []),
    ...[...variants].map(([at, child]): [string[], Node] => [["anyOf", String(at)], child]),
  ];
}

function put(wire: Node, [first, second]: string[], child: Node): void {
  if (second === undefined) wire[first!] = child;
  else if (first === "anyOf") wire.anyOf = (wire.anyOf as Node[]).with(Number(second), child);
  else wire.properties = { ...(wire.properties as Node), [second]: child };
}

function isNullable({ type, anyOf }: WireSchema): boolean {
  if (Array.isArray(type)) return type.includes("null");
  return ((anyOf as Node[]) ?? []).some((variant) => variant.type === "null");
}
