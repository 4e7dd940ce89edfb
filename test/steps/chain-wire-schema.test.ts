import { describe, expect, test } from "vitest";
import { z } from "zod";
import { measure, wireLimits, wireSchema } from "#src/steps/chain/wire-schema.ts";
import { Small } from "../fakes/models.ts";

const KEYWORDS = new Set([
  "type",
  "enum",
  "description",
  "items",
  "properties",
  "required",
  "anyOf",
  "additionalProperties",
]);

/** Every schema node with where it stands. */
function* nodes(node: Record<string, unknown>, path = "#"): Generator<[string, Record<string, unknown>]> {
  yield [path, node];
  for (const [key, child] of Object.entries(
    (node.properties ?? {}) as Record<string, Record<string, unknown>>,
  ))
    yield* nodes(child, `${path}/${key}`);
  if (node.items) yield* nodes(node.items as Record<string, unknown>, `${path}/items`);
  for (const [at, child] of ((node.anyOf ?? []) as Record<string, unknown>[]).entries())
    yield* nodes(child, `${path}/${at}`);
}

describe("wire schema", () => {
  const Everything = z.strictObject({
    text: z.string().min(2).max(5).describe("short"),
    pattern: z.string().regex(/^a+$/),
    number: z.int().min(1).max(9),
    any: z.int(),
    choice: z.enum(["x", "y"]).nullable(),
    maybe: z.string().nullable(),
    only: z.literal("q"),
    when: z.iso.datetime(),
    union: z.discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("a") }),
      z.strictObject({ kind: z.literal("b"), list: z.array(z.string().max(3)).min(1).max(3) }),
    ]),
    loose: z.object({ a: z.boolean() }),
  });

  test("uses only keywords that all providers know, and closes every object", () => {
    for (const [path, node] of nodes(wireSchema(Everything))) {
      expect(
        Object.keys(node).filter((key) => !KEYWORDS.has(key)),
        path,
      ).toEqual([]);
      if (node.type !== "object") continue;
      expect(node.additionalProperties, path).toBe(false);
      expect(node.required, path).toEqual(Object.keys(node.properties as object));
    }
  });

  test("tells in words what no provider enforces", () => {
    const { properties } = wireSchema(Everything) as { properties: Record<string, { description?: string }> };
    expect(properties.text!.description).toBe("short (at least 2 characters, at most 5 characters)");
    expect(properties.pattern!.description).toBe("(matching ^a+$)");
    expect(properties.number!.description).toBe("(minimum 1, maximum 9)");
    expect(properties.any!.description).toBeUndefined();
    expect(properties.when!.description).toBe("(as date-time)");
    expect(properties.only).toEqual({ type: "string", enum: ["q"] });
    expect(properties.union).toMatchObject({ anyOf: [{ properties: { kind: { enum: ["a"] } } }, {}] });
  });

  test("keeps the order of keys, which is the order in which a model writes", () => {
    expect(Object.keys(wireSchema(Small).properties as object)).toEqual(Object.keys(Small.shape));
  });

  test("is written once, carries nothing of zod, and stays as it is", () => {
    expect(wireSchema(Small)).toBe(wireSchema(Small));
    expect(JSON.parse(JSON.stringify(wireSchema(Small)))).toEqual(wireSchema(Small));
    expect(Object.getOwnPropertyNames(wireSchema(Small))).not.toContain("~standard");
  });

  const Node: z.ZodType = z.strictObject({
    name: z.string(),
    get children() {
      return z.array(Node);
    },
  });
  test.each([
    [
      "an optional key",
      z.strictObject({ a: z.strictObject({ b: z.string().optional() }) }),
      "/properties/a/properties/b: it is optional",
    ],
    ["a default", z.strictObject({ a: z.string().default("x") }), "/properties/a"],
    ["a record", z.strictObject({ a: z.record(z.string(), z.string()) }), "/properties/a: it is a record"],
    ["a tuple", z.strictObject({ a: z.array(z.tuple([z.string()])) }), "/properties/a/items: it is a tuple"],
    ["anything", z.strictObject({ a: z.unknown() }), "/properties/a: it has no type"],
    ["a recursion", Node, "it refers to itself"],
    ["a date", z.strictObject({ a: z.date() }), "/properties/a: it has no type"],
    [
      "a union at the root",
      z.union([z.strictObject({ a: z.string() }), z.strictObject({ b: z.string() })]),
      "the root must be an object",
    ],
    [
      "an intersection of unions",
      z.strictObject({ a: z.intersection(z.union([z.string(), z.null()]), z.string()) }),
      "/properties/a",
    ],
  ])("refuses %s, and says where", (_, schema, message) => {
    expect(() => wireSchema(schema)).toThrow(message);
  });

  const wide = (count: number, of: () => z.ZodType) =>
    z.strictObject(Object.fromEntries(Array.from({ length: count }, (_, at) => [`k${at}`, of()])));
  const deep = (levels: number): z.ZodObject =>
    levels === 1 ? z.strictObject({ a: z.string() }) : z.strictObject({ a: deep(levels - 1) });
  test.each([
    ["properties", wide(101, () => z.string()), wide(100, () => z.string())],
    ["nullables", wide(13, () => z.string().nullable()), wide(12, () => z.string().nullable())],
    ["objectDepth", deep(6), deep(5)],
    [
      "enumValues",
      wide(3, () => z.enum(Array.from({ length: 67 }, (_, at) => `v${at}`) as [string])),
      wide(2, () => z.enum(Array.from({ length: 100 }, (_, at) => `v${at}`) as [string])),
    ],
  ])("holds the budget of %s", (what, over, within) => {
    expect(() => wireSchema(over)).toThrow(`${what} is`);
    expect(measure(wireSchema(within))[what as keyof typeof wireLimits]).toBe(
      wireLimits[what as keyof typeof wireLimits],
    );
  });
});
