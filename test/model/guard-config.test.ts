import { expect, test } from "vitest";
import { readGuardConfig } from "#model/guard-config.ts";
import { settingOfConfig } from "#model/rule.ts";
import { languages } from "#model/text.ts";

test("a whole configuration is read, and says where the repository runs", () => {
  const value = {
    role: "hub",
    engine: "flux",
    memory: "2 GB",
    nodes: 3,
    storage: "sd",
    arch: ["arm64"],
    ignore: [{ rule: "IMG-04", path: "apps/**", reason: "digests are pinned in CI" }],
    severity: { "RES-02": "warn", "NET-01": "off" },
    exclude: ["vendor/**"],
  };
  const read = readGuardConfig(value);
  expect(read).toEqual({ kind: "read", config: value });
  expect(read.kind === "read" && settingOfConfig(read.config)).toEqual({
    role: "hub",
    engine: "flux",
    memoryMiB: 2048,
    nodesPerSite: 3,
    storage: "sd",
    arch: ["arm64"],
  });
  expect(readGuardConfig(null)).toEqual({ kind: "read", config: {} });
});

test.each<[unknown, string, string, string]>([
  [{ rolle: "edge" }, "/rolle", "has no setting rolle", "Write role"],
  [{ role: "core" }, "/role", 'role cannot be "core"', "edge, hub"],
  [{ memory: 2048 }, "/memory", "memory cannot be 2048", "2Gi"],
  [{ nodes: 0 }, "/nodes", "nodes cannot be 0", "1"],
  [{ arch: "arm64" }, "/arch", 'arch cannot be "arm64"', "[amd64, arm64]"],
  [{ ignore: [{ rule: "IMG-04" }] }, "/ignore/0/reason", "ignore.0.reason is missing", '"…"'],
  [{ ignore: [{ rule: "img4", reason: "old tool" }] }, "/ignore/0/rule", 'cannot be "img4"', "IMG-04"],
  [
    { ignore: [{ rule: "IMG-04", reason: "old tool", file: "a" }] },
    "/ignore/0/file",
    "ignore.0 has no setting file",
    "rule, path, reason",
  ],
  [{ severity: { "IMG-04": "error" } }, "/severity/IMG-04", 'cannot be "error"', "block | warn | off"],
  [{ severity: { img: "warn" } }, "/severity/img", "severity.img", "IMG-04"],
  [{ exclude: "vendor" }, "/exclude", 'exclude cannot be "vendor"', "vendor/**"],
  [[], "", "edgewright.yaml cannot be []", "role: edge"],
])("%j is named at %s", (value, pointer, message, fix) => {
  const read = readGuardConfig(value);
  if (read.kind !== "wrong") throw new Error("was read");
  expect(read.problems).toHaveLength(1);
  const [problem] = read.problems;
  expect(problem.pointer).toBe(pointer);
  expect(problem.message.en).toContain(message);
  expect(problem.fix.en).toContain(fix);
  for (const language of languages)
    for (const words of [problem.message, problem.fix]) expect(words[language]).not.toMatch(/\{\w+\}/);
});
