/**
 * What a value may be, as compact as JSON allows. Letters: `s` string, `i` integer, `I` integer of 32 bits, `n` number,
 * `b` boolean, `x` integer or string, `q` quantity, `d` duration of Flux, `g` of Go, `D` of Go or plain seconds, `y`
 * base64, `c` a range of IP addresses, `C` a cron schedule, `%` a count or a percentage, `p` the number or name of a port, `o` any object, `*` anything. A number is the index of an object type.
 */
export type Expr = Letter | number | ListExpr | MapExpr | EnumExpr | StringExpr | IntegerExpr;
export type Letter =
  | "s"
  | "i"
  | "I"
  | "n"
  | "b"
  | "x"
  | "q"
  | "d"
  | "g"
  | "D"
  | "y"
  | "c"
  | "C"
  | "%"
  | "p"
  | "o"
  | "*";
/** A list, or a map, of one type; `n` bounds how many there may be, both inclusive; `k` is the form of a map's names. */
export type ListExpr = { a: Expr; n?: Bounds };
export type MapExpr = { m: Expr; n?: Bounds; k?: string };
export type Bounds = readonly [least: number | null, most: number | null];
export type EnumExpr = { e: readonly (string | number)[] };
/** A string with a pattern (`p`), a smallest (`l`) or a greatest length (`u`). */
export type StringExpr = { p?: string; l?: number; u?: number };
/** An integer between two bounds, both inclusive. */
export type IntegerExpr = { i: Bounds };

/**
 * Fields of an object: `f` what exists, `r` what must be there, `x` set where more than `f` is allowed, `c` which fields go
 * together.
 */
export type ObjectType = {
  f: Record<string, Expr>;
  r?: readonly string[];
  x?: Expr;
  c?: readonly Condition[];
};

/** Which fields of one object go together: exactly one of some, at most one, at least one, or what another's value asks for. */
export type Condition =
  | { one: readonly string[] }
  | { most: readonly string[] }
  | { some: readonly string[] }
  | Dependence;
/**
 * Where the field `when` is one of `is` (or is none of `not`), `need` must be there and `never` must not. A field that is
 * left out has the value null.
 */
export type Dependence = {
  when: string;
  is?: readonly Plain[];
  not?: readonly Plain[];
  need?: readonly string[];
  never?: readonly string[];
};
export type Plain = string | number | boolean | null;

/** Every kind (`apiVersion/kind`) with the index of its type, and which release each API group was read from. */
export type Tree = {
  versions: Record<string, string>;
  /** API group to a key of `versions`; the group of a built-in kind is found under "". */
  groups: Record<string, string>;
  kinds: Record<string, number>;
  types: ObjectType[];
};
