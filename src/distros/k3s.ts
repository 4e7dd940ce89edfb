import { defineDistro } from "#model/layout.ts";
import { budget, minimumMiB } from "./k3s/budget.ts";
import { checkNodeConfig, isNodeConfig, standsFor, words } from "./k3s/check.ts";
import { layOut } from "./k3s/lay-out.ts";
import { readCommand } from "./k3s/read-command.ts";

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
  standsFor,
  checkNodeConfig,
  readCommand,
  // Kairos: https://kairos.io/docs/reference/configuration/
  cloudConfig: { k3s: ["k3s", "server"], "k3s-agent": ["k3s", "agent"] },
  // https://github.com/k3s-io/k3s-ansible, inventory-sample.yml
  variables: {
    extra_server_args: ["k3s", "server"],
    extra_agent_args: ["k3s", "agent"],
    server_config_yaml: { file: "etc/rancher/k3s/config.yaml" },
    agent_config_yaml: { file: "etc/rancher/k3s/config.yaml" },
    registries_config_yaml: { file: "etc/rancher/k3s/registries.yaml" },
  },
  words,
  layOut,
});
