import { z } from "zod";
import { Language } from "./text-schema.ts";

const name = (max: number) => z.string().trim().min(1).max(max);

/** One class of hardware in the fleet; `share` is its part of the sites, 0…1, all shares together 1. */
export const DeviceType = z.strictObject({
  name: name(40),
  memoryMiB: z.int().min(128).max(1_048_576),
  arch: z.enum(["amd64", "arm64", "armv7", "riscv64"]),
  share: z.number().gt(0).max(1).default(1),
});
export type DeviceType = z.infer<typeof DeviceType>;

/** What people ask for by name and rules judge; found by `understand`, kept as a set. */
export const wishes = [
  "dqlite",
  "sqlite",
  "etcd",
  "etcd-across-sites",
  "external-database",
  "ha-on-sqlite",
  "argocd-hub",
  "service-mesh",
  "longhorn",
  "talos",
  "rke2",
  "k0smotron",
  "ubuntu-core",
  "bottlerocket",
  "flatcar",
  "metal3",
  "tinkerbell",
  "secure-boot-by-k3s",
  "disk-encryption-by-k3s",
  "latest-tags",
  "inbound-api",
  "push",
  "rancher-fleet",
  "sealed-secrets",
  "external-secrets",
  "vault",
  "prometheus",
  "kubeadm",
] as const;
export const Wish = z.enum(wishes);
export type Wish = z.infer<typeof Wish>;

/**
 * Every answer an interview can hold, all optional, with the limits that are enforced everywhere.
 * A brief file (`--brief`) is an object of this shape; unknown keys are an error that names the nearest key.
 * Memory is in MiB, nominal, per node. Source: the product's design, §3.
 */
export const Answers = z
  .strictObject({
    industry: z.enum([
      "retail",
      "manufacturing",
      "energy",
      "logistics",
      "transport",
      "telco",
      "healthcare",
      "agriculture",
      "public",
      "home",
      "other",
    ]),
    scenario: name(200),
    sites: z.int().min(1).max(10_000_000),
    nodesPerSite: z.int().min(1).max(1_000),
    memoryMiB: z.int().min(128).max(1_048_576),
    arch: z.enum(["amd64", "arm64", "armv7", "riscv64", "mixed"]),
    cpu: z.int().min(1).max(1_024),
    deviceTypes: z.array(DeviceType).min(1).max(20),
    regions: z.array(name(40)).min(1).max(50),
    storage: z.enum(["ssd", "emmc", "sd"]),
    accelerator: z.enum(["none", "gpu", "npu"]),
    network: z.enum(["stable", "low-bandwidth", "intermittent", "air-gapped"]),
    bandwidthKbps: z.int().min(1).max(100_000_000),
    outageHours: z.number().min(0).max(8_760),
    exposure: z.enum(["locked", "staff", "exposed"]),
    bmc: z.boolean(),
    uefi: z.boolean(),
    tpm: z.boolean(),
    /** Raspberry Pi and its like; said by hardware name, moves the defaults of storage, uefi and tpm. */
    board: z.enum(["raspberry-pi-3", "raspberry-pi-4", "raspberry-pi-5", "jetson", "nuc", "other"]),
    distro: z.enum(["auto", "k3s", "k0s", "microk8s"]),
    gitops: z.enum(["auto", "flux", "argocd"]),
    templating: z.enum(["kustomize", "helm"]),
    highAvailability: z.boolean(),
    wasm: z.enum(["none", "any", "spin", "wasmedge", "wasmtime", "other"]),
    regulated: z.boolean(),
    challenge: name(200),
    role: name(80),
    notes: z.string().max(500),
    wishes: z.array(Wish).max(wishes.length),
  })
  .partial();
export type Answers = z.infer<typeof Answers>;
export type PlaceholderName = keyof Answers;
export const placeholderNames = Object.keys(Answers.shape) as PlaceholderName[];

/** `said` in free text, `chosen` from a choice, a form or a file, `default` filled in by us. */
export const Origin = z.enum(["said", "chosen", "default"]);
export type Origin = z.infer<typeof Origin>;

export const Edition = z.enum(["pro", "basic"]);
export type Edition = z.infer<typeof Edition>;

/** Answers that must be known before anything can be decided; `normalise` fills them all. */
type Required = Exclude<
  PlaceholderName,
  "scenario" | "challenge" | "role" | "notes" | "bandwidthKbps" | "cpu" | "board"
>;
export type CompleteAnswers = Answers & { [K in Required]-?: NonNullable<Answers[K]> };

/** Every answer with where it came from: what is decided, laid out and shown. */
export const Brief = z.strictObject({
  edition: Edition,
  language: Language,
  answers: Answers,
  origins: z.partialRecord(z.enum(placeholderNames as [PlaceholderName, ...PlaceholderName[]]), Origin),
});
export type Brief = Omit<z.infer<typeof Brief>, "answers"> & { answers: CompleteAnswers };

/** One thing to learn from a person. The words (question, why, choices) are in `locales/` under `ask.<name>`. */
export type Placeholder = {
  name: PlaceholderName;
  kind: "choice" | "number" | "memory" | "text" | "yes-no" | "list";
  /** Values of a choice, in the order in which they are offered. */
  choices?: readonly string[];
  /** Asked when an edition needs it and nothing was said; a missing `ask` means it is only understood or edited. */
  ask?: Partial<Record<Edition, boolean | ((answers: Answers) => boolean)>>;
  /** What is taken when it is skipped or never asked. */
  fallback?: (answers: Answers) => unknown;
  /** Higher is asked earlier. */
  weight: number;
};
