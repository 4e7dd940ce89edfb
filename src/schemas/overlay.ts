import type { Condition, Plain } from "./notation.ts";

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
  | "cidr"
  | "cron"
  | "count-or-percent"
  | "port"
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
  | { readonly is: "list"; readonly of: Shape; readonly bounds: readonly [number | null, number | null] }
  | { readonly is: "map"; readonly of: Shape; readonly names: string }
  | { readonly is: "bounds"; readonly bounds: readonly [number | null, number | null] }
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
/** A list with a least and a greatest number of items. */
export function list(of: Shape, least: number | null, most: number | null = null): Tagged {
  return { is: "list", of, bounds: [least, most] };
}
/** A map whose names have this form, as a regular expression. */
export function mapOf(of: Shape, names: string): Tagged {
  return { is: "map", of, names };
}
/** The list or map that is there, with a least and a greatest number of entries. */
export function count(least: number | null, most: number | null = null): Tagged {
  return { is: "bounds", bounds: [least, most] };
}
/** The type of another kind's field: `like("v1/Pod", "/spec/containers/0/env")`. */
export function like(kind: string, pointer: string): Tagged {
  return { is: "like", kind, pointer };
}
export function isTagged(shape: Shape): shape is Tagged {
  return typeof shape === "object" && !Array.isArray(shape) && typeof (shape as Fields).is === "string";
}

/** Exactly one of these fields is there. */
export function exactlyOne(...fields: string[]): Condition {
  return { one: fields };
}
/** Exactly one of all the fields an object may have, these left aside. */
export function exactlyOneBut(...others: string[]): Condition {
  return { one: ["*", ...others] };
}
/** At most one of all the fields an object may have, these left aside. */
export function atMostOneBut(...others: string[]): Condition {
  return { most: ["*", ...others] };
}
/** At most one of these fields is there. */
export function atMostOne(...fields: string[]): Condition {
  return { most: fields };
}
/** At least one of these fields is there. */
export function atLeastOne(...fields: string[]): Condition {
  return { some: fields };
}
/** `when("type", ["Local"], { never: ["url"] })`; null in the list stands for a field that is left out. */
export function when(
  field: string,
  is: readonly Plain[],
  then: { need?: readonly string[]; never?: readonly string[] },
): Condition {
  return { when: field, is, ...then };
}
/** Like `when`, for every other value. */
export function unless(
  field: string,
  not: readonly Plain[],
  then: { need?: readonly string[]; never?: readonly string[] },
): Condition {
  return { when: field, not, ...then };
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
  /** Which fields go together, by `apiVersion/kind`. */
  conditions?: Record<string, Conditions>;
  /** Fields newer than the packages, merged into a kind they already hold. */
  extend?: Record<string, Fields>;
  /**
   * What holds for one kind alone: kind to JSON pointer of an object to its fields. The types on the way are copied, and what
   * is said here replaces what they say.
   */
  narrow?: Record<string, { readonly [pointer: string]: Fields }>;
  /** Fields the packages require and the API server does not, mostly as they have a default: kind to JSON pointers. */
  optional?: Record<string, readonly string[]>;
};

/** JSON pointer of an object to its conditions; `0` stands for every item. */
export type Conditions = { readonly [pointer: string]: readonly Condition[] };

/** Gives an overlay file its types. */
export function defineOverlay(overlay: Overlay): Overlay {
  return overlay;
}
