// The only import of duckdb-wasm. This is JavaScript because TypeScript cannot read `import source`
// yet: the module is compiled with the program, so no permission to read it is needed. The browser
// build opens only the files of its runtime; the Node build also opens files for writing and asks
// for permissions.
import duckdb from "npm:@duckdb/duckdb-wasm@1.28.0/dist/duckdb-browser-blocking.cjs";
import source wasm from "npm:@duckdb/duckdb-wasm@1.28.0/dist/duckdb-eh.wasm";

export { duckdb, wasm };
