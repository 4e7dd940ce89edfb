import type { Section } from "#model/plan.ts";
import { type Text, text } from "#model/text.ts";
import { architecture, configuration } from "./sections/architecture.ts";
import { challenges, practices } from "./sections/basic.ts";
import { type Material, nodesPhrase, type Write } from "./sections/context.ts";
import { gitops, layout } from "./sections/gitops.ts";
import { offline } from "./sections/offline.ts";
import { operations, provisioningAndUpdates, review, rollout } from "./sections/operations.ts";
import { security } from "./sections/security.ts";

const pro: Write[] = [
  architecture,
  configuration,
  offline,
  gitops,
  layout,
  security,
  provisioningAndUpdates,
  rollout,
  operations,
  review,
];
const basic: Write[] = [architecture, challenges, practices, review];

/** Writes the summary and the sections of a plan from its decisions alone, in every language; a model may reword them later. */
export function writeSections(material: Material): { summary: Text; sections: Section[] } {
  const written = material.brief.edition === "pro" ? pro : basic;
  return { summary: summary(material), sections: written.flatMap((write) => write(material) ?? []) };
}

const names: Record<string, string> = {
  k3s: "K3s",
  k0s: "k0s",
  microk8s: "MicroK8s",
  flux: "Flux",
  argocd: "Argo CD",
  sqlite: "SQLite",
  etcd: "etcd",
  dqlite: "Dqlite",
};

function summary({ brief, verdict }: Material): Text {
  const { distribution, topology, datastore, gitops: engine } = verdict.decisions;
  const { sites, nodesPerSite, memoryMiB } = brief.answers;
  const values = {
    sites,
    nodes: nodesPhrase(nodesPerSite),
    memory: memoryMiB,
    distribution: names[distribution.choice] ?? distribution.choice,
    datastore: names[datastore.choice] ?? "SQL",
    engine: names[engine.choice] ?? engine.choice,
  };
  if (topology.choice === "image") return text(imageSummary, values);
  const store = engine.choice === "none" ? bakedSummary : pulledSummary;
  return text(store, values);
}

const imageSummary: Text = {
  en: "{sites} sites with {memory} MiB a device: too little for Kubernetes on the device. An image-based system runs the containers, and the device pulls its updates as A/B images.",
  de: "{sites} Standorte mit {memory} MiB je Gerät: zu wenig für Kubernetes auf dem Gerät. Ein imagebasiertes System führt die Container aus, und das Gerät holt seine Updates als A/B-Images.",
  es: "{sites} sitios con {memory} MiB por dispositivo: muy poco para Kubernetes en el propio equipo. Un sistema basado en imágenes ejecuta los contenedores y el dispositivo descarga sus actualizaciones como imágenes A/B.",
  zh: "{sites} 个站点，每台设备 {memory} MiB 内存，不足以在设备上运行 Kubernetes。由基于镜像的系统运行容器，设备以 A/B 镜像方式自行拉取更新。",
};
const bakedSummary: Text = {
  en: "{sites} sites, each a {distribution} cluster of its own with {nodes} and {datastore}. No GitOps agent fits at {memory} MiB, so the manifests travel in the device image, which the device pulls.",
  de: "{sites} Standorte, jeder ein eigener {distribution}-Cluster mit {nodes} und {datastore}. Bei {memory} MiB passt kein GitOps-Agent, deshalb reisen die Manifeste im Geräte-Image, das sich das Gerät holt.",
  es: "{sites} sitios, cada uno un clúster {distribution} propio con {nodes} y {datastore}. Con {memory} MiB no cabe un agente GitOps, así que los manifiestos viajan en la imagen que el dispositivo descarga.",
  zh: "{sites} 个站点，各自是独立的 {distribution} 集群，{nodes}，使用 {datastore}。{memory} MiB 放不下 GitOps 代理，因此清单随设备拉取的镜像下发。",
};
const pulledSummary: Text = {
  en: "{sites} sites, each a {distribution} cluster of its own with {nodes} and {datastore}. {engine} on every site pulls what it should run; nothing is open from outside, and a site that is cut off works on.",
  de: "{sites} Standorte, jeder ein eigener {distribution}-Cluster mit {nodes} und {datastore}. {engine} holt an jedem Standort, was dort laufen soll; von außen ist nichts offen, und ein abgeschnittener Standort arbeitet weiter.",
  es: "{sites} sitios, cada uno un clúster {distribution} propio con {nodes} y {datastore}. En cada sitio, {engine} descarga lo que debe ejecutarse; nada queda abierto desde fuera y un sitio incomunicado sigue trabajando.",
  zh: "{sites} 个站点，各自是独立的 {distribution} 集群，{nodes}，使用 {datastore}。每个站点由 {engine} 拉取应运行的内容；对外不开放任何端口，断网站点照常工作。",
};
