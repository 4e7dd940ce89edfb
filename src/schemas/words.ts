import { readFileSync } from "node:fs";
import type { SchemaWords } from "#model/schema.ts";
import type { Expr, Tree } from "./notation.ts";

let loaded: SchemaWords | undefined;

/** Every kind, API version and field the schemas know, read at the first call and kept. */
export function loadSchemaWords(): SchemaWords {
  loaded ??= schemaWords(JSON.parse(readFileSync(new URL("./tree.json", import.meta.url), "utf8")));
  return loaded;
}

/** The names of a given tree. */
export function schemaWords({ kinds, types }: Tree): SchemaWords {
  const names = Object.keys(kinds);
  const roots = [...new Set(Object.values(kinds))];
  return {
    kinds: new Set(names.map((name) => name.slice(name.lastIndexOf("/") + 1))),
    apiVersions: new Set(names.map((name) => name.slice(0, name.lastIndexOf("/")))),
    fields: new Set(types.flatMap(({ f }) => Object.keys(f))),
    hasPath(path) {
      const steps = path.replaceAll(/\[[^\]]*\]/g, "").split(".");
      let at: Expr[] = roots;
      for (const step of steps) at = [...new Set(at.flatMap((expr) => follow(expr, step, types)))];
      return at.length > 0;
    },
  };
}

/** What stands under one field; lists are looked through, maps take any key. Where anything goes, nothing is known. */
function follow(expr: Expr, step: string, types: Tree["types"]): Expr[] {
  if (typeof expr === "number") {
    const { f } = types[expr]!;
    return Object.hasOwn(f, step) ? [f[step]!] : [];
  }
  if (typeof expr === "string") return [];
  if ("a" in expr) return follow(expr.a, step, types);
  return "m" in expr ? [expr.m] : [];
}
