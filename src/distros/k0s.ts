import { defineDistro } from "#model/layout.ts";
import { budget, minimumMiB } from "./k0s/budget.ts";
import { checkNodeConfig, isNodeConfig, standsFor, words } from "./k0s/check.ts";
import { layOut } from "./k0s/lay-out.ts";
import { readCommand } from "./k0s/read-command.ts";

export default defineDistro({
  id: "k0s",
  name: "k0s",
  version: "v1.36.3+k0s.2",
  kubernetes: "1.36.3",
  arches: ["amd64", "arm64", "armv7"],
  minimumMiB,
  datastores: ["sqlite", "etcd", "external"],
  budget,
  isNodeConfig,
  standsFor,
  checkNodeConfig,
  readCommand,
  // Kairos: https://kairos.io/docs/reference/configuration/
  cloudConfig: { k0s: ["k0s", "controller"], "k0s-worker": ["k0s", "worker"] },
  words,
  layOut,
});
