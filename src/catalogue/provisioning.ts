import type { Decisions, Source } from "#model/decision.ts";
import { sources } from "./sources.ts";

type Way = Decisions["provisioning"]["choice"];

/** What a way of provisioning needs on site, and what a device proves itself with. */
export type Provisioning = {
  name: string;
  needs: readonly ("bmc" | "uplink" | "tpm")[];
  identity: string;
  source: Source;
};

/** The ways a device can get from its box to its cluster without hands on it. */
export const provisioning: Readonly<Record<Way, Provisioning>> = {
  metal3: { name: "Metal3", needs: ["bmc", "uplink"], identity: "BMC credentials", source: sources.metal3 },
  tinkerbell: { name: "Tinkerbell", needs: [], identity: "hardware records", source: sources.tinkerbell },
  elemental: {
    name: "Elemental",
    needs: ["uplink", "tpm"],
    identity: "TPM endorsement key hash",
    source: sources.elemental,
  },
  "kairos-auto-install": {
    name: "Kairos auto-install",
    needs: ["uplink"],
    identity: "TPM hash where there is a TPM, else a secret per site",
    source: sources.kairosInstall,
  },
  fdo: { name: "FIDO Device Onboard", needs: ["uplink"], identity: "ownership voucher", source: sources.fdo },
  "image-offline": {
    name: "Image with everything in it",
    needs: [],
    identity: "a secret per site, beside the image",
    source: sources.suseEdge,
  },
  "cloud-init": { name: "cloud-init", needs: [], identity: "a secret per site", source: sources.ubuntu },
};
