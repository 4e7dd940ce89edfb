import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { blank, blankDeep } from "#model/secrets.ts";

const chars = (alphabet: string, min: number, max = min) =>
  fc.string({ unit: fc.constantFrom(...alphabet), minLength: min, maxLength: max });
const lower = "abcdefghijklmnopqrstuvwxyz";
const upper = lower.toUpperCase();
const digits = "0123456789";
const alnum = lower + upper + digits;
const hex = "0123456789abcdef";
const base64 = `${alnum}+/`;
const word = `${alnum}_-`;

/** Enough of each class that it looks made by a machine, as all of these are. */
const strong = (alphabet: string, min: number, max = min) =>
  chars(alphabet, min - 3, max - 3).map((text) => `${text}a7Q`);
const strongHex = (length: number) => chars(hex, length - 2).map((text) => `${text}7c`);

/** A credential as people paste it, and the part of it that must not be readable afterwards. */
type Sample = { text: string; secret: string };
const plain = (secrets: fc.Arbitrary<string>) => secrets.map((secret): Sample => ({ text: secret, secret }));
const within = (secrets: fc.Arbitrary<string>, wrap: (secret: string) => string) =>
  secrets.map((secret): Sample => ({ text: wrap(secret), secret }));
const lines = (text: string, width = 64) => text.match(new RegExp(`.{1,${width}}`, "g"))!.join("\n");
const pem = (kind: string) =>
  within(
    strong(base64, 200, 1700),
    (body) => `-----BEGIN ${kind}-----\n${lines(body)}\n-----END ${kind}-----`,
  );
const jwt = fc
  .tuple(strong(word, 20, 40), strong(word, 40, 300), strong(word, 43))
  .map(([head, body, mac]) => `eyJ${head}.eyJ${body}.${mac}`);
const password = strong(`${alnum}!#%&*+-=?@^_~$`, 8, 40).filter((text) => !/^[&*-]/.test(text));

