// Ends a WebAssembly DuckDB from outside while a statement occupies its thread.

/** A module with one function: a trap, which no WebAssembly code can catch. */
const TRAP = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0],
  ...[7, 5, 1, 1, 116, 0, 0, 10, 5, 1, 3, 0, 0, 11],
);

/**
 * Ends the instance when it reads the clock: DuckDB reads it often while it works, and no other
 * code of debr runs until a statement is done.
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
