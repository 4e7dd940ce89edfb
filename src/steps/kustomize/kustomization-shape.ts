import { certainName, nearestNames } from "#model/nearest.ts";
import { type Fields, isMap } from "#model/value.ts";
import { kustomizationFields, type Shape } from "./fields.ts";

/** One field kustomize would refuse, or (`other-case`) take although it is not how the field is written. */
export type ShapeProblem = {
  pointer: string;
  field: string;
} /** `certain`: the one name that can be meant. */ & (
  | { code: "unknown-field" | "other-case"; near: string; certain?: string | undefined }
  | { code: "wrong-type"; expected: string }
);

const known = new WeakMap<Fields, ShapeProblem[]>();

/** Compares a kustomization with what its fields must hold. */
export function shapeProblems(doc: Fields): ShapeProblem[] {
  const before = known.get(doc);
  if (before !== undefined) return before;
  const problems: ShapeProblem[] = [];
  checkFields(doc, kustomizationFields, { pointer: "", field: "", problems });
  known.set(doc, problems);
  return problems;
}

type At = { pointer: string; field: string; problems: ShapeProblem[] };

function checkFields(value: Fields, fields: Readonly<Record<string, Shape>>, at: At): void {
  for (const [name, item] of Object.entries(value)) {
    const pointer = `${at.pointer}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    const field = at.field === "" ? name : `${at.field}.${name}`;
    if (Object.hasOwn(fields, name)) {
      check(item, fields[name]!, { ...at, pointer, field });
      continue;
    }
    const lower = name.toLowerCase();
    const same = Object.keys(fields).find((one) => one.toLowerCase() === lower);
    const near = same ?? nearestNames(name, Object.keys(fields))[0] ?? "-";
    const certain = certainName(name, Object.keys(fields));
    at.problems.push({
      pointer,
      field,
      code: same === undefined ? "unknown-field" : "other-case",
      near,
      certain,
    });
  }
}

function check(value: unknown, shape: Shape, at: At): void {
  if (value === null || value === undefined || shape === "any") return;
  if (!fits(value, shape)) {
    at.problems.push({ pointer: at.pointer, field: at.field, code: "wrong-type", expected: describe(shape) });
    return;
  }
  if (typeof shape === "string") return;
  if (isList(shape)) {
    for (const [i, item] of (value as unknown[]).entries()) {
      check(item, shape.list, { ...at, pointer: `${at.pointer}/${i}` });
    }
  } else if (isPairs(shape)) {
    for (const [name, item] of Object.entries(value as Fields)) {
      const pointer = `${at.pointer}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
      check(item, shape.map, { ...at, pointer, field: `${at.field}.${name}` });
    }
  } else checkFields(value as Fields, shape, at);
}

function isList(shape: Shape): shape is { list: Shape } {
  return typeof shape === "object" && "list" in shape;
}

function isPairs(shape: Shape): shape is { map: Shape } {
  return typeof shape === "object" && "map" in shape;
}

function fits(value: unknown, shape: Shape): boolean {
  if (shape === "string") return typeof value === "string";
  if (shape === "bool") return typeof value === "boolean";
  if (shape === "int") return Number.isInteger(value);
  return isList(shape) ? Array.isArray(value) : isMap(value);
}

function describe(shape: Shape): string {
  if (shape === "string") return "string";
  if (shape === "bool") return "true | false";
  if (shape === "int") return "1, 2, 3, …";
  if (!isList(shape)) return "{…}";
  return shape.list === "string" ? "[string, …]" : "[{…}, …]";
}
