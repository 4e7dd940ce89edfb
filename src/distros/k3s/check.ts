import type { NodeConfig, NodeConfigProblem } from "#model/layout.ts";
import { isMapping, notAMapping } from "#model/node-config.ts";
import { checkConfig, optionOf } from "./check-config.ts";
import { checkRegistries } from "./check-registries.ts";
import { flags, packagedComponents, removedFlags } from "./flags.ts";

/** config.yaml and its drop-ins, and registries.yaml, below any root: `nodes/x/etc/rancher/k3s/config.yaml`. */
const CONFIG = /(^|\/)rancher\/k3s\/config\.yaml(\.d\/[^/]+\.ya?ml)?$/;
const REGISTRIES = /(^|\/)rancher\/k3s\/registries\.yaml$/;

/** Whether a path is that of a file K3s reads on a node. */
export function isNodeConfig(path: string): boolean {
  return CONFIG.test(path) || REGISTRIES.test(path);
}

/** Names of such files where people keep them in folders of their own. */
const NAMED = /(^|\/)(config|server|agent|[^/]*k3s[^/]*)\.ya?ml$/i;
const NAMED_REGISTRIES = /(^|\/)[^/]*registries\.ya?ml$/i;

/** The path on a node of a file kept elsewhere: its name is one of those people use, and its keys are mostly those of K3s. */
export function standsFor(path: string, value: unknown): string | undefined {
  // RKE2 shares most options and has others besides.
  if (!isMapping(value) || Object.hasOwn(value, "apiVersion") || /rke2/i.test(path)) return undefined;
  const keys = Object.keys(value);
  if (NAMED_REGISTRIES.test(path)) {
    const isOne = Object.hasOwn(value, "mirrors") || Object.hasOwn(value, "configs");
    return isOne ? "etc/rancher/k3s/registries.yaml" : undefined;
  }
  if (!NAMED.test(path) || Object.hasOwn(value, "cni")) return undefined;
  const known = keys.map((key) => optionOf(key.replace(/\+$/, ""))).filter(isOption);
  // `server`, `token` and `debug` alone could be anybody's.
  const isOwn = known.some((key) => key.includes("-"));
  return isOwn && known.length * 2 > keys.length ? "etc/rancher/k3s/config.yaml" : undefined;
}

function isOption(key: string): boolean {
  return Object.hasOwn(flags, key) || Object.hasOwn(removedFlags, key);
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
