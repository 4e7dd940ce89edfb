import type { NodeConfig, NodeConfigProblem } from "#model/layout.ts";
import { isMapping, notAMapping } from "#model/node-config.ts";
import { checkConfig } from "./check-config.ts";
import { checkRegistries } from "./check-registries.ts";
import { flags, packagedComponents } from "./flags.ts";

/** config.yaml and its drop-ins, and registries.yaml, below any root: `nodes/x/etc/rancher/k3s/config.yaml`. */
const CONFIG = /(^|\/)rancher\/k3s\/config\.yaml(\.d\/[^/]+\.ya?ml)?$/;
const REGISTRIES = /(^|\/)rancher\/k3s\/registries\.yaml$/;

/** Whether a path is that of a file K3s reads on a node. */
export function isNodeConfig(path: string): boolean {
  return CONFIG.test(path) || REGISTRIES.test(path);
}

/** Checks one file of a K3s node against the options of the pinned release. */
export function checkNodeConfig(config: NodeConfig): NodeConfigProblem[] {
  // An empty drop-in is a file that changes nothing.
  if (config.doc === null || config.doc === undefined) return [];
  const registries = REGISTRIES.test(config.path);
  if (!isMapping(config.doc)) return [notAMapping(registries ? "registries.yaml" : "config.yaml")];
  return registries ? checkRegistries(config.doc) : checkConfig(config.doc, config);
}

/** Every option and packaged component, as people write them. */
export function words(): readonly string[] {
  const names = Object.keys(flags);
  return [...names, ...names.map((name) => `--${name}`), ...packagedComponents];
}
