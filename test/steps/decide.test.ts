import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import type { Answers } from "#model/brief.ts";
import { Verdict } from "#model/decision.ts";
import { isText, type Text } from "#model/text.ts";
import { decide } from "#src/steps/decide.ts";
import { anyBrief, briefOf, facts } from "./decide/briefs.ts";

const runs = { numRuns: 2_500 };
// Thousands of verdicts take a second alone, and longer beside the other suites.
vi.setConfig({ testTimeout: 60_000 });

function verdictOf(answers: Answers) {
  return decide(briefOf(answers), facts);
}

function deniedBy(answers: Answers): string[] {
  return verdictOf(answers).denied.map(({ id }) => id);
}

/** Per rule a brief that breaks it and one that nearly does. */
const checks: Record<string, { breaks: Answers; nearly: Answers }> = {
  H1: { breaks: { memoryMiB: 511 }, nearly: { memoryMiB: 512 } },
  H2: { breaks: { memoryMiB: 512 }, nearly: { memoryMiB: 1024 } },
  H3: { breaks: { memoryMiB: 2047, distro: "k3s" }, nearly: { memoryMiB: 2048, distro: "k3s" } },
  H4: { breaks: { memoryMiB: 4095, distro: "microk8s" }, nearly: { memoryMiB: 4096, distro: "microk8s" } },
  H5: {
    breaks: { memoryMiB: 4096, arch: "armv7", distro: "microk8s" },
    nearly: { memoryMiB: 4096, arch: "armv7", distro: "k0s" },
  },
  H6: { breaks: { arch: "riscv64" }, nearly: { arch: "armv7" } },
  H7: {
    breaks: { nodesPerSite: 2, highAvailability: true },
    nearly: { nodesPerSite: 3, highAvailability: true, storage: "ssd" },
  },
  H8: {
    breaks: { nodesPerSite: 3, wishes: ["ha-on-sqlite"] },
    nearly: { nodesPerSite: 3, wishes: ["sqlite"] },
  },
  H9: {
    breaks: { nodesPerSite: 3, highAvailability: true, storage: "emmc" },
    nearly: { nodesPerSite: 3, storage: "emmc" },
  },
  H10: { breaks: { wishes: ["etcd-across-sites"] }, nearly: { nodesPerSite: 3, wishes: ["etcd"] } },
  H11: {
    breaks: { distro: "k3s", wishes: ["dqlite"] },
    nearly: { distro: "microk8s", wishes: ["dqlite"] },
  },
  H12: { breaks: { wishes: ["secure-boot-by-k3s"] }, nearly: { tpm: true, exposure: "exposed" } },
  H13: { breaks: { tpm: false, exposure: "exposed" }, nearly: { tpm: true, exposure: "exposed" } },
  H14: {
    breaks: { board: "raspberry-pi-4", wishes: ["secure-boot-by-k3s"] },
    nearly: { board: "nuc", wishes: ["secure-boot-by-k3s"] },
  },
  H15: { breaks: { arch: "armv7", wasm: "any" }, nearly: { arch: "arm64", wasm: "any" } },
  H16: { breaks: { memoryMiB: 4095, gitops: "argocd" }, nearly: { memoryMiB: 4096, gitops: "argocd" } },
  H17: {
    breaks: { memoryMiB: 8191, nodesPerSite: 3, wishes: ["longhorn"] },
    nearly: { memoryMiB: 8192, nodesPerSite: 3, wishes: ["longhorn"] },
  },
  H18: {
    breaks: { memoryMiB: 8191, wishes: ["service-mesh"] },
    nearly: { memoryMiB: 8192, wishes: ["service-mesh"] },
  },
  H19: {
    breaks: { distro: "k3s", wishes: ["ubuntu-core"] },
    nearly: { distro: "microk8s", wishes: ["ubuntu-core"] },
  },
  H20: { breaks: { wishes: ["metal3"] }, nearly: { bmc: true, wishes: ["metal3"] } },
};

