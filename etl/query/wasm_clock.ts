// Ends a WebAssembly DuckDB from outside, while a statement leaves no time for anything else.

/** A module whose one function is a trap, which no code of WebAssembly can catch. */
const TRAP = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0],
  ...[7, 5, 1, 1, 116, 0, 0, 10, 5, 1, 3, 0, 0, 11],
);

/**
 * Lets a clock end the instance: DuckDB reads one again and again while it works, and nothing else
 * of ours runs until a statement is done.
 */
export function endAtClock(imports: WebAssembly.Imports, isOver: () => boolean): void {
  const trap = new WebAssembly.Instance(new WebAssembly.Module(TRAP)).exports["t"] as () => void;
  for (const functions of Object.values(imports)) {
    for (const [name, clock] of Object.entries(functions)) {
      if (!String(clock).includes("performance.now")) continue;
      functions[name] = () => {
        if (isOver()) trap();
        return performance.now();
      };
    }
  }
}
