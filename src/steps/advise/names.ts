import { isKnownAmount, readAmounts } from "./amounts.ts";
import { hostOf, type Vocabulary } from "./vocabulary.ts";

/** Something a sentence names that nothing we know of holds. */
export type Stranger = { rule: string; what: string };

const URL = /(?:https?|oci|ssh|ftp|git|file):\/\/[^\s"'`<>)\]，。；、]+/gi;
const HOST =
  /(?<![\w@./-])(?:[a-z0-9-]{1,63}\.){1,8}(?:com|org|net|io|dev|sh|cn|de|es|ai|cloud|app|xyz|me|info|co|eu|ru|tk|top|site|online|us|uk|fr|in|biz|internal|local|test)(?![\w-])(?:\/[^\s`"'，。；、)]*)?/gi;
const IMAGE =
  /(?<![\w/.-])(?:[a-z0-9.-]{1,100}(?::\d{1,5})?\/){0,6}[a-z][a-z0-9._-]{0,100}(?::(?:v?\d[\w.-]*|latest|stable|edge|nightly|main|master|dev)|@sha256:[0-9a-f]*)(?![\w:/-])/gi;
const REPOSITORY = /(?<![\w/.-])(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}(?::\d{1,5})?\/[a-z0-9._/-]+/gi;
const FLAG = /(?<![\w-])--[a-z][\w-]*/gi;
const API =
  /(?<![\w/.-])(?:[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,8}\/)v\d+(?:(?:alpha|beta)\d+)?(?![\w.-])/g;
const CODE = /`([^`]*)`/g;
const CAMEL =
  /(?<![\w./-])(?![KMGT]i?B\b)(?:[A-Z][a-z0-9]+[A-Z][A-Za-z0-9]*|[a-z]+[A-Z][a-z0-9][A-Za-z0-9]*)(?![\w/-])/g;
const KIND = /\bkind:?\s+[`"“„]?([A-Z][A-Za-z]+)/g;
const PATH = /(?<![\w./-])(?:spec|status|metadata)\.[\w.[\]*-]+/g;
const CHART_AFTER = /\bcharts?\s+[`"“„]?([a-z0-9]{1,40}(?:-[a-z0-9]{1,40}){1,8})/gi;
const CHART_BEFORE = /(?<![\w-])([a-z0-9]{1,40}(?:-[a-z0-9]{1,40}){1,8})[`"”“]?[ -]?(?:helm[ -])?charts?\b/gi;
const OPTION_NAME = "([a-z0-9]{1,40}(?:-[a-z0-9]{1,40}){1,8})";
const OPTION_AFTER = new RegExp(
  `(?:\\b(?:options?|flags?|settings?|parameters?|switch|Schalter|Einstellung|Parameter|opci[oó]n|par[aá]metro|ajuste)|选项|参数|开关)\\s*["“„«]?${OPTION_NAME}(?![\\w-])`,
  "gi",
);
const OPTION_BEFORE = new RegExp(
  `(?<![\\w-])${OPTION_NAME}["”“»]?[ -]?(?:\\b(?:options?|flags?|settings?|parameters?|switch)\\b|选项|参数|开关)`,
  "gi",
);
const VERSION =
  /(?<![\w.:/-])(?:v\d+(?:\.\d+)*(?:[-+][\w.+-]*\w)?|\d+\.\d+\.\d+(?:[.]\d+)*(?:[-+][\w.+-]*\w)?|\d+(?:\.\d+)+[-+][\w.+-]*\w|\d+\.\d+\/\w+)/g;
const FACT = /\[([A-Za-z][\w:.-]*(?:, ?[A-Za-z][\w:.-]*)*)\]/g;
const NAMED_VERSION =
  /\b(?:K3s|k0s|K0s|MicroK8s|Kubernetes|Flux|Argo CD|Kairos|Ubuntu(?: Core)?|Debian|Flatcar|SL Micro|Helm|Kyverno|Cilium)\s+(?:version |Version |versión |版本 ?)?(\d+(?:\.\d+)*)(?![\d.]*\s?(?:MiB|MB|GB|GiB|%|Mi|Gi))/g;

// Names of standards with a digit in them are no figures.
const STANDARD =
  /\bTPM ?2(?:\.0)?\b|\bTLS ?1\.[23]\b|\bSHA-?\d+\b|\bAES-?\d+\b|\bX\.509\b|\b802\.1X\b|\bIPv[46]\b|\b24\/7\b|\b[2345]G\b|\bISO ?\d+\b|\bLUKS ?2\b|\bcgroups? v2\b|\bA\/B\b|\b32[- ]?[Bb]it\b|\b64[- ]?[Bb]it\b|(?:32|64) ?位|\b(?:32|64) bits?\b/gi;

/** Names of things everybody writes this way, that are neither kinds nor fields. */
const everyday = new Set(
  "GitOps DevOps DevSecOps WebAssembly GitHub GitLab GitHubs PostgreSQL MySQL SQLite OpenSSL OpenSSH WireGuard DaemonSets JavaScript TypeScript PowerShell MicroK8s NotReady CrashLoopBackOff ImagePullBackOff IfNotPresent ServiceAccounts NetworkPolicies ConfigMaps StatefulSets RaspberryPi KubeCon macOS iOS eBPF mTLS WasmEdge VictoriaMetrics YubiKey StorageClass StorageClasses NetBox HelmReleases HelmCharts GitRepositories OCIRepositories ClusterRoles RoleBindings ReadWriteOnce RuntimeClasses SystemUpgradeController OpenTelemetry FluxCD ArgoCD KubeVirt".split(
    " ",
  ),
);

/** What a sentence names that is in no answer, decision, fact or file, and in no schema. */
export function strangersIn(sentence: string, known: Vocabulary): Stranger[] {
  const strangers: Stranger[] = [];
  const add = (rule: string, what: string) => strangers.push({ rule, what });
  let rest = sentence.normalize("NFKC").replace(STANDARD, blankOut);
  // Each pattern takes its matches out of the text, so that nothing is judged twice.
  const take = (pattern: RegExp, judge: (match: RegExpExecArray) => void) => {
    rest = rest.replace(pattern, (...args) => {
      const match = args.slice(0, typeof args.at(-1) === "object" ? -3 : -2) as unknown as RegExpExecArray;
      judge(match);
      return blankOut(match[0]!);
    });
  };
  for (const [, name] of rest.matchAll(CHART_AFTER)) chart(name!);
  for (const [, name] of rest.matchAll(CHART_BEFORE)) chart(name!);
  function chart(name: string): void {
    const lower = name.toLowerCase();
    if (lower.startsWith("helm-") && known.charts.has(lower.slice(5))) return;
    if (!known.charts.has(lower) && !known.lower.has(lower))
      add("PROSE-07", `the chart ${name} is not in the catalogue`);
  }
  for (const [, name] of [...rest.matchAll(OPTION_AFTER), ...rest.matchAll(OPTION_BEFORE)]) {
    if (!isKnownToken(name!, known)) add("PROSE-01", `there is no option ${name} in the catalogue`);
  }
  for (const [, version] of rest.matchAll(NAMED_VERSION)) {
    if (!known.versions.has(version!) && !isWordish(version!, known))
      add("PROSE-08", `the version ${version} is not in the catalogue`);
  }
  take(URL, ([url]) => {
    const plain = url!.replace(/[.,;:]+$/, "");
    if (!known.urls.has(plain)) add("PROSE-09", `${plain} is not a source of the catalogue`);
  });
  for (const [, ids] of rest.matchAll(FACT)) {
    for (const id of ids!.split(/, ?/)) {
      if (!known.factIds.has(id) && /\d/.test(id)) add("PROSE-11", `there is no fact with the id ${id}`);
    }
  }
  take(FACT, () => {});
  take(IMAGE, ([image]) => {
    if (!isKnownImage(image!, known)) add("PROSE-06", `the image ${image} is not in the catalogue`);
  });
  take(FLAG, ([flag]) => {
    if (!known.flags.has(flag!)) add("PROSE-01", `the flag ${flag} is not in the catalogue`);
  });
  take(API, ([api]) => {
    if (!known.schema.apiVersions.has(api!) && !known.words.has(api!))
      add("PROSE-04", `no schema knows the API version ${api}`);
  });
  take(REPOSITORY, ([name]) => {
    const plain = name!.replace(/[.,;:/]+$/, "");
    if (known.words.has(plain) || [...known.images].some((image) => image.startsWith(plain))) return;
    if ([...known.urls].some((url) => url.includes(plain))) return;
    add("PROSE-06", `${plain} is neither an image nor a source of the catalogue`);
  });
  take(HOST, ([host]) => {
    const plain = host!.replace(/[.,;:/]+$/, "");
    if (known.hosts.has(hostOf(plain)) || known.lower.has(plain.toLowerCase())) return;
    add("PROSE-09", `${plain} is no host of the catalogue`);
  });
  for (const [, kind] of rest.matchAll(KIND)) {
    if (!isKind(kind!, known)) add("PROSE-03", `no schema knows the kind ${kind}`);
  }
  take(CODE, ([, span]) => {
    for (const token of span!.split(/[\s"'=,;()[\]{}]+/)) {
      if (token !== "" && !isKnownToken(token, known))
        add("PROSE-02", `\`${token}\` is in no catalogue, schema or file of this plan`);
    }
  });
  take(PATH, ([path]) => {
    const plain = path!.replace(/[.]+$/, "");
    if (!known.schema.hasPath(plain) && !known.words.has(plain))
      add("PROSE-05", `no schema has the field ${plain}`);
  });
  take(CAMEL, ([word]) => {
    if (!isCamelKnown(word!, known))
      add(/^[A-Z]/.test(word!) ? "PROSE-03" : "PROSE-05", `${word} is no kind or field of any schema`);
  });
  take(VERSION, ([version]) => {
    const plain = version!.replace(/^v/, "");
    // "1.215.000" and the like are figures, judged below.
    if (/^\d{1,3}(?:\.\d{3})+$/.test(plain) && known.language !== "en" && known.language !== "zh") {
      if (readAmounts(plain, known.language).every((amount) => isKnownAmount(amount, known.amounts))) return;
    }
    if (!known.versions.has(plain) && !known.words.has(version!))
      add("PROSE-08", `the version ${version} is not in the catalogue`);
  });
  for (const amount of readAmounts(rest, known.language)) {
    const { text, dimension, values } = amount;
    if (dimension === "count" && values.every((value) => value < 10 && Number.isInteger(value))) continue;
    if (dimension === "count" && known.versions.has(text)) continue;
    if (!isKnownAmount(amount, known.amounts)) {
      add("PROSE-10", `the figure "${text}" follows from no answer, decision or fact`);
    }
  }
  return strangers;
}

function blankOut(found: string): string {
  return " ".repeat(found.length);
}

function isWordish(version: string, known: Vocabulary): boolean {
  return known.words.has(version) || known.amounts.count.has(Number(version));
}

/** By its whole name, or by its last part with the same tag: `zot:v2.1.15`. */
export function isKnownImage(
  image: string,
  { images, words }: Pick<Vocabulary, "images" | "words">,
): boolean {
  if (images.has(image) || words.has(image)) return true;
  if (/:(?:latest|stable|edge|nightly|main|master|dev)$/i.test(image)) return false;
  return [...images].some((one) => one.endsWith(`/${image}`));
}

function isKind(name: string, { schema, words }: Vocabulary): boolean {
  if (schema.kinds.has(name) || words.has(name)) return true;
  return (
    /s$/.test(name) && (schema.kinds.has(name.slice(0, -1)) || schema.kinds.has(name.replace(/ies$/, "y")))
  );
}

function isCamelKnown(word: string, known: Vocabulary): boolean {
  if (everyday.has(word) || isKind(word, known) || known.schema.fields.has(word)) return true;
  return /s$/.test(word) && (everyday.has(word.slice(0, -1)) || known.words.has(word.slice(0, -1)));
}

/** One token of a code span: a name, a field or its path, a file or a folder of the repository, a figure. */
function isKnownToken(token: string, known: Vocabulary): boolean {
  const plain = token.replace(/^[.:]+(?=\w)|[.:]+$/g, "").replace(/\/+$/, "");
  if (plain === "" || /^[/<>|.*+-]+$/.test(plain)) return true;
  const { words, schema, versions } = known;
  if (words.has(plain) || words.has(plain.replace(/^\//, "")) || schema.fields.has(plain)) return true;
  if (isKind(plain, known) || schema.apiVersions.has(plain) || versions.has(plain.replace(/^v/, "")))
    return true;
  if (/^[\w-]+(?:\.[\w-]+)+$/.test(plain) && schema.hasPath(plain)) return true;
  if (plain.includes("/") && [...words].some((word) => word.startsWith(`${plain}/`))) return true;
  if (plain.includes(":") && plain.split(":").every((part) => part === "" || isKnownToken(part, known)))
    return true;
  if (!/^\d/.test(plain)) return false;
  return readAmounts(plain, known.language).every((amount) => isKnownAmount(amount, known.amounts));
}
