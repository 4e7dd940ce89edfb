import { readFileSync } from "node:fs";

/** A type as a declaration file writes it. */
export type TypeNode =
  | { kind: "word"; name: string }
  | { kind: "literal"; value: string | number }
  | { kind: "list"; of: TypeNode }
  | { kind: "object"; fields: Map<string, { type: TypeNode; required: boolean }>; index?: TypeNode }
  | { kind: "union" | "both"; parts: TypeNode[] };

export type Declarations = {
  path: string;
  /** Local name to the file it is imported from. */
  imports: Map<string, string>;
  types: Map<string, TypeNode>;
  /** Exported name to local name. */
  exports: Map<string, string>;
};

const COMMENT = /\/\*[\s\S]*?\*\//g;
const TOKEN = /\s*("(?:[^"\\]|\\.)*"|[A-Za-z_$][\w$]*|-?\d+(?:\.\d+)?|=>|[{}[\]<>()|&;:,?=.*])/y;

/** Reads the few shapes generated declaration files are made of; anything else is an error, so nothing is lost silently. */
export function readDeclarations(path: string): Declarations {
  const declarations: Declarations = { path, imports: new Map(), types: new Map(), exports: new Map() };
  const reader = tokens(readFileSync(path, "utf8").replace(COMMENT, ""), path);
  while (reader.peek() !== undefined) statement(reader, declarations);
  return declarations;
}

type Tokens = ReturnType<typeof tokens>;

function tokens(text: string, path: string) {
  const all: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (match === null) throw new Error(`${path}: cannot read ${JSON.stringify(text.slice(at, at + 40))}`);
    all.push(match[1]!);
  }
  let next = 0;
  return {
    peek: (ahead = 0) => all[next + ahead],
    take: () => all[next++]!,
    expect(token: string) {
      const found = all[next++];
      if (found !== token) throw new Error(`${path}: "${token}" expected, found "${found}" (token ${next})`);
    },
    accept(token: string): boolean {
      if (all[next] !== token) return false;
      next++;
      return true;
    },
  };
}

function statement(reader: Tokens, into: Declarations): void {
  if (reader.accept("import")) {
    importStatement(reader, into);
    return;
  }
  reader.expect("export");
  if (reader.accept("interface")) interfaceStatement(reader, into);
  else if (reader.accept("type")) typeStatement(reader, into);
  else skipStatement(reader);
}

function typeStatement(reader: Tokens, into: Declarations): void {
  if (reader.accept("{")) {
    exportList(reader, into);
    return;
  }
  const name = reader.take();
  reader.expect("=");
  into.types.set(name, union(reader));
  reader.accept(";");
}

function importStatement(reader: Tokens, into: Declarations): void {
  reader.expect("{");
  const names: string[] = [];
  while (!reader.accept("}")) {
    names.push(reader.take());
    reader.accept(",");
  }
  reader.expect("from");
  const from = JSON.parse(reader.take());
  reader.accept(";");
  for (const name of names) into.imports.set(name, from);
}

function interfaceStatement(reader: Tokens, into: Declarations): void {
  const name = reader.take();
  const parents: TypeNode[] = [];
  if (reader.accept("extends")) {
    do parents.push(primary(reader));
    while (reader.accept(","));
  }
  const own = object(reader);
  into.types.set(name, parents.length === 0 ? own : { kind: "both", parts: [...parents, own] });
}

function exportList(reader: Tokens, into: Declarations): void {
  while (!reader.accept("}")) {
    const local = reader.take();
    if (reader.accept("as")) into.exports.set(reader.take(), local);
    else into.exports.set(local, local);
    reader.accept(",");
  }
  reader.accept(";");
}

/** Classes repeat the interface beside them. */
function skipStatement(reader: Tokens): void {
  let depth = 0;
  for (let token = reader.take(); token !== undefined; token = reader.take()) {
    if (token === "{") depth++;
    if (token === "}" && --depth === 0) return;
    if (token === ";" && depth === 0) return;
  }
}

function union(reader: Tokens): TypeNode {
  reader.accept("|");
  const parts = [both(reader)];
  while (reader.accept("|")) parts.push(both(reader));
  return parts.length === 1 ? parts[0]! : { kind: "union", parts };
}

function both(reader: Tokens): TypeNode {
  const parts = [primary(reader)];
  while (reader.accept("&")) parts.push(primary(reader));
  return parts.length === 1 ? parts[0]! : { kind: "both", parts };
}

function primary(reader: Tokens): TypeNode {
  const token = reader.peek()!;
  if (token === "{") return object(reader);
  if (reader.accept("(")) {
    const inner = union(reader);
    reader.expect(")");
    return inner;
  }
  if (token.startsWith('"')) return { kind: "literal", value: JSON.parse(reader.take()) };
  if (/^-?\d/.test(token)) return { kind: "literal", value: Number(reader.take()) };
  const name = reader.take();
  if (!reader.accept("<")) return { kind: "word", name };
  const inner = union(reader);
  if (name !== "Array") throw new Error(`a generic type "${name}" is not known`);
  reader.expect(">");
  return { kind: "list", of: inner };
}

function object(reader: Tokens): TypeNode {
  const node: Extract<TypeNode, { kind: "object" }> = { kind: "object", fields: new Map() };
  reader.expect("{");
  while (!reader.accept("}")) {
    if (reader.accept("[")) {
      reader.take();
      reader.expect(":");
      reader.take();
      reader.expect("]");
      reader.expect(":");
      node.index = union(reader);
    } else {
      const token = reader.take();
      const name = token.startsWith('"') ? JSON.parse(token) : token;
      const required = !reader.accept("?");
      reader.expect(":");
      node.fields.set(name, { type: union(reader), required });
    }
    reader.accept(";");
  }
  return node;
}
