import { isIP } from "node:net";

/** Flux: hours to milliseconds, nothing else (pattern of its CRDs, https://fluxcd.io/flux/components/). */
const FLUX_DURATION = /^([0-9]+(\.[0-9]+)?(ms|s|m|h))+$/;
/** Go: https://pkg.go.dev/time#ParseDuration */
const GO_DURATION = /^[-+]?(0|((\d+(\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h))+)$/;
/** Quantities: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ */
const QUANTITY = /^[+-]?(\d+(\.\d*)?|\.\d+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** Whether a duration is one Flux accepts: `10m`, `1h30m`; no days, no words. */
export function isFluxDuration(text: string): boolean {
  return FLUX_DURATION.test(text);
}

/** Whether Go reads it as a duration. */
export function isGoDuration(text: string): boolean {
  return GO_DURATION.test(text);
}

/** Whether Argo CD reads it: a duration of Go, or a number of seconds. */
export function isArgoDuration(text: string): boolean {
  return GO_DURATION.test(text) || /^\d+$/.test(text);
}

/** Whether Kubernetes reads it as an amount: `500m`, `1.5Gi`, `2`; not `2GB`. */
export function isQuantity(text: string): boolean {
  return QUANTITY.test(text);
}

/** Whether it is a range of IP addresses: `10.0.0.0/8`, `fd00::/64`. */
export function isCidr(text: string): boolean {
  const [, address = "", bits = ""] = /^([^/]+)\/(\d{1,3})$/.exec(text) ?? [];
  const family = isIP(address);
  return family !== 0 && Number(bits) <= (family === 4 ? 32 : 128);
}

/** Whether it is base64; line breaks inside are allowed, as the API server allows them. */
export function isBase64(text: string): boolean {
  const packed = text.replaceAll(/\s/g, "");
  return packed.length % 4 === 0 && BASE64.test(packed);
}
