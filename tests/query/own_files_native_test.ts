import { testOwnFiles } from "./own_files.ts";

testOwnFiles("native");
