import type { Values } from "./text.ts";

/** What a document says that its schema does not allow. */
export type Violation = {
  code:
    | "unknown" // a field the schema does not have: {field}, {nearest}
    | "type" // {expected}, {found}
    | "required" // {field}
    | "value" // outside an enum, a pattern, a range, a format: {value}, {expected}
    | "one-of" // none of some fields is there: {fields}
    | "exclusive" // more than one of some fields: {fields}
    | "needed" // missing, though another field asks for it: {field}, {when}
    | "misplaced" // there, though another field rules it out: {field}, {when}
    | "kind"; // an apiVersion or kind nobody serves: {kind}, {expected}
  /** JSON pointer to what is wrong; to the parent of what is missing. */
  pointer: string;
  values: Values;
};

/** What manifests may hold, by kind. */
export type Schemas = {
  /** Everything wrong with a document; undefined where no schema covers its kind, so that nothing was checked. */
  check: (doc: Record<string, unknown>, options?: { patch?: boolean }) => Violation[] | undefined;
  /** Name and release of what an API group was checked against: `["Flux", "2.8"]`. */
  release: (apiVersion: string) => [name: string, version: string] | undefined;
  /** What a field takes where only text fits, or only true and false; undefined where it may be more, or nothing is known. */
  scalarAt: (doc: Record<string, unknown>, pointer: string) => "string" | "boolean" | undefined;
};

/** What the schemas know by name, for prose that mentions it. */
export type SchemaWords = {
  /** Bare kinds: `Deployment`. */
  kinds: ReadonlySet<string>;
  apiVersions: ReadonlySet<string>;
  /** Every field of every kind. */
  fields: ReadonlySet<string>;
  /** Whether some kind has the field at this path: `spec.template.spec.containers`. */
  hasPath: (path: string) => boolean;
};
