import fc from "fast-check";
import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { guardChecks } from "#catalogue/guard-checks.ts";
import type { Finding, Report } from "#model/plan.ts";
import type { Rule } from "#model/rule.ts";
import { languages, verbatim } from "#model/text.ts";
import { all } from "../../src/app/shelf.ts";
import { createSpeech } from "../../src/app/speech.ts";
import { ownRules } from "../../src/steps/guard/sentences.ts";
import { reportGitHub, reportJson, reportSarif, reportText } from "../../src/steps/report.ts";

const rules = await all<Rule>("rules");
const speech = createSpeech();
const say = speech("en");

const finding = (over: Partial<Finding> = {}): Finding => ({
  rule: "IMG-01",
  severity: "block",
  path: "apps/web.yaml",
  line: 2,
  column: 3,
  message: verbatim("nginx:latest is used"),
  fix: verbatim("pin it"),
  source: "https://example.com/images",
  ...over,
});
const report = (over: Partial<Report> = {}): Report => ({
  findings: [finding()],
  checked: { files: 1, documents: 2 },
  unchecked: [],
  against: { Kubernetes: "1.36.0" },
  checks: [],
  ...over,
});

describe("the report for people", () => {
  const print = (found: Report, content: string, over = {}) =>
    reportText(found, { texts: new Map([["apps/web.yaml", content]]), say, language: "en", ...over });

  test("shows place, line, caret, fix and source", () => {
    expect(print(report(), "a:\n  image: nginx:latest\n")).toBe(
      [
        "apps/web.yaml · 1 blocking",
        "",
        "apps/web.yaml:2:3: block IMG-01: nginx:latest is used",
        "  2 |   image: nginx:latest",
        "    |   ^^^^^",
        "  fix: pin it",
        "  source: https://example.com/images",
        "",
        "Checked: 2 documents in 1 file. 1 blocking.",
        "Against Kubernetes 1.36.0.",
        "",
      ].join("\n"),
    );
  });

  test("puts the caret under the place, whatever stands before it and however long the line is", () => {
    const before = fc.string({
      unit: fc.constantFrom("a", " ", "\t", "界", "é", "👍", "\u001b", "{"),
      maxLength: 400,
    });
    const after = fc.nat({ max: 400 }).map((n) => "z".repeat(n));
    fc.assert(
      fc.property(before, after, (left, right) => {
        const text = print(
          report({ findings: [finding({ line: 1, column: left.length + 1 })] }),
          `${left}Q${right}\n`,
        );
        const lines = text.split("\n");
        const at = lines.findIndex((line) => /^ +\| +\^/.test(line) || /^ +\| \^/.test(line));
        const [source, caret] = [lines[at - 1]!, lines[at]!];
        const until = stringWidth(caret.slice(0, caret.indexOf("^")));
        expect(stringWidth(source.slice(0, source.indexOf("Q")))).toBe(until);
        expect(source.length).toBeLessThan(400);
        expect(source).not.toContain("\u001b");
      }),
      { numRuns: 200 },
    );
  });

  test("shows no credential of the line it quotes", () => {
    const content = "a: 1\n  password: hunter2-hunter2-hunter2\n";
    const text = print(report(), content);
    expect(text).toContain("password");
    expect(text).not.toContain("hunter2");
  });

  test("counts by rule and says in four languages what was not checked", () => {
    const findings = [finding(), finding({ path: "b.yaml" }), finding({ rule: "NET-01", severity: "warn" })];
    for (const language of languages) {
      const text = print(
        report({ findings, unchecked: [{ path: "x.json", what: "nothing" }] }),
        "a:\n  b: 1\n",
        {
          say: speech(language),
          language,
        },
      );
      expect(text).toMatch(/^ +2 {2}IMG-01/m);
      expect(text).toContain("x.json: nothing");
      expect(text).not.toMatch(/cli\.check|\{\w+\}/);
    }
  });

  test("is coloured only when it is told to", () => {
    expect(print(report(), "a:\n  b: 1\n")).not.toContain("\u001b");
    expect(print(report(), "a:\n  b: 1\n", { colour: true })).toContain("\u001b[31m");
  });

  test("says so when there was nothing to check", () => {
    expect(print(report({ findings: [], checked: { files: 0, documents: 0 } }), "")).toMatch(
      /Nothing was checked/,
    );
  });
});

