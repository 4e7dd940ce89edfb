import { expect, test } from "vitest";
import { releasesIn, sayRelease } from "../../src/model/release.ts";
import { loadSchemas } from "../../src/schemas/walk.ts";

test("says in every language that schemas know fields of a newer release", () => {
  const [name, version] = loadSchemas().release("kustomize.toolkit.fluxcd.io/v1")!;
  const { en, ...others } = sayRelease(name, version);
  expect(en).toBe(`${name} ${version}`);
  expect(en).toMatch(/fields of/);
  for (const said of Object.values(others)) {
    expect(said).toMatch(/^Flux 2\.\d+ \+ .*2\.\d+/);
    expect(said).not.toContain("fields of");
  }
});

test("leaves a release alone that is only a number", () => {
  expect(releasesIn({ Kubernetes: "1.36.0", K3s: "v1.36.2+k3s1", Kubernetes2: "" }, "de")).toBe(
    "Kubernetes 1.36.0, K3s v1.36.2+k3s1, Kubernetes2",
  );
});
