import { beforeAll, describe, expect, test } from "vitest";
import type { Answers } from "#model/brief.ts";
import type { Decisions } from "#model/decision.ts";
import type { Plan } from "#model/plan.ts";
import { languages } from "#model/text.ts";
import { briefOf } from "#src/app/brief-of.ts";
import { makePlan } from "#src/app/make-plan.ts";
import { createSpeech } from "#src/app/speech.ts";
import { openWorkshop, type Workshop } from "#src/app/workshop.ts";
import { render, toMarkdown } from "#src/steps/render.ts";

type Choices = { [T in keyof Decisions]?: Decisions[T]["choice"] };
/** What cannot be, what the plan decides in its place, and a word of the alternative that no translation changes. */
type Case = { brief: Answers; holds: Choices; instead: RegExp; source: string };

const fleet: Answers = {
  sites: 200,
  memoryMiB: 4096,
  arch: "amd64",
  storage: "ssd",
  network: "stable",
  exposure: "staff",
};

const cases: Record<string, Case> = {
  H1: {
    brief: { memoryMiB: 256, arch: "arm64" },
    holds: { distribution: "none", topology: "image", gitops: "none", delivery: "image" },
    instead: /k0s.*K3s/,
    source: "docs.k3s.io",
  },
  H2: {
    brief: { memoryMiB: 512, arch: "arm64", nodesPerSite: 4 },
    holds: { distribution: "k3s", topology: "site-server" },
    instead: /2 GB.*K3s/,
    source: "docs.k3s.io",
  },
  H3: {
    brief: { memoryMiB: 1024, distro: "k3s" },
    holds: { distribution: "k0s", topology: "single" },
    instead: /k0s --single/,
    source: "docs.k3s.io",
  },
  H4: {
    brief: { memoryMiB: 2048, distro: "microk8s" },
    holds: { distribution: "k3s" },
    instead: /K3s/,
    source: "microk8s.io",
  },
  H5: {
    brief: { arch: "armv7", distro: "microk8s" },
    holds: { distribution: "k3s", os: "debian" },
    instead: /K3s.*k0s|Debian.*K3s/,
    source: "microk8s",
  },
  H6: {
    brief: { arch: "riscv64" },
    holds: { distribution: "none", topology: "image", delivery: "image" },
    instead: /arm64/,
    source: "k3s",
  },
  H7: {
    brief: { highAvailability: true, nodesPerSite: 2 },
    holds: { topology: "server-agents", datastore: "sqlite", backup: "sqlite-copy" },
    instead: /SSD/,
    source: "docs.k3s.io",
  },
  H8: {
    brief: { highAvailability: true, nodesPerSite: 3, wishes: ["ha-on-sqlite"] },
    holds: { topology: "ha", datastore: "etcd" },
    instead: /etcd/,
    source: "docs.k3s.io",
  },
  H9: {
    brief: { wishes: ["etcd"], nodesPerSite: 3, highAvailability: true, storage: "sd" },
    holds: { datastore: "sqlite", topology: "server-agents" },
    instead: /SQLite/,
    source: "docs.k3s.io",
  },
  H10: {
    brief: { wishes: ["etcd-across-sites"] },
    holds: { topology: "single", datastore: "sqlite" },
    instead: /\S/,
    source: "docs.k3s.io",
  },
  H11: {
    brief: { wishes: ["dqlite"] },
    holds: { datastore: "sqlite" },
    instead: /SQLite/,
    source: "canonical",
  },
  H12: {
    brief: { wishes: ["secure-boot-by-k3s", "disk-encryption-by-k3s"], exposure: "exposed", tpm: true },
    holds: { encryption: "luks-tpm-network", secureBoot: "enforced" },
    instead: /Secure Boot|LUKS/,
    source: "docs.k3s.io",
  },
  H13: {
    brief: { exposure: "exposed", tpm: false },
    holds: { encryption: "luks-network" },
    instead: /LUKS/,
    source: "kairos.io",
  },
  H14: {
    brief: { board: "raspberry-pi-4", arch: "arm64", tpm: true, exposure: "exposed" },
    holds: { secureBoot: "unavailable", encryption: "luks-network" },
    instead: /LUKS/,
    source: "ubuntu-core",
  },
  H15: {
    brief: { arch: "armv7", wasm: "any" },
    holds: { wasm: "none" },
    instead: /WebAssembly/,
    source: "shim",
  },
  H16: {
    brief: { memoryMiB: 2048, gitops: "argocd" },
    holds: { gitops: "flux" },
    instead: /Flux/,
    source: "gitops-operator",
  },
  H17: { brief: { wishes: ["longhorn"] }, holds: {}, instead: /local-path/, source: "longhorn.io" },
  H18: {
    brief: { wishes: ["service-mesh"], nodesPerSite: 2 },
    holds: { podTraffic: "wireguard-native" },
    instead: /wireguard-native/,
    source: "istio",
  },
  H19: {
    brief: { wishes: ["talos"], distro: "k3s" },
    holds: { distribution: "k3s", os: "kairos" },
    instead: /Kairos/,
    source: "siderolabs",
  },
  H20: {
    brief: { wishes: ["metal3", "tinkerbell"], network: "intermittent" },
    holds: { provisioning: "kairos-auto-install" },
    instead: /Kairos/,
    source: "metal3|tinkerbell",
  },
};