describe("feasibility", () => {
  test.each(Object.entries(checks))(
    "%s is said when it is broken, and only then",
    (id, { breaks, nearly }) => {
      expect(deniedBy(breaks)).toContain(id);
      expect(deniedBy(nearly)).not.toContain(id);
    },
  );

  test("has a check for each of the twenty rules", () => {
    expect(Object.keys(checks)).toEqual(Array.from({ length: 20 }, (_, at) => `H${at + 1}`));
  });
});

/** What an infeasible or tight brief gets instead, as a set. */
const nearest: [string, Answers, Record<string, string>][] = [
  [
    "2 GB with Argo CD runs Flux on K3s",
    { memoryMiB: 2048, arch: "arm64", gitops: "argocd", sites: 5000, exposure: "exposed" },
    { distribution: "k3s", gitops: "flux", delivery: "oci", encryption: "luks-network", os: "kairos" },
  ],
  [
    "1 GB alone runs k0s from an image",
    { memoryMiB: 1024, distro: "k3s" },
    { distribution: "k0s", topology: "single", gitops: "none", delivery: "image", upgrades: "image-ab" },
  ],
  [
    "1 GB with company runs a k0s controller and workers",
    { memoryMiB: 1536, nodesPerSite: 4 },
    { distribution: "k0s", topology: "server-agents", datastore: "sqlite" },
  ],
  [
    "512 MiB with company joins a site server",
    { memoryMiB: 512, nodesPerSite: 2 },
    { distribution: "k3s", topology: "site-server", gitops: "flux" },
  ],
  ["512 MiB alone runs an image", { memoryMiB: 512 }, { distribution: "none", topology: "image" }],
  ["256 MiB with company runs an image", { memoryMiB: 256, nodesPerSite: 3 }, { topology: "image" }],
  ["riscv64 runs an image", { arch: "riscv64" }, { distribution: "none", topology: "image" }],
  ["32-bit ARM boots Debian", { arch: "armv7", memoryMiB: 2048 }, { distribution: "k3s", os: "debian" }],
  ["MicroK8s at 2 GB becomes K3s", { memoryMiB: 2048, distro: "microk8s" }, { distribution: "k3s" }],
  [
    "MicroK8s at three nodes is Dqlite HA",
    { memoryMiB: 4096, nodesPerSite: 3, distro: "microk8s" },
    { topology: "ha", datastore: "dqlite", os: "ubuntu", upgrades: "snap-channel" },
  ],
  [
    "Ubuntu Core asks for MicroK8s",
    { memoryMiB: 4096, wishes: ["ubuntu-core"] },
    { distribution: "microk8s", os: "ubuntu-core" },
  ],
  [
    "two nodes with a database of the site are two servers",
    { memoryMiB: 4096, nodesPerSite: 2, wishes: ["external-database"], highAvailability: true },
    { topology: "ha", datastore: "external", backup: "database-backup" },
  ],
  [
    "three SSD servers with 4 GB carry etcd when availability is wanted",
    { memoryMiB: 4096, nodesPerSite: 3, highAvailability: true },
    { topology: "ha", datastore: "etcd", backup: "etcd-snapshot" },
  ],
  [
    "an air gap keeps everything inside",
    { network: "air-gapped" },
    { provisioning: "image-offline", registry: "site-registry", observability: "local-only" },
  ],
];

test.each(nearest)("%s", (_, answers, expected) => {
  const { decisions } = verdictOf(answers);
  const got = Object.keys(expected).map((topic) => [
    topic,
    decisions[topic as keyof typeof decisions].choice,
  ]);
  expect(Object.fromEntries(got)).toEqual(expected);
});

test("moves five thousand sites in rings of 5, 50, 500, 2,500 and 5,000", () => {
  const { rings } = verdictOf({ sites: 5000 }).decisions.rollout.params;
  expect(rings.map((ring) => ring.sites)).toEqual([5, 50, 500, 2500, 5000]);
  expect(rings.map((ring) => ring.percent)).toEqual([0.1, 1, 10, 50, 100]);
});

