import { chartValues } from "#model/chart-values.ts";
import { each, groupOf, hit, judged } from "#model/manifest.ts";
import { defineRule, type Manifest } from "#model/rule.ts";

const ROUTES: ((manifest: Manifest) => boolean)[] = [
  ({ kind, ...m }) => kind === "Ingress" && /^(?:networking\.k8s\.io|extensions)$/.test(groupOf(m)),
  ({ kind, ...m }) =>
    groupOf(m).startsWith("gateway.networking.") && /^(?:Gateway|(?:HTTP|TLS|TCP|UDP|GRPC)Route)$/.test(kind),
  ({ kind, ...m }) => groupOf(m).startsWith("traefik.") && kind.startsWith("IngressRoute"),
  ({ kind, ...m }) => groupOf(m) === "networking.istio.io" && kind === "Gateway",
  ({ kind, ...m }) => groupOf(m) === "route.openshift.io" && kind === "Route",
];

/** What charts call the switch that makes such a route. */
const SWITCH = /^(?:ingress|ingressRoute|httpRoute|route)$/i;

export default defineRule({
  id: "IN-03",
  severity: { edge: "block", hub: "off" },
  title: {
    en: "A route leads into the site",
    de: "Eine Route führt in den Standort",
    es: "Una ruta entra en el sitio",
    zh: "存在通往站点内部的路由",
  },
  why: {
    en: "Ingress and gateway routes exist to let traffic in; the fleet's promise is that none comes in.",
    de: "Ingress und Gateway-Routen lassen Verkehr herein; zugesagt ist, dass keiner hereinkommt.",
    es: "Ingress y las rutas de gateway dejan entrar tráfico; lo prometido es que no entre ninguno.",
    zh: "Ingress 和网关路由的作用就是放行流量；而这里承诺不接受任何入站流量。",
  },
  message: {
    en: "{object} lets traffic in from outside.",
    de: "{object} lässt Verkehr von außen herein.",
    es: "{object} deja entrar tráfico del exterior.",
    zh: "{object} 允许外部流量进入。",
  },
  fix: {
    en: "Remove it; push data out of the site, or run this on the hub.",
    de: "Entfernen; Daten aus dem Standort hinaussenden oder dies auf dem Hub betreiben.",
    es: "Elimínelo; envíe los datos desde el sitio hacia fuera o ejecútelo en el hub.",
    zh: "删除它；改为由站点向外发送数据，或在中心运行。",
  },
  source: "https://kubernetes.io/docs/concepts/services-networking/ingress/",
  check: (context) =>
    each(judged(context), function* (manifest) {
      if (!manifest.patch && ROUTES.some((route) => route(manifest))) yield hit(manifest);
      for (const { key, parents, value, pointer } of chartValues(manifest)) {
        if (key !== "enabled" || value !== true || !SWITCH.test(parents.at(-1) ?? "")) continue;
        yield hit(manifest, { pointer });
      }
    }),
  examples: {
    bad: [
      { "a.yaml": "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: a}, spec: {}}\n" },
      {
        "a.yaml":
          "{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: a}, spec: {}}\n",
      },
      {
        "a.yaml":
          "{apiVersion: helm.toolkit.fluxcd.io/v2, kind: HelmRelease, metadata: {name: a}, spec: {values: {ingress: {enabled: true}}}}\n",
      },
    ],
    good: [
      {
        "a.yaml":
          "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: a}, spec: {podSelector: {}}}\n",
      },
    ],
  },
});
