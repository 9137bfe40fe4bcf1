import { testDataset } from "./dataset_tests.ts";

testDataset("native");
