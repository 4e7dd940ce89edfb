import fc from "fast-check";
import { completeBrief, problems } from "#catalogue/placeholders.ts";
import { type Answers, type Brief, Wish } from "#model/brief.ts";
import k0s from "#src/distros/k0s.ts";
import k3s from "#src/distros/k3s.ts";
import microk8s from "#src/distros/microk8s.ts";
import argocd from "#src/gitops/argocd.ts";
import flux from "#src/gitops/flux.ts";
import type { Facts } from "#src/steps/decide.ts";

/** What the shelves know, as the workshop hands it to `decide`. */
export const facts: Facts = { distros: { k3s, k0s, microk8s }, engines: { flux, argocd } };

/** A complete brief of a few answers. */
export function briefOf(answers: Answers): Brief {
  return completeBrief({ answers, edition: "pro", language: "en" });
}

const memoryMiB = fc.oneof(
  fc.constantFrom(128, 256, 511, 512, 513, 1023, 1024, 1025, 2047, 2048, 2049, 4095, 4096, 8191, 8192),
  fc.integer({ min: 128, max: 65_536 }),
);
const sites = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 200_000 }));

const someAnswers = fc.record(
  {
    industry: fc.constantFrom("retail", "manufacturing", "energy", "telco", "healthcare", "home", "other"),
    sites,
    nodesPerSite: fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 1_000 })),
    memoryMiB,
    arch: fc.constantFrom("amd64", "arm64", "armv7", "riscv64", "mixed"),
    cpu: fc.integer({ min: 1, max: 16 }),
    storage: fc.constantFrom("ssd", "emmc", "sd"),
    accelerator: fc.constantFrom("none", "gpu", "npu"),
    network: fc.constantFrom("stable", "low-bandwidth", "intermittent", "air-gapped"),
    outageHours: fc.integer({ min: 0, max: 8_760 }),
    exposure: fc.constantFrom("locked", "staff", "exposed"),
    bmc: fc.boolean(),
    uefi: fc.boolean(),
    tpm: fc.boolean(),
    board: fc.constantFrom("raspberry-pi-3", "raspberry-pi-4", "raspberry-pi-5", "jetson", "nuc", "other"),
    distro: fc.constantFrom("auto", "k3s", "k0s", "microk8s"),
    gitops: fc.constantFrom("auto", "flux", "argocd"),
    templating: fc.constantFrom("kustomize", "helm"),
    highAvailability: fc.boolean(),
    wasm: fc.constantFrom("none", "any", "spin", "wasmedge", "wasmtime", "other"),
    regulated: fc.boolean(),
    wishes: fc.uniqueArray(fc.constantFrom(...Wish.options), { maxLength: 6 }),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Answers>;

/** Any brief without contradictions in it. */
export const anyBrief: fc.Arbitrary<Brief> = someAnswers
  .filter((answers) => problems(answers).length === 0)
  .map(briefOf);
