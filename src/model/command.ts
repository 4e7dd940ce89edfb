/** A word of a command line, unquoted, and the line of the file it stands on. */
export type Word = {
  text: string;
  line: number;
  /** Whether the shell fills something in when it runs: `$TOKEN`, `$(hostname)`. */
  open: boolean;
};

/** One command of a script, a systemd unit or a cloud-config; only assignments where it has no words. */
export type Command = {
  words: readonly Word[];
  /** What it finds in its environment, as far as the same file says so. */
  env: Readonly<Record<string, Word>>;
  /** The command whose output it reads: `curl … | sh`. */
  input?: readonly Word[];
};

/** A file a script writes: `cat <<EOF > path`. `lineAt` leads from a line of the content, from 1, to the script's own. */
export type WrittenFile = { path: string; content: string; lineAt: (line: number) => number };

/** The last part of a path: `/usr/local/bin/k3s` is `k3s`. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
