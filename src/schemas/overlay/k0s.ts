import { defineOverlay, exactlyOne, type Fields, one, type Shape } from "../overlay.ts";

const patches: Shape = [
  {
    "target!": { "kind!": "string", "name!": "string", namespace: "string" },
    "patch!": { "type!": one("JSON", "StrategicMergePatch", "MergePatch"), "content!": "string" },
  },
];
const image: Fields = { "image!": "string", "version!": "string" };
const args: Fields = { extraArgs: { "*": "string" }, rawArgs: ["string"] };
const ca: Fields = { expiresAfter: "go-duration", certificatesExpireAfter: "go-duration" };
const discovery: Fields = {
  static: { nodes: ["string"] },
  selector: { labels: "string", fields: "string" },
};
const target: Fields = { discovery, limits: { concurrent: "integer" } };
const targets: Fields = { controllers: target, workers: target };
const platforms: Shape = { "*": { "url!": "string", sha256: "string" } };

const clusterConfig: Fields = {
  api: {
    address: "string",
    onlyBindToAddress: "boolean",
    externalAddress: "string",
    extraArgs: { "*": "string" },
    rawArgs: ["string"],
    k0sApiPort: "integer",
    port: "integer",
    sans: ["string"],
    ca,
  },
  controllerManager: args,
  scheduler: args,
  storage: {
    etcd: {
      externalCluster: {
        endpoints: ["string"],
        etcdPrefix: "string",
        caFile: "string",
        clientCertFile: "string",
        clientKeyFile: "string",
      },
      peerAddress: "string",
      extraArgs: { "*": "string" },
      rawArgs: ["string"],
      ca,
    },
    kine: {
      dataSource: "string",
      extraArgs: { "*": "string" },
      rawArgs: ["string"],
    },
    type: one("etcd", "kine"),
  },
  network: {
    calico: {
      wireguard: "boolean",
      envVars: { "*": "string" },
      flexVolumeDriverPath: "string",
      ipAutodetectionMethod: "string",
      ipV6AutodetectionMethod: "string",
      mtu: "integer",
      mode: one("vxlan", "ipip", "bird"),
      overlay: one("Always", "Never", "CrossSubnet"),
      vxlanPort: "integer",
      vxlanVNI: "integer",
      patches,
    },
    dualStack: {
      enabled: "boolean",
      IPv6podCIDR: "string",
      IPv6serviceCIDR: "string",
    },
    kubeProxy: {
      disabled: "boolean",
      mode: one("iptables", "ipvs", "nftables", "userspace"),
      metricsBindAddress: "string",
      healthzBindAddress: "string",
      iptables: {
        masqueradeBit: "integer",
        masqueradeAll: "boolean",
        localhostNodePorts: "boolean",
        syncPeriod: "go-duration",
        minSyncPeriod: "go-duration",
      },
      ipvs: {
        syncPeriod: "go-duration",
        minSyncPeriod: "go-duration",
        scheduler: "string",
        excludeCIDRs: ["string"],
        strictARP: "boolean",
        tcpTimeout: "go-duration",
        tcpFinTimeout: "go-duration",
        udpTimeout: "go-duration",
      },
      nftables: {
        syncPeriod: "go-duration",
        masqueradeBit: "integer",
        masqueradeAll: "boolean",
        minSyncPeriod: "go-duration",
      },
      nodePortAddresses: ["string"],
      extraArgs: { "*": "string" },
      rawArgs: ["string"],
      patches,
    },
    kuberouter: {
      autoMTU: "boolean",
      mtu: "integer",
      metricsPort: "integer",
      hairpin: one("Enabled", "Allowed", "Disabled"),
      hairpinMode: "boolean",
      ipMasq: "boolean",
      peerRouterASNs: "string",
      peerRouterIPs: "string",
      extraArgs: { "*": "string" },
      rawArgs: ["string"],
      patches,
    },
    coreDNS: {
      patches,
    },
    nodeLocalLoadBalancing: {
      enabled: "boolean",
      type: one("EnvoyProxy", "Traefik"),
      envoyProxy: {
        image,
        imagePullPolicy: one("Always", "Never", "IfNotPresent"),
        apiServerBindPort: "integer",
        konnectivityServerBindPort: "integer",
      },
      traefik: {
        image,
        imagePullPolicy: one("Always", "Never", "IfNotPresent"),
        apiServerBindPort: "integer",
        konnectivityServerBindPort: "integer",
      },
    },
    controlPlaneLoadBalancing: {
      enabled: "boolean",
      type: one("Keepalived"),
      keepalived: {
        vrrpInstances: [
          {
            virtualIPs: ["string"],
            interface: "string",
            virtualRouterID: "integer",
            advertIntervalSeconds: "integer",
            authPass: "string",
            unicastPeers: ["string"],
            unicastSourceIP: "string",
            addressLabel: "integer",
          },
        ],
        virtualServers: [
          {
            ipAddress: "string",
            delayLoop: "go-duration",
            lbAlgo: one("rr", "wrr", "lc", "wlc", "lblc", "dh", "sh", "sed", "nq"),
            lbKind: one("NAT", "DR", "TUN"),
            persistenceTimeoutSeconds: "integer",
          },
        ],
        userSpaceProxyBindPort: "integer",
        disableLoadBalancer: "boolean",
        configTemplateVRRP: "string",
        configTemplateVS: "string",
      },
    },
    podCIDR: "string",
    provider: one("kuberouter", "calico", "custom"),
    serviceCIDR: "string",
    clusterDomain: "string",
    primaryAddressFamily: "string",
  },
  workerProfiles: [
    {
      "name!": "string",
      values: "any",
    },
  ],
  telemetry: {
    enabled: "boolean",
  },
  installConfig: {
    users: {
      etcdUser: "string",
      kineUser: "string",
      konnectivityUser: "string",
      kubeAPIserverUser: "string",
      kubeSchedulerUser: "string",
    },
  },
  images: {
    konnectivity: image,
    pushgateway: image,
    metricsserver: image,
    kubeproxy: image,
    coredns: image,
    pause: image,
    windows: {
      kubeproxy: image,
      pause: image,
    },
    calico: {
      cni: image,
      node: image,
      kubecontrollers: image,
      windows: {
        cni: image,
        node: image,
      },
    },
    kuberouter: {
      cni: image,
      cniInstaller: image,
    },
    repository: "string",
    default_pull_policy: one("Always", "IfNotPresent", "Never"),
  },
  extensions: {
    storage: {
      type: "string",
      create_default_storage_class: "boolean",
    },
    helm: {
      concurrencyLevel: "integer",
      repositories: [
        {
          name: "string",
          url: "string",
          insecure: "boolean",
          caFile: "string",
          certFile: "string",
          keyfile: "string",
          username: "string",
          password: "string",
        },
      ],
      charts: [
        {
          name: "string",
          chartname: "string",
          version: "string",
          values: "string",
          namespace: "string",
          timeout: "int-or-string",
          forceUpgrade: "boolean",
          order: "integer",
        },
      ],
    },
  },
  konnectivity: {
    adminPort: "integer",
    agentPort: "integer",
    externalAddress: "string",
  },
  featureGates: [
    {
      name: "string",
      enabled: "boolean",
      components: ["string"],
    },
  ],
  metricsServer: {
    patches,
  },
};

