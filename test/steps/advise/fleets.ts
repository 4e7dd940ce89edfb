import type { Answers } from "#model/brief.ts";

/** Three fleets that meet different rules: small nodes on a bad link, sites of three servers, factories without a network. */
export const fleets = {
  trucks: {
    industry: "logistics",
    sites: 5_000,
    nodesPerSite: 1,
    memoryMiB: 2_048,
    arch: "arm64",
    storage: "emmc",
    network: "intermittent",
    outageHours: 72,
    exposure: "exposed",
  },
  stores: {
    industry: "retail",
    sites: 500,
    nodesPerSite: 3,
    memoryMiB: 8_192,
    arch: "amd64",
    storage: "ssd",
    network: "low-bandwidth",
    exposure: "staff",
    highAvailability: true,
    regions: ["north", "south"],
  },
  plants: {
    industry: "manufacturing",
    sites: 40,
    nodesPerSite: 1,
    memoryMiB: 8_192,
    arch: "amd64",
    storage: "ssd",
    network: "stable",
    outageHours: 24,
    exposure: "locked",
    wasm: "spin",
  },
} satisfies Record<string, Answers>;
