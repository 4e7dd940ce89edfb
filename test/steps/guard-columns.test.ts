import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import type { Rule } from "#model/rule.ts";
import { all } from "../../src/app/shelf.ts";
import { loadSchemas } from "../../src/schemas/walk.ts";
import { guard } from "../../src/steps/guard.ts";
import { kustomize } from "../../src/steps/kustomize.ts";
import { reference } from "../schemas/reference.ts";

const rules = await all<Rule>("rules");

function check(files: Record<string, string>) {
  const list = Object.entries(files).map(([path, content]) => ({ path, content }));
  return guard(list, { rules, schemas: loadSchemas(), kustomize, distros: [], setting: { role: "edge" } })
    .findings;
}

/** What stands where a finding points. */
function at(content: string, { line, column }: { line: number; column?: number | undefined }): string {
  return content.split(/\r?\n/)[line - 1]!.slice((column ?? 1) - 1);
}

describe("columns", () => {
  test("point at the field itself, in whatever document and style it is written", () => {
    const fields = fc.constantFrom("imagePolicee", "zzz", "a/b~c", "x y");
    const docs = fc.array(fc.tuple(fc.constantFrom(...reference.slice(0, -2)), fields), {
      minLength: 1,
      maxLength: 4,
    });
    const style = fc.record({
      indent: fc.constantFrom(2, 4),
      flow: fc.boolean(),
      list: fc.boolean(),
      crlf: fc.boolean(),
    });
    fc.assert(
      fc.property(docs, style, (list, { indent, flow, list: wrapped, crlf }) => {
        const broken = list.map(([doc, field]) => ({ ...doc, [field]: 1 }));
        const objects = wrapped ? [{ apiVersion: "v1", kind: "List", items: broken }] : broken;
        const write = (doc: unknown) =>
          stringify(doc, { indent, ...(flow && { collectionStyle: "flow" as const }) });
        const text = objects.map(write).join("---\n");
        const content = crlf ? text.replaceAll("\n", "\r\n") : text;
        const unknown = check({ "a.yaml": content }).filter(
          ({ rule, pointer }) => rule === "SCHEMA-01" && pointer!.split("/").length === 2,
        );
        expect(unknown.length).toBeGreaterThan(0);
        for (const finding of unknown) {
          const key = finding.pointer!.slice(1).replaceAll("~1", "/").replaceAll("~0", "~");
          expect(finding.column).toBeDefined();
          expect(at(content, finding).replace(/^["']/, "").startsWith(key)).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  test("are known for scalars, for kustomizations and for what rules found", () => {
    const files = {
      "kustomization.yaml": "resources:\n  - a.yaml\ncommonLabels: { app: a }\n",
      "a.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { on: b, c: yes }\n",
    };
    const found = check(files).map((finding) => [
      finding.rule,
      at(files[finding.path as keyof typeof files], finding).split(/[ :]/)[0],
    ]);
    expect(found).toContainEqual(["KUST-10", "commonLabels"]);
    expect(found).toContainEqual(["YAML-01", "on"]);
    expect(found).toContainEqual(["YAML-01", "yes"]);
  });

  test("stay away where only the line is known", () => {
    const content = `patches:\n  - patch: |-\n      apiVersion: v1\n      kind: ConfigMap\n      metadata: { name: a }\n      dta: {}\n`;
    const [found] = check({ "kustomization.yaml": content }).filter(({ rule }) => rule === "SCHEMA-01");
    expect(found).toMatchObject({ line: 6 });
    expect(found).not.toHaveProperty("column");
  });
});
