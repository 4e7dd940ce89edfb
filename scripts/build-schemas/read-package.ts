import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { findRemovedApi } from "../../src/catalogue/removed-apis.ts";
import { type Constraints, readConstraints } from "./constraints.ts";
import { type Declarations, readDeclarations, type TypeNode } from "./declarations.ts";
import { type Draft, type DraftExpr, type DraftObject, groupOf, isDraftObject } from "./draft.ts";
import type { SchemaPackage } from "./packages.ts";
import { fromGo } from "./patterns.ts";

/** Types whose meaning is more than their declaration says. */
const known: Record<string, DraftExpr> = {
  IoK8sApimachineryPkgApiResourceQuantity: "q",
  IoK8sApimachineryPkgUtilIntstrIntOrString: "x",
  IoK8sApimachineryPkgRuntimeRawExtension: "*",
  IoK8sApimachineryPkgApisMetaV1FieldsV1: "*",
  IoK8sApimachineryPkgApisMetaV1ManagedFieldsEntry: "*",
  IoK8sApiextensionsApiserverPkgApisApiextensionsV1JSON: "*",
  IoK8sApiextensionsApiserverPkgApisApiextensionsV1JSONSchemaPropsOrArray: "*",
  IoK8sApiextensionsApiserverPkgApisApiextensionsV1JSONSchemaPropsOrBool: "*",
  IoK8sApiextensionsApiserverPkgApisApiextensionsV1JSONSchemaPropsOrStringArray: "*",
};

const ROOT = /static\{this\.apiVersion="([^"]+)"\}static\{this\.kind="([^"]+)"\}/;
const IPV4 = String.raw`^((25[0-5]|2[0-4]\d|1?\d?\d)(\.(?!$)|$)){4}$`;

type Context = {
  entry: SchemaPackage;
  modules: string;
  files: Map<string, Declarations>;
  draft: Draft;
};

/** Reads every kind of a package into the draft, without the API versions Kubernetes or Flux no longer serve. */
export function readPackage(entry: SchemaPackage, modules: string, draft: Draft): void {
  const context: Context = { entry, modules, files: new Map(), draft };
  for (const { apiVersion, kind, path } of findKinds(join(modules, entry.name))) {
    const key = `${apiVersion}/${kind}`;
    if (findRemovedApi(apiVersion, kind) !== undefined || key.startsWith("extensions/")) continue;
    const type = named(`I${kind}`, fileOf(path, context), context);
    if (!isDraftObject(type)) throw new Error(`${key}: no object type found in ${path}`);
    if (type.fields.has("status")) type.fields.set("status", "*");
    type.required.delete("status");
    draft.kinds.set(key, type);
    draft.groups[groupOf(key)] = entry.upstream.name;
  }
}

function findKinds(folder: string): { apiVersion: string; kind: string; path: string }[] {
  const found: { apiVersion: string; kind: string; path: string }[] = [];
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (entry.name !== "_schemas" && entry.name !== "node_modules") found.push(...findKinds(path));
    } else if (/^[A-Z].*\.js$/.test(entry.name)) {
      const match = ROOT.exec(readFileSync(path, "utf8"));
      if (match === null || match[2]!.endsWith("List")) continue;
      found.push({ apiVersion: match[1]!, kind: match[2]!, path: path.replace(/\.js$/, ".d.ts") });
    }
  }
  return found;
}

function fileOf(path: string, { files }: Context): Declarations {
  const known = files.get(path);
  if (known !== undefined) return known;
  const read = readDeclarations(path);
  files.set(path, read);
  return read;
}

function resolveImport(from: string, file: Declarations, { modules }: Context): string {
  const base = from.startsWith(".") ? join(dirname(file.path), from) : join(modules, from);
  const path = `${base.replace(/\.js$/, "")}.d.ts`;
  if (!existsSync(path)) throw new Error(`${file.path}: imports ${from}, which is not there`);
  return path;
}

/** A type by its local name; the long name it is exported under makes it one and the same everywhere. */
function named(name: string, file: Declarations, context: Context): DraftExpr {
  const from = file.imports.get(name);
  if (from !== undefined) {
    if (from === "@kubernetes-models/base") return { fields: new Map(), required: new Set() };
    const owner = fileOf(resolveImport(from, file, context), context);
    const local = owner.exports.get(name) ?? name;
    return named(local, owner, context);
  }
  const node = file.types.get(name);
  if (node === undefined) throw new Error(`${file.path}: no type ${name}`);
  const long =
    [...file.exports].find(([exported, local]) => local === name && exported !== name)?.[0] ?? name;
  const id = long.replace(/^I/, "");
  const special = known[id];
  if (special !== undefined) return special;
  const existing = context.draft.types.get(id);
  if (existing !== undefined) return existing;
  const constraints = readConstraints(schemaPath(file.path, id, context));
  if (node.kind === "object" || node.kind === "both") {
    // Registered before its fields are read: types refer to themselves.
    const object: DraftObject = { fields: new Map(), required: new Set() };
    context.draft.types.set(id, object);
    const read = convert(node, { file, constraints, context });
    if (isDraftObject(read)) {
      if (read.fields.size > 0) return Object.assign(object, read);
      context.draft.types.set(id, "*");
      return "*";
    }
    context.draft.types.set(id, read);
    return read;
  }
  const read = convert(node, { file, constraints, context });
  context.draft.types.set(id, read);
  return read;
}