/** Configuration, upgrades and charts of k0s. Types: pkg/apis/k0s/v1beta1, autopilot/v1beta2 and helm/v1beta1. */
export default defineOverlay({
  name: "k0s",
  version: "1.36.3+k0s.2",
  source: "https://github.com/k0sproject/k0s/tree/v1.36.3%2Bk0s.2/pkg/apis",
  groups: ["k0s.k0sproject.io", "autopilot.k0sproject.io", "helm.k0sproject.io", "etcd.k0sproject.io"],
  conditions: {
    "autopilot.k0sproject.io/v1beta2/Plan": { "/spec/commands/0": [exactlyOne("k0supdate", "airgapupdate")] },
  },
  kinds: {
    "k0s.k0sproject.io/v1beta1/ClusterConfig": { spec: clusterConfig },
    "autopilot.k0sproject.io/v1beta2/Plan": {
      "spec!": {
        "id!": "string",
        "timestamp!": "string",
        "commands!": [
          {
            k0supdate: {
              "version!": "string",
              forceupdate: "boolean",
              "platforms!": platforms,
              "targets!": targets,
            },
            airgapupdate: { "version!": "string", "platforms!": platforms, workers: target },
          },
        ],
      },
    },
    "autopilot.k0sproject.io/v1beta2/ControlNode": {},
    "etcd.k0sproject.io/v1beta1/EtcdMember": { spec: { leave: "boolean" } },
    "autopilot.k0sproject.io/v1beta2/UpdateConfig": {
      "spec!": {
        channel: "string",
        updateServer: "string",
        upgradeStrategy: {
          type: one("periodic", "cron"),
          cron: "string",
          periodic: { days: ["string"], startTime: "string", length: "string" },
        },
        "planSpec!": {
          "commands!": [
            { k0supdate: { forceupdate: "boolean", targets }, airgapupdate: { workers: target } },
          ],
        },
      },
    },
    "helm.k0sproject.io/v1beta1/Chart": {
      spec: {
        chartName: "string",
        releaseName: "string",
        version: "string",
        values: "string",
        namespace: "string",
        timeout: "string",
        forceUpgrade: "boolean",
        order: "integer",
      },
    },
  },
});
