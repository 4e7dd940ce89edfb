import type { Condition, Letter } from "../../src/schemas/notation.ts";
import { type Fields, isTagged, type Overlay, type Shape } from "../../src/schemas/overlay.ts";
import { type Draft, type DraftExpr, type DraftObject, isDraftObject } from "./draft.ts";

const letters: Record<string, Letter> = {
  string: "s",
  integer: "i",
  number: "n",
  boolean: "b",
  "int-or-string": "x",
  quantity: "q",
  duration: "d",
  "go-duration": "g",
  base64: "y",
  cidr: "c",
  cron: "C",
  "count-or-percent": "%",
  port: "p",
  object: "o",
  any: "*",
};

/** Lays a hand-written schema over the draft: new kinds, and new fields of kinds that are there. */
export function applyOverlay(overlay: Overlay, draft: Draft): void {
  draft.versions[overlay.name] = overlay.version;
  for (const group of overlay.groups) draft.groups[group] = overlay.name;
  for (const [key, fields] of Object.entries(overlay.kinds ?? {})) {
    draft.kinds.set(key, root(key, fields, draft));
  }
  for (const [key, fields] of Object.entries(overlay.extend ?? {})) {
    const type = draft.kinds.get(key);
    if (type === undefined) throw new Error(`${overlay.name}: ${key} cannot be extended, it is not there`);
    extend(type, fields, draft, key);
  }
  for (const [key, places] of Object.entries(overlay.narrow ?? {})) {
    for (const [pointer, fields] of Object.entries(places)) narrow(key, pointer, fields, draft);
  }
  for (const [key, pointers] of Object.entries(overlay.optional ?? {})) {
    for (const pointer of pointers) lift(overlay.name, key, pointer, draft);
  }
  for (const [key, places] of Object.entries(overlay.conditions ?? {})) {
    for (const [pointer, conditions] of Object.entries(places)) {
      const type = follow(key, pointer, draft);
      if (!isDraftObject(type)) throw new Error(`${overlay.name}: ${key}${pointer} is no object`);
      const expanded = conditions.map((condition) => expand(condition, type));
      for (const name of expanded.flatMap(fieldsOf)) {
        follow(key, `${pointer}/${name.replaceAll(".", "/")}`, draft);
      }
      // Kinds may share a type, so a condition may be there already.
      type.conditions = [
        ...new Map(
          [...(type.conditions ?? []), ...expanded].map((each) => [JSON.stringify(each), each]),
        ).values(),
      ];
    }
  }
}

/** A pointer to a field that is not there is a mistake of the overlay. */
function lift(overlay: string, key: string, pointer: string, draft: Draft): void {
  const slash = pointer.lastIndexOf("/");
  const type = follow(key, pointer.slice(0, slash), draft);
  const name = pointer.slice(slash + 1);
  if (!isDraftObject(type) || !type.fields.has(name)) throw new Error(`${overlay}: ${key} has no ${pointer}`);
  type.required.delete(name);
}

/** `*` stands for every field there is but those behind it. */
function expand(condition: Condition, type: DraftObject): Condition {
  const all = (but: readonly string[]) =>
    [...type.fields.keys()].filter((name) => !but.includes(name)).sort();
  if ("one" in condition && condition.one[0] === "*") return { one: all(condition.one) };
  if ("most" in condition && condition.most[0] === "*") return { most: all(condition.most) };
  return condition;
}

function fieldsOf(condition: Condition): readonly string[] {
  if ("one" in condition) return condition.one;
  if ("most" in condition) return condition.most;
  if ("some" in condition) return condition.some;
  return [condition.when, ...(condition.need ?? []), ...(condition.never ?? [])];
}

function root(key: string, fields: Fields, draft: Draft): DraftObject {
  const slash = key.lastIndexOf("/");
  const own = convert(fields, draft);
  if (!isDraftObject(own)) throw new Error(`${key}: an object was expected`);
  const meta = draft.types.get("IoK8sApimachineryPkgApisMetaV1ObjectMeta");
  const type: DraftObject = { fields: new Map(), required: new Set(["apiVersion", "kind", ...own.required]) };
  type.fields.set("apiVersion", { e: [key.slice(0, slash)] });
  type.fields.set("kind", { e: [key.slice(slash + 1)] });
  type.fields.set("metadata", meta ?? "o");
  for (const [name, value] of own.fields) type.fields.set(name, value);
  if (!type.fields.has("status")) type.fields.set("status", "*");
  if (own.rest !== undefined) type.rest = own.rest;
  return type;
}