function schemaPath(file: string, id: string, { modules }: Context): string {
  const inside = file.slice(modules.length + 1).split("/");
  const name = inside[0]!.startsWith("@") ? inside.slice(0, 2).join("/") : inside[0]!;
  return join(modules, name, "_schemas", `${id}.js`);
}

type Place = { file: Declarations; constraints: Constraints | undefined; context: Context; field?: string };

function convert(node: TypeNode, place: Place): DraftExpr {
  switch (node.kind) {
    case "literal":
      return { e: [node.value] };
    case "list":
      return counted({ a: convert(node.of, { ...place, constraints: place.constraints?.items() }) }, place);
    case "word":
      return word(node.name, place);
    case "object":
      return object(node, place);
    case "both":
      return merge(node.parts.map((part) => convert(part, place)));
    case "union":
      return union(node.parts, place);
  }
}

/** A list or a map with how many entries it may have. */
function counted<T extends { a: DraftExpr } | { m: DraftExpr }>(expr: T, { constraints }: Place): T {
  const [least, most] = constraints?.count ?? [null, null];
  return least === null && most === null ? expr : { ...expr, n: [least, most] };
}

function word(name: string, place: Place): DraftExpr {
  switch (name) {
    case "string":
      return string(place);
    case "number":
      return number(place.constraints);
    case "boolean":
      return "b";
    case "any":
    case "unknown":
      return "*";
    default:
      return named(name, place.file, place.context);
  }
}

function string({ constraints, field, context }: Place): DraftExpr {
  const { durations } = context.entry;
  if (durations !== undefined && field !== undefined && durations.fields.test(field)) return durations.letter;
  if (constraints === undefined) return "s";
  if (constraints.format === "byte") return "y";
  if (constraints.format === "cidr") return "c";
  const p = constraints.pattern ?? (constraints.format === "ipv4" ? IPV4 : undefined);
  const { minLength: l = 0, maxLength: u } = constraints;
  if (p === undefined && l === 0 && u === undefined) return "s";
  return {
    ...(p === undefined ? {} : { p: fromGo(p) }),
    ...(l === 0 ? {} : { l }),
    ...(u === undefined ? {} : { u }),
  };
}

function number(constraints: Constraints | undefined): DraftExpr {
  if (constraints?.types.includes("integer") !== true) return "n";
  const { minimum = null, maximum = null } = constraints;
  if (minimum !== null || maximum !== null) return { i: [minimum, maximum] };
  return constraints.format === "int32" ? "I" : "i";
}

function object(node: Extract<TypeNode, { kind: "object" }>, place: Place): DraftExpr {
  if (node.fields.size === 0) {
    if (node.index === undefined) return "o";
    return counted({ m: convert(node.index, { ...place, constraints: place.constraints?.values() }) }, place);
  }
  const result: DraftObject = { fields: new Map(), required: new Set() };
  for (const [name, { type, required }] of node.fields) {
    const constraints = place.constraints?.field(name);
    result.fields.set(name, convert(type, { ...place, constraints, field: name }));
    if (required) result.required.add(name);
  }
  if (node.index !== undefined) result.rest = convert(node.index, { ...place, constraints: undefined });
  return result;
}

function merge(parts: DraftExpr[]): DraftExpr {
  const result: DraftObject = { fields: new Map(), required: new Set() };
  for (const part of parts) {
    // An interface that adds nothing of its own to those it extends.
    if (part === "o") continue;
    if (!isDraftObject(part)) return "*";
    for (const [name, type] of part.fields) {
      if (!result.fields.has(name) || part.required.has(name)) result.fields.set(name, type);
    }
    for (const name of part.required) result.required.add(name);
    if (part.rest !== undefined) result.rest = part.rest;
  }
  return result;
}

/** Of several object forms the fields of all are allowed, and only what all of them require is required. */
function union(nodes: TypeNode[], place: Place): DraftExpr {
  if (nodes.every((node) => node.kind === "literal")) return { e: nodes.map((node) => node.value) };
  const parts = nodes.map((node) => convert(node, place));
  if (parts.every(isDraftObject)) {
    const result = merge(parts);
    if (!isDraftObject(result)) return result;
    result.required = parts.map((part) => part.required).reduce((all, own) => all.intersection(own));
    return result;
  }
  const letters = new Set(parts.filter((part) => typeof part === "string"));
  if (
    letters.size === parts.length &&
    [...letters].every((letter) => letter === "s" || letter === "n" || letter === "i" || letter === "I")
  ) {
    return "x";
  }
  return "*";
}
