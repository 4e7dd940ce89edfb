import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseAllDocuments, parseDocument, stringify, visit } from "yaml";
import { certainName } from "#model/nearest.ts";
import type { Report } from "#model/plan.ts";
import type { Rule } from "#model/rule.ts";
import { all } from "../../src/app/shelf.ts";
import { loadSchemas } from "../../src/schemas/walk.ts";
import { forKustomize, parseTree } from "../../src/steps/guard/parse.ts";
import { guard } from "../../src/steps/guard.ts";
import { kustomize } from "../../src/steps/kustomize.ts";
import { type Mended, type MendFile, mend } from "../../src/steps/mend.ts";
import { reference } from "../schemas/reference.ts";

const rules = await all<Rule>("rules");
const schemas = loadSchemas();

function check(files: readonly MendFile[]): Report {
  return guard(files, { rules, schemas, kustomize, distros: [], setting: { role: "edge" } });
}

function mendAll(files: readonly MendFile[]): Mended & { text: (path: string) => string } {
  const mended = mend(files, check(files), check);
  const text = (path: string) =>
    [...mended.files, ...files].find((file) => file.path === path)?.content ?? "";
  return { ...mended, text };
}

const mendOne = (content: string) => mendAll([{ path: "a.yaml", content }]).text("a.yaml");

const blocking = ({ findings }: Report) =>
  findings
    .filter(({ severity }) => severity === "block")
    .map(({ rule, path, message }) => `${rule} ${path} ${message.en}`);

const valuesOf = (text: string) =>
  parseAllDocuments(text, { version: "1.2" }).map((document) => {
    expect(document.errors).toEqual([]);
    return document.toJS();
  });

