import type { Block, Button } from "#model/block.ts";
import { buttonsOf } from "./draw.ts";

const NUMERIC = /^\d+$/;
const LETTERS = "abcdefghijklmnopqrstuvwxyz";

function letter(at: number): string {
  const last = LETTERS[at % LETTERS.length]!;
  return at < LETTERS.length ? last : letter(Math.floor(at / LETTERS.length) - 1) + last;
}

/**
 * What a person types to press a button. Choices are numbered; buttons, and choices that are numbers themselves,
 * get letters: "3" under "How many nodes?" means three nodes, not the third choice.
 */
export class Marks {
  private buttons = new Map<string, Button>();
  private letters = 0;
  private numbers = 0;

  /** Marks for the buttons of one block. */
  give(block: Block): string[] {
    const buttons = buttonsOf(block);
    const isNumbered = block.kind === "choice" && !buttons.every(({ value = "" }) => NUMERIC.test(value));
    return buttons.map((button) => {
      const mark = isNumbered ? String(++this.numbers) : letter(this.letters++);
      this.buttons.set(mark, button);
      return mark;
    });
  }

  /** The button a line means: its mark, or its whole label. */
  find(line: string): Button | undefined {
    const typed = line
      .trim()
      .toLowerCase()
      .replace(/^\[(.*)\]$/, "$1");
    const marked = this.buttons.get(typed);
    if (marked) return marked;
    return [...this.buttons.values()].find(({ label }) => label.toLowerCase() === typed);
  }

  /** The person has answered: new messages are marked from the beginning. */
  clear(): void {
    this.buttons.clear();
    this.letters = 0;
    this.numbers = 0;
  }
}
