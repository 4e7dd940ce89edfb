import { defineOverlay, type Fields, like, one } from "../overlay.ts";

const secret: Fields = { name: "string", namespace: "string" };

/** Machines with a management controller. Type: apis/metal3.io/v1alpha1/baremetalhost_types.go. */
export default defineOverlay({
  name: "Metal3",
  version: "v1alpha1",
  source:
    "https://github.com/metal3-io/baremetal-operator/blob/main/config/base/crds/bases/metal3.io_baremetalhosts.yaml",
  groups: ["metal3.io"],
  kinds: {
    "metal3.io/v1alpha1/BareMetalHost": {
      spec: {
        "online!": "boolean",
        architecture: "string",
        automatedCleaningMode: one("metadata", "disabled"),
        bmc: {
          "address!": "string",
          "credentialsName!": "string",
          disableCertificateVerification: "boolean",
        },
        bootMACAddress: "string",
        bootMode: one("UEFI", "UEFISecureBoot", "legacy"),
        consumerRef: "object",
        customDeploy: { "method!": "string" },
        description: "string",
        disablePowerOff: "boolean",
        externallyProvisioned: "boolean",
        firmware: "object",
        hardwareProfile: "string",
        image: {
          "url!": "string",
          checksum: "string",
          checksumType: one("md5", "sha256", "sha512", "auto"),
          format: one("raw", "qcow2", "vdi", "vmdk", "live-iso"),
          authSecretName: "string",
        },
        inspectionMode: one("agent", "disabled"),
        metaData: secret,
        networkData: secret,
        preprovisioningNetworkDataName: "string",
        raid: "object",
        rootDeviceHints: {
          deviceName: "string",
          hctl: "string",
          minSizeGigabytes: "integer",
          model: "string",
          rotational: "boolean",
          serialNumber: "string",
          vendor: "string",
          wwn: "string",
          wwnVendorExtension: "string",
          wwnWithExtension: "string",
        },
        taints: like("v1/Node", "/spec/taints"),
        userData: secret,
      },
    },
  },
});
