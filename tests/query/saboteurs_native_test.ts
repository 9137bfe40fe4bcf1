import { testSaboteurs } from "./saboteurs.ts";

testSaboteurs("native");
