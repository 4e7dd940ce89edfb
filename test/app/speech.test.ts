import { expect, test } from "vitest";
import { languages } from "#model/text.ts";
import { createSpeech, flatten } from "../../src/app/speech.ts";

const speech = createSpeech();

test("fills places and writes numbers the way the language does", () => {
  expect(speech("en")("revision.unknown", { revision: 7, count: 5000 })).toContain("5,000");
  expect(speech("de")("revision.unknown", { revision: 7, count: 5000 })).toContain("5.000");
});

test("counts: one file, two files, and Chinese without a plural", () => {
  const files = (language: (typeof languages)[number], count: number) =>
    speech(language)("diff.countFiles", { count });
  expect(files("en", 1)).toBe("1 file");
  expect(files("en", 2)).toBe("2 files");
  expect(files("de", 1)).toBe("1 Datei");
  expect(files("es", 1_000_000)).toBe("1.000.000 archivos");
  expect(files("zh", 1)).toContain("1 个文件");
});

test("an unknown key is said as it is, never an error", () => {
  for (const language of languages) expect(speech(language)("no.such.key")).toBe("no.such.key");
});

test("a place without a value stays visible", () => {
  expect(speech("en")("ask.answered", { label: "Sites" })).toBe("Sites: **{value}**");
});

test("nested objects become dotted keys and lists become lines", () => {
  expect([...flatten({ a: { b: "x", c: ["y", "z"] } })]).toEqual([
    ["a.b", "x"],
    ["a.c", "y\nz"],
  ]);
});
