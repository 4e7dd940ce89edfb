import type { Brief } from "#model/brief.ts";
import type { Decisions } from "#model/decision.ts";
import type { Chart, FleetSet, Image, LayOutContext } from "#model/layout.ts";
import { slugs } from "./slug.ts";
import { yaml } from "./yaml.ts";

/** Placeholder hosts under the name that is reserved for examples (RFC 2606); the runbook says where to replace them. */
export const hosts = {
  registry: "registry.example.com/edge",
  git: "https://git.example.com/edge/fleet.git",
  metrics: "https://metrics.example.com/api/v1/write",
  ntp: "ntp.example.com",
  tang: "https://tang.example.com",
} as const;

/** Brings the brief into the shape every part of the repository is laid out from: names become slugs, pairs become sets. */
export function contextOf(
  { brief, decisions }: { brief: Brief; decisions: Decisions },
  { images, charts }: { images: Readonly<Record<string, Image>>; charts: Readonly<Record<string, Chart>> },
): LayOutContext {
  const { answers } = brief;
  const types = answers.deviceTypes;
  const deviceSlugs = slugs(
    types.map(({ name }) => name),
    "device",
  );
  const regions = slugs(answers.regions, "region");
  // From here on nothing a person typed is known: a device type's name is its slug.
  const devices = types.map((type, index) => {
    const slug = deviceSlugs[index]!;
    return { slug, deviceType: { ...type, name: slug } };
  });
  const sets: FleetSet[] = regions.flatMap((region) =>
    devices.map(({ slug, deviceType }) => ({ slug: `${region}-${slug}`, region, device: slug, deviceType })),
  );
  const { scenario: _1, challenge: _2, role: _3, notes: _4, ...closed } = answers;
  const safe = { ...closed, regions, deviceTypes: devices.map(({ deviceType }) => deviceType) };
  const used = Object.fromEntries(
    Object.entries(images).filter(([name]) => isUsed(name, { decisions, accelerator: answers.accelerator })),
  );
  return { answers: safe, decisions, regions, devices, sets, images: used, charts, hosts, yaml };
}

type Facts = { decisions: Decisions; accelerator: Brief["answers"]["accelerator"] };

/** Mirrors, admission and image builders list the images of the context: what a plan never runs must not be among them. */
function isUsed(name: string, { decisions, accelerator }: Facts): boolean {
  const { gitops, templating, secrets, upgrades, registry, topology, wasm, distribution, observability } =
    decisions;
  if (name === "flux-notification-controller") return false;
  if (
    name === "flux-helm-controller" &&
    templating.choice !== "helm" &&
    secrets.choice !== "external-secrets"
  )
    return false;
  if (name.startsWith("flux-")) return gitops.choice === "flux";
  if (name.startsWith("argocd")) return gitops.choice === "argocd";
  if (name.startsWith("kairos-")) return upgrades.choice === "kairos-nodeop";
  const only: Record<string, boolean> = {
    "metrics-store": observability.choice === "local-only",
    "sealed-secrets": secrets.choice === "sealed-secrets",
    "external-secrets": secrets.choice === "external-secrets",
    "system-upgrade-controller": upgrades.choice === "system-upgrade-controller",
    "k3s-upgrade": upgrades.choice === "system-upgrade-controller",
    kubectl: upgrades.choice === "system-upgrade-controller",
    "site-registry": registry.choice === "site-registry",
    spegel: registry.choice === "spegel",
    "kube-vip": topology.params.vip === "kube-vip",
    "nvidia-device-plugin": accelerator === "gpu",
    "wasm-sample": wasm.choice === "spin",
    "wasm-demo": wasm.choice === "wasmtime" || wasm.choice === "wasmedge",
    "local-path-provisioner": distribution.choice === "k0s",
    busybox: distribution.choice === "k0s",
  };
  return only[name] ?? true;
}
