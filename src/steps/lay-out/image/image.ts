import type { LayOutContext } from "#model/layout.ts";
import type { File } from "#model/plan.ts";
import { adoptSite } from "./adopt.ts";
import { encryptedData } from "./encryption.ts";
import { hostFiles } from "./host.ts";
import { quadlets } from "./no-cluster.ts";
import { provisioning } from "./provisioning.ts";
import { buildScript, vendorDistro, vendorImages } from "./scripts.ts";
import { security } from "./security.ts";
import { systemFiles } from "./systems.ts";
import { imageUpgrades } from "./upgrades.ts";

/** Everything below Kubernetes: the machine's own configuration, its system image, how it gets there and is renewed. */
export function layOutImage(context: LayOutContext): File[] {
  const vendor = [vendorDistro(context), vendorImages(context)].filter((file) => file !== null);
  return [
    ...context.devices.flatMap((device) => [
      ...hostFiles(context, device),
      ...adoptSite(context, device),
      ...encryptedData(context, device),
      ...quadlets(context, device),
      ...systemFiles(context, device),
      ...provisioning(context, device),
      security(context, device),
    ]),
    ...imageUpgrades(context),
    buildScript(context),
    ...vendor,
  ];
}
