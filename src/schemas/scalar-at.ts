import type { Expr, Tree } from "./notation.ts";

/** What a field takes where only one kind of scalar fits: text, or true and false. Undefined where it may be either, or is not known. */
export type ScalarKind = "string" | "boolean";

/** Letters of the notation that take text alone. */
const texts = new Set<string>(["s", "d", "g", "D", "y", "c", "C"]);

/** Follows a JSON pointer through the schema of a kind. */
export function scalarAt({ kinds, types }: Tree, key: string, pointer: string): ScalarKind | undefined {
  if (!Object.hasOwn(kinds, key)) return undefined;
  let expr: Expr | undefined = kinds[key]!;
  for (const part of pointer.split("/").slice(1)) {
    const name = part.replaceAll("~1", "/").replaceAll("~0", "~");
    expr = step(expr, name, types);
    if (expr === undefined) return undefined;
  }
  return kindOf(expr);
}

function step(expr: Expr, name: string, types: Tree["types"]): Expr | undefined {
  if (typeof expr === "number") {
    const { f, x } = types[expr]!;
    return Object.hasOwn(f, name) ? f[name] : x;
  }
  if (typeof expr === "string") return undefined;
  if ("a" in expr) return /^\d+$/.test(name) ? expr.a : undefined;
  return "m" in expr ? expr.m : undefined;
}

function kindOf(expr: Expr): ScalarKind | undefined {
  if (typeof expr === "string") return expr === "b" ? "boolean" : texts.has(expr) ? "string" : undefined;
  if (typeof expr === "number") return undefined;
  if ("e" in expr) return expr.e.every((one) => typeof one === "string") ? "string" : undefined;
  return "p" in expr || "l" in expr || "u" in expr ? "string" : undefined;
}