test("the documented 2 GB of K3s with Flux fits, measured upper bounds stand beside it", () => {
  const [budget] = verdictOf({ memoryMiB: 2048 }).budgets;
  expect(budget?.fits).toBe(true);
  expect(budget?.workloadMiB).toBeGreaterThan(200);
  expect(budget?.rows.filter((row) => !row.counted).map((row) => row.mib)).toEqual([1215, 1596]);
});

describe("any brief", () => {
  test("gets a verdict of the agreed shape", () => {
    fc.assert(
      fc.property(anyBrief, (brief) => {
        const parsed = Verdict.safeParse(decide(brief, facts));
        expect(parsed.error?.issues ?? []).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test("gets decisions that hang together", () => {
    fc.assert(
      fc.property(anyBrief, (brief) => {
        const { decisions: d } = decide(brief, facts);
        const { answers } = brief;
        const memoryMiB = Math.min(...answers.deviceTypes.map((type) => type.memoryMiB));
        const common = answers.deviceTypes.every(({ arch }) => arch === "amd64" || arch === "arm64");
        const { servers, agents, vip } = d.topology.params;
        if (d.datastore.choice === "etcd") {
          expect(d.topology.choice).toBe("ha");
          expect(answers.storage).toBe("ssd");
          expect(memoryMiB).toBeGreaterThanOrEqual(4096);
          expect(servers).toBeGreaterThanOrEqual(3);
        }
        if (d.datastore.choice === "sqlite") expect(servers).toBe(1);
        if (vip !== "none") expect(d.topology.choice).toBe("ha");
        expect(agents).toBeGreaterThanOrEqual(0);
        if (d.topology.choice !== "image" && d.topology.choice !== "site-server") {
          expect(servers + agents).toBe(answers.nodesPerSite);
        }
        if (d.gitops.choice === "argocd") expect(memoryMiB).toBeGreaterThanOrEqual(4096);
        if (d.distribution.choice === "microk8s") {
          expect(memoryMiB).toBeGreaterThanOrEqual(4096);
          expect(common).toBe(true);
          expect(["ubuntu", "ubuntu-core"]).toContain(d.os.choice);
        }
        if (d.distribution.choice === "k3s" && d.topology.choice !== "site-server") {
          expect(memoryMiB).toBeGreaterThanOrEqual(2048);
        }
        expect(d.topology.choice === "image").toBe(d.distribution.choice === "none");
        expect(d.datastore.choice === "none").toBe(d.distribution.choice === "none");
        expect(d.datastore.choice === "dqlite").toBe(d.distribution.choice === "microk8s");
        expect(d.gitops.choice === "none").toBe(d.delivery.choice === "image");
        expect(d.gitops.choice === "none").toBe(d.secrets.choice === "image");
        if (d.upgrades.choice === "autopilot") expect(d.distribution.choice).toBe("k0s");
        if (d.upgrades.choice === "snap-channel") expect(d.distribution.choice).toBe("microk8s");
        if (d.upgrades.choice === "kairos-nodeop") expect(d.os.choice).toBe("kairos");
        if (d.encryption.choice.includes("tpm")) expect(answers.tpm).toBe(true);
        if (d.encryption.choice.endsWith("network")) expect(answers.network).not.toBe("air-gapped");
        if (d.os.choice === "kairos") {
          expect(common).toBe(true);
          expect(["k3s", "k0s"]).toContain(d.distribution.choice);
        }
        if (d.wasm.choice !== "none") expect(common && d.distribution.choice !== "none").toBe(true);
        if (d.registry.choice === "spegel") {
          expect(answers.nodesPerSite).toBeGreaterThan(1);
          expect(d.distribution.choice).toBe("k3s");
        }
        if (d.secrets.choice === "sops") expect(d.gitops.choice).toBe("flux");
        if (d.provisioning.choice === "metal3") expect(answers.bmc).toBe(true);
        if (d.provisioning.choice === "elemental") expect(answers.tpm).toBe(true);
      }),
      runs,
    );
  });

  test("reaches all sites in rings that only grow", () => {
    fc.assert(
      fc.property(anyBrief, (brief) => {
        const { rings } = decide(brief, facts).decisions.rollout.params;
        const last = rings.at(-1);
        expect(last?.percent).toBe(100);
        expect(last?.sites).toBe(brief.answers.sites);
        expect(rings[0]?.sites).toBeGreaterThanOrEqual(1);
        for (const [at, ring] of rings.entries()) {
          const before = rings[at - 1];
          if (!before) continue;
          expect(ring.sites).toBeGreaterThan(before.sites);
          expect(ring.percent).toBeGreaterThan(before.percent);
        }
      }),
      runs,
    );
  });

  test("never asks one Git repository more than fifteen times a second, and has OCI from 5,000 sites", () => {
    fc.assert(
      fc.property(anyBrief, (brief) => {
        const { delivery } = decide(brief, facts).decisions;
        const { intervalSeconds, retrySeconds } = delivery.params;
        if (delivery.choice === "git") {
          expect(brief.answers.sites / intervalSeconds).toBeLessThanOrEqual(15);
          expect(brief.answers.sites).toBeLessThan(5_000);
        }
        expect(retrySeconds).toBeLessThanOrEqual(intervalSeconds);
      }),
      runs,
    );
  });

  test("denies nothing that the decisions hold", () => {
    fc.assert(
      fc.property(anyBrief, (brief) => {
        const { decisions: d, denied } = decide(brief, facts);
        const ids = new Set(denied.map(({ id }) => id));
        if (ids.has("H3") || ids.has("H4") || ids.has("H5")) {
          if (brief.answers.distro !== "auto" && !brief.answers.wishes.includes("longhorn")) {
            expect(d.distribution.choice).not.toBe(brief.answers.distro);
          }
        }
        if (ids.has("H1") || ids.has("H6")) expect(d.distribution.choice).toBe("none");
        if (ids.has("H2")) expect(["image", "site-server"]).toContain(d.topology.choice);
        if (ids.has("H7") || ids.has("S4")) expect(d.topology.choice).not.toBe("ha");
        if (ids.has("H9") || ids.has("S3")) expect(d.datastore.choice).not.toBe("etcd");
        if (ids.has("H11")) expect(d.datastore.choice).not.toBe("dqlite");
        if (ids.has("H14")) expect(d.secureBoot.choice).toBe("unavailable");
        if (ids.has("H16")) expect(d.gitops.choice).not.toBe("argocd");
        if (ids.has("H8") && d.datastore.choice === "sqlite") expect(d.topology.choice).not.toBe("ha");
        if (ids.has("S5")) expect(d.datastore.choice).not.toBe("external");
        if (ids.has("O5")) expect(d.os.choice).not.toBe("flatcar");
        if (ids.has("C48")) expect(d.secrets.choice).not.toBe("external-secrets");
        const keys = denied.map(({ id, wish }) => `${id} ${wish.en}`);
        expect(new Set(keys).size).toBe(keys.length);
      }),
      runs,
    );
  });

  test("never passes over a feasible preference without a word", () => {
    fc.assert(
      fc.property(anyBrief, (brief) => {
        const { decisions: d, denied } = decide(brief, facts);
        const { answers } = brief;
        const ids = new Set(denied.map(({ id }) => id));
        const says = (...any: string[]) => any.some((id) => ids.has(id));
        if (answers.distro !== "auto" && d.distribution.choice !== answers.distro) {
          expect(says("H1", "H2", "H3", "H4", "H5", "H6")).toBe(true);
        }
        if (answers.gitops === "argocd" && d.gitops.choice !== "argocd") expect(says("H16")).toBe(true);
        if (answers.gitops === "flux" && d.gitops.choice !== "flux") expect(says("G1")).toBe(true);
        expect(d.templating.choice).toBe(answers.templating);
        if (answers.highAvailability && d.topology.choice !== "ha") {
          expect(says("H7", "H8", "H9", "S4")).toBe(true);
        }
        if (answers.wasm !== "none" && d.wasm.choice !== answers.wasm && answers.wasm !== "any") {
          expect(says("H15")).toBe(true);
        }
        const wants = new Set(answers.wishes);
        if (wants.has("flatcar") && d.os.choice !== "flatcar") expect(says("O5")).toBe(true);
        if (wants.has("ubuntu-core") && d.os.choice !== "ubuntu-core") expect(says("H19")).toBe(true);
        if (wants.has("etcd") && d.datastore.choice !== "etcd") expect(says("H9", "S3")).toBe(true);
        if (wants.has("dqlite") && d.datastore.choice !== "dqlite") expect(says("H11")).toBe(true);
        if (wants.has("sealed-secrets") && d.secrets.choice !== "sealed-secrets") {
          expect(says("G1")).toBe(true);
        }
        const asides = {
          talos: ["D3", "H19"],
          rke2: ["D6"],
          k0smotron: ["D5"],
          "rancher-fleet": ["X6"],
          "latest-tags": ["IMG-01"],
          "inbound-api": ["PORT"],
          push: ["PULL"],
          kubeadm: ["D7"],
          "argocd-hub": ["G4"],
          bottlerocket: ["H19"],
          prometheus: ["X10"],
        } as const;
        for (const [wish, rules] of Object.entries(asides)) {
          if (wants.has(wish as keyof typeof asides)) expect(says(...rules)).toBe(true);
        }
      }),
      runs,
    );
  });

  test("gets memory that adds up exactly, one budget a device type", () => {
    fc.assert(
      fc.property(anyBrief, (brief) => {
        const { budgets, decisions, risks } = decide(brief, facts);
        const added = decisions.topology.choice === "site-server" ? ["site-server"] : [];
        const names = brief.answers.deviceTypes.map((type) => type.name);
        expect(budgets.map(({ node }) => node)).toEqual([...names, ...added]);
        for (const { rows, reserveMiB, workloadMiB, memoryMiB, fits } of budgets) {
          const counted = rows.filter((row) => row.counted).reduce((sum, row) => sum + row.mib, 0);
          expect(reserveMiB).toBe(Math.ceil(memoryMiB * 0.15));
          if (fits) expect(counted + reserveMiB + workloadMiB).toBe(memoryMiB);
          else expect(counted + reserveMiB).toBeGreaterThan(memoryMiB);
        }
        // What does not fit is said: everything asked for at once can be some MiB more than the documented minimum.
        const tight = risks.find(({ id }) => id === "memory-tight");
        expect(tight !== undefined).toBe(budgets.some(({ fits }) => !fits));
        if (tight) expect(tight.risk.en).not.toMatch(/\{/);
        const helpers = ["image", "site-server"].includes(decisions.topology.choice);
        if (brief.answers.wishes.length === 0 && !helpers) expect(tight).toBeUndefined();
      }),
      runs,
    );
  });

  test("is decided alike in every language and every time", () => {
    fc.assert(
      fc.property(
        anyBrief,
        fc.constantFrom("de" as const, "es" as const, "zh" as const),
        (brief, language) => {
          expect(decide({ ...brief, language }, facts)).toEqual(decide(brief, facts));
        },
      ),
      { numRuns: 300 },
    );
  });
});

/** Every Text inside a value, with where it stands. */
function textsIn(value: unknown, path = ""): [string, Text][] {
  if (isText(value)) return [[path, value]];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => textsIn(item, `${path}/${key}`));
}

test("every sentence is there in four languages, translated and filled", () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(anyBrief, (brief) => {
      for (const [path, words] of textsIn(decide(brief, facts))) {
        if (seen.has(words.en)) continue;
        seen.add(words.en);
        for (const sentence of Object.values(words)) {
          expect(sentence.trim(), path).not.toBe("");
          expect(sentence, path).not.toMatch(/\{\w+\}|undefined|NaN/);
        }
        // Names of parts stay as they are in some languages; sentences never do.
        if (words.en.length <= 20 || path.endsWith("/component")) continue;
        expect(words.de, path).not.toBe(words.en);
        expect(words.es, path).not.toBe(words.en);
        expect(words.zh, path).toMatch(/\p{Script=Han}/u);
      }
    }),
    { numRuns: 2_000 },
  );
  expect(seen.size).toBeGreaterThan(200);
});
