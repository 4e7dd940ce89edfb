import { type Footprint, footprints, reserveShare, thresholds } from "#catalogue/footprints.ts";
import type { DeviceType } from "#model/brief.ts";
import type { Budget, BudgetRow, Decisions } from "#model/decision.ts";
import { type Text, verbatim } from "#model/text.ts";
import type { Site } from "./site.ts";

const operatingSystem: Text = {
  en: "Operating system",
  de: "Betriebssystem",
  es: "Sistema operativo",
  zh: "操作系统",
};
const containerRuntime: Text = {
  en: "Container runtime without a cluster",
  de: "Container-Laufzeit ohne Cluster",
  es: "Runtime de contenedores sin clúster",
  zh: "无集群的容器运行时",
};
const metricsAgent: Text = {
  en: "Metrics agent",
  de: "Metrik-Agent",
  es: "Agente de métricas",
  zh: "指标代理",
};
const siteRegistry: Text = {
  en: "Registry of the site",
  de: "Registry des Standorts",
  es: "Registro del sitio",
  zh: "站点镜像仓库",
};
const wasmPod: Text = {
  en: "WebAssembly pod (sample)",
  de: "WebAssembly-Pod (Beispiel)",
  es: "Pod de WebAssembly (ejemplo)",
  zh: "WebAssembly Pod（示例）",
};

function row(component: Text, { mib, basis, source }: Footprint): BudgetRow {
  return { component, mib, basis, counted: true, source };
}

type Role = "image" | "worker" | "full";

function upgradeRows({ upgrades }: Decisions): BudgetRow[] {
  if (upgrades.choice === "system-upgrade-controller") {
    return [row(verbatim("system-upgrade-controller"), footprints.upgradeController)];
  }
  if (upgrades.choice === "kairos-nodeop")
    return [row(verbatim("Kairos operator"), footprints.kairosOperator)];
  return [];
}

function secretRows({ secrets }: Decisions): BudgetRow[] {
  if (secrets.choice === "sealed-secrets") return [row(verbatim("Sealed Secrets"), footprints.sealedSecrets)];
  if (secrets.choice === "external-secrets") {
    return [row(verbatim("External Secrets Operator"), footprints.externalSecrets)];
  }
  return [];
}

function clusterRows(site: Site, decisions: Decisions): BudgetRow[] {
  const rows: BudgetRow[] = [];
  const { gitops, distribution, topology, registry, observability } = decisions;
  if (gitops.choice !== "none")
    rows.push(...site.facts.engines[gitops.choice].budget(site.answers, decisions));
  if (distribution.choice === "k3s") rows.push(row(verbatim("local-path-provisioner"), footprints.localPath));
  rows.push(...upgradeRows(decisions), ...secretRows(decisions));
  if (observability.choice === "aggregated-push" || observability.choice === "store-and-forward") {
    rows.push(row(metricsAgent, footprints.metricsAgent));
  }
  if (registry.choice === "spegel") rows.push(row(verbatim("Spegel"), footprints.spegel));
  if (registry.choice === "site-registry") rows.push(row(siteRegistry, footprints.siteRegistry));
  if (topology.params.vip === "kube-vip") rows.push(row(verbatim("kube-vip"), footprints.kubeVip));
  return rows;
}

function rowsOf(site: Site, decisions: Decisions, { memoryMiB, role }: { memoryMiB: number; role: Role }) {
  const { distribution, wasm } = decisions;
  if (distribution.choice === "none") {
    return [row(operatingSystem, footprints.osMinimal), row(containerRuntime, footprints.containerRuntime)];
  }
  const rows: BudgetRow[] = [row(operatingSystem, footprints.os)];
  // A shelf tells server from worker by memory, so a worker is asked for as the smallest one there is.
  const asked = role === "worker" ? Math.min(memoryMiB, thresholds.controlPlane.mib - 1) : memoryMiB;
  rows.push(...site.facts.distros[distribution.choice].budget({ ...site.answers, memoryMiB: asked }));
  if (role === "full") rows.push(...clusterRows(site, decisions));
  if (wasm.choice !== "none") rows.push(row(wasmPod, footprints.wasmWorkload));
  return rows;
}

/** Adds the rows of one node up: counted rows, reserve and what is left are together its memory. */
function sum(node: string, memoryMiB: number, rows: BudgetRow[]): Budget {
  const reserveMiB = Math.ceil(memoryMiB * reserveShare);
  const counted = rows.reduce((total, { mib, counted }) => total + (counted ? mib : 0), 0);
  const left = memoryMiB - counted - reserveMiB;
  return { node, memoryMiB, rows, reserveMiB, workloadMiB: Math.max(0, left), fits: left >= 0 };
}

function roleOf({ topology }: Decisions): Role {
  if (topology.choice === "image") return "image";
  return topology.choice === "site-server" ? "worker" : "full";
}

/** One budget a device type, planned as the server where a site's nodes differ; and one for an added site server. */
export function budgetsOf(site: Site, decisions: Decisions): Budget[] {
  const role = roleOf(decisions);
  const budgets = site.answers.deviceTypes.map(({ name, memoryMiB }: DeviceType) =>
    sum(name, memoryMiB, rowsOf(site, decisions, { memoryMiB, role })),
  );
  if (decisions.topology.choice !== "site-server") return budgets;
  const memoryMiB = thresholds.siteServer.mib;
  return [...budgets, sum("site-server", memoryMiB, rowsOf(site, decisions, { memoryMiB, role: "full" }))];
}
