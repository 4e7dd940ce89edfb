/** A key that holds a value (`true`), or keys of its own; the items of a list share their keys. */
export type Keys = { readonly [key: string]: true | Keys };

const patches: Keys = {
  target: { kind: true, name: true, namespace: true },
  patch: { type: true, content: true },
};
const image: Keys = { image: true, version: true };
const args: Keys = { extraArgs: true, rawArgs: true };
const ca: Keys = { expiresAfter: true, certificatesExpireAfter: true };

/**
 * Every key below `spec` of a ClusterConfig. k0s reads the file strictly: any other key stops its start. Source:
 * pkg/apis/k0s/v1beta1 of https://github.com/k0sproject/k0s at v1.36.3+k0s.2.
 */
export const specKeys: Keys = {
  api: {
    address: true,
    onlyBindToAddress: true,
    externalAddress: true,
    extraArgs: true,
    rawArgs: true,
    k0sApiPort: true,
    port: true,
    sans: true,
    ca,
  },
  controllerManager: args,
  scheduler: args,
  storage: {
    etcd: {
      externalCluster: {
        endpoints: true,
        etcdPrefix: true,
        caFile: true,
        clientCertFile: true,
        clientKeyFile: true,
      },
      peerAddress: true,
      extraArgs: true,
      rawArgs: true,
      ca,
    },
    kine: {
      dataSource: true,
      extraArgs: true,
      rawArgs: true,
    },
    type: true,
  },
  network: {
    calico: {
      wireguard: true,
      envVars: true,
      flexVolumeDriverPath: true,
      ipAutodetectionMethod: true,
      ipV6AutodetectionMethod: true,
      mtu: true,
      mode: true,
      overlay: true,
      vxlanPort: true,
      vxlanVNI: true,
      patches,
    },
    dualStack: {
      enabled: true,
      IPv6podCIDR: true,
      IPv6serviceCIDR: true,
    },
    kubeProxy: {
      disabled: true,
      mode: true,
      metricsBindAddress: true,
      healthzBindAddress: true,
      iptables: {
        masqueradeBit: true,
        masqueradeAll: true,
        localhostNodePorts: true,
        syncPeriod: true,
        minSyncPeriod: true,
      },
      ipvs: {
        syncPeriod: true,
        minSyncPeriod: true,
        scheduler: true,
        excludeCIDRs: true,
        strictARP: true,
        tcpTimeout: true,
        tcpFinTimeout: true,
        udpTimeout: true,
      },
      nftables: {
        syncPeriod: true,
        masqueradeBit: true,
        masqueradeAll: true,
        minSyncPeriod: true,
      },
      nodePortAddresses: true,
      extraArgs: true,
      rawArgs: true,
      patches,
    },
    kuberouter: {
      autoMTU: true,
      mtu: true,
      metricsPort: true,
      hairpin: true,
      hairpinMode: true,
      ipMasq: true,
      peerRouterASNs: true,
      peerRouterIPs: true,
      extraArgs: true,
      rawArgs: true,
      patches,
    },
    coreDNS: {
      patches,
    },
    nodeLocalLoadBalancing: {
      enabled: true,
      type: true,
      envoyProxy: {
        image,
        imagePullPolicy: true,
        apiServerBindPort: true,
        konnectivityServerBindPort: true,
      },
      traefik: {
        image,
        imagePullPolicy: true,
        apiServerBindPort: true,
        konnectivityServerBindPort: true,
      },
    },
    controlPlaneLoadBalancing: {
      enabled: true,
      type: true,
      keepalived: {
        vrrpInstances: {
          virtualIPs: true,
          interface: true,
          virtualRouterID: true,
          advertIntervalSeconds: true,
          authPass: true,
          unicastPeers: true,
          unicastSourceIP: true,
          addressLabel: true,
        },
        virtualServers: {
          ipAddress: true,
          delayLoop: true,
          lbAlgo: true,
          lbKind: true,
          persistenceTimeoutSeconds: true,
        },
        userSpaceProxyBindPort: true,
        disableLoadBalancer: true,
        configTemplateVRRP: true,
        configTemplateVS: true,
      },
    },
    podCIDR: true,
    provider: true,
    serviceCIDR: true,
    clusterDomain: true,
    primaryAddressFamily: true,
  },
  workerProfiles: {
    name: true,
    values: true,
  },
  telemetry: {
    enabled: true,
  },
  installConfig: {
    users: {
      etcdUser: true,
      kineUser: true,
      konnectivityUser: true,
      kubeAPIserverUser: true,
      kubeSchedulerUser: true,
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
    repository: true,
    default_pull_policy: true,
  },
  extensions: {
    storage: {
      type: true,
      create_default_storage_class: true,
    },
    helm: {
      concurrencyLevel: true,
      repositories: {
        name: true,
        url: true,
        insecure: true,
        caFile: true,
        certFile: true,
        keyfile: true,
        username: true,
        password: true,
      },
      charts: {
        name: true,
        chartname: true,
        version: true,
        values: true,
        namespace: true,
        timeout: true,
        forceUpgrade: true,
        order: true,
      },
    },
  },
  konnectivity: {
    adminPort: true,
    agentPort: true,
    externalAddress: true,
  },
  featureGates: {
    name: true,
    enabled: true,
    components: true,
  },
  metricsServer: {
    patches,
  },
};
