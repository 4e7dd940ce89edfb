import { defineDistro } from "#model/layout.ts";
import { budget, minimumMiB } from "./microk8s/budget.ts";
import { checkNodeConfig, isNodeConfig, standsFor, words } from "./microk8s/check.ts";
import { layOut } from "./microk8s/lay-out.ts";
import { readCommand } from "./microk8s/read-command.ts";

export default defineDistro({
  id: "microk8s",
  name: "MicroK8s",
  version: "1.36/stable",
  kubernetes: "1.36",
  arches: ["amd64", "arm64"],
  minimumMiB,
  datastores: ["dqlite"],
  budget,
  isNodeConfig,
  standsFor,
  checkNodeConfig,
  readCommand,
  words,
  layOut,
});
