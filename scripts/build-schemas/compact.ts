import type { Expr, ObjectType, Tree } from "../../src/schemas/notation.ts";
import { type Draft, type DraftExpr, type DraftObject, isDraftObject } from "./draft.ts";

/** Numbers the object types of a draft, makes equal ones one, and writes a line a type, so that a diff can be read. */
export function compact(draft: Draft): string {
  const ids = new Map<DraftObject, number>();
  const objects: DraftObject[] = [];
  const keys = [...draft.kinds.keys()].sort();
  for (const key of keys) collect(draft.kinds.get(key)!, ids, objects);
  let types = objects.map((object) => objectType(object, ids));
  let roots = keys.map((key) => ids.get(draft.kinds.get(key)!)!);
  // Equal types may differ only in the numbers they refer to, so merging is repeated until nothing is left to merge.
  for (;;) {
    const merged = mergeEqual(types, roots);
    if (merged.types.length === types.length) break;
    ({ types, roots } = merged);
  }
  const tree: Omit<Tree, "types"> = {
    versions: sorted(draft.versions),
    groups: sorted(draft.groups),
    kinds: Object.fromEntries(keys.map((key, i) => [key, roots[i]!])),
  };
  const head = JSON.stringify(tree).slice(0, -1);
  return `${head},"types":[\n${types.map((type) => JSON.stringify(type)).join(",\n")}\n]}\n`;
}

function collect(expr: DraftExpr, ids: Map<DraftObject, number>, objects: DraftObject[]): void {
  if (typeof expr === "string") return;
  if (isDraftObject(expr)) {
    if (ids.has(expr)) return;
    ids.set(expr, objects.length);
    objects.push(expr);
    for (const field of expr.fields.values()) collect(field, ids, objects);
    if (expr.rest !== undefined) collect(expr.rest, ids, objects);
  } else if ("a" in expr) collect(expr.a, ids, objects);
  else if ("m" in expr) collect(expr.m, ids, objects);
}

function objectType(object: DraftObject, ids: ReadonlyMap<DraftObject, number>): ObjectType {
  const names = [...object.fields.keys()].sort();
  const type: ObjectType = {
    f: Object.fromEntries(names.map((name) => [name, toExpr(object.fields.get(name)!, ids)])),
  };
  if (object.required.size > 0) type.r = [...object.required].sort();
  if (object.rest !== undefined) type.x = toExpr(object.rest, ids);
  if (object.conditions !== undefined && object.conditions.length > 0) type.c = object.conditions;
  return type;
}

function toExpr(expr: DraftExpr, ids: ReadonlyMap<DraftObject, number>): Expr {
  if (typeof expr === "string") return expr;
  if (isDraftObject(expr)) return ids.get(expr)!;
  if ("a" in expr) return { ...expr, a: toExpr(expr.a, ids) };
  if ("m" in expr) return { ...expr, m: toExpr(expr.m, ids) };
  return expr;
}

function mergeEqual(types: readonly ObjectType[], roots: readonly number[]) {
  const first = new Map<string, number>();
  const kept: ObjectType[] = [];
  const moved = types.map((type) => {
    const text = JSON.stringify(type);
    const known = first.get(text);
    if (known !== undefined) return known;
    first.set(text, kept.length);
    kept.push(type);
    return kept.length - 1;
  });
  return {
    types: kept.map((type) => renumber(type, moved)),
    roots: roots.map((id) => moved[id]!),
  };
}

function renumber(type: ObjectType, moved: readonly number[]): ObjectType {
  const move = (expr: Expr): Expr => {
    if (typeof expr === "number") return moved[expr]!;
    if (typeof expr === "string") return expr;
    if ("a" in expr) return { ...expr, a: move(expr.a) };
    if ("m" in expr) return { ...expr, m: move(expr.m) };
    return expr;
  };
  const f = Object.fromEntries(Object.entries(type.f).map(([name, expr]) => [name, move(expr)]));
  return { ...type, f, ...(type.x === undefined ? {} : { x: move(type.x) }) };
}

function sorted(record: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
