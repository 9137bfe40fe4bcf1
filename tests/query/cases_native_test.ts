import { testCases } from "./cases.ts";

testCases("native");
