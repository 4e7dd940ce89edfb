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
  /(?<!\p{L})(?:ignore|disregard|forget|override)(?!\p{L})[^.]{0,40}(?<!\p{L})(?:instructions?|rules?|prompts?|guards?|checks?|constraints?|above)(?!\p{L})/iu,
  /(?<!\p{L})(?:ignorier[\p{L}\p{N}]*|missacht[\p{L}\p{N}]*|vergiss|vergessen sie)(?!\p{L})[^.]{0,40}(?<!\p{L})(?:anweisung[\p{L}\p{N}]*|regeln?|vorgaben?|prompt[\p{L}\p{N}]*|prüfung[\p{L}\p{N}]*)(?!\p{L})/iu,
  /(?<!\p{L})(?:ignor[ae][\p{L}\p{N}]*|olvid[ae][\p{L}\p{N}]*|omit[ae][\p{L}\p{N}]*)(?!\p{L})[^.]{0,40}(?<!\p{L})(?:instrucci[\p{L}\p{N}]+|reglas?|indicaci[\p{L}\p{N}]+|comprobaci[\p{L}\p{N}]+)/iu,
  /(?:忽略|无视|忘记|绕过)[^。]{0,16}(?:指令|规则|要求|提示|检查|限制|指示)/,
  /(?<!\p{L})(?:system prompt|developer message|jailbreak|you are now|as an ai|als ki-modell|como modelo de lenguaje)(?!\p{L})|系统提示词?|作为(?:一个)?(?:AI|人工智能)/iu,
  /\|\s*(?:ba|z)?sh\b|(?<!\p{L})(?:curl|wget)(?!\p{L})\s+\S|\brm\s+-rf?\b|\bkubectl\s+(?:delete|exec|apply|drain|cp)(?!\p{L})|\bsudo\s+\w|\bbase64\s+-d|\bnc\s+-|\beval\s*\(/iu,
  /(?<!\p{L})(?:send|paste|post|upload|e-?mail|dm|submit|reveal|print|forward|reply with|type in)(?!\p{L})[^.]{0,60}(?<!\p{L})(?:tokens?|passwords?|kubeconfigs?|private keys?|credentials?|secrets?|api keys?|join tokens?)(?!\p{L})/iu,
  /(?<!\p{L})(?:send[\p{L}\p{N}]*|schick[\p{L}\p{N}]*|post(?:en|e|et)|teil[\p{L}\p{N}]* sie|füg[\p{L}\p{N}]*|lad[\p{L}\p{N}]*|übermittel[\p{L}\p{N}]*|antwort[\p{L}\p{N}]*|nenn[\p{L}\p{N}]*)(?!\p{L})[^.]{0,60}(?<!\p{L})(?:tokens?|passw[\p{L}\p{N}]+|kubeconfigs?|schlüssel[\p{L}\p{N}]*|zugangsdaten|geheimnis[\p{L}\p{N}]*)/iu,
  /(?:env[ií]\w*|pegu\w*|pega|publiqu\w*|sub[ae]\w*|compart[ai]\w*|responda\w*|manden?|revel\w*)(?![\p{L}])[^.]{0,60}(?<!\p{L})(?:tokens?|contraseñas?|kubeconfigs?|claves?|credencial\w*|secretos?)/iu,
  /(?<!\p{L})(?:share|give|hand|tell)(?!\p{L})[^.]{0,40}(?<!\p{L})(?:tokens?|passwords?|kubeconfigs?|keys?|credentials?|secrets?)(?!\p{L})[^.]{0,20}(?<!\p{L})(?:with|to|over)(?!\p{L})/iu,
  /(?<!\p{L})(?:geben|gib|teilen|überlassen|nennen|verraten)(?!\p{L})[^.]{0,60}(?:token|passw|kubeconfig|schlüssel|zugangsdaten)/iu,
  /(?<!\p{L})(?:entregu|facilit|dé|den|comunic|dig)[\p{L}]*(?!\p{L})[^.]{0,60}(?<!\p{L})(?:tokens?|contraseñas?|kubeconfigs?|claves?|credencial[\p{L}]*)/iu,
  /(?:把|将)[^。]{0,16}(?:token|令牌|密码|私钥|密钥|kubeconfig|凭据|凭证)[^。]{0,16}(?:交给|告诉|透露给|提供给|分享给)/iu,
  /(?:发送|粘贴|上传|发到|发给|贴到|回复|提供|提交|透露|打印)[^。]{0,24}(?:token|令牌|密码|私钥|密钥|kubeconfig|凭据|凭证|机密)/iu,
  /(?:把|将)[^。]{0,16}(?:token|令牌|密码|私钥|密钥|kubeconfig|凭据|凭证|机密)[^。]{0,16}(?:发|贴|上传|提交)/iu,
  /(?<!\p{L})(?:click|press|hit|approve|confirm|run|execute)(?!\p{L})[^.]{0,20}(?<!\p{L})(?:here|now|the button|generate|this command|the following|immediately)(?!\p{L})/iu,
  /(?<!\p{L})(?:klick[\p{L}\p{N}]*|drück[\p{L}\p{N}]*|führen sie|bestätig[\p{L}\p{N}]*|genehmig[\p{L}\p{N}]*)(?!\p{L})[^.]{0,40}(?<!\p{L})(?:hier|jetzt|sofort|diesen befehl|folgende[\p{L}\p{N}]* befehl)(?!\p{L})/iu,
  /(?<!\p{L})(?:haga clic|pulse|ejecute|apruebe|confirme)(?!\p{L})[^.]{0,40}(?<!\p{L})(?:aquí|ahora|ya mismo|este comando|siguiente comando|de inmediato)(?!\p{L})/iu,
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
