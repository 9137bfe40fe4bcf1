import { testAnalyst } from "./analyst.ts";

testAnalyst("native");
