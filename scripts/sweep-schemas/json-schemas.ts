import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * The part of JSON Schema the npm packages were generated from. They ship it compiled: one function a schema, written by
 * Ajv. This reads the schema back out of those functions. It shares nothing with `build-schemas`, which reads the
 * declaration files beside them, so that each can be held against the other.
 */
export type JsonSchema = {
  type?: string | string[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: JsonSchema | false;
  items?: JsonSchema;
  enum?: unknown[];
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  minProperties?: number;
  maxProperties?: number;
  allOf?: JsonSchema[];
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  if?: JsonSchema;
  else?: JsonSchema;
  $ref?: string;
};

/** Every schema file by id (`package/_schemas/Name`), and which one describes an `apiVersion/kind`. */
export type SchemaSet = { files: Map<string, JsonSchema>; kinds: Map<string, string> };

const modules = fileURLToPath(new URL("../../node_modules", import.meta.url));
const scope = "@kubernetes-models";
const shared = new Set(["apimachinery", "base", "validate"]);

const FUNCTION = /function validate(\d+)\(data,/g;
const ENUM = /let schema(\d+)_enum=(\[[^;]*\]);/g;
const IMPORT = /import\{validate as validate(\d+)\}from"([^"]+)"/g;
const KEYWORD = /keyword:"(\w+)",params:\{(\w+):("(?:[^"\\]|\\.)*"|[\w.-]+)(?:,limit:([\w.-]+))?/g;
const PROPERTY = /validate(\d+)\(data(?:\.([\w$]+)|\["((?:[^"\\]|\\.)*)"\]),/g;
const WHOLE = /validate(\d+)\(data,\{instancePath,/g;
const ROOT = /static\{this\.apiVersion="([^"]+)"\}static\{this\.kind="([^"]+)"\}/;

/** Reads the schemas of every package into one set. */
export function readJsonSchemas(): SchemaSet {
  const set: SchemaSet = { files: new Map(), kinds: new Map() };
  const packages = readdirSync(join(modules, scope)).map((name) => `${scope}/${name}`);
  for (const name of ["kubernetes-models", ...packages]) {
    const folder = join(modules, name, "_schemas");
    if (!existsSync(folder)) continue;
    for (const file of readdirSync(folder).filter((entry) => entry.endsWith(".js"))) {
      const id = `${name}/_schemas/${file.slice(0, -3)}`;
      set.files.set(id, readFile(join(folder, file), id));
    }
    if (!shared.has(name.slice(scope.length + 1))) findKinds(join(modules, name), name, set);
  }
  for (const [id, schema] of set.files) set.files.set(id, flatten(schema, set));
  return set;
}

/** Objects that take over the fields of another (embedded structs of Go) become one object with all of them. */
function flatten(schema: JsonSchema, set: SchemaSet): JsonSchema {
  if (schema.properties === undefined) return schema;
  const { $ref, allOf = [], ...own } = schema;
  for (const part of $ref === undefined ? allOf : [{ $ref }]) {
    const target = part.$ref === undefined ? part : flatten(set.files.get(part.$ref.slice(1)) ?? {}, set);
    own.properties = { ...target.properties, ...own.properties };
    own.required = [...new Set([...(target.required ?? []), ...(own.required ?? [])])];
  }
  return own;
}

function findKinds(folder: string, name: string, { kinds }: SchemaSet): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!["_schemas", "node_modules"].includes(entry.name))
        findKinds(path, name, { files: new Map(), kinds });
    } else if (/^[A-Z].*\.js$/.test(entry.name)) {
      const text = readFileSync(path, "utf8");
      const [, apiVersion, kind] = ROOT.exec(text) ?? [];
      const [, schema] = /from"[^"]*_schemas\/([^"]+?)(?:\.js)?"/.exec(text) ?? [];
      if (kind && schema && !kind.endsWith("List"))
        kinds.set(`${apiVersion}/${kind}`, `${name}/_schemas/${schema}`);
    }
  }
}

type Source = {
  id: string;
  bodies: Map<string, string>;
  enums: Map<string, unknown[]>;
  imports: Map<string, string>;
};

