import { readFileSync } from "node:fs";

/** What a compiled validator adds to a declaration: number formats, bounds and patterns, field by field. */
export type Constraints = {
  types: readonly string[];
  format?: string;
  pattern?: string;
  minLength?: number;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  /** How many items or entries there may be. */
  count: [least: number | null, most: number | null];
  field: (name: string) => Constraints | undefined;
  items: () => Constraints | undefined;
  values: () => Constraints | undefined;
};

const FUNCTION = /function validate(\d+)\(data,/g;
const FORWARD = /return (?:null!==data&&\()?validate(\d+)\(data,\{/;
const FIELD = /void 0!==data(?:\.([\w$]+)|\["([^"]+)"\])&&\(?validate(\d+)\(/g;
const PARAMS =
  /keyword:"(\w+)",params:\{(?:type|format|pattern|limit|comparison):("(?:[^"\\]|\\.)*"|[-\d.e]+)(?:,limit:([-\d.e]+))?/g;

/** Reads the constraints back out of a validator that Ajv wrote: one function a schema, one call a field. */
export function readConstraints(path: string): Constraints | undefined {
  let source: string;
  try {
    source = readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
  const starts = [...source.matchAll(FUNCTION)];
  const bodies = new Map<string, string>();
  for (const [i, start] of starts.entries()) {
    bodies.set(start[1]!, source.slice(start.index, starts[i + 1]?.index ?? source.length));
  }
  const root = /export const validate=validate(\d+)/.exec(source)?.[1];
  return root === undefined ? undefined : constraintsOf(root, bodies);
}

function constraintsOf(id: string | undefined, bodies: ReadonlyMap<string, string>): Constraints | undefined {
  const body = id === undefined ? undefined : bodies.get(id);
  // A function of another file: that type is read where it is declared.
  if (body === undefined) return undefined;
  const forward = FORWARD.exec(body)?.[1];
  if (forward !== undefined && !body.includes("void 0!==data")) return constraintsOf(forward, bodies);
  const fields = new Map([...body.matchAll(FIELD)].map((m) => [m[1] ?? m[2]!, m[3]!]));
  const found: Constraints = {
    count: [null, null],
    types: [...body.matchAll(/keyword:"type",params:\{type:"(\w+)"/g)].map((m) => m[1]!),
    field: (name) => constraintsOf(fields.get(name), bodies),
    items: () => constraintsOf(/validate(\d+)\(data\[i0\]/.exec(body)?.[1], bodies),
    values: () => constraintsOf(/validate(\d+)\(data\[key0\]/.exec(body)?.[1], bodies),
  };
  for (const [, keyword, value, limit] of body.matchAll(PARAMS)) {
    const number = Number(limit ?? value);
    if (keyword === "format") found.format = JSON.parse(value!);
    else if (keyword === "pattern") found.pattern = JSON.parse(value!);
    else if (keyword === "minLength") found.minLength = number;
    else if (keyword === "maxLength") found.maxLength = number;
    else if (keyword === "minItems" || keyword === "minProperties") found.count[0] = number || null;
    else if (keyword === "maxItems" || keyword === "maxProperties") found.count[1] = number;
    else if (keyword === "minimum") found.minimum = number;
    else if (keyword === "maximum") found.maximum = number;
  }
  return found;
}
