import { testCookbook } from "./cookbook.ts";

testCookbook("wasm");
