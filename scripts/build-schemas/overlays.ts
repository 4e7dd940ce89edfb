import argoCd from "../../src/schemas/overlay/argo-cd.ts";
import certManager from "../../src/schemas/overlay/cert-manager.ts";
import cilium from "../../src/schemas/overlay/cilium.ts";
import externalSecrets from "../../src/schemas/overlay/external-secrets.ts";
import fleet from "../../src/schemas/overlay/fleet.ts";
import flux from "../../src/schemas/overlay/flux.ts";
import fluxOperator from "../../src/schemas/overlay/flux-operator.ts";
import gatewayApi from "../../src/schemas/overlay/gateway-api.ts";
import k0s from "../../src/schemas/overlay/k0s.ts";
import k3s from "../../src/schemas/overlay/k3s.ts";
import kairos from "../../src/schemas/overlay/kairos.ts";
import workloads from "../../src/schemas/overlay/kubernetes/workloads.ts";
import kubernetes from "../../src/schemas/overlay/kubernetes.ts";
import kustomize from "../../src/schemas/overlay/kustomize.ts";
import kyverno from "../../src/schemas/overlay/kyverno.ts";
import metal3 from "../../src/schemas/overlay/metal3.ts";
import prometheusOperator from "../../src/schemas/overlay/prometheus-operator.ts";
import systemUpgradeController from "../../src/schemas/overlay/system-upgrade-controller.ts";
import type { Overlay } from "../../src/schemas/overlay.ts";

/** In the order they are laid over the tree. */
export const overlays: readonly Overlay[] = [
  kubernetes,
  workloads,
  gatewayApi,
  certManager,
  cilium,
  kyverno,
  prometheusOperator,
  flux,
  argoCd,
  externalSecrets,
  systemUpgradeController,
  k3s,
  kustomize,
  fluxOperator,
  fleet,
  k0s,
  kairos,
  metal3,
];
