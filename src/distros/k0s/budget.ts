import type { CompleteAnswers } from "#model/brief.ts";
import type { BudgetRow } from "#model/decision.ts";
import { verbatim } from "#model/text.ts";

/** Documented minimum of a controller (with or without worker) and of a worker, MiB. k0s 1.36 docs. */
export const minimumMiB = { server: 1_024, agent: 512 };

const requirements = {
  title: "k0s system requirements",
  url: "https://docs.k0sproject.io/stable/system-requirements/",
};
const components = {
  title: "k0s component manifests (v1.36.3+k0s.2)",
  url: "https://github.com/k0sproject/k0s/tree/v1.36.3+k0s.2/pkg/component/controller",
};

/** Plans a k0s controller that also works, or a worker where a node is too small to be a controller. */
export function budget(answers: CompleteAnswers): BudgetRow[] {
  if (answers.memoryMiB < minimumMiB.server) return [worker(), kubeRouter()];
  return [
    {
      component: {
        en: "k0s control plane",
        de: "k0s-Steuerungsebene",
        es: "Plano de control de k0s",
        zh: "k0s 控制平面",
      },
      // 510 MB of host memory with one worker and no pods, about 180 MB of it the operating system.
      mib: 330,
      basis: "measured",
      counted: true,
      note: {
        en: "510 MB of host memory less about 180 MB for the operating system; k0s v1.22.4 with etcd, one worker.",
        de: "510 MB Hostspeicher abzüglich etwa 180 MB für das Betriebssystem; k0s v1.22.4 mit etcd, ein Worker.",
        es: "510 MB de memoria del equipo menos unos 180 MB del sistema operativo; k0s v1.22.4 con etcd, un worker.",
        zh: "主机内存 510 MB，减去操作系统约 180 MB；k0s v1.22.4，etcd，一个 worker。",
      },
      source: requirements,
    },
    worker(),
    kubeRouter(),
    { component: verbatim("CoreDNS"), mib: 70, basis: "requested", counted: true, source: components },
  ];
}

function worker(): BudgetRow {
  return {
    component: {
      en: "k0s worker (kubelet, containerd, kube-proxy)",
      de: "k0s-Worker (kubelet, containerd, kube-proxy)",
      es: "Worker de k0s (kubelet, containerd, kube-proxy)",
      zh: "k0s worker（kubelet、containerd、kube-proxy）",
    },
    // Nothing is published but the minimum of 0.5 GB for the whole machine.
    mib: 130,
    basis: "estimate",
    counted: true,
    note: {
      en: "Our estimate; only the minimum of 0.5 GB for a whole worker is published.",
      de: "Eigene Schätzung; veröffentlicht ist nur das Minimum von 0,5 GB für einen ganzen Worker.",
      es: "Estimación propia; solo se publica el mínimo de 0,5 GB para un worker completo.",
      zh: "我们的估算；官方只公布了整个 worker 最低 0.5 GB。",
    },
    source: requirements,
  };
}

function kubeRouter(): BudgetRow {
  return {
    component: verbatim("kube-router"),
    mib: 16,
    basis: "requested",
    counted: true,
    source: components,
  };
}