const kinds: Record<string, fc.Arbitrary<Sample>> = {
  "slack bot token": plain(
    fc.tuple(chars(digits, 12), strong(alnum, 24)).map(([id, key]) => `xoxb-${id}-${id}-${key}`),
  ),
  "slack app token": plain(
    fc.tuple(chars(digits, 12), strongHex(64)).map(([id, key]) => `xapp-1-A0${id}-${id}-${key}`),
  ),
  "slack user token": plain(
    fc.tuple(chars(digits, 12), strongHex(32)).map(([id, key]) => `xoxp-${id}-${id}-${key}`),
  ),
  "slack signing secret": within(strongHex(32), (secret) => `SLACK_SIGNING_SECRET=${secret}`),
  "slack webhook": within(
    strong(alnum, 24),
    (key) => `https://hooks.slack.com/services/T0AAAAAAA/B0AAAAAAA/${key}`,
  ),
  "discord bot token": plain(
    fc
      .tuple(chars(alnum, 24), chars(word, 6), strong(word, 38))
      .map(([id, at, mac]) => `M${id}.${at}.${mac}`),
  ),
  "discord webhook": within(
    strong(word, 68),
    (key) => `https://discord.com/api/webhooks/1234567890123/${key}`,
  ),
  "discord answer to a command": within(
    strong(word, 80),
    (token) => `https://discord.com/api/v10/webhooks/123456789012345678/${token}/messages/@original`,
  ),
  "discord interaction": within(
    strong(word, 80),
    (token) => `https://discord.com/api/v10/interactions/123456789012345678/${token}/callback`,
  ),
  "github classic": plain(strong(alnum, 36).map((key) => `ghp_${key}`)),
  "github server": plain(strong(alnum, 36).map((key) => `ghs_${key}`)),
  "github fine-grained": plain(
    fc.tuple(chars(alnum, 22), strong(alnum, 59)).map(([a, b]) => `github_pat_${a}_${b}`),
  ),
  gitlab: plain(strong(word, 20).map((key) => `glpat-${key}`)),
  "aws key id": plain(chars(upper + digits, 16).map((key) => `AKIA${key}`)),
  "aws secret": within(strong(base64, 40), (key) => `aws_secret_access_key = ${key}`),
  "aws pair": within(strong(base64, 40), (key) => `AKIAABCDEFGHIJKLMNOP, ${key}`),
  "gcp service account": within(
    strong(base64, 200, 1600),
    (body) =>
      `"private_key": "-----BEGIN PRIVATE KEY-----\\n${lines(body).replaceAll("\n", "\\n")}\\n-----END PRIVATE KEY-----\\n"`,
  ),
  "google api key": plain(strong(word, 35).map((key) => `AIza${key}`)),
  "azure client secret": plain(strong(alnum, 34).map((key) => `abc8Q~${key}`)),
  "azure storage key": within(
    strong(base64, 86),
    (key) => `AccountName=x;AccountKey=${key}==;EndpointSuffix=y`,
  ),
  openai: plain(strong(word, 120).map((key) => `sk-proj-${key}`)),
  "openai classic": within(strong(alnum, 48), (key) => `key sk-${key}`),
  anthropic: plain(strong(word, 95).map((key) => `sk-ant-api03-${key}`)),
  "k3s node token": plain(
    fc.tuple(strongHex(64), strongHex(32)).map(([ca, key]) => `K10${ca}::server:${key}`),
  ),
  "k3s token in a config": within(password, (key) => `server: https://x:6443\ntoken: "${key}"\n`),
  "k3s token in a command": within(
    strong(alnum, 16),
    (key) => `k3s agent --server https://x:6443 --token ${key} --debug`,
  ),
  "bootstrap token": within(
    chars(lower + digits, 15).map((key) => `${key}7`),
    (key) => `kubeadm join abc123.${key} `,
  ),
  "kubeconfig key": within(strong(base64, 400, 2400), (key) => `    client-key-data: ${key}==`),
  "kubeconfig certificate": within(strong(base64, 400, 1600), (key) => `    client-certificate-data: ${key}`),
  "service account token": plain(jwt),
  "age key": plain(chars("QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L", 58).map((key) => `AGE-SECRET-KEY-1${key}`)),
  "rsa key": pem("RSA PRIVATE KEY"),
  "ec key": pem("EC PRIVATE KEY"),
  "pkcs8 key": pem("ENCRYPTED PRIVATE KEY"),
  "openssh key": pem("OPENSSH PRIVATE KEY"),
  "cosign key": pem("ENCRYPTED SIGSTORE PRIVATE KEY"),
  "pgp key": pem("PGP PRIVATE KEY BLOCK"),
  "indented key": within(
    strong(base64, 200, 1600),
    (body) =>
      `tls.key: |\n  -----BEGIN PRIVATE KEY-----\n  ${lines(body).replaceAll("\n", "\n  ")}\n  -----END PRIVATE KEY-----\n`,
  ),
  "kubernetes secret": within(
    strong(base64, 12, 60),
    (value) =>
      `apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\ndata:\n  whatever: ${value}\n  other: "${value}"\n`,
  ),
  "kubernetes secret, strings": within(
    strong(alnum, 12, 60),
    (value) =>
      `kind: List\nitems:\n- stringData:\n    a.conf: |\n      user = edge\n      word = ${value}\n  kind: Secret\n`,
  ),
  "kubernetes secret, json": within(
    strong(base64, 12, 60),
    (value) =>
      `{"kind":"Secret","apiVersion":"v1","data":{"a":"${value}","b.json":"{\\"c\\":1}","d":"${value}"}}`,
  ),
  "docker auth": within(strong(base64, 20, 60), (auth) => `{"auths":{"ghcr.io":{"auth":"${auth}=="}}}`),
  "docker config": within(strong(base64, 100, 400), (auth) => `  .dockerconfigjson: ${auth}`),
  "basic auth in a url": within(password, (key) => `https://edge:${key}@registry.example.com/v2/`),
  "postgres url": within(password, (key) => `postgres://app:${key}@db.example.com:5432/app?sslmode=require`),
  "redis url without a user": within(password, (key) => `redis://:${key}@cache:6379/0`),
  "password in yaml": within(password, (key) => `  password: '${key}'`),
  "password in an environment": within(password, (key) => `export DB_PASSWORD=${key}`),
  "password in json": within(strong(alnum, 8, 40), (key) => `{"user":"a","password":"${key}","port":1}`),
  "password in spanish": within(password, (key) => `la contraseña: ${key}`),
  "password in german": within(password, (key) => `Das Passwort lautet ${key}`),
  "password in chinese": within(password, (key) => `密码：${key}`),
  "container variable": within(
    password,
    (key) => `        - name: MQTT_PASSWORD\n          value: "${key}"\n`,
  ),
  "bearer header": within(strong(word, 24, 60), (key) => `curl -H "Authorization: Bearer ${key}" https://x`),
  "basic header": within(strong(base64, 16, 60), (key) => `Authorization: Basic ${key}==`),
  "wi-fi key": within(strong(alnum, 8, 63), (key) => `network={\n  ssid="yard"\n  psk="${key}"\n}`),
  "wi-fi code": within(strong(alnum, 8, 63), (key) => `WIFI:T:WPA;S:yard;P:${key};;`),
  wireguard: within(strong(base64, 43), (key) => `[Interface]\nPrivateKey = ${key}=\nAddress = 10.0.0.2/32`),
  vault: plain(strong(word, 90).map((key) => `hvs.${key}`)),
  npm: within(strong(alnum, 36), (key) => `//registry.example.com/:_authToken=npm_${key}`),
  stripe: plain(strong(alnum, 24).map((key) => `sk_live_${key}`)),
  telegram: plain(fc.tuple(chars(digits, 10), strong(word, 33)).map(([id, key]) => `${id}:AA${key}`)),
  "password hash": plain(strong(`${alnum}./`, 86).map((hash) => `$6$saltsalt$${hash}`)),
  tailscale: plain(strong(alnum, 24).map((key) => `tskey-auth-${key}`)),
  sendgrid: plain(fc.tuple(strong(word, 22), strong(word, 43)).map(([a, b]) => `SG.${a}.${b}`)),
  "docker token": plain(strong(word, 27).map((key) => `dckr_pat_${key}`)),
  "hugging face": plain(strong(alnum, 34).map((key) => `hf_${key}`)),
};

