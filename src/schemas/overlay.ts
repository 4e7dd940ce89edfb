/** How a hand-written schema says what a value may be; `build-schemas` turns it into the notation of the tree. */
export type Shape =
  | "string"
  | "integer"
  | "number"
  | "boolean"
  | "int-or-string"
  | "quantity"
  | "duration"
  | "go-duration"
  | "base64"
  | "object"
  | "any"
  | Tagged
  | readonly [Shape]
  | Fields;

/** `name!` is required, `*` holds for every other name: `{ "*": "string" }` is a map. */
export type Fields = { readonly [name: string]: Shape };

export type Tagged =
  | { readonly is: "one"; readonly values: readonly (string | number)[] }
  | { readonly is: "pattern"; readonly pattern: string }
  | { readonly is: "between"; readonly bounds: readonly [number | null, number | null] }
  | { readonly is: "like"; readonly kind: string; readonly pointer: string };

/** One of these values and no other. */
export function one(...values: (string | number)[]): Tagged {
  return { is: "one", values };
}
/** A string of this form, as a regular expression. */
export function pattern(source: string): Tagged {
  return { is: "pattern", pattern: source };
}
/** An integer, both bounds included. */
export function between(least: number | null, most: number | null): Tagged {
  return { is: "between", bounds: [least, most] };
}
/** The type of another kind's field: `like("v1/Pod", "/spec/containers/0/env")`. */
export function like(kind: string, pointer: string): Tagged {
  return { is: "like", kind, pointer };
}
export function isTagged(shape: Shape): shape is Tagged {
  return typeof shape === "object" && !Array.isArray(shape) && typeof (shape as Fields).is === "string";
}

export type Overlay = {
  /** Name and release people read in a report. */
  name: string;
  version: string;
  source: string;
  /** API groups whose kinds are reported under `name`. */
  groups: readonly string[];
  /** `apiVersion/kind` to its fields; `apiVersion`, `kind`, `metadata` and `status` are there already. */
  kinds?: Record<string, Fields>;
  /** Fields newer than the packages, merged into a kind they already hold. */
  extend?: Record<string, Fields>;
};

/** Gives an overlay file its types. */
export function defineOverlay(overlay: Overlay): Overlay {
  return overlay;
}
