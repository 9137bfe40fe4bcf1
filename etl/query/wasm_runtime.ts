// SQL in WebAssembly can access only the files opened here, whatever the process may access.
import type { Runtime, WasmModule } from "./duckdb_wasm.d.ts";
import { REFUSAL } from "./sql_error.ts";

/** DuckDB's protocol number for files of the runtime. */
const THROUGH_RUNTIME = 1;
const FOR_WRITING = 2;
const DECODER = new TextDecoder();

export interface WasmFiles {
  /** Open parts by path. Their size is kept, because asking for it later needs permission. */
  readonly parts: ReadonlyMap<string, { readonly file: Deno.FsFile; readonly size: number }>;
  /** Receives the bytes of the file with this name, in order. No other file can be written. */
  sink?: { readonly name: string; readonly write: (bytes: Uint8Array) => void } | undefined;
}

function readText(mod: WasmModule, address: number, length: number): string {
  return DECODER.decode(mod.HEAPU8.slice(address, address + length));
}

/** Makes the engine throw an error; the statement reports it as DuckDB's. */
function fail(mod: WasmModule, message: string): 0 {
  mod.ccall("duckdb_web_fail_with", null, ["string"], [message]);
  return 0;
}

function pathOf(mod: WasmModule, file: number): string {
  const stack = mod.stackSave();
  const answer = mod.stackAlloc(3 * 8);
  const types = ["number", "number", "number"];
  mod.ccall("duckdb_web_fs_get_file_info_by_id", null, types, [answer, file, 0]);
  const [, address = 0, length = 0] = mod.HEAPF64.subarray(answer >> 3, (answer >> 3) + 3);
  mod.stackRestore(stack);
  const info = JSON.parse(readText(mod, address, length)) as { readonly fileName: string };
  mod.ccall("duckdb_web_clear_response", null, [], []);
  return info.fileName;
}

export function readAt(file: Deno.FsFile, into: Uint8Array, position: number): number {
  file.seekSync(position, Deno.SeekMode.Start);
  let done = 0;
  while (done < into.length) {
    const read = file.readSync(into.subarray(done));
    if (read === null) break;
    done += read;
  }
  return done;
}

export function wasmRuntime(files: WasmFiles): Runtime {
  const open = new Map<number, Deno.FsFile>();
  const refuse = (mod: WasmModule, address = 0, length = 0) =>
    fail(mod, `${REFUSAL} ${readText(mod, address, length)}`);
  const nothing = () => 0;
  return {
    testPlatformFeature: () => true,
    getDefaultDataProtocol: () => THROUGH_RUNTIME,
    openFile: (mod, id = 0, flags = 0) => {
      const path = pathOf(mod, id);
      const part = files.parts.get(path);
      // The engine hangs if opening for writing fails, so the first write is refused instead.
      if (!part && !(flags & FOR_WRITING)) return fail(mod, `${REFUSAL} ${path}`);
      if (part) open.set(id, part.file);
      const answer = mod._malloc(2 * 8);
      mod.HEAPF64[answer >> 3] = part?.size ?? 0;
      mod.HEAPF64[(answer >> 3) + 1] = 0;
      return answer;
    },
    readFile: (mod, id = 0, address = 0, length = 0, position = 0) => {
      const file = open.get(id);
      if (!file) return fail(mod, `${REFUSAL} file ${id}`);
      return readAt(file, mod.HEAPU8.subarray(address, address + length), position);
    },
    writeFile: (mod, id = 0, address = 0, length = 0) => {
      const path = pathOf(mod, id);
      if (path !== files.sink?.name) return fail(mod, `${REFUSAL} ${path}`);
      files.sink.write(mod.HEAPU8.slice(address, address + length));
      return length;
    },
    glob: (mod, address = 0, length = 0) => {
      const path = readText(mod, address, length);
      if (!files.parts.has(path)) return refuse(mod, address, length);
      return mod.ccall("duckdb_web_fs_glob_add_path", null, ["string"], [path]);
    },
    checkFile: (mod, address = 0, length = 0) => files.parts.has(readText(mod, address, length)),
    checkDirectory: () => false,
    closeFile: (_, id = 0) => Number(open.delete(id)),
    getLastFileModificationTime: nothing,
    syncFile: nothing,
    truncateFile: nothing,
    createDirectory: refuse,
    removeDirectory: refuse,
    listDirectoryEntries: refuse,
    moveFile: refuse,
    removeFile: refuse,
    callScalarUDF: refuse,
  };
}

/** A module with one function: a trap, which no WebAssembly code can catch. */
const TRAP = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0],
  ...[7, 5, 1, 1, 116, 0, 0, 10, 5, 1, 3, 0, 0, 11],
);

/** Ends the instance when it reads the clock, as DuckDB does often while a statement runs. */
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
