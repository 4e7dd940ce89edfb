import fc from "fast-check";
import { expect, test } from "vitest";
import { LineCounter, stringify } from "yaml";
import { plainPlaces, readPlain } from "../../src/model/plain-yaml.ts";
import { maxAliasCount, readYaml } from "../../src/model/read-yaml.ts";
import { placeOf } from "../../src/steps/guard/place.ts";
import { mayBeAmbiguous } from "../../src/steps/guard/scalars.ts";
import { hasCorpus, publicTrees } from "../steps/kustomize/corpus.ts";

/** What the whole reader makes of a text, in the same shape; undefined where it finds an error. */
function whole(text: string) {
  const lines = new LineCounter();
  const { documents, stopped, tooDeep } = readYaml(text, lines);
  if (stopped || tooDeep || documents.some(({ errors }) => errors.length > 0)) return undefined;
  return documents.map((document) => {
    const value: unknown = document.toJS({ maxAliasCount });
    const { line, col } = lines.linePos(document.contents?.range[0] ?? 0);
    return value === null ? { value } : { value, line, column: col };
  });
}

/** Order of keys and the kind of zero included. */
const exact = (value: unknown) =>
  JSON.stringify(value, (_, inner) => (Object.is(inner, -0) ? "negative zero" : inner));

function compare(text: string): boolean {
  const plain = readPlain(text)?.map(({ value, ...place }) =>
    value === null ? { value } : { value, ...place },
  );
  if (plain === undefined) return false;
  expect(plain, text).toEqual(whole(text));
  expect(exact(plain), text).toBe(exact(whole(text)));
  return true;
}

const words = [
  ..."a b 0 1 -1 12 +3 -0 00 012 0x1f 0o7 0b1 1_0 1.5_0 1.5 .5 5. 1e3 -1.5E-2 .inf -.INF .nan ~ null Null NULL".split(
    " ",
  ),
  ..."true True TRUE false tRUE yes No on y n 1:30 2024-01-02 10.0.0.1 1.2.3 v1 a-b -a ?a :a a:b a::b http://x/y".split(
    " ",
  ),
  ...'a#b #a a\'b a"b \'a\' "b" \'it\'\'s\' \'\' "" "a\\"b" "\\n" "\\x41" "\\e" \'a:b\' "a b" \'a"'.split(
    " ",
  ),
  ..."[] {} [a] [a,b] [a,1,-0] {a:1} [\"a\",'b'] [-a] [-] [--x] [a:b] [[a],{}] {} ]".split(" "),
  ..."&x &x-1 *x !t !!str @a `a %a | > |- >- |+ |2 , } << __proto__ constructor ... ---".split(" "),
  ..."{{ü}} ü 漢字 😀 a\u00a0b \u2028".split(" "),
  "a b",
  "a  b ",
  "a # b",
  "{a: 1}",
  "{ a: [b, c], 'd': \"e\" }",
  '{"a":1}',
  '{"a": 1, b: }',
  "[ a , b ]",
  "[a, ]",
  "&x a",
  "&x [a]",
  "&x |",
  "a: b",
  "a:",
  "'a': b",
  '"a" : b',
  "? a",
  "- a",
  "-",
  "- - a",
  "- a: b",
  "-   a: b",
  "- &x a: b",
  "a:  | # c",
  "a: >-",
  "a: &x",
  "a: *x",
  "- *x",
  "a: 'b",
];
const line = fc.record({
  indent: fc.constantFrom(0, 0, 0, 2, 2, 1, 3, 4, 6),
  dashes: fc.constantFrom("", "", "", "- ", "-  ", "- - "),
  key: fc.constantFrom("", "a: ", "b: ", "c: ", "c: &x ", "'d': ", "1: ", "e:  ", "f:", "g : "),
  word: fc.oneof(
    fc.constantFrom(...words),
    fc.constant(""),
    fc.constantFrom("a", "1", "|", ">-", "*x", "b c"),
  ),
  end: fc.constantFrom("", "", "", " ", " # c", "#c", "\n", "\n\n", "\n   ", "\t", "\r"),
});
const text = fc
  .tuple(
    fc.array(line, { minLength: 1, maxLength: 9 }),
    fc.constantFrom("\n", "", "\n\n", "\n---\n", "\n# end"),
    fc.constantFrom("\n", "\n", "\n", "\r\n"),
  )
  .map(([lines, last, newline]) => {
    const said = lines.map(
      ({ indent, dashes, key, word, end }) => " ".repeat(indent) + dashes + key + word + end,
    );
    return `${said.join("\n")}${last}`.replaceAll("\n", newline);
  });

test("reads any text as the whole reader does, or leaves it to that one", () => {
  let read = 0;
  fc.assert(
    fc.property(text, (one) => {
      if (compare(one)) read++;
    }),
    { numRuns: Number(process.env.FUZZ_RUNS ?? 8_000) },
  );
  expect(read).toBeGreaterThan(100);
});

