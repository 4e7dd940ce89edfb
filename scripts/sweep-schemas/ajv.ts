import { formats } from "@kubernetes-models/validate";
import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import type { JsonSchema, SchemaSet } from "./json-schemas.ts";

/** Everything Ajv finds wrong with a document; undefined where the packages have no schema of its kind. */
export type Judge = {
  check: (doc: Record<string, unknown>) => ErrorObject[] | undefined;
  /** Patterns of Go that JavaScript does not read; they were left out. */
  skippedPatterns: Set<string>;
};

/** Ajv over the schemas of the packages; `strict` refuses every field a schema with listed fields does not list. */
export function createJudge(set: SchemaSet, { strict }: { strict: boolean }): Judge {
  const skippedPatterns = new Set<string>();
  const ajv = new Ajv2020({ strict: false, allErrors: true, formats: formats as never, logger: false });
  for (const [id, schema] of set.files) {
    ajv.addSchema({ $id: `/${id}`, ...prepare(schema, { strict, skippedPatterns }) });
  }
  const compiled = new Map<string, ValidateFunction>();
  return {
    skippedPatterns,
    check(doc) {
      const id = set.kinds.get(`${doc.apiVersion}/${doc.kind}`);
      if (id === undefined) return undefined;
      const validate = compiled.get(id) ?? ajv.getSchema(`/${id}`)!;
      compiled.set(id, validate);
      return validate(doc) ? [] : [...(validate.errors ?? [])];
    },
  };
}

type Options = { strict: boolean; skippedPatterns: Set<string> };

function prepare(schema: JsonSchema, options: Options): JsonSchema {
  const copy: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(schema)) copy[key] = prepareValue(key, value, options);
  const { pattern, properties, additionalProperties } = schema;
  if (pattern !== undefined && !compiles(pattern)) {
    options.skippedPatterns.add(pattern);
    delete copy.pattern;
  }
  if (options.strict && properties !== undefined && additionalProperties === undefined) {
    copy.additionalProperties = false;
  }
  return copy as JsonSchema;
}

function prepareValue(key: string, value: unknown, options: Options): unknown {
  if (key === "properties") {
    const fields = Object.entries(value as Record<string, JsonSchema>);
    return Object.fromEntries(fields.map(([name, field]) => [name, prepare(field, options)]));
  }
  // Alternatives only say which fields go together; they do not list all there are.
  const open = { ...options, strict: false };
  if (key === "oneOf" || key === "anyOf") return (value as JsonSchema[]).map((one) => prepare(one, open));
  if (key === "allOf") return (value as JsonSchema[]).map((one) => prepare(one, options));
  const nested = typeof value === "object" && value !== null && !Array.isArray(value);
  return nested ? prepare(value as JsonSchema, options) : value;
}

function compiles(pattern: string): boolean {
  try {
    return new RegExp(pattern, "u") !== undefined;
  } catch {
    return false;
  }
}
