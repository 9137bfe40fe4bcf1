import { testSteady } from "./steady.ts";

testSteady("wasm");
