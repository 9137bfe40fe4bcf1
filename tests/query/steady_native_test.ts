import { testSteady } from "./steady.ts";

testSteady("native");
