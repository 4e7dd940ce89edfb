import { defineRule, type Hit } from "#model/rule.ts";

const TOKENS = [
  { what: "AWS access key", shape: /\bAKIA[0-9A-Z]{16}\b/ },
  { what: "GitHub token", shape: /\bgh[pousr]_[A-Za-z0-9]{36}|\bgithub_pat_\w{50}/ },
  { what: "Slack token", shape: /\bxox[baprs]-[\w-]{10}/ },
  { what: "GitLab token", shape: /\bglpat-[\w-]{20}/ },
  { what: "Docker Hub token", shape: /\bdckr_pat_[\w-]{20}/ },
  // https://docs.k3s.io/cli/token#token-format
  { what: "K3s token", shape: /\bK10[0-9a-f]{64}::[\w-]+:\w{8}/ },
  { what: "age key", shape: /AGE-SECRET-KEY-1[0-9A-Z]{40}/ },
  { what: "private key", shape: /-----BEGIN (?:RSA |EC |OPENSSH |DSA )?PRIVATE KEY-----/ },
];

/** What one of them must hold, looked for in a whole text at once: nearly no text does. */
const ANY =
  /AKIA|gh[pousr]_|github_pat_|xox[baprs]-|glpat-|dckr_pat_|\bK10[0-9a-f]{64}|AGE-SECRET-KEY-1|PRIVATE KEY-----/;

/** The lines of a text one by one: every file is read, and a large one must not be held twice. */
function* linesOf(text: string): Generator<[content: string, line: number]> {
  for (let from = 0, line = 1; from <= text.length; line++) {
    const end = text.indexOf("\n", from);
    yield [text.slice(from, end < 0 ? text.length : end), line];
    if (end < 0) return;
    from = end + 1;
  }
}

export default defineRule({
  id: "SEC-05",
  severity: "block",
  title: {
    en: "A real-looking token is in the tree",
    de: "Ein echt aussehendes Token liegt im Repository",
    es: "Hay un token de aspecto real en el repositorio",
    zh: "仓库中有疑似真实的令牌",
  },
  why: {
    en: "Tokens of this shape are used within minutes after a repository leaks.",
    de: "Tokens dieser Form werden Minuten nach einem Leck missbraucht.",
    es: "Los tokens con esta forma se usan pocos minutos después de una fuga.",
    zh: "此类令牌在泄露后几分钟内就会被滥用。",
  },
  message: {
    en: "{file} holds what looks like {what}.",
    de: "{file} enthält, was nach {what} aussieht.",
    es: "{file} contiene algo que parece {what}.",
    zh: "{file} 中含有疑似 {what} 的内容。",
  },
  fix: {
    en: "Revoke it now, and keep it out of Git.",
    de: "Sofort widerrufen und aus Git heraushalten.",
    es: "Revóquelo ya y manténgalo fuera de Git.",
    zh: "立即吊销，并不要放入 Git。",
  },
  source: "https://docs.github.com/en/code-security/secret-scanning/introduction/about-secret-scanning",
  check: (context) =>
    [...context.paths].sort().flatMap((path) => {
      const text = context.text(path);
      if (text === undefined || !ANY.test(text)) return [];
      const hits: Hit[] = [];
      for (const [content, line] of linesOf(text)) {
        const found = TOKENS.find(({ shape }) => content.length < 20_000 && shape.test(content));
        if (found) hits.push({ path, line, values: { file: path, what: found.what } });
      }
      return hits;
    }),
  examples: {
    bad: [
      {
        "a.yaml":
          "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {key: AKIAABCDEFGHIJKLMNOP}}\n",
      },
      { "k3s/config.yaml": `token: K10${"0f".repeat(32)}::server:${"ab".repeat(16)}\n` },
    ],
    good: [
      { "k3s/config.yaml": `token: K10${"0f".repeat(32)}::server:\${PASSWORD}\n` },
      { "a.yaml": "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {key: AKIA}}\n" },
    ],
  },
});
