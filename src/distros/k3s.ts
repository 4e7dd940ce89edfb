import { defineDistro } from "#model/layout.ts";
import { budget, minimumMiB } from "./k3s/budget.ts";
import { checkNodeConfig, isNodeConfig, words } from "./k3s/check.ts";
import { layOut } from "./k3s/lay-out.ts";

export default defineDistro({
  id: "k3s",
  name: "K3s",
  version: "v1.36.2+k3s1",
  kubernetes: "1.36.2",
  arches: ["amd64", "arm64", "armv7"],
  minimumMiB,
  datastores: ["sqlite", "etcd", "external"],
  budget,
  isNodeConfig,
  checkNodeConfig,
  words,
  layOut,
});