describe("workflow commands", () => {
  test("can be read back, whatever is in them", () => {
    const words = fc.string({ unit: fc.constantFrom("a", ":", ",", "%", "\n", "\r", "=", "ü", "%0A") });
    fc.assert(
      fc.property(words, words, words, fc.option(fc.integer({ min: 1 })), (path, message, fix, column) => {
        const given = finding({ path, message: verbatim(message), fix: verbatim(fix) });
        const { column: _, ...without } = given;
        const found = column === null ? without : { ...without, column };
        const [line, ...rest] = reportGitHub(report({ findings: [found] }), { language: "en", say }).split(
          "\n",
        );
        const [, level, properties, data] = /^::(error|warning) (.*?)::(.*)$/.exec(line!)!;
        const read = Object.fromEntries(
          properties!.split(",").map((pair) => {
            const at = pair.indexOf("=");
            return [pair.slice(0, at), decoded(pair.slice(at + 1))];
          }),
        );
        expect(level).toBe("error");
        expect(read).toEqual({
          file: path,
          line: "2",
          title: "IMG-01",
          ...(column !== null && { col: String(column) }),
        });
        expect(decoded(data!)).toBe(`${message}\n${fix}`);
        expect(rest).toHaveLength(2);
      }),
    );
  });

  test("put what blocks first: only the first ten of a level are shown", () => {
    const findings = [finding({ severity: "warn" }), finding()];
    const lines = reportGitHub(report({ findings }), { language: "en", say }).split("\n");
    expect(lines.map((line) => line.slice(0, 7))).toEqual(["::error", "::warni", "Checked", ""]);
  });

  function decoded(words: string): string {
    return words
      .replaceAll("%3A", ":")
      .replaceAll("%2C", ",")
      .replaceAll("%0D", "\r")
      .replaceAll("%0A", "\n")
      .replaceAll("%25", "%");
  }
});

