import type { LayOutContext } from "#model/layout.ts";
import type { File } from "#model/plan.ts";
import { textFile, yamlFile } from "../tree.ts";

/** Rules of SOPS and the script that encrypts on the person's own machine. */
export function sops(context: LayOutContext): File[] {
  return [
    yamlFile(context, ".sops.yaml", {
      documents: {
        creation_rules: context.regions.map((region) => ({
          path_regex: `regions/${region}/secrets/.*\\.enc\\.yaml$`,
          encrypted_regex: "^(data|stringData)$",
          age: `REPLACE-WITH-AGE-RECIPIENTS-OF-${region.toUpperCase()}`,
        })),
      },
      purpose: "Which keys may read which file: one age recipient a site, listed per region.",
      comment:
        "Which keys may read which file: one age recipient a site, listed per region (public keys only).\nscripts/new-site.sh prints the recipient of a new site. Private keys never enter this repository.",
    }),
    textFile(
      "scripts/encrypt.sh",
      [
        "#!/usr/bin/env bash",
        "# Encrypts one Kubernetes Secret for the sites of a region. Runs on your machine; the clear text stays outside the repository.",
        "# Usage: scripts/encrypt.sh REGION NAME < secret.yaml",
        "set -euo pipefail",
        'region="$1"',
        'name="$2"',
        'target="regions/$region/secrets/$name.enc.yaml"',
        'mkdir -p "regions/$region/secrets"',
        "# From a pipe: nothing unencrypted is ever written to disk.",
        'sops encrypt --filename-override "$target" --input-type yaml --output-type yaml /dev/stdin > "$target.new"',
        'mv "$target.new" "$target"',
        'echo "Written: $target. List it under resources in regions/$region/kustomization.yaml." >&2',
      ],
      "Encrypts a Secret on the person's own machine.",
    ),
  ];
}
