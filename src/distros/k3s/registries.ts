import { registryHosts } from "#model/bootstrap.ts";
import type { LayOutContext } from "#model/layout.ts";

/** Where a pull-through registry inside the site listens; a fixed service address, so that containerd needs no DNS. */
export const siteRegistry = "http://10.43.0.50:5000";

/** `registries.yaml`, or null where images come straight from their registries or out of the device image. */
export function registries(context: LayOutContext): Record<string, unknown> | null {
  const names = registryHosts(context);
  const { choice } = context.decisions.registry;
  if (choice === "direct" || choice === "baked") return null;
  // An empty entry is what Spegel needs to serve a registry from the neighbours' images.
  if (choice === "spegel") return { mirrors: Object.fromEntries(names.map((name) => [name, {}])) };
  const endpoint =
    choice === "site-registry" ? siteRegistry : `https://${context.hosts.registry.split("/")[0]}`;
  const mirrors = names.map((name) => [
    name,
    { endpoint: [endpoint], rewrite: { "^(.*)$": `mirror/${name}/$1` } },
  ]);
  return { mirrors: Object.fromEntries(mirrors) };
}
