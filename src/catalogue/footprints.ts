import type { Basis, Source } from "#model/decision.ts";
import { sources } from "./sources.ts";

/** Memory of one component in MiB, with what the figure rests on. */
export type Footprint = { mib: number; basis: Basis; source: Source };

/** Figures the memory budget counts beside what distributions and engines bring along themselves. */
export const footprints = {
  /** Kernel, init, SSH and the host's own services; k0s measured about 180 MB of OS on its test hosts. */
  os: { mib: 200, basis: "estimate", source: sources.judgement },
  /** A system image with nothing but a container runtime in it. */
  osMinimal: { mib: 100, basis: "estimate", source: sources.judgement },
  /** Podman or a bare WASM runtime on a node without Kubernetes. */
  containerRuntime: { mib: 60, basis: "estimate", source: sources.judgement },
  /** The manifest requests nothing. */
  localPath: { mib: 20, basis: "estimate", source: sources.judgement },
  /** The manifest requests nothing. */
  upgradeController: { mib: 40, basis: "estimate", source: sources.systemUpgrade },
  kairosOperator: { mib: 64, basis: "estimate", source: sources.kairosOperator },
  /** A collector with under 1,000 series; Alloy's rule is 11 KiB a series on top of its base. */
  metricsAgent: { mib: 64, basis: "estimate", source: sources.alloy },
  spegel: { mib: 32, basis: "estimate", source: sources.k3sSpegel },
  siteRegistry: { mib: 64, basis: "estimate", source: sources.judgement },
  /** Sample workload of the shim: requests equal limits. No memory per instance is published. */
  wasmWorkload: { mib: 128, basis: "requested", source: sources.spinShim },
  kubeVip: { mib: 32, basis: "estimate", source: sources.kubeVip },
  sealedSecrets: { mib: 40, basis: "estimate", source: sources.sealedSecrets },
  /** The controller alone, as our values request it: webhook and certificate controller are off. */
  externalSecrets: { mib: 48, basis: "requested", source: sources.externalSecrets },
} as const satisfies Record<string, Footprint>;

/** Part of a node's memory that stays free. */
export const reserveShare = 0.15;

/** Memory thresholds decisions hang on, MiB; each with the page it was read on. */
export const thresholds = {
  /** Ubuntu Core and a pure K3s agent both start here. */
  cluster: { mib: 512, source: sources.k3sRequirements },
  controlPlane: { mib: 1_024, source: sources.k0sRequirements },
  k3sServer: { mib: 2_048, source: sources.k3sRequirements },
  /** Argo CD publishes no footprint; operator defaults of the core set request 1,920 MiB. */
  argocd: { mib: 4_096, source: sources.argocdOperator },
  etcd: { mib: 4_096, source: sources.k3sRequirements },
  microk8s: { mib: 4_096, source: sources.microk8sStart },
  kairosMinimum: { mib: 2_048, source: sources.kairosQuickstart },
  kairosPractical: { mib: 4_096, source: sources.kairosQuickstart },
  longhorn: { mib: 8_192, source: sources.longhorn },
  mesh: { mib: 8_192, source: sources.istio },
  siteServer: { mib: 2_048, source: sources.k3sRequirements },
} as const;
