import { applied, containersOf, each, hit, isTemplated, withPods } from "#model/manifest.ts";
import { probesOf } from "#model/pod-references.ts";
import { defineRule } from "#model/rule.ts";
import { map, maps, word } from "#model/value.ts";

export default defineRule({
  id: "REF-15",
  severity: "block",
  title: {
    en: "A probe of a port the container does not have",
    de: "Eine Probe auf einen Port, den der Container nicht hat",
    es: "Una sonda a un puerto que el contenedor no tiene",
    zh: "探针使用容器没有的端口",
  },
  why: {
    en: "The probe can never succeed: the container is restarted for ever, or never gets traffic.",
    de: "Die Probe kann nie gelingen: der Container startet immer neu oder bekommt nie Verkehr.",
    es: "La sonda no puede tener éxito: el contenedor se reinicia sin fin o nunca recibe tráfico.",
    zh: "探针永远不会成功：容器不断重启，或始终收不到流量。",
  },
  message: {
    en: "{object}: {probe} of {container} asks port {port}, which is not declared.",
    de: "{object}: {probe} von {container} fragt Port {port}; er ist nicht angegeben.",
    es: "{object}: {probe} de {container} consulta el puerto {port}, que no está declarado.",
    zh: "{object}：{container} 的 {probe} 使用端口 {port}，但未声明。",
  },
  fix: {
    en: "Name a port of the container, or write its number.",
    de: "Einen Port des Containers nennen oder seine Nummer schreiben.",
    es: "Nombre un puerto del contenedor o escriba su número.",
    zh: "改用容器已声明的端口名，或直接写端口号。",
  },
  source: "https://docs.kubelinter.io/#/generated/checks?id=liveness-port",
  check: (context) =>
    each(withPods(applied(context)), function* (manifest) {
      for (const { fields, name: container, pointer } of containersOf(manifest)) {
        const names = new Set(maps(fields.ports).map(({ name }) => word(name)));
        for (const { name, probe } of probesOf(fields)) {
          for (const way of ["httpGet", "tcpSocket"]) {
            const port = word(map(probe[way]).port);
            if (port === "" || /^\d+$/.test(port) || isTemplated(port) || names.has(port)) continue;
            yield hit(manifest, {
              pointer: `${pointer}/${name}/${way}/port`,
              values: { container, probe: name, port },
            });
          }
        }
      }
    }),
  examples: {
    bad: [
      {
        "a.yaml":
          "{apiVersion: apps/v1, kind: Deployment, metadata: {name: till, namespace: apps}, spec: {selector: {matchLabels: {app: till}}, template: {metadata: {labels: {app: till}}, spec: {containers: [{name: till, ports: [{name: http, containerPort: 8080}], livenessProbe: {httpGet: {path: /, port: web}}}]}}}}\n",
      },
    ],
    good: [
      {
        "a.yaml":
          "{apiVersion: apps/v1, kind: Deployment, metadata: {name: till, namespace: apps}, spec: {selector: {matchLabels: {app: till}}, template: {metadata: {labels: {app: till}}, spec: {containers: [{name: till, ports: [{name: http, containerPort: 8080}], livenessProbe: {httpGet: {path: /, port: http}}, readinessProbe: {tcpSocket: {port: 9090}}}]}}}}\n",
      },
    ],
  },
});
