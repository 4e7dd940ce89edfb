import { isIP } from "node:net";
import { applied, each, groupOf, hit, isTemplated } from "#model/manifest.ts";
import { defineRule, type Manifest } from "#model/rule.ts";
import { map, maps, strings, word } from "#model/value.ts";

const LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
const HOST = new RegExp(`^(\\*\\.)?${LABEL}(\\.${LABEL})*$`);
const most = 253; // characters of a name: RFC 1123

type Said = { pointer: string; value: string };

/** Host names of an Ingress, of routes and of the listeners of a Gateway. */
function* hostsOf({ doc, kind }: Manifest): Generator<Said> {
  const spec = map(doc.spec);
  const listed = (values: unknown, pointer: string) =>
    strings(values).map((value, i) => ({ pointer: `${pointer}/${i}`, value }));
  yield* listed(spec.hostnames, "/spec/hostnames");
  for (const [i, { hostname }] of maps(spec.listeners).entries())
    yield { pointer: `/spec/listeners/${i}/hostname`, value: word(hostname) };
  if (kind !== "Ingress") return;
  for (const [i, { host }] of maps(spec.rules).entries())
    yield { pointer: `/spec/rules/${i}/host`, value: word(host) };
  for (const [i, { hosts }] of maps(spec.tls).entries()) yield* listed(hosts, `/spec/tls/${i}/hosts`);
}

/** Paths that must begin at the root. */
function* pathsOf({ doc, kind }: Manifest): Generator<Said> {
  for (const [i, rule] of maps(map(doc.spec).rules).entries()) {
    if (kind === "Ingress")
      for (const [j, { path }] of maps(map(rule.http).paths).entries())
        yield { pointer: `/spec/rules/${i}/http/paths/${j}/path`, value: word(path) };
    if (kind !== "HTTPRoute") continue;
    for (const [j, match] of maps(rule.matches).entries()) {
      const { type = "PathPrefix", value } = map(match.path);
      if (type === "PathPrefix" || type === "Exact")
        yield { pointer: `/spec/rules/${i}/matches/${j}/path/value`, value: word(value) };
    }
  }
}

const isHost = (text: string) => HOST.test(text) && text.length <= most && isIP(text) === 0;
const isLater = ({ value }: Said) => value === "" || isTemplated(value);

export default defineRule({
  id: "VAL-07",
  severity: "block",
  title: {
    en: "A host or path that no route can have",
    de: "Ein Host oder Pfad, den keine Route haben kann",
    es: "Un host o una ruta que no se admite",
    zh: "路由不允许的主机名或路径",
  },
  why: {
    en: "The API server refuses host names that are no lower-case DNS names, and paths that do not begin with a slash.",
    de: "Der API-Server lehnt Hostnamen ab, die keine kleingeschriebenen DNS-Namen sind, und Pfade ohne Schrägstrich am Anfang.",
    es: "El servidor de API rechaza hosts que no sean nombres DNS en minúsculas y rutas que no empiecen con una barra.",
    zh: "API 服务器会拒绝不是小写 DNS 名称的主机名，以及不以斜杠开头的路径。",
  },
  message: {
    en: "{object} says {value} where {expected} must stand.",
    de: "{object} sagt {value}, wo {expected} stehen muss.",
    es: "{object} dice {value} donde debe ir {expected}.",
    zh: "{object} 写的是 {value}，此处应为 {expected}。",
  },
  fix: {
    en: "Write it as {expected}.",
    de: "Als {expected} schreiben.",
    es: "Escríbalo como {expected}.",
    zh: "改写为 {expected}。",
  },
  source: "https://kubernetes.io/docs/concepts/services-networking/ingress/#path-types",
  check: (context) => {
    const groups = ["networking.k8s.io", "gateway.networking.k8s.io"];
    const routes = applied(context).filter((manifest) => groups.includes(groupOf(manifest)));
    return each(routes, function* (manifest) {
      for (const said of hostsOf(manifest))
        if (!isLater(said) && !isHost(said.value)) yield found(manifest, said, hostLike(said.value));
      for (const said of pathsOf(manifest))
        if (!isLater(said) && !said.value.startsWith("/")) yield found(manifest, said, `/${said.value}`);
    });
  },
  examples: {
    bad: [
      { "a.yaml": ingress("host: Till.example.com") },
      { "a.yaml": ingress("host: 192.0.2.1") },
      { "a.yaml": ingress("host: 'till.example.com:8443'") },
      { "a.yaml": ingress("http: {paths: [{path: api, pathType: Prefix, backend: {service: {name: a}}}]}") },
      { "a.yaml": route("hostnames: [till_1.example.com]") },
      { "a.yaml": route("rules: [{matches: [{path: {value: api}}]}]") },
    ],
    good: [
      { "a.yaml": ingress("host: till.example.com") },
      { "a.yaml": ingress("host: '*.example.com'") },
      { "a.yaml": ingress("host: 'till.${domain}'") },
      { "a.yaml": ingress("http: {paths: [{path: /api, pathType: Prefix, backend: {service: {name: a}}}]}") },
      { "a.yaml": route("rules: [{matches: [{path: {type: RegularExpression, value: 'api.*'}}]}]") },
    ],
  },
});

const found = (manifest: Manifest, { pointer, value }: Said, expected: string) =>
  hit(manifest, { pointer, values: { value: `"${value}"`, expected: `"${expected}"` } });

/** The nearest name that would do; one to be thought of where there is none. */
function hostLike(text: string): string {
  const near = text
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, "")
    .replace(/[:/].*$/, "")
    .replaceAll("_", "-");
  return isHost(near) ? near : "site.example.com";
}

function ingress(rule: string): string {
  return `{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: a}, spec: {rules: [{${rule}}]}}\n`;
}

function route(spec: string): string {
  return `{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: a}, spec: {parentRefs: [{name: door}], ${spec}}}\n`;
}
