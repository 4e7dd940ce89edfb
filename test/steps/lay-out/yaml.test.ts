import fc from "fast-check";
import { expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { slugs } from "../../../src/steps/lay-out/slug.ts";
import { yaml } from "../../../src/steps/lay-out/yaml.ts";

test.each([
  "yes",
  "no",
  "on",
  "off",
  "y",
  "N",
  "012",
  "1_000",
  "12:30",
  "0o17",
  "0x1f",
  "1e3",
  "null",
  "~",
  "true",
  "3",
])("quotes the string %s, which some reader takes for something else", (word) => {
  expect(yaml({ key: word })).toMatch(/^key: ["']/);
  expect(yaml({ [word]: "value" })).toMatch(/^["']/);
});

test("says the same to a YAML 1.1 reader and to a YAML 1.2 reader", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
      const json = JSON.parse(JSON.stringify(value).replaceAll("-0", "0"));
      const text = yaml({ value: json });
      for (const version of ["1.1", "1.2"] as const) {
        const [document] = parseAllDocuments(text, { version, uniqueKeys: false });
        expect((document as { toJS: () => unknown }).toJS()).toEqual({ value: json });
      }
    }),
    { numRuns: 300 },
  );
});

test("puts the comment on top and separates documents", () => {
  expect(yaml([{ a: 1 }, { b: 2 }], "why\n\nmore")).toBe("# why\n#\n# more\na: 1\n---\nb: 2\n");
});

test("never lets a name leave its path segment, and never gives one twice", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 60, unit: "grapheme" }), { maxLength: 20 }), (names) => {
      const found = slugs(names, "device");
      expect(new Set(found).size).toBe(names.length);
      for (const slug of found) expect(slug).toMatch(/^[a-z]([a-z0-9-]*[a-z0-9])?$/);
    }),
  );
});

test("calls a name without Latin letters by its position", () => {
  expect(slugs(["网关", "Kiosk", "摄像头", "Größe", "kiosk", "São Paulo", "2024"], "device")).toEqual([
    "device-1",
    "kiosk",
    "device-3",
    "groesse",
    "kiosk-2",
    "sao-paulo",
    "device-2024",
  ]);
});
