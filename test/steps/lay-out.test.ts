import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { charts, images } from "#catalogue/images.ts";
import { completeBrief } from "#catalogue/placeholders.ts";
import type { Answers, Brief } from "#model/brief.ts";
import { topics } from "#model/decision.ts";
import { File } from "#model/plan.ts";
import { type Language, languages } from "#model/text.ts";
import { briefAt } from "../../scripts/sweep/briefs.ts";
import { unseen } from "../../scripts/sweep/evidence.ts";
import { openWorkshop, type Workshop } from "../../src/app/workshop.ts";
import { decide } from "../../src/steps/decide.ts";
import { layOut } from "../../src/steps/lay-out.ts";

let workshop: Workshop;
beforeAll(async () => {
  workshop = await openWorkshop();
});

function byId<T extends { id: string }>(items: readonly T[]): Record<T["id"], T> {
  return Object.fromEntries(items.map((item) => [item.id, item])) as Record<T["id"], T>;
}

function lay(brief: Brief) {
  const distros = byId(workshop.distros);
  const engines = byId(workshop.engines);
  const { decisions } = decide(brief, { distros, engines });
  const distro = workshop.distros.find(({ id }) => id === decisions.distribution.choice);
  const engine = workshop.engines.find(({ id }) => id === decisions.gitops.choice);
  const files = layOut(
    { brief, decisions },
    { ...(distro && { distro }), ...(engine && { engine }), images, charts },
  );
  return { brief, decisions, files };
}

function layAnswers(answers: Answers, language: Language = "en") {
  return lay(completeBrief({ answers, edition: "pro", language }));
}

type Doc = {
  kind?: string;
  metadata?: { name?: string; namespace?: string };
  spec?: Record<string, unknown>;
} & Record<string, unknown>;

function documents(files: readonly File[], folders: RegExp): { path: string; doc: Doc }[] {
  return files
    .filter(({ path }) => folders.test(path) && path.endsWith(".yaml") && !path.includes("/templates/"))
    .flatMap(({ path, content }) =>
      parseAllDocuments(content).map((document) => ({ path, doc: document.toJS() as Doc })),
    );
}

const ours =
  /^(base\/(edge-app|observability|sealed-secrets|site-registry|storage|wasm|external-secrets|stages)|policies)\//;

type Pod = {
  automountServiceAccountToken?: boolean;
  securityContext?: Record<string, unknown>;
  containers: {
    name: string;
    image: string;
    resources?: Record<string, Record<string, string>>;
    securityContext?: Record<string, unknown>;
  }[];
};

function podOf(doc: Doc): Pod | undefined {
  const spec = doc.spec as {
    template?: { spec?: Pod };
    jobTemplate?: { spec?: { template?: { spec?: Pod } } };
  };
  return spec?.template?.spec ?? spec?.jobTemplate?.spec?.template?.spec;
}

/** Any brief of the sweep, by its number. */
const anyBrief = fc.record({ index: fc.nat(5_000), seed: fc.nat(1_000) });
const runs = { numRuns: 15 };

