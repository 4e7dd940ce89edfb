import type { Decisions, Source } from "#model/decision.ts";
import { sources } from "./sources.ts";

type Os = Decisions["os"]["choice"];
type Arch = "amd64" | "arm64" | "armv7" | "riscv64";

/** What one operating system can do for a node, as its vendor documents it. */
export type OsImage = {
  name: string;
  version: string;
  arches: readonly Arch[];
  /** Distributions it runs; `none` where it is used without Kubernetes. */
  runs: readonly Decisions["distribution"]["choice"][];
  /** Whole images are swapped and a failed boot falls back. */
  atomic: boolean;
  /** Disks can be unlocked by a server on the network. */
  networkUnlock: boolean;
  /** A boot chain measured and signed from firmware to root file system. */
  trustedBoot: boolean;
  source: Source;
};

/** The operating systems a plan can be laid out for. */
export const osImages: Readonly<Record<Os, OsImage>> = {
  kairos: {
    name: "Kairos",
    version: "4.2",
    arches: ["amd64", "arm64"],
    runs: ["k3s", "k0s"],
    atomic: true,
    networkUnlock: true,
    trustedBoot: true,
    source: sources.kairosQuickstart,
  },
  "sl-micro": {
    name: "SL Micro",
    version: "6.2",
    arches: ["amd64", "arm64"],
    runs: ["k3s"],
    atomic: true,
    networkUnlock: true,
    trustedBoot: false,
    source: sources.suseEdge,
  },
  flatcar: {
    name: "Flatcar",
    version: "stable",
    arches: ["amd64", "arm64"],
    runs: ["k3s"],
    atomic: true,
    networkUnlock: true,
    trustedBoot: false,
    source: sources.flatcar,
  },
  "ubuntu-core": {
    name: "Ubuntu Core",
    version: "24",
    arches: ["amd64", "arm64", "armv7", "riscv64"],
    runs: ["microk8s", "none"],
    atomic: true,
    networkUnlock: false,
    trustedBoot: true,
    source: sources.ubuntuCore,
  },
  ubuntu: {
    name: "Ubuntu",
    version: "24.04 LTS",
    arches: ["amd64", "arm64"],
    runs: ["k3s", "k0s", "microk8s"],
    atomic: false,
    networkUnlock: true,
    trustedBoot: false,
    source: sources.ubuntu,
  },
  debian: {
    name: "Debian",
    version: "13",
    arches: ["amd64", "arm64", "armv7", "riscv64"],
    runs: ["k3s", "k0s", "none"],
    atomic: false,
    networkUnlock: true,
    trustedBoot: false,
    source: sources.debian,
  },
};
