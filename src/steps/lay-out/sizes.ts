import type { Decisions } from "#model/decision.ts";
import type { LayOutContext } from "#model/layout.ts";

export type Size = { requestMiB: number; limitMiB: number };
export type Sizes = { app: Size; agent: Size; registry: Size; appsQuotaMiB: number; bufferMiB: number };

const steps: readonly [upToMiB: number, Sizes][] = [
  [1_535, size(16, 48, 16, 64, 32, 96, 128, 256)],
  [3_071, size(24, 64, 32, 96, 48, 128, 256, 512)],
  [6_143, size(32, 96, 48, 128, 64, 192, 1_024, 1_024)],
  [12_287, size(64, 192, 64, 192, 96, 256, 3_072, 2_048)],
  [Number.POSITIVE_INFINITY, size(96, 256, 96, 256, 128, 384, 8_192, 4_096)],
];

function size(
  appRequest: number,
  appLimit: number,
  agentRequest: number,
  agentLimit: number,
  registryRequest: number,
  registryLimit: number,
  appsQuotaMiB: number,
  bufferMiB: number,
): Sizes {
  return {
    app: { requestMiB: appRequest, limitMiB: appLimit },
    agent: { requestMiB: agentRequest, limitMiB: agentLimit },
    registry: { requestMiB: registryRequest, limitMiB: registryLimit },
    appsQuotaMiB,
    bufferMiB,
  };
}

/** What our own parts may take on a node of so much memory; estimates of ours, small enough for 2 GB beside an engine. */
export function sizesFor(memoryMiB: number): Sizes {
  return steps.find(([upTo]) => memoryMiB <= upTo)![1];
}

/**
 * Limits and quota of one device type. Requests stay those of the weakest: what a part needs does not grow with the
 * hardware, only what it may take does.
 */
export function sizesOf(context: LayOutContext, memoryMiB: number): Sizes {
  const own = sizesFor(memoryMiB);
  const base = sizesFor(weakest(context));
  const part = (name: "app" | "agent" | "registry") => ({ ...own[name], requestMiB: base[name].requestMiB });
  return { ...own, app: part("app"), agent: part("agent"), registry: part("registry") };
}

/** The smallest device type decides what the shared base asks for; device types raise it. */
export function weakest({ devices }: LayOutContext): number {
  return Math.min(...devices.map(({ deviceType }) => deviceType.memoryMiB));
}

/** Seconds between two scrapes: what a narrow link can carry, and never more than the hub was sized for. */
export function scrapeSeconds({ answers }: LayOutContext): number {
  if (answers.network === "low-bandwidth") return 120;
  return answers.sites >= 5_000 ? 120 : 60;
}

const bytesPerSample = 4; // compressed remote write with labels, our estimate; the agent drops the oldest when it is full

/** Disk for what could not be sent, MiB: every series of the site over one and a half times the longest outage. */
export function outageBufferMiB(context: LayOutContext): number {
  const { seriesPerSite } = context.decisions.observability.params;
  const samples = (context.answers.outageHours * 1.5 * 3_600) / scrapeSeconds(context);
  const needed = Math.ceil((seriesPerSite * samples * bytesPerSample) / 2 ** 20);
  return Math.min(2_048, Math.max(64, needed));
}

/** The storage class that survives a restart of the pod, by distribution. */
export function storageClass({ distribution }: Decisions): string {
  // k0s brings no storage: ours is called like the provisioner that K3s bundles.
  return distribution.choice === "microk8s" ? "microk8s-hostpath" : "local-path";
}

/** Whether a Kubernetes cluster exists at a site at all. */
export function hasCluster({ decisions }: LayOutContext): boolean {
  return decisions.distribution.choice !== "none" && decisions.topology.choice !== "image";
}
