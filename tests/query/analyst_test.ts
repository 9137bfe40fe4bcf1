import { testAnalyst } from "./analyst.ts";

testAnalyst("wasm");
