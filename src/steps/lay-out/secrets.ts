import type { LayOutContext } from "#model/layout.ts";
import type { File } from "#model/plan.ts";
import { externalSecrets } from "./secrets/external-secrets.ts";
import { sealedSecrets } from "./secrets/sealed-secrets.ts";
import { sops } from "./secrets/sops.ts";

/** Secret management as decided. No file of the repository holds a secret value, not even an example of one. */
export function secrets(context: LayOutContext): File[] {
  switch (context.decisions.secrets.choice) {
    case "sops":
      return sops(context);
    case "sealed-secrets":
      return sealedSecrets(context);
    case "external-secrets":
      return externalSecrets(context);
    default:
      return [];
  }
}
