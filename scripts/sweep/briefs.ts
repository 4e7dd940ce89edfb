import { completeBrief } from "#catalogue/placeholders.ts";
import type { Answers, Brief, DeviceType, Wish } from "#model/brief.ts";
import type { Language } from "#model/text.ts";

/** A small generator of random numbers with a seed (mulberry32), so that a brief can be made again from its number. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const memories = [256, 512, 1_024, 1_536, 2_048, 2_048, 3_072, 4_096, 4_096, 8_192, 16_384, 65_536];
const siteCounts = [1, 2, 7, 25, 120, 800, 1_500, 5_000, 20_000, 100_000];
const regionNames = [
  "EMEA",
  "us-west",
  "Bayern Süd",
  "América Latina",
  "华东",
  "北京",
  "Region #1",
  "../etc",
];
const deviceNames = ["Kiosk", "gateway v2", "Kasse (alt)", "网关", "摄像头 A", "cámara", "on", "1_000"];
const wishPool: readonly Wish[] = [
  "sealed-secrets",
  "external-secrets",
  "vault",
  "service-mesh",
  "longhorn",
  "talos",
  "latest-tags",
  "inbound-api",
  "argocd-hub",
  "etcd",
  "sqlite",
  "external-database",
  "metal3",
  "tinkerbell",
];

/** What the axes of a sweep walk through; every value of every one occurs once in so many briefs. */
const axes = {
  distro: ["auto", "k3s", "k0s", "microk8s"],
  gitops: ["auto", "flux", "argocd"],
  templating: ["kustomize", "helm"],
  network: ["stable", "low-bandwidth", "intermittent", "air-gapped"],
  exposure: ["locked", "staff", "exposed"],
  arch: ["amd64", "amd64", "amd64", "arm64", "arm64", "arm64", "armv7", "mixed", "mixed", "riscv64"],
  storage: ["ssd", "emmc", "sd"],
  accelerator: ["none", "none", "none", "gpu", "npu"],
  wasm: ["none", "none", "any", "spin", "wasmedge", "wasmtime", "other"],
} as const;

/** Answers number `index` of a sweep: the main axes are walked through one after the other, the rest is drawn. */
export function answersAt(index: number, seed: number): Answers {
  const draw = random(seed * 100_003 + index);
  const one = <T>(values: readonly T[]): T => values[Math.floor(draw() * values.length)]!;
  const at = <T>(values: readonly T[], stride: number): T =>
    values[Math.floor(index / stride) % values.length]!;
  const some = <T>(values: readonly T[], most: number): T[] => {
    const rest = [...values];
    const count = 1 + Math.floor(draw() * most);
    return Array.from({ length: count }, () => rest.splice(Math.floor(draw() * rest.length), 1)[0]!);
  };
  const memoryMiB = at(memories, 1);
  const arch = one(axes.arch);
  return {
    sites: at(siteCounts, 3),
    nodesPerSite: one([1, 1, 1, 2, 3, 3, 5, 12]),
    memoryMiB,
    arch,
    storage: one(axes.storage),
    accelerator: one(axes.accelerator),
    network: at(axes.network, 2),
    exposure: one(axes.exposure),
    distro: at(axes.distro, 5),
    gitops: at(axes.gitops, 7),
    templating: at(axes.templating, 1),
    highAvailability: draw() < 0.3,
    wasm: one(axes.wasm),
    regulated: draw() < 0.2,
    bmc: draw() < 0.3,
    uefi: draw() < 0.7,
    tpm: draw() < 0.5,
    outageHours: one([1, 24, 72, 720]),
    scenario: "Free text that must not be found in the repository: Nadelöhr 漏斗",
    notes: "Free text that must not be found in the repository: Nadelöhr 漏斗",
    ...(draw() < 0.5 && { regions: some(regionNames, 3) }),
    ...(draw() < 0.5 &&
      arch !== "mixed" && { deviceTypes: devicesOf(some(deviceNames, 2), memoryMiB, arch, one) }),
    ...(draw() < 0.4 && { wishes: some(wishPool, 3) }),
  };
}

function devicesOf(
  names: string[],
  memoryMiB: number,
  arch: DeviceType["arch"],
  one: <T>(values: readonly T[]) => T,
): DeviceType[] {
  return names.map((name, position) => ({
    name,
    memoryMiB: position === 0 ? memoryMiB : Math.max(memoryMiB, one(memories)),
    arch: position === 0 ? arch : one(["amd64", "arm64", arch] as const),
    share: 1 / names.length,
  }));
}

/** The same answers as a complete brief, in one language. */
export function briefAt(index: number, seed: number, language: Language = "en"): Brief {
  return completeBrief({ answers: answersAt(index, seed), edition: "pro", language });
}
