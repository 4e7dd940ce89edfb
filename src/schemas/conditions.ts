import type { Violation } from "#model/schema.ts";
import { isFilledLater } from "./filled-later.ts";
import type { Condition, Dependence, Plain } from "./notation.ts";

/** A volume has thirty sources; nobody reads them in a message. */
const maxNames = 8;

type Broken = Omit<Violation, "pointer">;
type Fields = Readonly<Record<string, unknown>>;

/** What the fields of one object say that they may not say together. */
export function findBrokenConditions(conditions: readonly Condition[], value: Fields): Broken[] {
  return conditions.flatMap((condition) => {
    if ("one" in condition) return [...oneOf(condition.one, value), ...exclusive(condition.one, value)];
    if ("most" in condition) return exclusive(condition.most, value);
    if ("some" in condition) return oneOf(condition.some, value);
    return dependent(condition, value);
  });
}

/** Null is dropped by the API server, so it is as good as nothing. A name may lead further down: `destination.server`. */
function isThere(value: Fields, name: string): boolean {
  const dot = name.indexOf(".");
  if (dot < 0) return Object.hasOwn(value, name) && value[name] !== null && value[name] !== undefined;
  const inner = value[name.slice(0, dot)];
  return typeof inner === "object" && inner !== null && isThere(inner as Fields, name.slice(dot + 1));
}

/** An empty text is as good as nothing to Go, so it excludes nothing. */
function isSaid(value: Fields, name: string): boolean {
  return isThere(value, name) && value[name] !== "";
}

function oneOf(names: readonly string[], value: Fields): Broken[] {
  if (names.some((name) => isThere(value, name))) return [];
  const shown = names.length > maxNames ? [...names.slice(0, maxNames), "…"] : names;
  return [{ code: "one-of", values: { fields: shown.join(", ") } }];
}

function exclusive(names: readonly string[], value: Fields): Broken[] {
  const found = names.filter((name) => isSaid(value, name));
  return found.length > 1 ? [{ code: "exclusive", values: { fields: found.join(", ") } }] : [];
}

function dependent({ when, is, not, need = [], never = [] }: Dependence, value: Fields): Broken[] {
  const said = isThere(value, when) ? (value[when] as Plain) : null;
  if (isFilledLater(said)) return [];
  const applies = is === undefined ? !not!.includes(said) : is.includes(said);
  if (!applies) return [];
  const missing = need.filter((name) => !isThere(value, name));
  const unwanted = never.filter((name) => isSaid(value, name));
  return [
    ...missing.map((field): Broken => ({ code: "needed", values: { field, when } })),
    ...unwanted.map((field): Broken => ({ code: "misplaced", values: { field, when } })),
  ];
}
