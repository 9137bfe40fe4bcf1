import { testCookbook } from "./cookbook.ts";

testCookbook("native");
