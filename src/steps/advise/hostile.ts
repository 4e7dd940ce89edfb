import { blank } from "#model/secrets.ts";
import { isDenied } from "./sentences.ts";

export type Harm = { rule: string; what: string };

const patterns: readonly { rule: string; pattern: RegExp; what: string }[] = [
  {
    rule: "TEXT-01",
    pattern: /<[!@#][^>]*>?|(?<![\w.+/:])@(?!sha256:)[\p{L}\p{N}_-]{2,}/iu,
    what: "mentions nobody: no @name, no <!here>, no <@id>",
  },
  {
    rule: "TEXT-02",
    pattern: /!\[[^\]]*\]\s*\(|<img\b|data:[a-z]+\/[a-z0-9.+-]+[;,]/i,
    what: "embeds no image",
  },
  {
    rule: "TEXT-03",
    pattern:
      /\[[^\]]{0,200}\]\s*\([^)]*\)|<(?:https?|mailto|slack|discord)[^>]*>|\[[^\]]+\]\s*\[[^\]]*\]|^\s*\[[^\]]+\]:\s*\S/im,
    what: "has no link of its own; name the fact's id instead",
  },
  {
    rule: "TEXT-04",
    pattern: /<\/?[a-z][a-z0-9-]*(?:\s[^<>]*)?\/?>|&(?:#x?[0-9a-f]+|lt|gt|amp|nbsp);|\bjavascript:|<!--/i,
    what: "holds no HTML and no angle brackets",
  },
  {
    rule: "TEXT-05",
    // Control characters, zero width, directions and tags: what a reader cannot see.
    pattern:
      /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/u,
    what: "holds no hidden characters",
  },
  {
    rule: "TEXT-06",
    pattern:
      /\p{Script=Latin}[\p{Script=Cyrillic}\p{Script=Greek}]|[\p{Script=Cyrillic}\p{Script=Greek}]\p{Script=Latin}/u,
    what: "mixes no alphabets inside a word",
  },
  {
    rule: "TEXT-07",
    pattern: /```|~~~/,
    what: "holds no code fence; YAML belongs into a snippet",
  },
  {
    rule: "TEXT-08",
    pattern: /[\w.+-]+@[\w-]+\.[a-z]{2,}/i,
    what: "holds no address",
  },
];

const orders: readonly RegExp[] = [
  /\b(?:ignore|disregard|forget|override)\b[^.]{0,40}\b(?:instructions?|rules?|prompts?|guards?|checks?|constraints?|above)\b/i,
  /\b(?:ignorier\w*|missacht\w*|vergiss|vergessen sie)\b[^.]{0,40}\b(?:anweisung\w*|regeln?|vorgaben?|prompt\w*|prüfung\w*)\b/i,
  /\b(?:ignor[ae]\w*|olvid[ae]\w*|omit[ae]\w*)\b[^.]{0,40}\b(?:instrucci\w+|reglas?|indicaci\w+|comprobaci\w+)/i,
  /(?:忽略|无视|忘记|绕过)[^。]{0,16}(?:指令|规则|要求|提示|检查|限制|指示)/,
  /\b(?:system prompt|developer message|jailbreak|you are now|as an ai|als ki-modell|como modelo de lenguaje)\b|系统提示词?|作为(?:一个)?(?:AI|人工智能)/i,
  /\|\s*(?:ba|z)?sh\b|\b(?:curl|wget)\b\s+\S|\brm\s+-rf?\b|\bkubectl\s+(?:delete|exec|apply|drain|cp)\b|\bsudo\s+\w|\bbase64\s+-d|\bnc\s+-|\beval\s*\(/i,
  /\b(?:send|paste|post|upload|e-?mail|dm|submit|reveal|print|forward|reply with|type in)\b[^.]{0,60}\b(?:tokens?|passwords?|kubeconfigs?|private keys?|credentials?|secrets?|api keys?|join tokens?)\b/i,
  /\b(?:send\w*|schick\w*|post(?:en|e|et)|teil\w* sie|füg\w*|lad\w*|übermittel\w*|antwort\w*|nenn\w*)\b[^.]{0,60}\b(?:tokens?|passw\w+|kubeconfigs?|schlüssel\w*|zugangsdaten|geheimnis\w*)/i,
  /(?:env[ií]\w*|pegu\w*|pega|publiqu\w*|sub[ae]\w*|compart[ai]\w*|responda\w*|manden?|revel\w*)(?![\p{L}])[^.]{0,60}(?<!\p{L})(?:tokens?|contraseñas?|kubeconfigs?|claves?|credencial\w*|secretos?)/iu,
  /(?:发送|粘贴|上传|发到|发给|贴到|回复|提供|提交|透露|打印)[^。]{0,24}(?:token|令牌|密码|私钥|密钥|kubeconfig|凭据|凭证|机密)/i,
  /(?:把|将)[^。]{0,16}(?:token|令牌|密码|私钥|密钥|kubeconfig|凭据|凭证|机密)[^。]{0,16}(?:发|贴|上传|提交)/i,
  /\b(?:click|press|hit|approve|confirm|run|execute)\b[^.]{0,20}\b(?:here|now|the button|generate|this command|the following|immediately)\b/i,
  /\b(?:klick\w*|drück\w*|führen sie|bestätig\w*|genehmig\w*)\b[^.]{0,40}\b(?:hier|jetzt|sofort|diesen befehl|folgende\w* befehl)\b/i,
  /\b(?:haga clic|pulse|ejecute|apruebe|confirme)\b[^.]{0,40}\b(?:aquí|ahora|ya mismo|este comando|siguiente comando|de inmediato)\b/i,
  /(?:点击|立即执行|马上执行|请执行|立刻运行|请批准|立即批准)/,
];

/** What must not reach a thread at all, whatever else is true of it. */
export function harmsIn(sentence: string): Harm[] {
  const plain = sentence.normalize("NFKC");
  const harms: Harm[] = [];
  for (const { rule, pattern, what } of patterns) {
    if (pattern.test(sentence) || pattern.test(plain)) harms.push({ rule, what: `the text ${what}` });
  }
  if (blank(sentence) !== sentence)
    harms.push({ rule: "TEXT-09", what: "the text holds what looks like a secret" });
  const isOrder = orders.some((pattern) => pattern.test(plain));
  if (isOrder && !isDenied(plain)) {
    harms.push({
      rule: "TEXT-10",
      what: "the text gives no orders and asks for nothing; it explains the plan",
    });
  }
  return harms;
}