function readFile(path: string, id: string): JsonSchema {
  const text = readFileSync(path, "utf8");
  const starts = [...text.matchAll(FUNCTION)];
  const source: Source = {
    id,
    bodies: new Map(
      starts.map((at, i) => [at[1]!, text.slice(at.index, starts[i + 1]?.index ?? text.length)]),
    ),
    enums: new Map([...text.matchAll(ENUM)].map((at) => [at[1]!, JSON.parse(at[2]!)])),
    imports: new Map([...text.matchAll(IMPORT)].map((at) => [at[1]!, resolve(at[2]!, id)])),
  };
  const root = /export const validate=validate(\d+)/.exec(text)?.[1];
  if (root === undefined) throw new Error(`${path}: no validator is exported`);
  return schemaOf(root, source);
}

function resolve(from: string, id: string): string {
  const name = from.replace(/\.js$/, "");
  return name.startsWith(".") ? join(dirname(id), name) : name;
}

function schemaOf(number: string, source: Source): JsonSchema {
  const imported = source.imports.get(number);
  if (imported !== undefined) return { $ref: `/${imported}` };
  const body = source.bodies.get(number);
  if (body === undefined) throw new Error(`${source.id}: validate${number} is called and not there`);
  // A schema of schemas describes itself inline; what a custom resource may hold is not asked here.
  if (body.includes('"#/properties/')) return {};
  const schema: JsonSchema = {};
  readKeywords(body, source, schema);
  readStructure(body, source, schema);
  readParts(body, source, schema);
  const nullable = body.includes("null!==data");
  if (nullable && typeof schema.type === "string") schema.type = [schema.type, "null"];
  if (nullable && schema.enum !== undefined) schema.enum = [...schema.enum, null];
  if (nullable && schema.type === undefined) return { if: { type: "null" }, else: schema };
  return schema;
}

function readKeywords(body: string, { id, enums }: Source, schema: JsonSchema): void {
  for (const [, keyword, , value, limit] of body.matchAll(KEYWORD)) {
    switch (keyword) {
      case "type":
        schema.type = JSON.parse(value!);
        break;
      case "required":
        schema.required = [...(schema.required ?? []), JSON.parse(value!)];
        break;
      case "enum":
        schema.enum = enums.get(/\d+/.exec(value!)![0])!;
        break;
      case "format":
      case "pattern":
        schema[keyword] = JSON.parse(value!);
        break;
      case "minLength":
      case "maxLength":
      case "minItems":
      case "maxItems":
      case "minProperties":
      case "maxProperties":
        schema[keyword] = Number(value);
        break;
      case "minimum":
      case "maximum":
        schema[keyword] = Number(limit);
        break;
      case "oneOf":
        break;
      default:
        throw new Error(`${id}: keyword ${keyword} is not known`);
    }
  }
}

function readStructure(body: string, source: Source, schema: JsonSchema): void {
  for (const [, number, plain, quoted] of body.matchAll(PROPERTY)) {
    schema.properties ??= {};
    schema.properties[plain ?? JSON.parse(`"${quoted}"`)] = schemaOf(number!, source);
  }
  const items = /validate(\d+)\(data\[i\d+\],/.exec(body)?.[1];
  if (items !== undefined) schema.items = schemaOf(items, source);
  const values = /validate(\d+)\(data\[key\d+\],/.exec(body)?.[1];
  if (values !== undefined) schema.additionalProperties = schemaOf(values, source);
}

/** Calls with the whole value: alternatives where a verdict is counted after each, parts of it where not. */
function readParts(body: string, source: Source, schema: JsonSchema): void {
  const calls = [...body.matchAll(WHOLE)];
  for (const [i, call] of calls.entries()) {
    const until = body.slice(call.index, calls[i + 1]?.index ?? body.length);
    const group = /^[^;{]*\{[^;]*;var _valid(\d+)=/.exec(until)?.[1];
    const one = new RegExp(`passing\\d+=\\[|_valid${group}&&\\(valid${group}=!0`).test(until);
    const keyword = group === undefined ? "allOf" : one ? "oneOf" : "anyOf";
    schema[keyword] = [...(schema[keyword] ?? []), schemaOf(call[1]!, source)];
  }
  if (schema.allOf?.length === 1 && schema.allOf[0]!.$ref !== undefined) {
    schema.$ref = schema.allOf[0]!.$ref;
    delete schema.allOf;
  }
}
