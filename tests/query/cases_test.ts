import { testCases } from "./cases.ts";

testCases("wasm");