const value = fc.letrec((tie) => ({
  scalar: fc.oneof(
    fc.constantFrom(...words, 1, -0, 0.5, 1e21, true, null),
    fc.string({ unit: "binary-ascii" }),
    fc.constantFrom("a\nb\n", "a\n\n b\nc", "  a\nb", "a\n\n", "\na", "long ".repeat(30), "a ".repeat(60)),
  ),
  any: fc.oneof({ withCrossShrink: true, maxDepth: 4 }, tie("scalar"), tie("list"), tie("map")),
  list: fc.array(tie("any"), { maxLength: 4 }),
  map: fc.dictionary(fc.constantFrom(...words, "name", "image"), tie("any"), { maxKeys: 4 }),
})).map;

test("reads what a writer of YAML makes, in each of its styles", () => {
  let read = 0;
  const style = fc.record({
    lineWidth: fc.constantFrom(0, 40, 80),
    indentSeq: fc.boolean(),
    indent: fc.constantFrom(2, 4),
    defaultStringType: fc.constantFrom(
      "PLAIN",
      "QUOTE_DOUBLE",
      "QUOTE_SINGLE",
      "BLOCK_LITERAL",
      "BLOCK_FOLDED",
    ),
    collectionStyle: fc.constantFrom("any", "flow"),
  } as const);
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 3 }), style, (values, options) => {
      const whole = values.map((one) => stringify(one, { ...options, aliasDuplicateObjects: false }));
      if (compare(whole.join("---\n"))) read++;
    }),
    { numRuns: Number(process.env.FUZZ_RUNS ?? 1_500) },
  );
  expect(read).toBeGreaterThan(20);
});

// Skipped with its name where ../shared/corpus is absent.
test.skipIf(!hasCorpus)(
  "reads real manifests as the whole reader does, more than three in four by itself",
  () => {
    const texts = [...publicTrees().values()].flatMap((files) => [...files.values()]);
    const read = texts.filter(compare).length;
    expect(read / texts.length).toBeGreaterThan(0.75);
  },
);

test("reads no scalar that the cluster reads in another way", () => {
  for (const word of ["yes", "n", "OFF", "012", "-07", "1_000", "0b11", "0x1f", "2024-01-02", "1.5_0"]) {
    for (const one of [
      `a: ${word}\n`,
      `${word}: a\n`,
      `- ${word} # c\n`,
      `a: [b, ${word}]\n`,
      `a: {${word}: b}\n`,
    ])
      expect(readPlain(one), one).toBeUndefined();
  }
  expect(readPlain("a: app-01\n")).toEqual([{ value: { a: "app-01" }, line: 1, column: 1 }]);
  fc.assert(
    fc.property(fc.constantFrom(...words), (word) => {
      if (readPlain(`a: ${word}\n`) !== undefined && !/[-'"#[{]/.test(word))
        expect(mayBeAmbiguous(`a: ${word}\n`), word).toBe(false);
    }),
  );
});

test("knows where each document begins", () => {
  expect(readPlain("# c\n---\n\n  a: 1\n---\n---\n# d\n- b\n")).toEqual([
    { value: { a: 1 }, line: 4, column: 3 },
    { value: null, line: 6, column: 1 },
    { value: ["b"], line: 8, column: 1 },
  ]);
});

/** Pointers to everything in a value, and some that lead nowhere. */
function* pointersIn(value: unknown, pointer = ""): Generator<string> {
  yield* [pointer, `${pointer}/nothing`, `${pointer}/0`];
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value))
    yield* pointersIn(inner, `${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`);
}

test("knows where every field stands, as the whole reader does", () => {
  let asked = 0;
  fc.assert(
    fc.property(text, (one) => {
      const plain = readPlain(one);
      if (plain === undefined) return;
      const lines = new LineCounter();
      const { documents } = readYaml(one, lines);
      const places = plainPlaces(one);
      for (const [index, { value }] of plain.entries()) {
        if (value === null) continue;
        for (const pointer of pointersIn(value)) {
          const place = places(index, pointer);
          if (place === undefined) continue;
          asked++;
          expect(place, `${pointer} in ${one}`).toEqual(placeOf(documents[index]!, lines, pointer));
        }
      }
    }),
    { numRuns: Number(process.env.FUZZ_RUNS ?? 4_000) },
  );
  expect(asked).toBeGreaterThan(100);
});

test("shares what an alias names, and leaves more than a few to the whole reader", () => {
  const [document] = readPlain("a: &x\n  b: 1\nc: *x\n")!;
  const { a, c } = document!.value as Record<string, unknown>;
  expect(a).toBe(c);
  expect(readPlain(`a: &x b\nc:\n${"- *x\n".repeat(21)}`)).toBeUndefined();
  expect(readPlain("a: *x\n")).toBeUndefined();
  expect(readPlain("a: &x\n  <<: *x\n")).toBeUndefined();
});

test("leaves keys the whole reader finds too long to that one", () => {
  for (const key of ["k".repeat(1_030), `"${"k".repeat(1_030)}"`, `'${"k".repeat(1_030)}'`])
    for (const one of [`${key}: a\n`, `- ${key}: a\n`, `a:\n  ${key}: a\n`])
      expect(readPlain(one), one.slice(0, 20)).toBeUndefined();
});
