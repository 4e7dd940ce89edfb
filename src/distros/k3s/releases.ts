/**
 * The Kubernetes release on the main branch of K3s when an option came in; older options are not listed. Patch releases of
 * the three minors before it often got it, too. Source: history of pkg/cli/cmds of https://github.com/k3s-io/k3s.
 */
export const firstReleases: Readonly<Record<string, string>> = {
  "airgap-extra-registry": "1.20.2",
  "disable-controller-manager": "1.20.2",
  "disable-etcd": "1.20.2",
  "etcd-expose-metrics": "1.20.2",
  "etcd-snapshot-name": "1.20.2",
  "lb-server-port": "1.20.2",
  "service-node-port-range": "1.20.2",
  "etcd-s3": "1.20.4",
  "etcd-s3-access-key": "1.20.4",
  "etcd-s3-bucket": "1.20.4",
  "etcd-s3-endpoint": "1.20.4",
  "etcd-s3-endpoint-ca": "1.20.4",
  "etcd-s3-folder": "1.20.4",
  "etcd-s3-region": "1.20.4",
  "etcd-s3-secret-key": "1.20.4",
  "etcd-s3-skip-ssl-verify": "1.20.4",
  "disable-apiserver": "1.21.0",
  "image-credential-provider-bin-dir": "1.21.0",
  "image-credential-provider-config": "1.21.0",
  "system-default-registry": "1.21.0",
  "disable-helm-controller": "1.21.1",
  "etcd-s3-insecure": "1.22.1",
  "etcd-s3-timeout": "1.22.2",
  "etcd-arg": "1.22.3",
  "etcd-snapshot-compress": "1.23.1",
  "flannel-ipv6-masq": "1.23.1",
  "egress-selector-mode": "1.24.0",
  "enable-pprof": "1.24.1",
  "flannel-cni-conf": "1.24.1",
  "servicelb-namespace": "1.24.1",
  "flannel-external-ip": "1.25.3",
  "prefer-bundled-bin": "1.25.4",
  "vpn-auth": "1.27.2",
  "vpn-auth-file": "1.27.2",
  "helm-job-image": "1.27.3",
  "tls-san-security": "1.28.1",
  "image-service-endpoint": "1.28.2",
  "disable-apiserver-lb": "1.28.3",
  "default-runtime": "1.28.4",
  "disable-default-registry-endpoint": "1.29.0",
  "embedded-registry": "1.29.0",
  "kine-tls": "1.29.3",
  "supervisor-metrics": "1.30.1",
  "write-kubeconfig-group": "1.30.1",
  "etcd-s3-config-secret": "1.30.2",
  "etcd-s3-proxy": "1.30.2",
  "node-external-dns": "1.31.0",
  "node-internal-dns": "1.31.0",
  "nonroot-devices": "1.31.2",
  "apiserver-bind-address": "1.31.3",
  "apiserver-port": "1.31.3",
  "supervisor-port": "1.31.3",
  "etcd-s3-session-token": "1.32.1",
  "etcd-snapshot-reconcile-interval": "1.32.2",
  "secrets-encryption-provider": "1.32.3",
  "etcd-s3-bucket-lookup-type": "1.33.0",
  "etcd-s3-retention": "1.33.3",
  "helm-controller-arg": "1.36.2",
  "write-kubeconfig-name": "1.36.3",
};

/** How many minor releases lie between two releases; the patch is not looked at. */
export function minorsBetween(older: string, newer: string): number {
  const minor = (release: string) => {
    const [, major = "0", rest = "0"] = /^v?(\d+)\.(\d+)/.exec(release) ?? [];
    return Number(major) * 1_000 + Number(rest);
  };
  return minor(newer) - minor(older);
}