/** The part of SARIF 2.1.0 that is written here, as strict as its schema. */
const level = z.enum(["none", "note", "warning", "error"]);
const message = z.strictObject({ text: z.string().min(1), markdown: z.string().optional() });
const uri = z.string().refine((value) => {
  const url = new URL(value, "file:///repository/");
  return !/[^\w.~!$&'()*+,;=:@%/-]/.test(value) && url.protocol === "file:";
}, "a URI reference");
const location = z.strictObject({
  physicalLocation: z.strictObject({
    artifactLocation: z.strictObject({ uri, uriBaseId: z.string().optional() }),
    region: z.strictObject({ startLine: z.int().min(1), startColumn: z.int().min(1).optional() }).optional(),
  }),
});
const Sarif = z.strictObject({
  $schema: z.url(),
  version: z.literal("2.1.0"),
  runs: z
    .array(
      z.strictObject({
        tool: z.strictObject({
          driver: z.strictObject({
            name: z.literal("Edgewright"),
            semanticVersion: z.string().regex(/^\d+\.\d+\.\d+/),
            rules: z.array(
              z.strictObject({
                id: z.string().min(1),
                shortDescription: message,
                fullDescription: message,
                help: message,
                helpUri: z.url().optional(),
                defaultConfiguration: z.strictObject({
                  level: level.optional(),
                  enabled: z.boolean().optional(),
                }),
                properties: z.looseObject({ tags: z.array(z.string()) }),
              }),
            ),
            properties: z.looseObject({}).optional(),
          }),
        }),
        language: z.string().regex(/^[a-zA-Z]{2}(-[a-zA-Z]{2})?$/),
        columnKind: z.enum(["utf16CodeUnits", "unicodeCodePoints"]),
        invocations: z.array(
          z.strictObject({
            executionSuccessful: z.boolean(),
            toolExecutionNotifications: z.array(
              z.strictObject({ level, message, locations: z.array(location) }),
            ),
          }),
        ),
        results: z.array(
          z.strictObject({
            ruleId: z.string(),
            ruleIndex: z.int().min(0),
            level,
            message,
            locations: z.array(location).length(1),
            partialFingerprints: z.record(z.string(), z.string()),
            suppressions: z
              .array(
                z.strictObject({
                  kind: z.enum(["inSource", "external"]),
                  status: z.enum(["accepted", "underReview", "rejected"]),
                  justification: z.string(),
                }),
              )
              .optional(),
          }),
        ),
      }),
    )
    .length(1),
});

describe("SARIF", () => {
  const write = (found: Report) => {
    const log = JSON.parse(reportSarif(found, { language: "de", rules, version: "1.2.3" }));
    return Sarif.parse(log).runs[0]!;
  };

  test("keeps the rules of the standard, and every result points to its own rule", () => {
    const found = report({
      findings: [
        finding(),
        finding({ severity: "warn", rule: "SCHEMA-01", path: "ä b/[1]#?.yaml" }),
        finding({ rule: "ELSE-01", path: "/tmp/x.yaml" }),
      ],
      suppressed: [
        { finding: finding({ line: 9 }), reason: "lab only", by: "comment" },
        { finding: finding({ line: 10 }), reason: "lab only", by: "config" },
      ],
      unchecked: [{ path: "values.yaml", what: "YAML without a schema" }],
    });
    const { tool, results, invocations } = write(found);
    const described = tool.driver.rules;
    for (const result of results) expect(described[result.ruleIndex]!.id).toBe(result.ruleId);
    expect(new Set(described.map(({ id }) => id)).size).toBe(described.length);
    expect(results.map((result) => result.level)).toEqual(["error", "warning", "error", "error", "error"]);
    expect(results.map(({ suppressions }) => suppressions?.[0]?.kind)).toEqual([
      ...[undefined, undefined, undefined, "inSource", "external"],
    ]);
    const prints = results.map(({ partialFingerprints }) => partialFingerprints["edgewright/v1"]);
    expect(new Set(prints).size).toBe(prints.length);
    const uris = results.map((result) => result.locations[0]!.physicalLocation.artifactLocation);
    expect(decodeURIComponent(uris[1]!.uri)).toBe("ä b/[1]#?.yaml");
    expect(uris[2]).toEqual({ uri: "file:///tmp/x.yaml" });
    expect(invocations[0]!.toolExecutionNotifications).toHaveLength(1);
  });

  test("describes every rule, also when nothing was found", () => {
    const { tool, results } = write(report({ findings: [] }));
    expect(results).toEqual([]);
    const ids = new Set(tool.driver.rules.map(({ id }) => id));
    expect(rules.filter(({ id }) => !ids.has(id))).toEqual([]);
    expect(ownRules.filter((id) => !ids.has(id))).toEqual([]);
  });

  test("gives a finding the same fingerprint when lines above it come and go", () => {
    const [one] = write(report({ findings: [finding({ line: 3 })] })).results;
    const [other] = write(report({ findings: [finding({ line: 30 })] })).results;
    expect(other!.partialFingerprints).toEqual(one!.partialFingerprints);
  });
});

test("the report for programs has six fields a finding, in their order, and nothing else", () => {
  const found = JSON.parse(
    reportJson(report({ findings: [finding({ pointer: "/a" })] }), { language: "en" }),
  );
  expect(Object.keys(found)).toEqual(["findings", "checked", "unchecked"]);
  expect(Object.keys(found.findings[0])).toEqual(["rule", "severity", "path", "line", "message", "fix"]);
});

test("what the guard checks by itself is described in four languages, each in its own words", () => {
  expect(guardChecks.map(({ id }) => id).sort()).toEqual([...ownRules].sort());
  for (const { title, why } of guardChecks)
    for (const said of [title, why])
      expect(new Set(languages.map((language) => said[language])).size).toBe(4);
});
