import type { Advice } from "#model/advice.ts";
import type { fleets } from "../fleets.ts";
import { budget, lockdown, reader } from "./snippets.ts";

/** Answers as a good model would write them in English, by fleet. */
export const en: Record<keyof typeof fleets, Advice> = {
  trucks: {
    reasoning: "2 GB, arm64, exposed, intermittent: keep the rules' choices.",
    overrides: [],
    summary:
      "Each of the 5,000 trucks runs its own single-node K3s cluster with SQLite, so a truck without a signal loses nothing that it needs. Flux polls an OCI artifact every 10 minutes from inside the truck, and no inbound port is open. With 2 GB on board the budget is tight: 330 MiB are left for workloads once the system, K3s and the agents have their share. Treat this plan as a blueprint: someone on your team has to review it, and harden certificates and keys, before the first truck gets it.",
    componentWhy: [
      {
        topic: "distribution",
        why: "K3s is documented from 2 GB on arm64, and it brings the air-gap files that a truck needs when it is re-imaged in a depot. k0s would fit too, but comes with fewer parts included. MicroK8s is ruled out, since its vendor advises 4 GB.",
      },
      {
        topic: "datastore",
        why: "SQLite writes little and survives a power cut well enough for one server. Embedded etcd would need three servers and SSDs, neither of which a truck has. Dqlite is no longer part of K3s.",
      },
      {
        topic: "gitops",
        why: "source-controller and kustomize-controller request 64 MiB each, 128 MiB together. Argo CD is too heavy for this node; its operator defaults ask for 1,920 MiB.",
      },
      {
        topic: "delivery",
        why: "At 5,000 sites a Git server would see a constant stream of fetches, so CI publishes signed OCI artifacts and Git stays the source for people.",
      },
    ],
    risks: [
      {
        risk: "A stolen truck computer cannot be unlocked without the network, but it also cannot boot without it.",
        measure:
          "Choose boards with a TPM for the next hardware generation, and keep the unlock service close to the fleet.",
        factIds: ["E5", "network-unlock"],
      },
      {
        risk: "Kairos is usually run with 4 GB; at 2 GB an image upgrade may run short of memory.",
        measure:
          "Test image upgrades on real boards in the canary ring, which has 5 trucks, before anything else moves.",
        factIds: ["kairos-below-4gb", "O8"],
      },
    ],
    sections: [
      {
        id: "offline",
        text: "Losing the uplink is the normal case on the road. The API server is on the truck, so pods are scheduled and restarted as if nothing had happened. Flux retries every 120 seconds and applies only the newest state when the link returns. Nobody is paged for a truck that has been silent for less than 72 hours; after that the hub raises one alert.",
        factIds: ["X10", "X2"],
      },
      {
        id: "security",
        text: "Assume that the device will be opened. The disk is encrypted with LUKS and unlocked over the network, and secrets are encrypted with SOPS in the repository. Every truck has its own read-only credential, so a stolen one can be revoked without touching the rest. Pods run with `readOnlyRootFilesystem` and without a service account token.\n\n- Seal the case and disable unused USB ports in firmware.\n- Revoke the credential of a missing truck the same day.\n- Wipe a device before it goes to repair.",
        factIds: ["E5", "G5"],
      },
      {
        id: "rollout",
        text: "A release reaches 5 trucks first, then 50, 500 and 2,500, and finally all of them. Each ring soaks for 72 hours, because a truck may well be out of coverage for that long. If a ring does not stay healthy, the next one does not start.",
        factIds: ["X4"],
      },
    ],
    snippets: [
      {
        title: "Default deny",
        purpose: "Stops all traffic of the application namespace that no other policy allows.",
        yaml: lockdown,
      },
    ],
  },
  stores: {
    reasoning: "HA was chosen; three servers with SSD. Keep.",
    overrides: [],
    summary:
      "500 stores in two regions each get a K3s cluster of three servers with embedded etcd, which is the one place where this plan uses etcd. A store keeps working when one of its three servers fails, because two of them still form a majority. Flux inside each store asks Git every 15 minutes; there is nothing to open in the store's firewall. A person has to review this blueprint before it is rolled out.",
    componentWhy: [
      {
        topic: "topology",
        why: "You asked for high availability, and three servers with SSDs are what etcd needs. With SQLite there would be exactly one server, so no failover.",
      },
      {
        topic: "registry",
        why: "The servers of a store share image layers through Spegel, so each layer crosses the slow uplink once instead of three times.",
      },
      {
        topic: "podTraffic",
        why: "Traffic between the servers leaves the machine, and staff can reach the switch, so it is encrypted with WireGuard.",
      },
      {
        topic: "secrets",
        why: "Flux decrypts SOPS by itself, which saves a controller. Sealed Secrets would work as well but adds one more thing to run.",
      },
    ],
    risks: [
      {
        risk: "Losing two of the three servers stops the store's control plane until a snapshot is restored.",
        measure:
          "Keep etcd snapshots off the machine and rehearse a restore; the server token belongs to the backup.",
        factIds: ["S3", "B2", "etcd-exception"],
      },
      {
        risk: "All 500 stores read the same repository.",
        measure:
          "The interval of 900 seconds keeps the load below one request per second; move to OCI artifacts when the fleet grows beyond 1,000 sites.",
        factIds: ["X1"],
      },
    ],
    sections: [
      {
        id: "architecture",
        text: "Every store is an island with its own control plane. kube-vip holds one virtual address inside the store, so nodes find the API when a server goes down. 8 GB per server leaves 5,489 MiB for applications after the system, K3s and the agents.",
        factIds: ["S3", "D7"],
      },
      {
        id: "gitops",
        text: "CI renders, signs and pushes artifacts to your registry; it never talks to a store. Flux pulls from inside, checks what it got, and applies it. A `Kustomization` per set prunes what was removed from Git.",
        factIds: ["G5", "X1"],
      },
      {
        id: "operations",
        text: "Metrics wait on disk while the uplink is down and are sent afterwards, at about 100 series per store. Alert on silence longer than 24 hours, not on NotReady. A timer restarts the K3s service at least every 120 days so that its certificates never expire unnoticed.",
        factIds: ["X10", "U3"],
      },
    ],
    snippets: [
      {
        title: "Read-only access to pods",
        purpose: "Lets support look at pods of the application namespace, and nothing more.",
        yaml: reader,
      },
    ],
  },
  plants: {
    reasoning: "Stable link, Spin wanted; mark wasm as a risk.",
    overrides: [],
    summary:
      "40 plants, one K3s node each, with SQLite as the datastore and Flux pulling from Git every 5 minutes. WebAssembly runs through the Spin shim in the device image, and it stays the least mature part of this design. One node is no high availability: what you get instead is a fast, rehearsed replacement.",
    componentWhy: [
      {
        topic: "wasm",
        why: "Spin was asked for, and K3s detects the shim when it is part of the image. The runtime class `wasmtime-spin-v2` points pods at it.",
      },
      {
        topic: "upgrades",
        why: "The Kairos operator replaces system and Kubernetes as one image, and a node that does not boot falls back to the old one. It will not save you from a broken application.",
      },
      {
        topic: "encryption",
        why: "The machines stand in locked rooms and hold no personal data, so disks are left unencrypted; Secrets are still encrypted in the datastore.",
      },
    ],
    risks: [
      {
        risk: "Spin modules and the shim change quickly, and an upgrade of one can break the other.",
        measure: "Pin both, and upgrade them together in the canary ring.",
        factIds: ["W1", "wasm-shim"],
      },
      {
        risk: "A dead disk takes the plant's cluster with it.",
        measure: "Copy the SQLite file regularly, and keep a spare machine with the same image on site.",
        factIds: ["B5", "no-ha"],
      },
    ],
    sections: [
      {
        id: "configuration",
        text: "The node configuration turns off what a plant does not need and turns on `secrets-encryption`. Roughly 1.2 GB is the measured upper bound of a full K3s server; the trimmed one is planned with 800 MiB. That leaves 5,425 MiB of the 8 GB for workloads.",
        factIds: ["D7", "memory:amd64:2"],
      },
      {
        id: "provisioning",
        text: "A machine boots one image, installs itself and reports in; nobody types anything on site. Images come straight from the registry, since a mirror for 40 plants would cost more than it saves.",
        factIds: ["P4", "R5"],
      },
      {
        id: "review",
        text: "Before use, a person goes through the certificates, the keys and the access rights. Nothing here was tried on your hardware.",
        factIds: [],
      },
    ],
    snippets: [
      {
        title: "Memory limits by default",
        purpose: "Gives containers that state no memory a small request and limit.",
        yaml: budget,
      },
    ],
  },
};
