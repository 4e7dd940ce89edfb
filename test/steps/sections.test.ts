import { describe, expect, test } from "vitest";
import { completeBrief } from "#catalogue/placeholders.ts";
import type { Answers } from "#model/brief.ts";
import type { Plan } from "#model/plan.ts";
import { type Language, languages, localise } from "#model/text.ts";
import { makePlan } from "../../src/app/make-plan.ts";
import { openWorkshop } from "../../src/app/workshop.ts";

const workshop = await openWorkshop();

const briefs: Record<string, Answers> = {
  truck: {
    sites: 5_000,
    memoryMiB: 2_048,
    arch: "arm64",
    storage: "emmc",
    network: "intermittent",
    gitops: "flux",
  },
  ha: {
    sites: 200,
    nodesPerSite: 3,
    memoryMiB: 16_384,
    arch: "amd64",
    storage: "ssd",
    network: "stable",
    highAvailability: true,
    gitops: "argocd",
  },
  microk8s: {
    sites: 40,
    memoryMiB: 8_192,
    arch: "amd64",
    storage: "ssd",
    network: "stable",
    distro: "microk8s",
  },
  small: {
    sites: 300,
    memoryMiB: 1_024,
    arch: "arm64",
    storage: "emmc",
    network: "intermittent",
    distro: "k0s",
  },
  siteServer: { sites: 100, nodesPerSite: 3, memoryMiB: 512, arch: "arm64", network: "intermittent" },
  image: { sites: 1_000, memoryMiB: 256, arch: "arm64", network: "low-bandwidth" },
  ship: {
    sites: 30,
    memoryMiB: 8_192,
    arch: "amd64",
    storage: "ssd",
    network: "air-gapped",
    exposure: "locked",
  },
};

async function planOf(answers: Answers, language: Language = "en"): Promise<Plan> {
  const origins = Object.fromEntries(Object.keys(answers).map((name) => [name, "said"]));
  const brief = completeBrief({ answers, origins, edition: "pro", language });
  return makePlan(brief, workshop, { revision: 1, signal: AbortSignal.timeout(20_000) });
}

/** All that the sections say, without the files they show. */
function said({ summary, sections }: Plan, language: Language): string {
  return JSON.stringify(localise({ summary, sections }, language));
}

describe("sections say what was decided", () => {
  test.each(Object.keys(briefs))("%s: no place is left unfilled, in any language", async (name) => {
    const plan = await planOf(briefs[name]!);
    for (const language of languages) {
      expect(said(plan, language).match(/\{\w+\}|undefined|NaN/g), language).toBeNull();
    }
  });

  test.each([
    ["ha", /0 agents|artifact|follows a tag/],
    ["microk8s", /artifact|follows a tag/],
    ["small", /the agent (tries|pulls|compares)|Metrics are kept|hub (alerts|raises)/],
    ["image", /the agent|Kubernetes service|Inside the cluster|one minor version|cluster's/],
    ["ship", /link (drops|returns)|outgoing|over the uplink|NAT and firewalls|Encrypted disk/],
    ["siteServer", /no network to provision|artifact whole/],
    ["truck", /follows a branch|polls the Git repository/],
  ] as const)("%s: nothing of another design is said", async (name, foreign) => {
    expect(said(await planOf(briefs[name]!), "en").match(foreign)).toBeNull();
  });
});
