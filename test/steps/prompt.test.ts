import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { languages } from "#model/text.ts";
import { parsePrompt } from "../../src/steps/prompt.ts";

const folder = join(import.meta.dirname, "..", "..", "prompts");
const names = (await readdir(folder)).sort();
const VARIABLE = /\{\{(\w+)\}\}/g;
const variables = (part: string) => [...part.matchAll(VARIABLE)].map(([, name]) => name!);

test("there is a prompt for each edition and language, and nothing else", () => {
  expect(names).toEqual(
    ["basic", "pro"].flatMap((edition) => [...languages].sort().map((l) => `${edition}.${l}.md`)),
  );
});

describe.each(names)("prompt %s", (name) => {
  test("names itself rightly and uses only what is filled in", async () => {
    const prompt = parsePrompt(await readFile(join(folder, name), "utf8"), name);
    expect(`${prompt.edition}.${prompt.language}.md`).toBe(name);
    expect(variables(prompt.parts.system).filter((variable) => variable !== "asOf")).toEqual([]);
    expect(variables(prompt.parts.facts).sort()).toEqual(["asOf", "facts"]);
    expect(variables(prompt.parts.user).sort()).toEqual(["answers", "decisions", "denied", "fleet"]);
    expect(variables(prompt.parts["format-json"] + prompt.parts["format-markdown"])).toEqual([]);
  });

  test("keeps what changes with a fleet out of its stable part, so that a provider's cache can hit", async () => {
    const { parts } = parsePrompt(await readFile(join(folder, name), "utf8"), name);
    expect(parts.system).not.toMatch(/\{\{(fleet|answers|decisions|denied|facts)\}\}/);
  });
});

test("every Pro prompt asks for all eleven deliverables and holds every limit and warning", async () => {
  for (const name of names.filter((n) => n.startsWith("pro."))) {
    const { parts } = parsePrompt(await readFile(join(folder, name), "utf8"), name);
    const numbered = parts.system.split("\n").filter((line) => /^\d+\. /.test(line));
    expect(numbered, name).toHaveLength(11);
    expect(
      parts.system.split("\n").filter((line) => /^- /.test(line)),
      name,
    ).toHaveLength(11);
    for (const word of [
      "SQLite",
      "Dqlite",
      "etcd",
      "WebAssembly",
      "K3s",
      "K0s",
      "MicroK8s",
      "Argo CD",
      "Flux",
      "OCI",
      "RBAC",
      "NetworkPolicy",
      "Secure Boot",
      "NotReady",
    ]) {
      expect(parts.system, `${name} says ${word}`).toContain(word);
    }
  }
});
