import { atLeastOne, defineOverlay, exactlyOne } from "../overlay.ts";

/** oneOf and anyOf of its CRDs, which the declarations of the packages do not hold. */
export default defineOverlay({
  name: "Cilium",
  version: "1.19.3",
  source: "https://docs.cilium.io/en/stable/security/policy/",
  groups: [],
  conditions: {
    "cilium.io/v2/CiliumNetworkPolicy": {
      "/spec": [
        exactlyOne("endpointSelector", "nodeSelector"),
        atLeastOne("ingress", "ingressDeny", "egress", "egressDeny"),
      ],
      "/spec/egress/0/toCIDRSet/0": [exactlyOne("cidr", "cidrGroupRef", "cidrGroupSelector")],
      "/spec/egress/0/toFQDNs/0": [exactlyOne("matchName", "matchPattern")],
      "/spec/egress/0/toPorts/0/rules": [exactlyOne("http", "kafka", "dns", "l7proto")],
    },
    "cilium.io/v2/CiliumLocalRedirectPolicy": {
      "/spec/redirectFrontend": [exactlyOne("addressMatcher", "serviceMatcher")],
    },
  },
});
