import type { LayOutContext } from "#model/layout.ts";
import type { File } from "#model/plan.ts";
import { newSite } from "./rollout/new-site.ts";
import { workflow } from "./rollout/workflow.ts";
import { hasCluster } from "./sizes.ts";
import { textFile, yamlFile } from "./tree.ts";

/** What the rings hold, how a change moves from one to the next, and the CI that builds and signs. */
export function rollout(context: LayOutContext): File[] {
  return [rings(context), promote(context), workflow(context), check(context), newSite(context)];
}

function rings(context: LayOutContext): File {
  const { rollout: decided, delivery } = context.decisions;
  const reference = {
    oci: "tag of the artifact of each set",
    git: "branch ring/<name> of this repository",
    image: "tag of the device image",
  }[delivery.choice as "oci" | "git" | "image"];
  return yamlFile(context, "rings.yaml", {
    documents: {
      sites: context.answers.sites,
      movedBy: "scripts/promote.sh",
      reference,
      stopWhen: "EdgeRegionSilent fires, or more than 2 percent of a ring do not report within the soak time",
      rings: decided.params.rings.map(({ name, percent, sites, soakHours }) => ({
        name,
        percent,
        sitesReached: sites,
        soakHours,
      })),
    },
    purpose: "Rings a change passes, how many sites each reaches, and how long it must stay well there.",
  });
}

function promote(context: LayOutContext): File {
  const { delivery, rollout: decided } = context.decisions;
  const order = decided.params.rings.map(({ name }) => name).join(" ");
  const git = delivery.choice === "git";
  const head = [
    "#!/usr/bin/env bash",
    "# Moves what one ring runs to the next ring: the next ring gets exactly what was proven, nothing newer.",
    `# Rings in order: ${order}. Soak times are in rings.yaml; this script asks you, it does not wait for you.`,
    git
      ? "# Usage: scripts/promote.sh FROM TO    or, to start a change: scripts/promote.sh main TO"
      : "# Usage: scripts/promote.sh FROM TO [NAME...]   without names: all of them. Needs crane and cosign.",
    "set -euo pipefail",
    'cd "$(dirname "$0")/.."',
    'from="$1"',
    'to="$2"',
  ];
  const ask = [
    'read -r -p "Has $from been well for its soak time? Type its name: " answer',
    '[ "$answer" = "$from" ]',
  ];
  const steps = git
    ? [
        "git fetch origin",
        '[ "$from" = main ] || from="ring/$from"',
        'commit="$(git rev-parse "origin/$from")"',
        'echo "ring/$to moves to $commit, which is $from." >&2',
        ...ask,
        "# Never forced: back is a revert on main, promoted like any change.",
        'git push origin "$commit:refs/heads/ring/$to"',
      ]
    : [
        `registry="\${REGISTRY:-${context.hosts.registry}}"`,
        `signer="\${SIGNER:-https://github.com/example/fleet/.github/workflows/publish.yaml@refs/heads/main}"`,
        "shift 2",
        delivery.choice === "oci"
          ? '[ "$#" -gt 0 ] || set -- $(ls -d sets/*/ | sed "s|/$||")'
          : '[ "$#" -gt 0 ] || set -- $(ls -d image/*/ | sed "s|^image/|images/|; s|/$||")',
        ...ask,
        'for name in "$@"; do',
        '  digest="$(crane digest "$registry/$name:$from")"',
        '  cosign verify --certificate-identity "$signer" \\',
        '    --certificate-oidc-issuer https://token.actions.githubusercontent.com "$registry/$name@$digest" > /dev/null',
        '  crane tag "$registry/$name@$digest" "$to"',
        '  echo "$name:$to is now $digest" >&2',
        "done",
      ];
  return textFile(
    "scripts/promote.sh",
    [...head, ...steps],
    git
      ? "Moves the branch of the next ring to a proven commit."
      : "Retags by digest, after checking the signature.",
  );
}

function check(context: LayOutContext): File {
  const lines = hasCluster(context)
    ? [
        "#!/usr/bin/env bash",
        "# Builds every set and every exception the way CI does. Needs kubectl; changes nothing.",
        "set -euo pipefail",
        'cd "$(dirname "$0")/.."',
        "for target in sets/*/ clusters/*/; do",
        '  kubectl kustomize "$target" > /dev/null',
        '  echo "built: $target"',
        "done",
      ]
    : [
        "#!/usr/bin/env bash",
        "# There is no cluster to build manifests for: checks that no file of the images is empty.",
        "set -euo pipefail",
        'cd "$(dirname "$0")/.."',
        'test -z "$(find image -type f -empty)"',
        'echo "image configuration is complete"',
      ];
  return textFile("scripts/check.sh", lines, "Checks this repository on your machine as CI does.");
}
