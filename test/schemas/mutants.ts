import { readFileSync } from "node:fs";
import type { Violation } from "#model/schema.ts";
import type { Expr, ObjectType, Tree } from "../../src/schemas/notation.ts";

export const tree: Tree = JSON.parse(
  readFileSync(new URL("../../src/schemas/tree.json", import.meta.url), "utf8"),
);

type Doc = Record<string, unknown>;
type Step = string | number;

/** A right document with one thing made wrong, and what must be said of it. */
export type Mutant = { fault: string; doc: Doc; pointer: string; codes: Violation["code"][] };

type Place = { path: Step[]; expr: Expr; value: unknown };

/** Every place of a document that the tree knows a type for. */
function places(doc: Doc): Place[] {
  const found: Place[] = [];
  const visit = (expr: Expr, value: unknown, path: Step[]): void => {
    found.push({ path, expr, value });
    if (typeof expr === "number") {
      const { f } = tree.types[expr]!;
      for (const [name, inner] of Object.entries(value as Doc)) {
        if (Object.hasOwn(f, name)) visit(f[name]!, inner, [...path, name]);
      }
    } else if (typeof expr === "object" && "a" in expr) {
      for (const [i, item] of (value as unknown[]).entries()) visit(expr.a, item, [...path, i]);
    } else if (typeof expr === "object" && "m" in expr) {
      for (const [name, item] of Object.entries(value as Doc)) visit(expr.m, item, [...path, name]);
    }
  };
  visit(tree.kinds[`${doc.apiVersion}/${doc.kind}`]!, doc, []);
  return found;
}

function change(doc: Doc, path: readonly Step[], edit: (holder: Doc, name: string) => void): Doc {
  const copy = structuredClone(doc);
  let at: unknown = copy;
  for (const step of path.slice(0, -1)) at = (at as Doc)[step];
  edit(at as Doc, String(path.at(-1)));
  return copy;
}

function pointerOf(path: readonly Step[]): string {
  return path.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

function strict(expr: Expr): ObjectType | undefined {
  const type = typeof expr === "number" ? tree.types[expr]! : undefined;
  return type?.x === undefined ? type : undefined;
}

function misspell(name: string): string {
  const at = Math.floor(name.length / 2);
  return name.slice(0, at - 1) + name[at] + name[at - 1] + name.slice(at + 1);
}

/** Every single-fault mutant of a document. */
export function mutantsOf(doc: Doc): Mutant[] {
  const all = places(doc);
  return all.flatMap((place) => [
    ...unknownFields(doc, place),
    ...missingFields(doc, place),
    ...wrongTypes(doc, place),
    ...wrongValues(doc, place),
    ...movedFields(doc, place, all),
  ]);
}

function unknownFields(doc: Doc, { path, expr, value }: Place): Mutant[] {
  const type = strict(expr);
  if (type === undefined) return [];
  const inside = (name: string) => [...path, name];
  const extra: Mutant = {
    fault: "extra field",
    doc: change(doc, inside("edgewrightExtra"), (holder, name) => {
      holder[name] = true;
    }),
    pointer: pointerOf(inside("edgewrightExtra")),
    codes: ["unknown"],
  };
  const typos = Object.keys(value as Doc)
    .filter((name) => name.length > 3 && path.length > 0)
    .map((name) => [name, misspell(name)] as const)
    .filter(([name, wrong]) => wrong !== name && !Object.hasOwn(type.f, wrong))
    .map(
      ([name, wrong]): Mutant => ({
        fault: "misspelt field",
        doc: change(doc, inside(name), (holder) => {
          holder[wrong] = holder[name];
          delete holder[name];
        }),
        pointer: pointerOf(inside(wrong)),
        codes: ["unknown"],
      }),
    );
  return [extra, ...typos];
}

function missingFields(doc: Doc, { path, expr, value }: Place): Mutant[] {
  if (typeof expr !== "number" || path.length === 0) return [];
  return (tree.types[expr]!.r ?? [])
    .filter((name) => Object.hasOwn(value as Doc, name))
    .map((name) => ({
      fault: "missing field",
      doc: change(doc, [...path, name], (holder) => {
        delete holder[name];
      }),
      pointer: pointerOf(path),
      codes: ["required"],
    }));
}

function wrongTypes(doc: Doc, { path, expr, value }: Place): Mutant[] {
  if (path.length === 0 || expr === "*" || path[0] === "apiVersion" || path[0] === "kind") return [];
  const wrong = typeof value === "object" ? "text" : { wrong: true };
  return [
    {
      fault: "wrong type",
      doc: change(doc, path, (holder, name) => {
        holder[name] = wrong;
      }),
      pointer: pointerOf(path),
      codes: ["type"],
    },
  ];
}

function wrongValues(doc: Doc, { path, expr }: Place): Mutant[] {
  if (path.length < 2) return [];
  const values = {
    enum: typeof expr === "object" && "e" in expr ? ["NoSuchValue"] : [],
    duration: ["d", "g", "D"].includes(expr as string) ? ["10 minutes", "90d", "1 hour"] : [],
    quantity: expr === "q" ? ["2GB", "lots", "1 Gi"] : [],
    integer: expr === "i" ? ["3", 1.5] : [],
  };
  return Object.entries(values).flatMap(([fault, wrongs]) =>
    wrongs.map((wrong) => ({
      fault: `bad ${fault}`,
      doc: change(doc, path, (holder, name) => {
        holder[name] = wrong;
      }),
      pointer: pointerOf(path),
      codes: ["value", "type"] as Violation["code"][],
    })),
  );
}

/** A field one level too high, the commonest slip of indentation. */
function movedFields(doc: Doc, { path, expr }: Place, all: readonly Place[]): Mutant[] {
  const holder = all.find((place) => pointerOf(place.path) === pointerOf(path.slice(0, -1)));
  const outer = holder && all.find((place) => pointerOf(place.path) === pointerOf(holder.path.slice(0, -1)));
  if (path.length < 2 || holder === undefined || outer === undefined) return [];
  const name = String(path.at(-1));
  const type = strict(outer.expr);
  if (expr === undefined || typeof holder.expr !== "number" || type === undefined) return [];
  if (Object.hasOwn(type.f, name)) return [];
  const moved = change(doc, path, (from) => {
    delete from[name];
  });
  const value = path.reduce<unknown>((at, step) => (at as Doc)[step], doc);
  const to = [...outer.path, name];
  return [
    {
      fault: "moved field",
      doc: change(moved, to, (into) => {
        into[name] = value;
      }),
      pointer: pointerOf(to),
      codes: ["unknown"],
    },
  ];
}
