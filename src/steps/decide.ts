import { osImages } from "#catalogue/os-images.ts";
import type { Brief } from "#model/brief.ts";
import type { Decisions, Verdict } from "#model/decision.ts";
import { backup } from "./decide/backup.ts";
import { budgetsOf } from "./decide/budget.ts";
import { datastore } from "./decide/datastore.ts";
import { delivery, intervalSeconds, retrySeconds, templating } from "./decide/delivery.ts";
import { deniedOf } from "./decide/denials.ts";
import { distribution } from "./decide/distribution.ts";
import { encryption, secureBoot } from "./decide/encryption.ts";
import { gitops } from "./decide/engine.ts";
import { observability, seriesPerSite, silenceHours } from "./decide/observability.ts";
import { os } from "./decide/os.ts";
import { podTraffic } from "./decide/pod-traffic.ts";
import { provisioning } from "./decide/provisioning.ts";
import { registry } from "./decide/registry.ts";
import { risksOf } from "./decide/risks.ts";
import { ringsOf, rollout } from "./decide/rollout.ts";
import { type Picked, pick } from "./decide/rules.ts";
import { secrets } from "./decide/secrets.ts";
import { type Chosen, type Facts, type Site, siteOf } from "./decide/site.ts";
import { serversOf, topology } from "./decide/topology.ts";
import { restartWithinDays, upgrades } from "./decide/upgrades.ts";
import { runtimeOf, wasm } from "./decide/wasm.ts";

export type { Facts } from "./decide/site.ts";

/** Decides everything a plan hangs on: the same brief gives the same verdict, in every language. */
export function decide(brief: Brief, facts: Facts): Verdict {
  const site = siteOf(brief, facts);
  const decisions = decisionsOf(site);
  return {
    decisions,
    denied: deniedOf(site, decisions),
    risks: risksOf(site, decisions),
    budgets: budgetsOf(site, decisions),
  };
}

/** Family after family, each reading what the ones before it chose. */
function decisionsOf(site: Site): Decisions {
  const picked = {} as { -readonly [T in keyof Chosen]: Picked<Chosen[T]> };
  const chosen = { ...site } as Site & Chosen;
  function settle<T extends keyof Chosen>(topic: T, result: Picked<Chosen[T]>) {
    picked[topic] = result as (typeof picked)[T];
    (chosen as Chosen)[topic] = result.choice;
  }
  settle("distribution", pick(distribution, site));
  settle("topology", pick(topology, chosen));
  settle("datastore", pick(datastore, chosen));
  settle("os", pick(os, chosen));
  settle("provisioning", pick(provisioning, chosen));
  settle("encryption", pick(encryption, chosen));
  settle("secureBoot", pick(secureBoot, chosen));
  settle("gitops", pick(gitops, chosen));
  settle("delivery", pick(delivery, chosen));
  settle("templating", pick(templating, site));
  settle("secrets", pick(secrets, chosen));
  settle("registry", pick(registry, chosen));
  settle("podTraffic", pick(podTraffic, chosen));
  settle("upgrades", pick(upgrades, chosen));
  settle("rollout", pick(rollout, site));
  settle("wasm", pick(wasm, chosen));
  settle("observability", pick(observability, chosen));
  settle("backup", pick(backup, chosen));
  return {
    distribution: { ...picked.distribution, params: releaseOf(chosen) },
    topology: { ...picked.topology, params: nodesOf(chosen) },
    datastore: { ...picked.datastore, params: {} },
    os: { ...picked.os, params: { version: osImages[chosen.os].version } },
    provisioning: { ...picked.provisioning, params: {} },
    // Only K3s has a switch for it; the others take a key file, which would have to lie in the tree.
    encryption: { ...picked.encryption, params: { secretsEncryption: chosen.distribution === "k3s" } },
    secureBoot: { ...picked.secureBoot, params: {} },
    gitops: {
      ...picked.gitops,
      params: { version: chosen.gitops === "none" ? "" : site.facts.engines[chosen.gitops].version },
    },
    delivery: {
      ...picked.delivery,
      params: {
        intervalSeconds: intervalSeconds(site, chosen.delivery),
        retrySeconds: retrySeconds(site, chosen.delivery),
      },
    },
    templating: { ...picked.templating, params: {} },
    secrets: { ...picked.secrets, params: {} },
    registry: { ...picked.registry, params: {} },
    podTraffic: { ...picked.podTraffic, params: {} },
    upgrades: { ...picked.upgrades, params: { restartWithinDays } },
    rollout: { ...picked.rollout, params: { rings: ringsOf(site) } },
    wasm: { ...picked.wasm, params: runtimeOf(chosen.wasm) },
    observability: {
      ...picked.observability,
      params: { seriesPerSite: seriesPerSite(site, chosen.observability), silenceHours: silenceHours(site) },
    },
    backup: { ...picked.backup, params: {} },
  };
}

function releaseOf({ distribution, os, facts }: Site & Chosen): { version: string; kubernetes: string } {
  if (distribution === "none") return { version: "", kubernetes: "" };
  const { version, kubernetes } = facts.distros[distribution];
  // Ubuntu Core takes the confined snap, which has tracks of its own: 1.36-strict/stable.
  if (distribution === "microk8s" && os === "ubuntu-core") {
    return { version: version.replace("/", "-strict/"), kubernetes };
  }
  return { version, kubernetes };
}

function nodesOf({ topology, datastore, distribution, nodes }: Site & Chosen): {
  servers: number;
  agents: number;
  vip: "none" | "kube-vip";
} {
  if (topology === "image") return { servers: 0, agents: 0, vip: "none" };
  if (topology === "site-server") return { servers: 1, agents: nodes, vip: "none" };
  if (topology !== "ha") return { servers: 1, agents: nodes - 1, vip: "none" };
  // Dqlite keeps three voters by itself, however many nodes join.
  if (distribution === "microk8s") return { servers: 3, agents: nodes - 3, vip: "none" };
  const servers = datastore === "external" ? 2 : serversOf(nodes);
  return { servers, agents: nodes - servers, vip: "kube-vip" };
}
