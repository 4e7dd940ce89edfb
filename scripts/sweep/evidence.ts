import type { Decisions, Topic } from "#model/decision.ts";
import { topics } from "#model/decision.ts";
import type { File } from "#model/plan.ts";

/** Where a choice must be seen: some file whose path matches holds some text that matches. */
type Seen = [path: RegExp, content: RegExp];

const README = /^README\.md$/;
const node = /^nodes\//;
const deviceImage = /^image\//;
const bootstrap = /^bootstrap\//;
const workflow = /^\.github\/workflows\/publish\.yaml$/;
const anything = /./;

function says(topic: Topic, decisions: Decisions): Seen[] {
  const clusterless = decisions.distribution.choice === "none";
  const engineless = decisions.gitops.choice === "none";
  const choice: string = decisions[topic].choice;
  const inReadme: Seen = [README, new RegExp(`\\| ${choice} \\|`)];
  switch (topic) {
    case "distribution": {
      const nodes: Record<string, Seen> = {
        k3s: [/^nodes\/.*etc\/rancher\/k3s\/config\.yaml$/, anything],
        k0s: [/^nodes\/.*k0s/, anything],
        microk8s: [/^nodes\/.*microk8s/, anything],
        none: [README, /No Kubernetes runs at these sites/],
      };
      return [nodes[choice]!];
    }
    case "datastore": {
      const nodes: Record<string, Seen> = {
        sqlite: [node, /sqlite/i],
        etcd: [node, /cluster-init: true|type: etcd/],
        dqlite: inReadme,
        external: [node, /external|datastore/i],
        none: inReadme,
      };
      return [nodes[choice]!];
    }
    case "gitops": {
      const engines: Record<string, Seen> = {
        flux: [bootstrap, /kind: FluxInstance/],
        argocd: [bootstrap, /kind: Application/],
        none: [README, clusterless ? /Devices pull/ : /Manifests travel in the device image/],
      };
      return [engines[choice]!];
    }
    case "delivery": {
      const sources: Record<string, Seen> = {
        git: [bootstrap, /git\.example\.com/],
        oci: [bootstrap, /oci:\/\/registry\.example\.com/],
        image: [workflow, /build-image\.sh/],
      };
      return [sources[choice]!];
    }
    case "templating":
      if (clusterless) return [inReadme];
      return choice === "helm"
        ? [
            [/^charts\/edge-app\/Chart\.yaml$/, /name: edge-app/],
            ...(engineless ? [] : ([[/^base\/edge-app\//, /kind: (HelmRelease|Application)/]] as Seen[])),
          ]
        : [[/^base\/edge-app\/deployment\.yaml$/, /kind: Deployment/]];
    case "secrets": {
      if (clusterless) return [inReadme];
      const files: Record<string, Seen[]> = {
        sops: [
          [/^\.sops\.yaml$/, /encrypted_regex/],
          [/^scripts\/encrypt\.sh$/, /sops encrypt/],
        ],
        "sealed-secrets": [[/^base\/sealed-secrets\//, /sealed-secrets-controller/]],
        "external-secrets": [[/^stores\//, /kind: ExternalSecret/]],
        image: [[README, /written onto the device at provisioning/]],
      };
      return files[choice]!;
    }
    case "registry":
      if (choice === "site-registry") return [[/^base\/site-registry\//, /zot/]];
      if (choice === "regional-mirror" && !clusterless) {
        return [
          [/^regions\//, /registry_mode: regional-mirror/],
          [/^nodes\//, /registry\.example\.com|mirror/],
        ];
      }
      return [inReadme];
    case "podTraffic":
      return choice === "wireguard-native" ? [[node, /wireguard-native/]] : [inReadme];
    case "upgrades": {
      if (choice === "system-upgrade-controller") return [[/^base\/upgrades\//, /upgrade\.cattle\.io\/v1/]];
      if (choice === "kairos-nodeop") return [[anything, /operator\.kairos\.io\/v1alpha1/]];
      if (choice === "autopilot") return [[anything, /autopilot\.k0sproject\.io/]];
      return [inReadme];
    }
    case "rollout":
      return decisions.rollout.params.rings.map(
        (ring): Seen => [/^rings\.yaml$/, new RegExp(`name: ${ring.name}\\n\\s+percent: ${ring.percent}\\n`)],
      );
    case "wasm":
      if (choice === "none" || clusterless) return [inReadme];
      return [[/^base\/wasm\//, new RegExp(`runtimeClassName: ${decisions.wasm.params.runtimeClass}`)]];
    case "observability":
      if (clusterless) return [inReadme];
      return choice === "local-only"
        ? [[/^base\/observability\/agent\.yaml$/, /storageDataPath/]]
        : [
            [
              /^base\/observability\/agent\.yaml$/,
              new RegExp(`maxHourlySeries=${decisions.observability.params.seriesPerSite}\\b`),
            ],
            [
              /^hub\/alerts\//,
              new RegExp(`> ${Math.round(decisions.observability.params.silenceHours * 3_600)}\\b`),
            ],
          ];
    case "backup":
      return [[/^docs\/restore\.md$/, new RegExp(`Decided: ${choice}`)]];
    case "os":
    case "provisioning":
    case "encryption":
    case "secureBoot":
      return [inReadme, [deviceImage, anything]];
    default:
      return [inReadme];
  }
}

/** Decisions that no file of the tree shows, each as a sentence; none when all is well. */
export function unseen(decisions: Decisions, files: readonly File[]): string[] {
  return topics.flatMap((topic) =>
    says(topic, decisions)
      .filter(([path, content]) => !files.some((file) => path.test(file.path) && content.test(file.content)))
      .map(([path, content]) => `${topic} ${decisions[topic].choice}: no file ${path} says ${content}`),
  );
}
