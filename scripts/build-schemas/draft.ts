import type { Bounds, Condition, Letter } from "../../src/schemas/notation.ts";

/** A type while it is being put together: object types are shared by reference, so an overlay reaches all who use one. */
export type DraftExpr =
  | Letter
  | DraftObject
  | { a: DraftExpr; n?: Bounds }
  | { m: DraftExpr; n?: Bounds; k?: string }
  | { e: (string | number)[] }
  | { p?: string; l?: number; u?: number }
  | { i: Bounds };

export type DraftObject = {
  fields: Map<string, DraftExpr>;
  required: Set<string>;
  rest?: DraftExpr;
  conditions?: readonly Condition[];
};

export type Draft = {
  versions: Record<string, string>;
  groups: Record<string, string>;
  /** `apiVersion/kind` to its type. */
  kinds: Map<string, DraftObject>;
  /** Named types of the packages, by the long name they are exported under. */
  types: Map<string, DraftExpr>;
};

export function isDraftObject(expr: DraftExpr): expr is DraftObject {
  return typeof expr === "object" && "fields" in expr;
}

/** The group of an `apiVersion/kind`; the core group is written as v1. */
export function groupOf(key: string): string {
  const parts = key.split("/");
  return parts.length === 2 ? "" : parts[0]!;
}
