import type { Brief, CompleteAnswers, DeviceType, PlaceholderName, Wish } from "#model/brief.ts";
import type { Decisions } from "#model/decision.ts";
import type { Distro, GitOps } from "#model/layout.ts";

type DistroFacts = Pick<Distro, "id" | "version" | "kubernetes" | "minimumMiB" | "arches" | "budget">;
type EngineFacts = Pick<GitOps, "id" | "version" | "minimumMiB" | "budget">;

/** What decisions need to know of distributions and engines; the shelves bring it. */
export type Facts = {
  distros: Readonly<Record<DistroFacts["id"], DistroFacts>>;
  engines: Readonly<Record<EngineFacts["id"], EngineFacts>>;
};

/** The brief as the rules read it: one design for the weakest device that must run it. */
export type Site = {
  answers: CompleteAnswers;
  facts: Facts;
  /** Memory of the weakest device type, MiB. */
  memoryMiB: number;
  nodes: number;
  sites: number;
  arches: ReadonlySet<DeviceType["arch"]>;
  wishes: ReadonlySet<Wish>;
  pi: boolean;
  /** UEFI that can verify a boot chain; a Raspberry Pi's firmware cannot, whatever was said. */
  uefi: boolean;
  tpm: boolean;
  wantsHa: boolean;
  wasSaid: (name: PlaceholderName) => boolean;
};

const wasmArches: ReadonlySet<string> = new Set(["amd64", "arm64"]);

/** Reads a brief once for all rules. */
export function siteOf(brief: Brief, facts: Facts): Site {
  const { answers, origins } = brief;
  const pi = answers.board?.startsWith("raspberry-pi") ?? false;
  const uefi = answers.uefi && !pi;
  const wishes = new Set(answers.wishes);
  return {
    answers,
    facts,
    memoryMiB: Math.min(answers.memoryMiB, ...answers.deviceTypes.map((type) => type.memoryMiB)),
    nodes: answers.nodesPerSite,
    sites: answers.sites,
    arches: new Set(answers.deviceTypes.map((type) => type.arch)),
    wishes,
    pi,
    uefi,
    // Sealing a key means sealing it to a measured boot, which needs UEFI.
    tpm: answers.tpm && uefi,
    wantsHa: answers.highAvailability || wishes.has("ha-on-sqlite"),
    wasSaid: (name) => (origins[name] ?? "default") !== "default",
  };
}

/** Whether every device is 64-bit x86 or ARM, which most things beyond K3s and k0s ask for. */
export function isCommonArch(site: Site): boolean {
  return [...site.arches].every((arch) => wasmArches.has(arch));
}

/** Whether one distribution is built for every device of the fleet. */
export function isBuiltFor(site: Site, id: DistroFacts["id"]): boolean {
  return [...site.arches].every((arch) => site.facts.distros[id].arches.includes(arch));
}

type Choice<T extends keyof Decisions> = Decisions[T]["choice"];

/** What is decided so far; later families read what earlier ones chose. */
export type Chosen = { [T in keyof Decisions]: Choice<T> };
export type After<T extends keyof Chosen> = Site & Pick<Chosen, T>;
