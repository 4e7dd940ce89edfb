import { describe, expect, test } from "vitest";
import type { Answers } from "#model/brief.ts";
import { applyPatch, type ChangePatch, changeable } from "../../src/steps/patch.ts";
import { briefOf } from "./decide/briefs.ts";

const patch = (...changes: [field: string, value: string][]): ChangePatch => ({
  reasoning: "",
  changes: changes.map(([field, value]) => ({
    field: field as (typeof changeable)[number],
    value,
    why: "asked",
  })),
});
const fleet: Answers = { sites: 500, memoryMiB: 4096, arch: "amd64", network: "intermittent" };

describe("a change of the brief", () => {
  test("is made with the limits of the interview, and defaults follow it", () => {
    const result = applyPatch(
      briefOf(fleet),
      patch(["memoryMiB", "1024"], ["arch", "arm64"]),
      "what if 1 GB ARM?",
    );
    expect(result.kind).toBe("patched");
    if (result.kind !== "patched") return;
    expect(result.changed).toEqual(["memoryMiB", "arch"]);
    expect(result.brief.answers).toMatchObject({
      memoryMiB: 1024,
      arch: "arm64",
      storage: "emmc",
      sites: 500,
    });
    expect(result.brief.answers.deviceTypes).toEqual([
      { name: "arm64", memoryMiB: 1024, arch: "arm64", share: 1 },
    ]);
    expect(result.brief.origins).toMatchObject({ memoryMiB: "said", sites: "chosen", storage: "default" });
  });

  test("may repeat the names that are there when it adds one", () => {
    const brief = briefOf({ ...fleet, regions: ["north"] });
    const more = patch(["regions", '["north","south"]']);
    expect(applyPatch(brief, more, "add the region South")).toMatchObject({ kind: "patched" });
    expect(applyPatch(brief, more, "add another region")).toMatchObject({ kind: "refused" });
  });

  test.each([
    ["outside the limits", ["memoryMiB", "12"]],
    ["of no such value", ["network", '"telepathy"']],
    ["of the wrong type", ["bmc", '"maybe"']],
    ["with an unknown wish", ["wishes", '["root-shell"]']],
  ])("%s is refused with a pointer", (_, change) => {
    const result = applyPatch(briefOf(fleet), patch(change as [string, string]), "anything");
    expect(result).toMatchObject({
      kind: "refused",
      objections: [{ pointer: "/changes/0/value", rule: "PATCH-01" }],
    });
  });

  test("names regions only as the message does, so that no word of a model becomes a path", () => {
    const change = patch(["regions", '["North","../../etc"]']);
    expect(applyPatch(briefOf(fleet), change, "split it into north and south")).toMatchObject({
      kind: "refused",
      objections: [{ rule: "PATCH-02" }],
    });
    const good = applyPatch(
      briefOf(fleet),
      patch(["regions", '["north","south"]']),
      "split it into North and South",
    );
    expect(good.kind).toBe("patched");
  });

  test("that only repeats what is there is none, and null takes an answer back", () => {
    expect(applyPatch(briefOf(fleet), patch(["memoryMiB", "4096"]), "4 GB").kind).toBe("unchanged");
    const back = applyPatch(
      briefOf({ ...fleet, gitops: "argocd" }),
      patch(["gitops", "null"]),
      "whichever engine",
    );
    expect(back.kind === "patched" && back.brief.answers.gitops).toBe("auto");
  });

  test("never touches free text", () => {
    for (const name of ["scenario", "challenge", "role", "notes"]) expect(changeable).not.toContain(name);
  });
});
