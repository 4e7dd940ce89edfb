import { expect, test } from "vitest";
import { parse } from "yaml";
import argocd from "#src/gitops/argocd.ts";
import { layoutContext } from "../fakes/layout.ts";
import { documentsOf, type Loose } from "../fakes/tree.ts";

type Wanted = Parameters<typeof layoutContext>[0];
const find = (kind: string, wanted: Wanted = {}) =>
  argocd
    .layOut(layoutContext({ gitops: "argocd", ...wanted }))
    .filter(({ path }) => path.startsWith("bootstrap/") && path.endsWith(".yaml"))
    .flatMap(documentsOf)
    .find((doc) => doc.kind === kind) as Loose;

test("the core runs without server, dex, notifications and ApplicationSets, and everything has limits", () => {
  const values = parse(find("HelmChart").spec.valuesContent);
  for (const part of ["server", "dex", "notifications"]) expect(values[part]).toEqual({ enabled: false });
  expect(values.applicationSet.replicas).toBe(0);
  for (const part of ["controller", "repoServer", "redis"]) {
    expect(values[part].resources.requests.memory).toMatch(/Mi$/);
    expect(values[part].resources.limits.memory).toMatch(/Mi$/);
  }
});

test("the project knows one source and this cluster, and no kind by wildcard", () => {
  const { spec } = find("AppProject");
  expect(spec.sourceRepos).toHaveLength(1);
  for (const { server, namespace } of spec.destinations) {
    expect(server).toBe("https://kubernetes.default.svc");
    expect(namespace).not.toContain("*");
  }
  for (const { group, kind } of spec.clusterResourceWhitelist) expect(`${group}${kind}`).not.toContain("*");
});

test("the Application follows its ring and never gives up", () => {
  const oci = find("Application", { delivery: "oci" }).spec;
  expect(oci.source).toEqual({
    repoURL: "oci://registry.example.com/edge/sets/all-device-0",
    path: ".",
    targetRevision: "broad",
  });
  expect(oci.syncPolicy.retry.limit).toBe(-1);
  expect(oci.syncPolicy.automated).toMatchObject({ prune: true, selfHeal: true });
  const git = find("Application", { delivery: "git" }).spec;
  expect(git.source).toMatchObject({ path: "sets/all-device-0", targetRevision: "ring/broad" });
  expect(find("AppProject", { delivery: "git" }).spec.sourceRepos).toEqual([git.source.repoURL]);
});

test("the poll interval is the decided one, with jitter", () => {
  const { cm } = parse(find("HelmChart").spec.valuesContent).configs;
  expect(cm["timeout.reconciliation"]).toBe("900s");
  expect(cm["timeout.reconciliation.jitter"]).toBe("180s");
});

test("the project lets a set bring its child Applications, their charts and what k0s lacks", () => {
  const project = (wanted: Wanted) => find("AppProject", wanted).spec as Loose;
  const spaces = (wanted: Wanted) =>
    project(wanted).destinations.map(({ namespace }: { namespace: string }) => namespace);
  expect(spaces({})).not.toContain("argocd");
  expect(spaces({ templating: "helm" })).toContain("argocd");
  expect(project({ templating: "helm" }).sourceRepos).toContain("registry.example.com/edge/charts");
  expect(spaces({ secrets: "external-secrets" })).toEqual(
    expect.arrayContaining(["argocd", "external-secrets"]),
  );
  expect(project({ secrets: "external-secrets" }).sourceRepos).toContain(
    "https://charts.external-secrets.io",
  );
  expect(spaces({ distribution: "k0s" })).toContain("local-path-storage");
});