describe("any repository", () => {
  test("has safe, unique paths, ends its files with one line break and has no word of a person in it", () => {
    fc.assert(
      fc.property(anyBrief, ({ index, seed }) => {
        const { files } = lay(briefAt(index, seed));
        expect(new Set(files.map(({ path }) => path)).size).toBe(files.length);
        for (const file of files) {
          File.parse(file);
          expect(file.content).not.toMatch(/Free text|Nadelöhr|漏斗|网关|摄像头|Kasse \(alt\)|华东|北京/);
          expect(file.content.endsWith("\n") && !file.content.endsWith("\n\n"), file.path).toBe(true);
        }
      }),
      runs,
    );
  });

  test("is the same, byte for byte, in every language and every time", () => {
    fc.assert(
      fc.property(anyBrief, ({ index, seed }) => {
        const [first, ...others] = languages.map((language) => lay(briefAt(index, seed, language)).files);
        for (const other of others) expect(other).toEqual(first);
      }),
      { numRuns: 6 },
    );
  });

  test("shows every decision in a file, and fleet.yaml names one that exists", () => {
    fc.assert(
      fc.property(anyBrief, ({ index, seed }) => {
        const { files, decisions } = lay(briefAt(index, seed));
        expect(unseen(decisions, files)).toEqual([]);
        const fleet = documents(files, /^fleet\.yaml$/)[0]!.doc;
        const paths = new Set(files.map(({ path }) => path));
        for (const topic of topics) {
          const entry = (fleet.decisions as Record<string, { choice: string; shownIn: string }>)[topic]!;
          expect(entry.choice).toBe(decisions[topic].choice);
          expect(paths.has(entry.shownIn), `${topic}: ${entry.shownIn}`).toBe(true);
        }
      }),
      runs,
    );
  });

  test("pins images of the catalogue, asks for memory with a limit, and gives its pods no way to grow", () => {
    const known = new Set<string>(Object.values(images).map(({ image }) => image));
    fc.assert(
      fc.property(anyBrief, ({ index, seed }) => {
        for (const { path, doc } of documents(lay(briefAt(index, seed)).files, ours)) {
          const pod = podOf(doc);
          if (!pod) continue;
          const where = `${path} ${doc.kind} ${doc.metadata?.name}`;
          expect(pod.securityContext, where).toMatchObject({
            runAsNonRoot: true,
            seccompProfile: { type: "RuntimeDefault" },
          });
          for (const container of pod.containers) {
            expect(known.has(container.image), `${where}: ${container.image}`).toBe(true);
            expect(container.resources?.requests?.memory, where).toMatch(/^\d+Mi$/);
            expect(container.resources?.limits?.memory, where).toMatch(/^\d+Mi$/);
            expect(container.securityContext, where).toEqual({
              allowPrivilegeEscalation: false,
              readOnlyRootFilesystem: true,
              capabilities: { drop: ["ALL"] },
            });
          }
        }
      }),
      runs,
    );
  });

  test("opens nothing and holds no secret", () => {
    fc.assert(
      fc.property(anyBrief, ({ index, seed }) => {
        const { files } = lay(briefAt(index, seed));
        for (const { path, doc } of documents(files, /^(base|policies|stores|sets|clusters|bootstrap)\//)) {
          expect(["Secret", "Ingress", "Gateway", "HTTPRoute"], path).not.toContain(doc.kind);
          if (doc.kind === "Service") expect([undefined, "ClusterIP"], path).toContain(doc.spec?.type);
        }
        for (const { path, content } of files) {
          expect(content, path).not.toMatch(/AGE-SECRET-KEY-1|BEGIN [A-Z ]*PRIVATE KEY|:latest\b(?!\(|')/);
        }
      }),
      runs,
    );
  });
});

test("asks a 2 GB device for at most 250 MiB beside its engine", () => {
  fc.assert(
    fc.property(
      fc.constantFrom("k3s" as const, "k0s" as const),
      fc.constantFrom("sealed-secrets" as const, "external-secrets" as const, undefined),
      fc.boolean(),
      (distro, wish, several) => {
        const { files } = layAnswers({
          sites: 500,
          memoryMiB: 2048,
          arch: "arm64",
          distro,
          nodesPerSite: several ? 3 : 1,
          ...(wish && { wishes: [wish] }),
        });
        const requested = documents(files, ours)
          .flatMap(({ doc }) => {
            const replicas = (doc.spec as { replicas?: number })?.replicas ?? 1;
            return (podOf(doc)?.containers ?? []).map(
              ({ resources }) => replicas * Number.parseInt(resources!.requests!.memory!, 10),
            );
          })
          .reduce((sum, mib) => sum + mib, 0);
        expect(requested).toBeLessThanOrEqual(250);
      },
    ),
    { numRuns: 12 },
  );
});

test("gives every namespace of ours the restricted profile, a default deny and a way to the resolver", () => {
  const { files } = layAnswers({ sites: 100, memoryMiB: 4096, arch: "amd64" });
  const docs = documents(files, /^policies\//).map(({ doc }) => doc);
  for (const namespace of ["edge-apps", "edge-system"]) {
    const space = docs.find(({ kind, metadata }) => kind === "Namespace" && metadata?.name === namespace);
    expect(space?.metadata).toMatchObject({ labels: { "pod-security.kubernetes.io/enforce": "restricted" } });
    const policies = docs.filter(
      ({ kind, metadata }) => kind === "NetworkPolicy" && metadata?.namespace === namespace,
    );
    expect(policies.map(({ spec }) => spec)).toContainEqual({
      podSelector: {},
      policyTypes: ["Ingress", "Egress"],
    });
    expect(policies.some(({ metadata }) => metadata?.name === "allow-dns")).toBe(true);
    expect(
      docs.some(({ kind, metadata }) => kind === "ResourceQuota" && metadata?.namespace === namespace),
    ).toBe(true);
  }
});

test("makes device types and regions into sets that say different things", () => {
  const { files } = layAnswers({
    sites: 4_000,
    regions: ["EMEA", "华东"],
    deviceTypes: [
      { name: "Kiosk", memoryMiB: 2048, arch: "arm64", share: 0.5 },
      { name: "网关", memoryMiB: 8192, arch: "amd64", share: 0.5 },
    ],
  });
  const text = (path: string) => files.find((file) => file.path === path)?.content ?? "";
  for (const set of ["emea-kiosk", "emea-device-2", "region-2-kiosk", "region-2-device-2"]) {
    expect(text(`sets/${set}/kustomization.yaml`)).toContain("../../policies");
  }
  expect(text("device-types/kiosk/kustomization.yaml")).toContain("kubernetes.io/arch: arm64");
  expect(text("device-types/device-2/kustomization.yaml")).toContain("kubernetes.io/arch: amd64");
  expect(text("device-types/device-2/kustomization.yaml")).toContain("memory: 192Mi");
  expect(text("regions/region-2/kustomization.yaml")).toContain("region: region-2");
});

test("names in its runbook only scripts and folders that are there", () => {
  fc.assert(
    fc.property(anyBrief, ({ index, seed }) => {
      const { files } = lay(briefAt(index, seed));
      const readme = files.find(({ path }) => path === "README.md")!.content;
      const paths = files.map(({ path }) => path);
      for (const [, named] of readme.matchAll(/(?:bash|sh) (scripts\/[\w-]+\.sh)/g))
        expect(paths).toContain(named);
      for (const [, named] of readme.matchAll(/\]\(([\w./@-]+)\)/g)) expect(paths).toContain(named);
      for (const [, named] of readme.matchAll(/`((?:image|nodes|bootstrap)\/[a-z0-9-]+)\/`/g)) {
        expect(
          paths.some((path) => path.startsWith(`${named}/`)),
          named,
        ).toBe(true);
      }
    }),
    runs,
  );
});

test("says that no Kubernetes runs where none can, and lays out no set", () => {
  const { files } = layAnswers({ sites: 50, memoryMiB: 256, arch: "arm64" });
  expect(files.find(({ path }) => path === "README.md")!.content).toContain(
    "No Kubernetes runs at these sites",
  );
  expect(files.filter(({ path }) => /^(sets|base|clusters|policies)\//.test(path))).toEqual([]);
});
