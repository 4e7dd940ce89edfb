import fc from "fast-check";
import { expect, test } from "vitest";
import { lineIndex } from "#model/lines.ts";
import { readShell, splitWords } from "#model/shell.ts";

const read = (text: string) => readShell(text, lineIndex(text));
const commands = (text: string) =>
  read(text).commands.map(({ words }) =>
    words.map((word) => `${word.text}${word.open ? "~" : ""}@${word.line}`).join(" "),
  );

test("words, quotes, continued lines, comments, operators", () => {
  const script = `# a comment
run 'a b' "c d" e\\ f \\
  --last # and another
one && two; three | four
`;
  expect(commands(script)).toEqual([
    "run@2 a b@2 c d@2 e f@2 --last@3",
    "one@4",
    "two@4",
    "three@4",
    "four@4",
  ]);
});

test("what the script sets is filled in, what it does not is left open", () => {
  const script = 'A="x y"\nB=$(date)\nrun $A "$A" $B ${C:-z} `id`\nA=other\nrun ${A}\n';
  expect(commands(script).slice(2)).toEqual([
    "run@3 x@1 y@1 x y@1 $B~@3 ${C:-z}~@3 `id`~@3",
    "",
    "run@5 other@4",
  ]);
});

test("assignments, exports and prefixes are no words of the command", () => {
  const [first, second] = read("export A=1\nif sudo -E env B=2 run x; then y; fi").commands;
  expect(first?.env.A?.text).toBe("1");
  expect(second?.words.map(({ text }) => text)).toEqual(["run", "x"]);
  expect(Object.entries(second!.env).map(([name, { text }]) => `${name}=${text}`)).toEqual(["A=1", "B=2"]);
});

test("here-documents are files, or scripts of their own", () => {
  const script = "cat <<A <<-'B' > /one && next\nnot this\nA\n\tthis\n\tB\nssh host bash <<C\nrun there\nC\n";
  const { files, commands: all } = read(script);
  expect(files.map(({ path, content, lineAt }) => [path, content, lineAt(1)])).toEqual([
    ["/one", "this\n", 4],
  ]);
  expect(all.map(({ words }) => words[0]?.text)).toContain("run");
});

test("any text is read to its end", () => {
  const pieces = fc.constantFrom(
    "$(",
    "${",
    "`",
    "'",
    '"',
    "<<E\n",
    "\\",
    "\n",
    "a=$b ",
    "(",
    ")",
    "{{",
    "|",
    "sh -c ",
    "x ",
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 200 }), (parts) => {
      const text = parts.join("");
      for (const { words } of read(text).commands)
        for (const { line } of words) expect(line).toBeGreaterThan(0);
    }),
  );
});

test("a text splits into words as INSTALL_K3S_EXEC does", () => {
  expect(splitWords({ text: "server --a 'b c' --d=$E", line: 7, open: false })).toEqual([
    { text: "server", line: 7, open: false },
    { text: "--a", line: 7, open: false },
    { text: "b c", line: 7, open: false },
    { text: "--d=$E", line: 7, open: true },
  ]);
});
