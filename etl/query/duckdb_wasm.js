// The one door to duckdb-wasm. JavaScript, because TypeScript cannot read `import source` yet: the
// module is loaded compiled with the program, so no permission to read it is needed.
// The browser build has no files but those of its runtime; the Node build opens files for writing
// too, and asks for permissions.
import duckdb from "npm:@duckdb/duckdb-wasm@1.28.0/dist/duckdb-browser-blocking.cjs";
import source wasm from "npm:@duckdb/duckdb-wasm@1.28.0/dist/duckdb-eh.wasm";

export { duckdb, wasm };
