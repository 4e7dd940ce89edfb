const FENCE_START = /^\s*(`{3,}|~{3,})/;

/** Joins lines to messages: a fence stays open until it is closed, and lines of one paste belong together. */
export class Gatherer {
  private lines: string[] = [];
  private fence = "";

  /** Whether a fence is open, so that the next line cannot be a message of its own. */
  get isOpen(): boolean {
    return this.fence !== "";
  }

  /** Takes one line; returns a message once it is whole. */
  take(line: string): string | undefined {
    this.lines.push(line);
    const mark = FENCE_START.exec(line)?.[1];
    if (this.fence === "") {
      if (mark === undefined) return this.flush();
      this.fence = mark;
      return undefined;
    }
    const isClosed = mark !== undefined && mark[0] === this.fence[0] && mark.length >= this.fence.length;
    return isClosed ? this.flush() : undefined;
  }

  /** What was gathered so far, closed or not. */
  flush(): string | undefined {
    if (this.lines.length === 0) return undefined;
    const text = this.lines.join("\n");
    this.lines = [];
    this.fence = "";
    return text;
  }
}
