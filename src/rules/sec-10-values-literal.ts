import { chartValues } from "#model/chart-values.ts";
import { each, hit, judged } from "#model/manifest.ts";
import { isCredential, isFlux } from "#model/policy.ts";
import { defineRule } from "#model/rule.ts";
import { map, word } from "#model/value.ts";

/** `{ name: DB_PASSWORD, value: x }`, as charts take environment variables. */
function named(value: unknown): [string, unknown] {
  const { name, value: inner } = map(value);
  return [word(name), inner];
}

export default defineRule({
  id: "SEC-10",
  severity: "block",
  title: {
    en: "A password among values",
    de: "Ein Passwort unter den Werten",
    es: "Una contraseña entre los valores",
    zh: "values 中含有密码",
  },
  why: {
    en: "It lies in Git in the clear, and in every site's cluster beside the release.",
    de: "Es liegt im Klartext in Git und in jedem Cluster neben dem Release.",
    es: "Está en claro en Git y en el clúster de cada sitio junto al release.",
    zh: "它以明文存在 Git 中，也随发布留在每个站点的集群里。",
  },
  message: {
    en: "{object}: {key} looks like a credential.",
    de: "{object}: {key} sieht nach Zugangsdaten aus.",
    es: "{object}: {key} parece una credencial.",
    zh: "{object}：{key} 看起来是凭据。",
  },
  fix: {
    en: "Take it from a Secret: valuesFrom, existingSecret or what the chart calls it; and change it.",
    de: "Aus einem Secret nehmen: valuesFrom, existingSecret oder wie das Chart es nennt; und ändern.",
    es: "Tómela de un Secret: valuesFrom, existingSecret o como lo llame el chart; y cámbiela.",
    zh: "改用 Secret：valuesFrom、existingSecret 或 chart 提供的方式；并更换该凭据。",
  },
  source: "https://fluxcd.io/flux/components/helm/helmreleases/#values-references",
  check: (context) =>
    each(judged(context), function* (manifest) {
      const substitute = map(map(map(manifest.doc.spec).postBuild).substitute);
      for (const [key, value] of Object.entries(isFlux(manifest) ? substitute : {})) {
        if (!isCredential(key, value)) continue;
        const pointer = `/spec/postBuild/substitute/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
        yield hit(manifest, { pointer, values: { key: `substitute.${key}` } });
      }
      for (const { key, parents, value, pointer } of chartValues(manifest)) {
        if (isCredential(key, value)) {
          yield hit(manifest, { pointer, values: { key: [...parents, key].join(".") } });
        }
        for (const [i, entry] of (Array.isArray(value) ? value : []).entries()) {
          const [name, inner] = named(entry);
          if (!isCredential(name, inner)) continue;
          yield hit(manifest, {
            pointer: `${pointer}/${i}`,
            values: { key: [...parents, key, name].join(".") },
          });
        }
      }
    }),
  examples: {
    bad: [
      {
        "a.yaml":
          "{apiVersion: helm.toolkit.fluxcd.io/v2, kind: HelmRelease, metadata: {name: till, namespace: apps}, spec: {interval: 1h, values: {auth: {password: hunter2horse}}}}\n",
      },
      {
        "a.yaml":
          "{apiVersion: helm.toolkit.fluxcd.io/v2, kind: HelmRelease, metadata: {name: till, namespace: apps}, spec: {interval: 1h, values: {env: [{name: DB_PASSWORD, value: hunter2horse}]}}}\n",
      },
      {
        "a.yaml":
          '{apiVersion: helm.cattle.io/v1, kind: HelmChart, metadata: {name: till}, spec: {chart: db, version: 1.0.0, valuesContent: "auth:\\n  password: hunter2horse\\n"}}\n',
      },
      {
        "a.yaml":
          "{apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: {name: till}, spec: {prune: true, postBuild: {substitute: {db_password: hunter2horse}}}}\n",
      },
    ],
    good: [
      {
        "a.yaml":
          '{apiVersion: helm.toolkit.fluxcd.io/v2, kind: HelmRelease, metadata: {name: till, namespace: apps}, spec: {interval: 1h, values: {auth: {existingSecret: till-db, password: "", passwordKey: password, tokenTTL: 1h}}}}\n',
      },
    ],
  },
});
