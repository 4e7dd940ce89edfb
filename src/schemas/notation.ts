/**
 * What a value may be, as compact as JSON allows. Letters: `s` string, `i` integer, `n` number, `b` boolean, `x` integer
 * or string, `q` quantity, `d` duration of Flux, `g` of Go, `D` of Go or plain seconds, `y` base64, `o` any
 * object, `*` anything. A number is the index of an object type.
 */
export type Expr = Letter | number | ListExpr | MapExpr | EnumExpr | StringExpr | IntegerExpr;
export type Letter = "s" | "i" | "n" | "b" | "x" | "q" | "d" | "g" | "D" | "y" | "o" | "*";
export type ListExpr = { a: Expr };
export type MapExpr = { m: Expr };
export type EnumExpr = { e: readonly (string | number)[] };
/** A string with a pattern (`p`) or a smallest length (`l`). */
export type StringExpr = { p?: string; l?: number };
/** An integer between two bounds, both inclusive. */
export type IntegerExpr = { i: readonly [number | null, number | null] };

/** Fields of an object: `f` what exists, `r` what must be there, `x` set where more than `f` is allowed. */
export type ObjectType = { f: Record<string, Expr>; r?: readonly string[]; x?: Expr };

/** Every kind (`apiVersion/kind`) with the index of its type, and which release each API group was read from. */
export type Tree = {
  versions: Record<string, string>;
  /** API group to a key of `versions`; the group of a built-in kind is found under "". */
  groups: Record<string, string>;
  kinds: Record<string, number>;
  types: ObjectType[];
};
