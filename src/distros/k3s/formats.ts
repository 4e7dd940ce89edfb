import { isIP } from "node:net";

/** What the text of an option must look like, where K3s reads more into it than a string; an example to write. */
export type Format = { holds: (text: string) => boolean; example: string };

const NAME = "[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?";
const KEY = `([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?${NAME}`;
const LABEL = new RegExp(`^${KEY}=(${NAME})?$`);
const TAINT = new RegExp(`^${KEY}(=(${NAME})?)?:(NoSchedule|PreferNoSchedule|NoExecute)$`);
/** Databases kine knows, and etcd. Source: https://docs.k3s.io/datastore */
const DATASTORE = /^(mysql|postgres|postgresql|nats|https?|etcd|sqlite):\/\//;

const cidrs: Format = { holds: (text) => text.split(",").every(isCidr), example: "10.42.0.0/16" };
const addresses: Format = {
  holds: (text) => text.split(",").every((one) => isIP(one) !== 0),
  example: "192.0.2.10",
};
const port: Format = { holds: (text) => /^\d{1,5}$/.test(text) && Number(text) <= 65_535, example: "6443" };

/** By option; lists are checked item by item. */
export const formats: Readonly<Record<string, Format>> = {
  "cluster-cidr": cidrs,
  "service-cidr": cidrs,
  "cluster-dns": addresses,
  "node-ip": addresses,
  "node-external-ip": addresses,
  "advertise-address": addresses,
  "bind-address": addresses,
  "https-listen-port": port,
  "advertise-port": port,
  "lb-server-port": port,
  "supervisor-port": port,
  "apiserver-port": port,
  "node-label": { holds: (text) => LABEL.test(text), example: "example.com/ring=canary" },
  "node-taint": { holds: (text) => TAINT.test(text), example: "example.com/edge=true:NoSchedule" },
  server: { holds: (text) => /^https:\/\/[^/\s]+/.test(text), example: "https://server.example.com:6443" },
  "datastore-endpoint": {
    holds: (text) => DATASTORE.test(text) || !text.includes("://"),
    example: "postgres://…",
  },
  "service-node-port-range": { holds: (text) => /^\d{1,5}-\d{1,5}$/.test(text), example: "30000-32767" },
  "etcd-snapshot-schedule-cron": {
    holds: (text) => /^@\w+/.test(text) || text.trim().split(/\s+/).length === 5,
    example: "0 */12 * * *",
  },
  "write-kubeconfig-mode": { holds: (text) => /^0?[0-7]{3}$/.test(text), example: '"0600"' },
};

/** Modes as YAML reads them without quotes: 0600 is the number 384. */
export const unquotedModes: Readonly<Record<number, string>> = {
  256: "0400",
  288: "0440",
  384: "0600",
  416: "0640",
  420: "0644",
  432: "0660",
  493: "0755",
};

function isCidr(text: string): boolean {
  const [address = "", bits = "", rest] = text.split("/");
  const family = isIP(address);
  return (
    family !== 0 && rest === undefined && /^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128)
  );
}
