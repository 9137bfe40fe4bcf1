// `import source` needs no permission to read the module, but only JavaScript can use it yet. The
// Node build would open files for writing and ask for permissions.
import duckdb from "npm:@duckdb/duckdb-wasm@1.28.0/dist/duckdb-browser-blocking.cjs";
import source wasm from "npm:@duckdb/duckdb-wasm@1.28.0/dist/duckdb-eh.wasm";

export { duckdb, wasm };
