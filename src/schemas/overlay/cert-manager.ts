import { atLeastOne, defineOverlay, exactlyOneBut } from "../overlay.ts";

/** What the webhook of cert-manager refuses beyond the schema. Source: internal/apis/certmanager/validation. */
export default defineOverlay({
  name: "cert-manager",
  version: "1.20.2",
  source: "https://cert-manager.io/docs/reference/api-docs/",
  groups: [],
  conditions: {
    "cert-manager.io/v1/ClusterIssuer": {
      "/spec": [exactlyOneBut()],
      "/spec/acme/solvers/0": [atLeastOne("http01", "dns01")],
    },
    "cert-manager.io/v1/Certificate": {
      "/spec": [
        atLeastOne(
          "commonName",
          "literalSubject",
          "dnsNames",
          "ipAddresses",
          "uris",
          "emailAddresses",
          "otherNames",
        ),
      ],
    },
  },
});