const commentsOf = (text: string) => [...text.matchAll(/# note \d+/g)].map(([comment]) => comment).sort();

/** Ways to write a right document wrongly, such that only one thing can be meant. */
type Fault = { kind: "typo" | "number" | "case" | "quoted"; at: number };

/** Breaks one scalar of a text; undefined where that kind of fault has no place in it. */
function broken(text: string, { kind, at }: Fault): string | undefined {
  const document = parseDocument(text, { keepSourceTokens: true });
  const places: { from: number; to: number; text: string }[] = [];
  const add = (token: { offset: number; source: string }, words: string) =>
    places.push({ from: token.offset, to: token.offset + token.source.length, text: words });
  visit(document, {
    Scalar(role, node, path) {
      const token = node.srcToken as { offset: number; source: string; type: string } | undefined;
      if (token === undefined || path.length < 3) return;
      const { source } = token;
      if (
        kind === "typo" &&
        role === "key" &&
        source !== "apiVersion" &&
        /^[a-z]+[A-Z][A-Za-z]{4,}$/.test(source)
      )
        add(token, source.slice(0, 3) + source[4] + source[3] + source.slice(5));
      if (kind === "number" && role === "value" && /^"(?:\d+|true)"$/.test(source))
        add(token, source.slice(1, -1));
      if (kind === "case" && role === "value" && /^(?:Always|Never|IfNotPresent|ClusterIP)$/.test(source))
        add(token, source.toLowerCase());
      if (kind === "quoted" && role === "value" && /^(?:\d{1,5}|true|false)$/.test(source))
        add(token, `"${source}"`);
    },
  });
  const place = places[at % Math.max(1, places.length)];
  return place && text.slice(0, place.from) + place.text + text.slice(place.to);
}

/** A port may be a name and a chart takes any value: what the schema does not mind is no fault. */
function spoilt(text: string, fault: Fault): string {
  const next = broken(text, fault);
  const count = (one: string) => schemas.check(parseDocument(one).toJS())?.length ?? 0;
  return next !== undefined && count(next) > count(text) ? next : text;
}

/** Comments at ends of lines and on lines of their own, blank lines between them. */
function decorated(text: string, seed: number): string {
  return text
    .split("\n")
    .flatMap((line, i) => {
      const which = (seed + i * 7) % 5;
      if (line === "" || /[|>]-?$/.test(line)) return [line];
      if (which === 0) return [`${/^ */.exec(line)![0]}# note ${i}`, line];
      return [which === 1 && !/["']/.test(line) ? `${line} # note ${i}` : which === 2 ? `\n${line}` : line];
    })
    .join("\n");
}

describe("mending", () => {
  test("gives the right document back, changes only the lines it says, keeps comments, and is done once", () => {
    const documents = reference.filter((doc) => !["Secret", "Kustomization"].includes(String(doc.kind)));
    const faults = fc.array(
      fc.record({
        kind: fc.constantFrom<Fault["kind"]>("typo", "number", "case", "quoted"),
        at: fc.nat({ max: 50 }),
      }),
      { minLength: 1, maxLength: 3 },
    );
    let restored = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...documents),
        faults,
        fc.record({ seed: fc.nat(), indent: fc.constantFrom(2, 4), crlf: fc.boolean(), bom: fc.boolean() }),
        (doc, list, { seed, indent, crlf, bom }) => {
          const right = decorated(stringify(doc, { indent, lineWidth: 0 }), seed);
          const wrong = list.reduce(spoilt, right);
          const content = (bom ? "\ufeff" : "") + (crlf ? wrong.replaceAll("\n", "\r\n") : wrong);
          const files = [{ path: "a.yaml", content }];
          const before = check(files);
          const { text, done, report } = mendAll(files);
          const mended = text("a.yaml");

          expect(commentsOf(mended)).toEqual(commentsOf(content));
          const [old, now] = [content.split("\n"), mended.split("\n")];
          expect(now.length).toBe(old.length);
          const changed = now.flatMap((line, i) => (line === old[i] ? [] : [i + 1]));
          const said = new Set(done.flatMap(({ lines }) => lines));
          expect(changed.filter((line) => !said.has(line))).toEqual([]);
          expect(blocking(report).filter((one) => !blocking(before).includes(one))).toEqual([]);
          expect(mendAll([{ path: "a.yaml", content: mended }]).files).toEqual([]);
          // What is still wrong was left as it was; else it is the document again.
          if (report.findings.some(({ rule }) => rule.startsWith("SCHEMA"))) return;
          expect(valuesOf(mended.replace("\ufeff", ""))).toEqual(valuesOf(right));
          if (done.length > 0) restored++;
        },
      ),
      { numRuns: 100 },
    );
    expect(restored).toBeGreaterThan(25);
  });

  test.each([
    ["a word that reads as true", "data: {a: yes} # c\n", 'data: {a: "yes"} # c\n'],
    ["a key that reads as true", "data:\n  on: a\n", 'data:\n  "on": a\n'],
    ["an octal number", "data:\n  a: 0644\n", 'data:\n  a: "0644"\n'],
    [
      "a number in an annotation",
      "metadata: {annotations: {a: 1.10}}\n",
      'metadata: {annotations: {a: "1.10"}}\n',
    ],
  ])("quotes %s as it is written", (_, wrong, right) => {
    const head = "apiVersion: v1\nkind: ConfigMap\n";
    const named = (text: string) => (text.startsWith("metadata") ? text : `metadata: {name: a}\n${text}`);
    expect(mendOne(head + named(wrong))).toBe(head + named(right));
  });

  test("leaves alone what may be meant in two ways", () => {
    const release = `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: a, namespace: a }
spec:
  interval: 10m
  chartRef: { kind: OCIRepository, name: a }
  values: { enabled: yes, level: 012 }
`;
    expect(mendOne(release)).toBe(release);
    expect(certainName("nodePor", ["nodePort", "nodePool"])).toBe("nodePort");
    expect(certainName("hostPot", ["hostPort", "hostPod"])).toBeUndefined();
    expect(certainName("hostip", ["hostIP", "hostIPs"])).toBe("hostIP");
    expect(certainName("ips", ["ip"])).toBeUndefined();
  });

  test("takes back what would lead to something that blocks", () => {
    // With the version of today the API server asks for a selector that is not there.
    const removed = `apiVersion: apps/v1beta2
kind: Deployment
metadata: { name: a }
spec: { template: { metadata: { labels: { a: b } }, spec: { containers: [{ name: a, image: "a:1" }] } } }
`;
    expect(mendOne(removed)).toBe(removed);
    const host =
      "apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec: { hostNetwork: yes, containers: [] }\n";
    expect(mendOne(host)).toBe(host);
  });

  // With more than twenty mends beside a harmful one, the rest was left to the next run.
  test("mends all that is harmless beside what is not, at once", () => {
    const right = Array.from(
      { length: 60 },
      (_, i) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: "c${i}", lables: {a: b}}\n`,
    );
    const wrong = "apiVersion: v1\nkind: Confgmap\nmetadata: {name: d}\nspec: {a: b}\n";
    const content = [...right.slice(0, 40), wrong, ...right.slice(40)].join("---\n");
    const once = mendAll([{ path: "a.yaml", content }]);
    expect(once.text("a.yaml")).toBe(content.replaceAll("lables", "labels"));
    expect(mendAll([{ path: "a.yaml", content: once.text("a.yaml") }]).files).toEqual([]);
  });

  test("follows one mend with the next: a version, then a field, then its value", () => {
    const cron = (version: string, field: string, policy: string) => `apiVersion: batch/${version}
kind: CronJob
metadata: { name: a }
spec:
  ${field}: "0 * * * *" # hourly
  jobTemplate: { spec: { template: { spec: { restartPolicy: ${policy}, containers: [{ name: a, image: "a:1" }] } } } }
`;
    expect(mendOne(cron("v1beta1", "scheduel", "never"))).toBe(cron("v1", "schedule", "Never"));
  });

  test("what is accepted with a reason is not touched", () => {
    const accepted =
      "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata:\n  a: 1 # edgewright:ignore SCHEMA-02: on purpose\n";
    expect(mendOne(accepted)).toBe(accepted);
  });
});

const kubectl = spawnSync("kubectl", ["version", "--client"], { encoding: "utf8" }).status === 0;

describe("deprecated fields of a kustomization", () => {
  const labels = fc.dictionary(
    fc.constantFrom("app", "team", "a.b/c"),
    fc.constantFrom("web", '"1"', "edge"),
    {
      minKeys: 1,
      maxKeys: 3,
    },
  );
  const trees = fc.record({
    labels: fc.option(labels),
    flow: fc.boolean(),
    bases: fc.boolean(),
    resources: fc.boolean(),
    first: fc.boolean(),
    patches: fc.option(fc.constantFrom("path", "inline", "both")),
    indent: fc.constantFrom("", "  "),
    crlf: fc.boolean(),
    end: fc.boolean(),
  });
  type Shape = typeof trees extends fc.Arbitrary<infer T> ? T : never;

  /** A kustomization in the old fields, in some layout. */
  function write(shape: Shape): MendFile[] {
    const { indent } = shape;
    const list = (field: string, items: string[]) => [
      `${field}: # note 1`,
      ...items.map((item) => `${indent}- ${item}`),
    ];
    const parts: string[][] = [];
    if (shape.bases) parts.push(list("bases", ["base # note 2"]));
    if (shape.resources || !shape.bases)
      parts[shape.first ? "unshift" : "push"](list("resources", ["own.yaml"]));
    if (shape.labels && shape.flow)
      parts.push([
        `commonLabels: {${Object.entries(shape.labels).map(([key, value]) => `${key}: ${value}`)}} # note 3`,
      ]);
    else if (shape.labels)
      parts.push([
        "commonLabels:",
        ...Object.entries(shape.labels).flatMap(([key, value], i) => [
          `  # note 1${i}`,
          `  ${key}: ${value} # note 2${i}`,
        ]),
      ]);
    const patch = [
      "|-",
      "apiVersion: v1",
      "kind: ConfigMap",
      "metadata:",
      "  name: own",
      "data:",
      "  b: c # note 4",
    ];
    const inline = patch.map((line, i) => (i === 0 ? line : `${indent}  ${line}`)).join("\n");
    if (shape.patches)
      parts.push(
        list("patchesStrategicMerge", [
          ...(shape.patches === "inline" ? [] : ["patch.yaml # note 5"]),
          ...(shape.patches === "path" ? [] : [inline]),
        ]),
      );
    const text = `${parts.map((lines) => lines.join("\n")).join("\n\n")}${shape.end ? "\n" : ""}`;
    const map = (name: string, data: string) =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: {a: ${data}}\n`;
    return [
      { path: "kustomization.yaml", content: shape.crlf ? text.replaceAll("\n", "\r\n") : text },
      { path: "own.yaml", content: map("own", "x") },
      { path: "patch.yaml", content: map("own", "z") },
      { path: "base/kustomization.yaml", content: "resources: [own.yaml]\n" },
      { path: "base/own.yaml", content: map(shape.resources || !shape.bases ? "other" : "own", "y") },
    ];
  }

  function build(files: readonly MendFile[]): unknown {
    const texts = new Map(files.map(({ path, content }) => [path, content]));
    const rendered = kustomize(forKustomize(texts, parseTree(texts))).render(".");
    return rendered.kind === "rendered" ? rendered.objects.map(({ doc }) => doc) : rendered;
  }

  const mendedTree = (files: readonly MendFile[]) => {
    const result = mendAll(files);
    return { ...result, tree: files.map(({ path }) => ({ path, content: result.text(path) })) };
  };

  test("are replaced so that the same is applied, with every comment, once", () => {
    let replaced = 0;
    fc.assert(
      fc.property(trees, (shape) => {
        const files = write(shape);
        const { tree, text, report, done } = mendedTree(files);
        expect(build(tree)).toEqual(build(files));
        expect(commentsOf(text("kustomization.yaml"))).toEqual(commentsOf(files[0]!.content));
        expect(report.findings.filter(({ rule }) => rule === "KUST-10")).toEqual([]);
        expect(mendAll(tree).files).toEqual([]);
        replaced += done.length;
      }),
      { numRuns: 80 },
    );
    expect(replaced).toBeGreaterThan(80);
  });

  test("build the same with kubectl", ({ skip }) => {
    if (!kubectl) {
      console.log("mend: kubectl is not on PATH, mended kustomizations are not built by it");
      skip();
    }
    const samples = fc.sample(trees, { numRuns: 3, seed: 7 });
    const realBuild = (files: readonly MendFile[]) => {
      const dir = mkdtempSync(join(tmpdir(), "edgewright-mend-"));
      for (const { path, content } of files) {
        mkdirSync(dirname(join(dir, path)), { recursive: true });
        writeFileSync(join(dir, path), content);
      }
      const { status, stdout, stderr } = spawnSync("kubectl", ["kustomize", dir], { encoding: "utf8" });
      rmSync(dir, { recursive: true });
      expect(status, stderr).toBe(0);
      return stdout;
    };
    for (const shape of samples) {
      const files = write(shape);
      expect(realBuild(mendedTree(files).tree)).toBe(realBuild(files));
    }
  });

  test("stay where the new field is there already, or the order would change", () => {
    const files = [
      {
        path: "kustomization.yaml",
        content: "resources: [a.yaml]\ncommonLabels: {a: b}\nlabels: [{pairs: {c: d}}]\n",
      },
      { path: "a.yaml", content: "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n" },
    ];
    expect(mendAll(files).files).toEqual([]);
  });
});

const corpus = join(
  process.env.EDGEWRIGHT_CORPUS ?? resolve(import.meta.dirname, "../../../shared/corpus"),
  "manifests.jsonl.gz",
);

test("real repositories: what is mended parses, says what it changed, blocks no more than before, and is done once", ({
  skip,
}) => {
  if (!existsSync(corpus)) {
    console.log(`mend: ${corpus} is not there, real repositories were not mended`);
    skip();
  }
  const rows = gunzipSync(readFileSync(corpus)).toString().trim().split("\n");
  const files = rows.map((row) => JSON.parse(row) as { repo: string; path: string; text: string });
  let mended = 0;
  for (const repository of Map.groupBy(files, ({ repo }) => repo).values()) {
    const tree = repository.map(({ path, text }) => ({ path, content: text }));
    if (tree.length > 50) continue; // the time goes into checking, not into mending
    const before = check(tree);
    if (!before.findings.some((finding) => finding.mend)) continue;
    const { files: changed, report, text } = mendAll(tree);
    for (const { content } of changed) valuesOf(content);
    expect(blocking(report).filter((one) => !blocking(before).includes(one))).toEqual([]);
    expect(mendAll(tree.map(({ path }) => ({ path, content: text(path) }))).files).toEqual([]);
    mended += changed.length;
  }
  expect(mended).toBeGreaterThan(3);
});
