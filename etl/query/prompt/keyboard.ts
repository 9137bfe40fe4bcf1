/** A line; `interrupt` for Ctrl-C, `end` for Ctrl-D. */
type Input = { readonly line: string } | "interrupt" | "end";

export interface Keyboard {
  /** Reads the next line; `typed` is its initial text, which the user can edit. */
  readonly read: (prompt: string, typed?: string) => Promise<Input>;
  /** Replaces the lines of an input with the whole input in the history. */
  readonly remember: (whole: string) => void;
  /** Calls back on Ctrl-C while a statement runs, until the returned function is called. */
  readonly running: (interrupted: () => void) => () => void;
  readonly close: () => void;
}

export type Complete = (before: string, line: string) => Promise<[string[], string]>;

/** Opens the keyboard of this process; stderr shows the input. `history` has the newest first. */
export async function openKeyboard(
  history: readonly string[],
  complete: Complete,
): Promise<Keyboard> {
  const { createInterface } = await import("node:readline/promises");
  const { default: process } = await import("node:process");
  const { stdin: input, stderr: output } = process;
  const entries = [...history];
  const lines = createInterface({
    input,
    output,
    terminal: true,
    prompt: "",
    history: [...entries],
    historySize: 1000,
    tabSize: 2,
    completer: (before: string): ReturnType<Complete> => complete(before, lines.line),
  });
  // Pasted lines arrive faster than they are read.
  const inputs: Input[] = [];
  let take: ((input: Input) => void) | undefined;
  const give = (input: Input) => {
    if (take) take(input);
    else inputs.push(input);
    take = undefined;
  };
  let recalled: string[] = [];
  lines.on("history", (now: string[]) => recalled = now);
  lines.on("line", (line) => give({ line }));
  lines.once("close", () => give("end"));
  lines.on("SIGINT", () => {
    lines.write(null, { ctrl: true, name: "e" });
    lines.write(null, { ctrl: true, name: "u" });
    output.write("\n");
    inputs.length = 0;
    give("interrupt");
  });
  return {
    running: (interrupted) => {
      Deno.addSignalListener("SIGINT", interrupted);
      // Keys send signals again: Ctrl-\ ends even an engine that ignores aborts.
      input.setRawMode(false);
      return () => {
        input.setRawMode(true);
        Deno.removeSignalListener("SIGINT", interrupted);
      };
    },
    close: () => lines.close(),
    remember: (whole) => {
      if (entries[0] !== whole) entries.unshift(whole);
      recalled.splice(0, recalled.length, ...entries);
    },
    read: async (prompt, typed = "") => {
      const [next] = inputs;
      if (next !== undefined) return next === "end" ? next : inputs.shift()!;
      lines.setPrompt(prompt);
      lines.prompt();
      lines.write(typed);
      return await new Promise((resolve) => take = resolve);
    },
  };
}