/** Parts of eight characters that can still be read. */
function readable(secret: string, result: string): string[] {
  const found: string[] = [];
  for (let at = 0; at + 8 <= secret.length; at++)
    if (result.includes(secret.slice(at, at + 8))) found.push(secret.slice(at, at + 8));
  return found;
}

// What a secret is embedded in: not by chance a part of it.
const around = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 60 }),
  fc.constantFrom(
    "",
    "hello ",
    "5,000 trucks\n",
    "apiVersion: v1\nkind: ConfigMap\n---\n",
    '{"a": [1, "',
    "token ",
    "```yaml\n",
  ),
);

describe("blanks what people paste by accident", () => {
  test.each(Object.keys(kinds))("%s", (kind) => {
    fc.assert(
      fc.property(kinds[kind]!, around, around, ({ text, secret }, before, after) => {
        fc.pre(readable(secret, before + after).length === 0);
        const result = blank(`${before}\n${text}\n${after}`);
        expect(readable(secret, result), result).toEqual([]);
        expect(result).toContain("‹secret:");
        expect(blank(result)).toBe(result);
      }),
      { numRuns: 60 },
    );
  });

  const glued = [
    "slack bot token",
    "github classic",
    "gitlab",
    "aws key id",
    "anthropic",
    "service account token",
    "vault",
    "k3s node token",
    "age key",
  ];
  test.each(glued)("%s, also with text right before and behind it", (kind) => {
    fc.assert(
      fc.property(
        kinds[kind]!,
        chars(alnum, 0, 12),
        fc.string({ maxLength: 12 }),
        ({ text, secret }, before, after) => {
          expect(readable(secret, blank(`${before}${text}${after}`))).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("a key that was cut off", () => {
    const body = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj";
    expect(blank(`-----BEGIN PRIVATE KEY-----\n${body}\n${body}\nand then?`)).toBe(
      "-----BEGIN PRIVATE KEY-----\n‹secret:private-key›\n\nand then?",
    );
  });

  test("at least 25 kinds are known by name", () =>
    expect(Object.keys(kinds).length).toBeGreaterThanOrEqual(25));
});

const sha = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
const harmless = {
  deployment: `apiVersion: apps/v1
kind: Deployment
metadata: { name: pos, namespace: retail, uid: 0b7c4f6e-3c55-4a63-9a4f-0f6a4a7a1d11 }
spec:
  template:
    spec:
      serviceAccountName: pos
      automountServiceAccountToken: false
      imagePullSecrets: [{ name: registry-credentials }]
      containers:
        - name: pos
          image: registry.example.com:5000/edge/pos:1.4.2@sha256:${sha}
          env:
            - name: DB_PASSWORD
              valueFrom: { secretKeyRef: { name: db, key: password } }
            - name: TOKEN_FILE
              value: /var/run/secrets/tokens/api
            - name: API_TOKEN
              value: $(OTHER_TOKEN)
          volumeMounts: [{ name: token, mountPath: /var/run/secrets/tokens }]
      volumes:
        - name: token
          projected: { sources: [{ serviceAccountToken: { path: api, expirationSeconds: 3600 } }] }
        - name: tls
          secret: { secretName: pos-tls-2 }
`,
  flux: `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
spec:
  url: oci://registry.example.com/edge/fleet
  ref: { tag: ring-1 }
  secretRef: { name: registry-auth-2026 }
  verify: { provider: cosign, secretRef: { name: cosign-pub } }
---
kind: Kustomization
spec:
  decryption: { provider: sops, secretRef: { name: sops-age } }
  postBuild: { substituteFrom: [{ kind: Secret, name: cluster-vars }] }
`,
  sops: `apiVersion: v1
kind: Secret
metadata: { name: db }
stringData:
  password: ENC[AES256_GCM,data:p673w==,iv:YY=,aad:UQ=,tag:A=,type:str]
sops:
  age:
    - recipient: age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p
      enc: ENC[AES256_GCM,data:abc,iv:YY=,tag:A=,type:str]
`,
  external: `kind: ExternalSecret
spec:
  secretStoreRef: { name: vault, kind: ClusterSecretStore }
  target: { name: db-credentials-2 }
  data: [{ secretKey: password, remoteRef: { key: retail/db, property: password } }]
`,
  sealed:
    "kind: SealedSecret\nspec:\n  encryptedData:\n    password: AgBy3i4OJSWK+PiTySYZZA9rO43cGDEq\n".replace(
      "password:",
      "db:",
    ),
  configMap:
    "kind: ConfigMap\ndata:\n  url: https://x\n  size: 20Gi\n---\nkind: Secret\nmetadata: { name: a }\n",
  k3s: `write-kubeconfig-mode: "0640"
token-file: /etc/rancher/k3s/token
tls-san: [edge.example.com]
kubelet-arg: ["max-pods=40"]
secrets-encryption: true
`,
  template:
    'password: ${DB_PASSWORD}\ntoken: {{ .Values.token }}\nsecret: <your-secret>\nPASSWORD=$DB_PASSWORD\npassword: ""\n',
  workflow:
    'permissions: { contents: "read", "id-token": "write" }\npassword: "${{ secrets.REGISTRY_PASSWORD }}"\npassword: ${{ secrets.X }}\n',
  source: 'imagePullSecrets: like("v1/Pod", "/spec/imagePullSecrets"),\ntokens: readonly Token[];\n',
  sentences:
    "Snapshots are kept with the server token: one without the other restores nothing. 还需要 server token：数据存储里的引导数据。 `worker-token`: `k0s token create --role=worker`",
  prose:
    "We need disk-encryption-by-k3s-and-luks on 5,000 devices, tokens rotated; the password is rotated weekly. Which secret store? max_tokens: 4096, task-runner-with-many-words-2026.",
  urls: "https://docs.k3s.io/cli/token#server-token git@github.com:org/repo.git https://x.example.com:8443/a@b oci://ghcr.io/org/app:1.2@sha256:abc",
  lock: `"integrity": "sha512-${"A1b2".repeat(20)}==", "resolved": "https://registry.example.com/keyv/-/keyv-5.6.0.tgz"`,
  certificate: `-----BEGIN CERTIFICATE-----\n${"MIIBszCCAVmg".repeat(20)}\n-----END CERTIFICATE-----`,
  ssh: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGFiY2RlZmdoaWprbG1ub3BxcnN0dXZ3eHl6 ops@example.com",
  commit: `commit ${sha.slice(0, 40)} tree ${sha}`,
};

test.each(Object.entries(harmless))("leaves %s as it is", (_, text) => expect(blank(text)).toBe(text));

test("keeps lines and structure, so that what is checked later has its line numbers", () => {
  const body = "A1b2".repeat(16);
  const manifest = `kind: Secret\nmetadata: { name: a }\nstringData:\n  key.pem: |\n    -----BEGIN PRIVATE KEY-----\n    ${body}\n    ${body}\n    -----END PRIVATE KEY-----\n  plain: hunter2hunter2 \n---\nkind: ConfigMap\ndata: { a: b }\n`;
  const result = blank(manifest);
  expect(result.split("\n")).toHaveLength(manifest.split("\n").length);
  expect(result).toContain("  plain: ‹secret:kubernetes-secret›\n---\nkind: ConfigMap\ndata: { a: b }\n");
  expect(blank('{"password": "abc123def", "port": 5432}')).toBe(
    '{"password": "‹secret:password›", "port": 5432}',
  );
});

test("blanking again changes nothing, whatever the text", () => {
  const bits = fc.constantFrom(
    "password",
    "token",
    "secret",
    ":",
    "=",
    " ",
    "\n",
    '"',
    "'",
    "‹secret:",
    "›",
    "kind: Secret",
    "data:",
    "  ",
    "- ",
    "xoxb-1234567890ab",
    "-----BEGIN PRIVATE KEY-----",
    "-----END",
    "eyJhbGciOi",
    ".",
    "://",
    "@",
    "a1B2c3D4e5F6",
    "K10",
    "{",
    "}",
    "|",
    "\\n",
    "Bearer ",
    "psk",
  );
  const texts = fc
    .array(fc.oneof(bits, fc.string({ maxLength: 8 })), { maxLength: 30 })
    .map((parts) => parts.join(""));
  fc.assert(
    fc.property(texts, (text) => {
      const once = blank(text);
      expect(blank(once)).toBe(once);
    }),
    { numRuns: 2_000 },
  );
});

test("looks into objects, errors and names, and leaves the rest alone", () => {
  const error = new TypeError("no: password=hunter2hunter2", { cause: { token: "short" } });
  const result = blankDeep({
    err: error,
    list: ["ghp_0123456789abcdefghijABCDEFGHIJ012345"],
    n: 1,
    none: null,
    botToken: "x",
  });
  const text = JSON.stringify(result);
  expect(text).not.toMatch(/hunter2|ghp_|short/);
  expect(result).toMatchObject({ n: 1, none: null, botToken: "‹secret:named›", err: { name: "TypeError" } });
});

describe("takes time in proportion to the text", () => {
  const unit = `apiVersion: v1\nkind: ConfigMap\ndata:\n  image: registry.example.com/a@sha256:${sha}\n  password: \${X}\n  url: https://a.example.com:443/b\n---\n`;
  /** Said once in front, then again and again. */
  const fronts: Record<string, string> = {
    "a key that never ends": "-----BEGIN PRIVATE KEY-----\n",
    "a value that never ends": '"kind": "Secret", "data": {"a": "',
    "a password that never ends": "password: ",
    "a name that never ends": "kind: Secret\n",
    "blanks that never end": "kind: Secret\ndata:\n",
    "a host that never ends": "https://a:",
    "hex that never ends": "K10",
    "a PuTTY key that never ends": "Private-Lines: 10\n",
  };
  const nasty: Record<string, string> = {
    "a key that never ends": "A",
    "a value that never ends": "a",
    "a password that never ends": "a1",
    "a name that never ends": "a",
    "blanks that never end": " ",
    "a host that never ends": "b",
    "hex that never ends": "a",
    "a PuTTY key that never ends": `${"A".repeat(64)}\n`,
    manifests: unit,
    "begins without an end": "-----BEGIN PRIVATE KEY-----\n",
    "half a token": "eyJhbGciOiJIUzI1NiIs",
    "names without values": "password token secret ",
    "quotes without an end": 'password="',
    "slashes and colons": "://a:",
    spaces: "password          ",
    "kinds of secrets": "kind: Secret\n",
    "data without an end": '"kind":"Secret","data":{"a":"',
    capitals: "MNO",
    "wi-fi": "WIFI:S:",
    names: "name: PASSWORD\nvalue",
    dashes: "--token-",
    letters: "a",
  };
  test.each(Object.keys(nasty))("10 MB of %s", { timeout: 60_000 }, (name) => {
    const time = (megabytes: number) => {
      const text =
        (fronts[name] ?? "") + nasty[name]!.repeat(Math.ceil((megabytes * 1e6) / nasty[name]!.length));
      const start = performance.now();
      blank(text);
      return performance.now() - start;
    };
    time(0.1);
    const [small, large] = [time(1), time(10)];
    // Ten times the text; a quadratic pattern takes a hundred times as long. Room for a busy machine.
    expect(large, `${small} ms for 1 MB`).toBeLessThan(Math.max(small, 20) * 40);
  });
});