let workshop: Workshop;
beforeAll(async () => {
  workshop = await openWorkshop();
});

test("there is an infeasible brief for each of the twenty rules", () => {
  expect(Object.keys(cases)).toEqual(Array.from({ length: 20 }, (_, at) => `H${at + 1}`));
});

describe.each(Object.entries(cases))("%s", (id, { brief, holds, instead, source }) => {
  let plan: Plan;
  beforeAll(() => {
    plan = makePlan(briefOf({ ...fleet, ...brief }, { language: "en", edition: "pro" }), workshop);
  });

  test("still gives a plan that decides what it offers, with a repository that nothing blocks", () => {
    const chosen = Object.fromEntries(
      Object.keys(holds).map((topic) => [topic, plan.decisions[topic as keyof Decisions].choice]),
    );
    expect(chosen).toEqual(holds);
    expect(plan.files.length).toBeGreaterThan(20);
    expect(plan.report.findings.filter(({ severity }) => severity === "block")).toEqual([]);
  });

  test.each(languages)("says in %s what cannot be, what does, and where that was read", (language) => {
    const denied = plan.denied.filter((one) => one.id === id);
    expect(denied.length).toBeGreaterThan(0);
    const document = toMarkdown(render(plan, { say: createSpeech()(language), language, part: "document" }));
    for (const one of denied) {
      expect(one.instead[language]).toMatch(instead);
      expect(`${one.source.url}`).toMatch(new RegExp(source));
      expect(document).toContain(one.source.url);
      for (const sentence of [one.wish, one.why, one.instead]) {
        expect(sentence[language]).not.toMatch(/\{\w+\}|undefined/);
        expect(document).toContain(sentence[language]);
      }
      expect(new Set(Object.values(one.why)).size).toBe(languages.length);
      expect(new Set(Object.values(one.instead)).size).toBe(languages.length);
    }
  });
});

/** Three devices of 512 MiB fit as documented workers, and not by our planning figures. */
const tight: Answers = { sites: 100, memoryMiB: 512, arch: "arm64", nodesPerSite: 3 };

test.each(languages)("a budget that does not fit is a risk that names what is missing, in %s", (language) => {
  const plan = makePlan(briefOf(tight, { language, edition: "pro" }), workshop);
  const [budget] = plan.budgets;
  const risk = plan.risks.find(({ id }) => id === "memory-tight");
  const counted = budget?.rows.reduce((sum, row) => sum + (row.counted ? row.mib : 0), 0) ?? 0;
  expect(budget?.fits).toBe(false);
  expect(risk?.risk[language]).toContain(`${counted + (budget?.reserveMiB ?? 0) - 512} MiB`);
  expect(risk?.risk[language]).toContain("512 MiB");
  const document = toMarkdown(render(plan, { say: createSpeech()(language), language, part: "document" }));
  expect(document).toContain(risk?.risk[language]);
});

test.each(languages)("a fleet of images alone lists no templating, in %s", (language) => {
  const say = createSpeech()(language);
  const shown = (answers: Answers) => {
    const plan = makePlan(briefOf({ ...fleet, ...answers }, { language, edition: "pro" }), workshop);
    return toMarkdown(render(plan, { say, language, part: "document" }));
  };
  const row = `| ${say("topic.templating")} |`;
  expect(shown({ memoryMiB: 256 })).not.toContain(row);
  expect(shown({})).toContain(row);
});
