import { basename } from "node:path";
import type { Block } from "#model/block.ts";
import type { Say } from "#model/platform.ts";
import type { Language } from "#model/text.ts";
import { bundle } from "#steps/bundle.ts";
import { checkBlocks, isLong } from "#steps/render.ts";
import { reportText } from "#steps/report.ts";
import type { Reviewed, ReviewFile } from "./now.ts";

type File = Extract<Block, { kind: "file" }>;
type Speaker = { say: Say; language: Language };

const UNSAFE = /[^\w.@-]+/g;
/** A file says the rest itself. */
const correctionsShown = 12;
/** What stands where a credential stood. */
const BLANKED = "‹secret:";

/** A review as it is posted: findings by severity, the whole report where it is long, and what was mended, as a file. */
export function reviewBlocks(
  files: readonly ReviewFile[],
  { report, mended, done, wrongConfig }: Reviewed,
  speaker: Speaker,
): Block[] {
  const { say } = speaker;
  const blocks = checkBlocks(report, speaker);
  if (wrongConfig !== undefined) blocks.push({ kind: "notice", tone: "warning", text: wrongConfig });
  if (isLong(report)) blocks.push(wholeReport(files, report, speaker));
  if (mended.length === 0) return blocks;
  blocks.push({ kind: "paragraph", text: say("check.fixed", { count: done.length }) });
  blocks.push({ kind: "list", items: correctionWords(done, speaker) });
  if (mended.some(({ content }) => content.includes(BLANKED)))
    blocks.push({ kind: "notice", tone: "warning", text: say("check.blanked") });
  blocks.push(fixedFile(mended));
  return blocks;
}

function correctionWords(done: Reviewed["done"], { language }: Speaker): string[] {
  const items = done.slice(0, correctionsShown).map(({ finding: { path, line, rule, message } }) => {
    return `\`${path}:${line}\` ${rule}: ${message[language]}`;
  });
  const left = done.length - items.length;
  return left > 0 ? [...items, "…"] : items;
}

function wholeReport(files: readonly ReviewFile[], report: Reviewed["report"], speaker: Speaker): File {
  const texts = new Map(files.map(({ path, content }) => [path, content]));
  const content = reportText(report, { texts, ...speaker });
  return {
    kind: "file",
    name: "report.txt",
    content,
    mime: "text/plain",
    caption: speaker.say("check.report"),
  };
}

/** One file under its own name, several as a zip. */
function fixedFile(mended: readonly ReviewFile[]): File {
  const [only, ...others] = mended;
  if (only !== undefined && others.length === 0) {
    const mime = /\.json$/i.test(only.path) ? "application/json" : "application/yaml";
    return { kind: "file", name: `fixed-${safe(basename(only.path))}`, content: only.content, mime };
  }
  const paths = new Map(mended.map(({ path, content }) => [path.split("/").map(safe).join("/"), content]));
  const content = bundle([...paths].map(([path, text]) => ({ path, content: text })));
  return { kind: "file", name: "fixed.zip", content, mime: "application/zip" };
}

function safe(name: string): string {
  const plain = name.replace(UNSAFE, "-");
  return /^\.{0,2}$/.test(plain) ? "_" : plain;
}
