/**
 * The one door to duckdb-wasm. JavaScript, because TypeScript cannot read `import source` yet: it
 * loads the compiled module with the program, so that no permission to read it is needed.
 *
 * The build for browsers is taken: it has no way to a file but the runtime it is given. The one for
 * Node opens files for writing too, and asks for permissions.
 *
 * @module
 */
import duckdb from "npm:@duckdb/duckdb-wasm@1.28.0/dist/duckdb-browser-blocking.cjs";
import source wasm from "npm:@duckdb/duckdb-wasm@1.28.0/dist/duckdb-eh.wasm";

export { duckdb, wasm };