function convert(shape: Shape, draft: Draft): DraftExpr {
  if (typeof shape === "string") return letters[shape]!;
  if (Array.isArray(shape)) return { a: convert(shape[0], draft) };
  if (isTagged(shape)) {
    if (shape.is === "one") return { e: [...shape.values] };
    if (shape.is === "pattern") return { p: shape.pattern };
    if (shape.is === "between") return { i: shape.bounds };
    if (shape.is === "map") return { m: convert(shape.of, draft), k: shape.names };
    if (shape.is === "bounds") throw new Error("overlay: nothing there to be counted");
    if (shape.is === "list") return { a: convert(shape.of, draft), n: shape.bounds };
    return follow(shape.kind, shape.pointer, draft);
  }
  const fields = shape as Fields;
  const names = Object.keys(fields);
  if (names.length === 1 && names[0] === "*") return { m: convert(fields["*"]!, draft) };
  const type: DraftObject = { fields: new Map(), required: new Set() };
  for (const name of names) {
    const value = convert(fields[name]!, draft);
    const plain = name.replace(/!$/, "");
    if (name === "*") type.rest = value;
    else type.fields.set(plain, value);
    if (plain !== name) type.required.add(plain);
  }
  return type;
}

function follow(kind: string, pointer: string, draft: Draft): DraftExpr {
  let at: DraftExpr | undefined = draft.kinds.get(kind);
  for (const name of pointer.split("/").slice(1)) {
    if (at === undefined || typeof at === "string") at = undefined;
    else if (isDraftObject(at)) at = at.fields.get(name);
    else at = "a" in at ? at.a : "m" in at ? at.m : undefined;
  }
  if (at === undefined) throw new Error(`overlay: ${kind} has no ${pointer}`);
  return at;
}

function extend(type: DraftExpr, fields: Fields, draft: Draft, where: string): void {
  if (typeof type === "object" && "a" in type) {
    extend(type.a, fields, draft, where);
    return;
  }
  if (!isDraftObject(type)) throw new Error(`overlay: ${where} is no object`);
  for (const [name, shape] of Object.entries(fields)) {
    const plain = name.replace(/!$/, "");
    const existing = type.fields.get(plain);
    if (plain !== name) type.required.add(plain);
    if (isFields(shape) && isExtensible(existing)) extend(existing, shape, draft, `${where}/${plain}`);
    else type.fields.set(plain, widen(existing, refine(existing, shape, draft)));
  }
}

/** What a shape makes of what is there: most replace it, bounds only add to it. */
function refine(existing: DraftExpr | undefined, shape: Shape, draft: Draft): DraftExpr {
  const counts = typeof shape === "object" && isTagged(shape) && shape.is === "bounds";
  if (!counts) return convert(shape, draft);
  if (typeof existing !== "object" || !("a" in existing || "m" in existing)) return convert(shape, draft);
  return { ...existing, n: shape.bounds };
}

/** Gives a kind its own copy of every type on the way to an object, and changes that. */
function narrow(key: string, pointer: string, fields: Fields, draft: Draft): void {
  const root = draft.kinds.get(key);
  if (root === undefined) throw new Error(`overlay: ${key} cannot be narrowed, it is not there`);
  const own = copyObject(root);
  draft.kinds.set(key, own);
  let at: DraftExpr = own;
  for (const name of pointer.split("/").slice(1)) at = ownStep(at, name);
  if (!isDraftObject(at)) throw new Error(`overlay: ${key}${pointer} is no object`);
  for (const [name, shape] of Object.entries(fields)) {
    const plain = name.replace(/!$/, "");
    if (plain !== name) at.required.add(plain);
    at.fields.set(plain, refine(at.fields.get(plain), shape, draft));
  }
}

/** One step down, into a copy that takes the place of what was there. */
function ownStep(at: DraftExpr, name: string): DraftExpr {
  if (typeof at === "string") throw new Error(`overlay: ${name} is below a plain value`);
  if (isDraftObject(at)) {
    const inner = copy(at.fields.get(name) ?? "*");
    at.fields.set(name, inner);
    return inner;
  }
  if ("a" in at) {
    at.a = copy(at.a);
    return at.a;
  }
  if (!("m" in at)) throw new Error(`overlay: ${name} is below a plain value`);
  at.m = copy(at.m);
  return at.m;
}

function copy(expr: DraftExpr): DraftExpr {
  if (typeof expr === "string") return expr;
  return isDraftObject(expr) ? copyObject(expr) : { ...expr };
}
function copyObject(object: DraftObject): DraftObject {
  return { ...object, fields: new Map(object.fields), required: new Set(object.required) };
}

/** Fields by name, and no map of any name. */
function isFields(shape: Shape): shape is Fields {
  return typeof shape === "object" && !Array.isArray(shape) && !isTagged(shape) && !("*" in shape);
}
function isExtensible(expr: DraftExpr | undefined): expr is DraftExpr {
  return typeof expr === "object" && ("a" in expr || isDraftObject(expr));
}

/** More values of an enum join those it has; everything else takes the newer type. */
function widen(existing: DraftExpr | undefined, newer: DraftExpr): DraftExpr {
  const both = [existing, newer].every((expr) => typeof expr === "object" && "e" in expr);
  if (!both) return newer;
  const values = [existing, newer].flatMap((expr) => (expr as { e: (string | number)[] }).e);
  return { e: [...new Set(values)] };
}
