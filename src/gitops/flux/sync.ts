import { gitUrl, ringRef } from "#model/bootstrap.ts";
import type { LayOutContext } from "#model/layout.ts";
import { namespace } from "./engine.ts";

/** Names of Secrets that provisioning writes on the device; their values are in no repository. */
export const secretNames = {
  read: "fleet-read-only",
  age: "sops-age",
} as const;

/** The workflow of this repository that signs; the organisation is the team's to replace. */
const signer = {
  issuer: "^https://token\\.actions\\.githubusercontent\\.com$",
  subject: "^https://github\\.com/example/fleet/\\.github/workflows/publish\\.yaml@refs/heads/main$",
};

/** Where a site pulls from; ring and set are those of the last ring until provisioning says otherwise. */
export function source(context: LayOutContext, { set, ring }: { set: string; ring: string }) {
  const { answers, decisions, hosts } = context;
  const metadata = { name: "fleet", namespace };
  const interval = duration(decisions.delivery.params.intervalSeconds);
  const secretRef = { name: secretNames.read };
  if (decisions.delivery.choice === "git") {
    return {
      apiVersion: "source.toolkit.fluxcd.io/v1",
      kind: "GitRepository",
      metadata,
      spec: {
        interval,
        timeout: "120s",
        url: gitUrl(context),
        ref: { branch: ringRef(context, ring) },
        secretRef,
      },
    };
  }
  return {
    apiVersion: "source.toolkit.fluxcd.io/v1",
    kind: "OCIRepository",
    metadata,
    spec: {
      interval,
      timeout: "120s",
      url: `oci://${hosts.registry}/sets/${set}`,
      ref: { tag: ring },
      secretRef,
      // A keyless signature is checked against the public transparency log, which such a site cannot reach.
      ...(answers.network !== "air-gapped" && {
        verify: { provider: "cosign", matchOIDCIdentity: [signer] },
      }),
    },
  };
}

/** The one Kustomization of a site: its set, as the ring promoted it. */
export function kustomization({ decisions }: LayOutContext, set: string) {
  const { choice, params } = decisions.delivery;
  return {
    apiVersion: "kustomize.toolkit.fluxcd.io/v1",
    kind: "Kustomization",
    metadata: { name: "fleet", namespace },
    spec: {
      interval: duration(params.intervalSeconds),
      retryInterval: duration(params.retrySeconds),
      timeout: "10m",
      prune: true,
      wait: true,
      force: false,
      // Locked down for tenants, so even the fleet's own Kustomization says as whom it acts.
      serviceAccountName: "kustomize-controller",
      sourceRef: { kind: choice === "git" ? "GitRepository" : "OCIRepository", name: "fleet" },
      path: choice === "git" ? `./sets/${set}` : "./",
      ...(decisions.secrets.choice === "sops" && {
        decryption: { provider: "sops", secretRef: { name: secretNames.age } },
      }),
      postBuild: { substituteFrom: [{ kind: "ConfigMap", name: "cluster-identity" }] },
    },
  };
}

/** What a site knows of itself; the one thing that differs between two sites of a set. */
export function identity({ region, device, ring }: Record<"region" | "device" | "ring", string>) {
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "cluster-identity", namespace, labels: { "reconcile.fluxcd.io/watch": "Enabled" } },
    data: { site_id: "site-00001", region, device_type: device, ring },
  };
}

/** Seconds as a Flux duration without needless zeros: 900 is 15m. */
export function duration(seconds: number): string {
  if (seconds % 3_600 === 0) return `${seconds / 3_600}h`;
  return seconds % 60 === 0 ? `${seconds / 60}m` : `${seconds}s`;
}
