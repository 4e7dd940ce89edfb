import type { CompleteAnswers } from "#model/brief.ts";
import type { BudgetRow } from "#model/decision.ts";
import { verbatim } from "#model/text.ts";

/** Documented minimum of a server and of an agent, MiB. docs.k3s.io/installation/requirements, 2026-07. */
export const minimumMiB = { server: 2_048, agent: 512 };

const requirements = { title: "K3s requirements", url: "https://docs.k3s.io/installation/requirements" };
const profiling = {
  title: "K3s resource profiling (v1.26.5)",
  url: "https://docs.k3s.io/reference/resource-profiling",
};
const manifests = {
  title: "K3s packaged manifests",
  url: "https://github.com/k3s-io/k3s/tree/main/manifests",
};

const upperBound = {
  en: "Upper bound: all packaged components, Prometheus and Grafana were running.",
  de: "Obergrenze: Alle mitgelieferten Komponenten sowie Prometheus und Grafana liefen mit.",
  es: "Cota superior: con todos los componentes incluidos, Prometheus y Grafana en marcha.",
  zh: "上限值：测量时运行了全部内置组件以及 Prometheus 和 Grafana。",
};

/** Plans a K3s server, or an agent where a node is too small to be a server. */
export function budget(answers: CompleteAnswers): BudgetRow[] {
  if (answers.memoryMiB < minimumMiB.server) return agentRows();
  return [
    {
      component: {
        en: "K3s server, trimmed",
        de: "K3s-Server, verschlankt",
        es: "Servidor K3s, reducido",
        zh: "精简后的 K3s server",
      },
      // No published figure covers a server without Traefik, ServiceLB and metrics-server.
      mib: 800,
      basis: "estimate",
      counted: true,
      note: {
        en: "Our estimate with Traefik, ServiceLB and metrics-server off, containerd included; to be measured on the device.",
        de: "Eigene Schätzung ohne Traefik, ServiceLB und metrics-server, containerd eingeschlossen; auf dem Gerät nachzumessen.",
        es: "Estimación propia sin Traefik, ServiceLB ni metrics-server, containerd incluido; debe medirse en el dispositivo.",
        zh: "我们的估算：关闭 Traefik、ServiceLB 和 metrics-server，含 containerd；须在设备上实测。",
      },
      source: requirements,
    },
    {
      component: verbatim("CoreDNS"),
      mib: 70,
      basis: "requested",
      counted: true,
      source: manifests,
    },
    {
      component: {
        en: "K3s server, one agent (measured, Pi 4B to Xeon)",
        de: "K3s-Server, ein Agent (gemessen, Pi 4B bis Xeon)",
        es: "Servidor K3s, un agente (medido, de Pi 4B a Xeon)",
        zh: "K3s server，一个 agent（实测，Pi 4B 至 Xeon）",
      },
      mib: 1_215,
      basis: "measured",
      counted: false,
      note: upperBound,
      source: profiling,
    },
    {
      component: {
        en: "K3s server with a workload (measured)",
        de: "K3s-Server mit Arbeitslast (gemessen)",
        es: "Servidor K3s con carga (medido)",
        zh: "带工作负载的 K3s server（实测）",
      },
      mib: 1_596,
      basis: "measured",
      counted: false,
      note: upperBound,
      source: profiling,
    },
  ];
}

function agentRows(): BudgetRow[] {
  return [
    {
      component: { en: "K3s agent", de: "K3s-Agent", es: "Agente K3s", zh: "K3s agent" },
      mib: 275,
      basis: "measured",
      counted: true,
      note: {
        en: "268 MB on a Pi 4B, 275 MB on a Xeon, 95th percentile.",
        de: "268 MB auf einem Pi 4B, 275 MB auf einem Xeon, 95. Perzentil.",
        es: "268 MB en un Pi 4B, 275 MB en un Xeon, percentil 95.",
        zh: "Pi 4B 为 268 MB，Xeon 为 275 MB，第 95 百分位。",
      },
      source: profiling,
    },
  ];
}
