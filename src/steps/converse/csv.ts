import { type PlaceholderName, placeholderNames } from "#model/brief.ts";

const known: readonly string[] = placeholderNames;
const isName = (cell: string | undefined): cell is PlaceholderName => known.includes(cell ?? "");
const listed: readonly string[] = ["regions"];
const rowsRead = 100_000; // one a site; more is no list a person keeps

/**
 * A brief out of a table: `name,value` lines, or one row under names of answers. Several rows are a list of sites: they are
 * counted, their regions are gathered, and what they have in common holds for the fleet. Undefined where no column is known.
 */
export function readCsv(text: string): Record<string, unknown> | undefined {
  const rows = parse(text).slice(0, rowsRead);
  const [head, ...body] = rows;
  if (!head || body.length === 0) return undefined;
  const pairs = rows.filter((row) => isName(row[0]) && row.length === 2);
  if (head.length === 2 && !isName(head[1]) && pairs.length >= rows.length - 1 && pairs.length > 0)
    return Object.fromEntries(pairs.map(([name, value]) => [name, typed(name!, [value!])]));
  const columns = head.flatMap((name, at) => (isName(name) ? [{ name, at }] : []));
  const region = head.findIndex((name) => /^regions?$/i.test(name));
  if (columns.length === 0 && region === -1) return undefined;
  const brief: Record<string, unknown> = {};
  for (const { name, at } of columns) {
    const values = [...new Set(body.map((row) => row[at] ?? "").filter((cell) => cell !== ""))];
    // What differs from row to row holds for none of them alone.
    if (values.length === 1 || listed.includes(name)) brief[name] = typed(name, values);
  }
  const regions = [...new Set(body.map((row) => row[region] ?? "").filter((cell) => cell !== ""))];
  if (regions.length > 0) brief.regions = regions;
  if (body.length > 1) brief.sites = sitesOf(body, head.indexOf("sites"));
  return Object.keys(brief).length > 0 ? brief : undefined;
}

/** Rows are sites, unless a column says how many each stands for. */
function sitesOf(rows: readonly string[][], column: number): number {
  const counts = column === -1 ? [] : rows.map((row) => Number(row[column]));
  const isCounted = counts.length > 0 && counts.every((count) => Number.isInteger(count) && count > 0);
  return isCounted ? counts.reduce((sum, count) => sum + count, 0) : rows.length;
}

function typed(name: string, values: readonly string[]): unknown {
  if (listed.includes(name))
    return values.flatMap((value) => value.split(/\s*;\s*/)).filter((one) => one !== "");
  const [value = ""] = values;
  if (/^-?\d+(\.\d+)?$/.test(value)) return Number(value);
  if (/^(true|yes)$/i.test(value)) return true;
  if (/^(false|no)$/i.test(value)) return false;
  return value;
}

/** Rows of cells; quotes keep separators and line breaks, the separator is the one the first line has most of. */
function parse(text: string): string[][] {
  const whole = text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
  const first = whole.slice(0, whole.indexOf("\n") === -1 ? undefined : whole.indexOf("\n"));
  const separator = [";", "\t"].find((mark) => first.split(mark).length > first.split(",").length) ?? ",";
  const rows: string[][] = [[]];
  let cell = "";
  let isQuoted = false;
  const endCell = () => {
    rows.at(-1)!.push(cell.trim());
    cell = "";
  };
  for (let at = 0; at < whole.length; at++) {
    const mark = whole[at]!;
    if (isQuoted && mark === '"' && whole[at + 1] === '"') cell += whole[++at];
    else if (mark === '"') isQuoted = !isQuoted;
    else if (!isQuoted && mark === separator) endCell();
    else if (!isQuoted && mark === "\n") {
      endCell();
      rows.push([]);
    } else cell += mark;
  }
  endCell();
  return rows.filter((row) => row.some((one) => one !== ""));
}
