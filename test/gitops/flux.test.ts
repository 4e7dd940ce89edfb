import { expect, test } from "vitest";
import { parse } from "yaml";
import flux from "#src/gitops/flux.ts";
import { layoutContext } from "../fakes/layout.ts";
import { documentsOf, type Loose } from "../fakes/tree.ts";

type Wanted = Parameters<typeof layoutContext>[0];
const objects = (wanted: Wanted = {}) =>
  flux
    .layOut(layoutContext(wanted))
    .filter(({ path }) => path.startsWith("bootstrap/") && path.endsWith(".yaml"))
    .flatMap(documentsOf) as Loose[];
const find = (kind: string, wanted: Wanted = {}) => objects(wanted).find((doc) => doc.kind === kind);

test("a site runs two controllers, and a third only where charts are used", () => {
  expect(find("FluxInstance").spec.components).toEqual(["source-controller", "kustomize-controller"]);
  expect(find("FluxInstance", { templating: "helm" }).spec.components).toContain("helm-controller");
});

test("every controller is capped below what upstream allows", () => {
  for (const { patch } of find("FluxInstance").spec.kustomize.patches) {
    const resources = parse(patch).find(({ path }: { path: string }) => path.endsWith("/resources")).value;
    expect(Number.parseInt(resources.limits.memory, 10)).toBeLessThan(1_024);
  }
});

test("an artifact is pulled by ring and only with the signature of the fleet's own workflow", () => {
  const { spec } = find("OCIRepository", { delivery: "oci" });
  expect(spec.url).toBe("oci://registry.example.com/edge/sets/all-device-0");
  expect(spec.ref).toEqual({ tag: "broad" });
  expect(spec.interval).toBe("15m");
  expect(spec.verify.matchOIDCIdentity[0].subject).toContain("publish");
  expect(
    new RegExp(spec.verify.matchOIDCIdentity[0].issuer).test("https://token.actions.githubusercontent.com"),
  ).toBe(true);
  expect(find("OCIRepository", { delivery: "oci", network: "air-gapped" }).spec.verify).toBeUndefined();
});

test("a repository is followed by the branch of the ring, with the site's own key", () => {
  const { spec } = find("GitRepository", { delivery: "git" });
  expect(spec).toMatchObject({
    ref: { branch: "ring/broad" },
    url: "ssh://git@git.example.com/edge/fleet.git",
  });
  expect(find("Kustomization", { delivery: "git" })).toBeDefined();
});

test("the set is pruned, awaited, retried, decrypted and told which site it is on", () => {
  const all = objects({ secrets: "sops" }).filter(({ apiVersion }) =>
    apiVersion.startsWith("kustomize.toolkit"),
  );
  expect(all).toHaveLength(1);
  expect(all[0].spec).toMatchObject({
    prune: true,
    wait: true,
    retryInterval: "5m",
    decryption: { provider: "sops", secretRef: { name: "sops-age" } },
    postBuild: { substituteFrom: [{ kind: "ConfigMap", name: "cluster-identity" }] },
  });
  const [plain] = objects({ secrets: "external-secrets" }).filter(({ apiVersion }) =>
    apiVersion.startsWith("kustomize.toolkit"),
  );
  expect(plain.spec.decryption).toBeUndefined();
});

test("each distribution installs the engine in its own way, from the same pinned chart", () => {
  expect(find("HelmChart").spec.version).toBe("0.58.0");
  expect(find("Chart", { distribution: "k0s" }).spec.version).toBe("0.58.0");
  const microk8s = flux
    .layOut(layoutContext({ distribution: "microk8s" }))
    .find(({ path }) => path.endsWith("engine.sh"))!;
  expect(microk8s.content).toContain("--version 0.58.0");
});

test("without a network nothing is fetched at first start", () => {
  const files = flux.layOut(layoutContext({ network: "air-gapped", registry: "baked" }));
  expect(files.find(({ path }) => path.endsWith("engine.yaml"))!.content).not.toContain("oci://");
  expect(files.find(({ path }) => path === "scripts/vendor-engine.sh")!.content).toContain(
    "kustomize-controller:",
  );
});

test("the operator that fetches secrets comes from a chart, so helm-controller runs and is counted", () => {
  const wanted = { secrets: "external-secrets" } as const;
  expect(find("FluxInstance", wanted).spec.components).toContain("helm-controller");
  const { answers, decisions } = layoutContext(wanted);
  const names = flux.budget(answers, decisions).map(({ component }) => component.en);
  expect(names).toContain("Flux helm-controller");
});
