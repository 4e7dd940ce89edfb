import type { Document } from "./corpus.ts";
import type { JsonSchema, SchemaSet } from "./json-schemas.ts";

export type Step = string | number;
/** A place of a document that a JSON Schema describes. */
export type Place = { path: Step[]; schema: JsonSchema; value: unknown };

/** Every place of a document the packages have a schema for; empty where they do not know its kind. */
export function placesOf(doc: Document, set: SchemaSet): Place[] {
  const id = set.kinds.get(`${doc.apiVersion}/${doc.kind}`);
  if (id === undefined) return [];
  const found: Place[] = [];
  visit({ path: [], schema: set.files.get(id)!, value: doc }, set, found);
  return found;
}

function visit(place: Place, set: SchemaSet, found: Place[]): void {
  const schema = resolve(place.schema, set);
  const { path, value } = place;
  if (value === null || value === undefined) return;
  // What the API server writes is not for people to get right or wrong.
  if (path[0] === "status" || path.at(-1) === "managedFields") return;
  found.push({ ...place, schema });
  if (Array.isArray(value)) {
    if (schema.items === undefined) return;
    for (const [i, item] of value.entries())
      visit({ path: [...path, i], schema: schema.items, value: item }, set, found);
    return;
  }
  if (typeof value !== "object") return;
  for (const [name, item] of Object.entries(value)) {
    const own = fieldOf(schema, name);
    if (own !== undefined) visit({ path: [...path, name], schema: own, value: item }, set, found);
  }
}

function fieldOf({ properties, additionalProperties }: JsonSchema, name: string): JsonSchema | undefined {
  if (properties !== undefined && Object.hasOwn(properties, name)) return properties[name];
  return additionalProperties === false ? undefined : additionalProperties;
}

/** Follows references and the wrapping of what may be null, down to a schema that says something. */
export function resolve(schema: JsonSchema, set: SchemaSet): JsonSchema {
  let at = schema;
  for (;;) {
    if (at.else !== undefined) at = at.else;
    else if (at.$ref !== undefined && at.properties === undefined) at = set.files.get(at.$ref.slice(1))!;
    else return at;
  }
}

/** An object with listed fields and no others. */
export function isClosed({ properties, additionalProperties }: JsonSchema): boolean {
  return properties !== undefined && additionalProperties === undefined;
}

/** The type a schema asks for, null aside. */
export function typeOf({ type }: JsonSchema): string | undefined {
  return Array.isArray(type) ? type.find((one) => one !== "null") : type;
}

/** A copy of a document with one thing changed at a path. */
export function change(
  doc: Document,
  path: readonly Step[],
  edit: (holder: Document, name: string) => void,
): Document {
  const copy = structuredClone(doc);
  let at: unknown = copy;
  for (const step of path.slice(0, -1)) at = (at as Document)[step];
  edit(at as Document, String(path.at(-1)));
  return copy;
}

export function pointerOf(path: readonly Step[]): string {
  return path.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}
