import { isRenamedOnly, type RemovedApi } from "#catalogue/removed-apis.ts";
import { certainName } from "#model/nearest.ts";
import type { Mend } from "#model/plan.ts";
import type { SyntaxProblem } from "#model/rule.ts";
import type { Schemas, Violation } from "#model/schema.ts";
import type { ParsedTree } from "./parse.ts";

type Fields = Record<string, unknown>;

/** Words of an enumeration; examples of durations and quantities hold digits and are no choices. */
const CHOICE = /^[A-Za-z]{2,}$/;
const shortestChoice = 5;
const TRUTH: Readonly<Record<string, string>> = {
  yes: "true",
  on: "true",
  y: "true",
  no: "false",
  off: "false",
  n: "false",
};

/** What sets a violation of a schema right, where only one thing can be meant. */
export function mendOfViolation({ code, pointer, values }: Violation, doc: Fields): { mend?: Mend } {
  switch (code) {
    case "unknown": {
      const to = certainName(String(values.field), listed(values.nearest));
      return to === undefined ? {} : { mend: { kind: "rename", to } };
    }
    case "type":
      return mendOfType(String(values.expected), valueAt(doc, pointer));
    case "value": {
      const to = choice(String(valueAt(doc, pointer)), listed(values.expected));
      return to === undefined ? {} : { mend: { kind: "set", to } };
    }
    case "kind": {
      const [to, ...others] = listed(values.expected);
      const isSure = to !== undefined && others.length === 0 && isNear(pointer, doc, to);
      return isSure ? { mend: { kind: "set", to } } : {};
    }
    default:
      return {};
  }
}

/** Text written as a number or a truth value belongs in quotes; a number or truth value in quotes does not. */
function mendOfType(expected: string, found: unknown): { mend?: Mend } {
  if (expected === "string" && (typeof found === "number" || typeof found === "boolean"))
    return { mend: { kind: "quote", place: "value" } };
  const isNumber =
    expected === "integer" && typeof found === "string" && /^(?:0|-?[1-9]\d{0,8})$/.test(found);
  const isTruth = expected === "boolean" && (found === "true" || found === "false");
  return isNumber || isTruth ? { mend: { kind: "unquote" } } : {};
}

function choice(given: string, expected: readonly string[]): string | undefined {
  const choices = expected.filter((one) => CHOICE.test(one));
  const to = certainName(given, choices);
  return to !== undefined && (given.length >= shortestChoice || to.toLowerCase() === given.toLowerCase())
    ? to
    : undefined;
}

/** A version that only one API serves is what was meant; a kind of another name must be a slip of the pen. */
function isNear(pointer: string, doc: Fields, to: string): boolean {
  return pointer === "/apiVersion" || certainName(String(doc.kind), [to]) !== undefined;
}

/** A removed version whose successor is the same but for its name. */
export function mendOfRemoved(api: RemovedApi, kind: string): { mend?: Mend } {
  return api.instead !== "" && isRenamedOnly(api, kind) ? { mend: { kind: "set", to: api.instead } } : {};
}

/**
 * What sets ambiguous scalars right. A key is text whatever it looks like; a value is text where the schema takes nothing
 * else, and true or false where it takes only those. Anywhere else nobody knows what was meant.
 */
export function mendScalars({ syntax, manifests }: ParsedTree, schemas: Schemas): SyntaxProblem[] {
  if (!syntax.some(({ code }) => code === "ambiguous-scalar")) return syntax;
  const docs = new Map(manifests.map((manifest) => [`${manifest.path}\0${manifest.index}`, manifest.doc]));
  return syntax.map((problem) => {
    if (problem.code !== "ambiguous-scalar") return problem;
    const mend = mendOfScalar(problem, schemas, docs.get(`${problem.path}\0${problem.index}`));
    return mend === undefined ? problem : { ...problem, mend };
  });
}

function mendOfScalar(
  { values, pointer }: SyntaxProblem,
  schemas: Schemas,
  doc: Fields | undefined,
): Mend | undefined {
  if (values.place === "key") return { kind: "quote", place: "key" };
  const kind = doc && pointer !== undefined ? schemas.scalarAt(doc, pointer) : undefined;
  if (kind === "string") return { kind: "quote", place: "value" };
  const to = kind === "boolean" ? TRUTH[String(values.value).toLowerCase()] : undefined;
  return to === undefined ? undefined : { kind: "set", to };
}

function listed(names: string | number | undefined): string[] {
  return names === undefined || names === "" ? [] : String(names).split(", ");
}

function valueAt(doc: unknown, pointer: string): unknown {
  return pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce<unknown>((value, part) => (value as Fields | null | undefined)?.[part], doc);
}
