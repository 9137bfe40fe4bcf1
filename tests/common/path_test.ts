import { assertEquals } from "@std/assert";
import { fromHere, pathFrom, pathOfUrl } from "../../etl/common/path.ts";

/** System, working directory, typed path, expected path in the project. */
const TYPED: readonly (readonly ["posix" | "windows", string, string, string])[] = [
  ["posix", "/p", "a.json", "a.json"],
  ["posix", "/p", "./a.json", "./a.json"],
  ["posix", "/p", "pages/*.json", "pages/*.json"],
  ["posix", "/p", "data/x/", "data/x/"],
  ["posix", "/p", "back\\slash.json", "back\\slash.json"],
  ["posix", "/p/docs", "a.json", "/p/docs/a.json"],
  ["posix", "/p/docs", "../data/x/", "/p/data/x/"],
  ["posix", "/p/docs", "pages/*.json", "/p/docs/pages/*.json"],
  ["posix", "/p/docs", "back\\slash.json", "/p/docs/back\\slash.json"],
  ["posix", "/p/docs", "/tmp/a.json", "/tmp/a.json"],
  ["posix", "/home/me", "a b/ä.json", "/home/me/a b/ä.json"],
  ["posix", "/", "a.json", "/a.json"],
  ["windows", "C:/p", "a.json", "a.json"],
  ["windows", "C:/p", "data\\x", "data/x"],
  ["windows", "C:/p", ".\\pages\\*.json", "./pages/*.json"],
  ["windows", "C:/p/docs", "..\\data\\x", "C:/p/data/x"],
  ["windows", "C:/p/docs", "../data/x", "C:/p/data/x"],
  ["windows", "C:/p/docs", "D:\\pages\\a.json", "D:/pages/a.json"],
  ["windows", "C:/p/docs", "d:/pages/a.json", "d:/pages/a.json"],
  ["windows", "C:/p/docs", "\\\\server\\share\\a.json", "//server/share/a.json"],
  ["windows", "//server/share/p", "a.json", "//server/share/p/a.json"],
  ["windows", "D:/", "pages\\a.json", "D:/pages/a.json"],
];

Deno.test("a typed path is relative to the working directory on every system", () => {
  for (const [system, here, typed, path] of TYPED) {
    const windows = system === "windows";
    const found = pathFrom(typed, { here, root: windows ? "C:/p" : "/p", windows });
    assertEquals(found, path, `${system}: ${typed} in ${here}`);
  }
});

/** System, working directory, path in the project, expected printed path. */
const SHOWN: readonly (readonly ["posix" | "windows", string, string, string])[] = [
  ["posix", "/p", "docs/a.json", "docs/a.json"],
  ["posix", "/p/docs", "docs/a.json", "a.json"],
  ["posix", "/p/docs/x", "data/y", "../../data/y"],
  ["posix", "/p/docs", "/tmp/a.json", "/tmp/a.json"],
  ["posix", "/home/me", "docs/a.json", "../../p/docs/a.json"],
  ["windows", "C:/p/docs", "docs/a.json", "a.json"],
  ["windows", "C:/p/docs", "D:/a.json", "D:/a.json"],
  ["windows", "D:/x", "docs/a.json", "C:/p/docs/a.json"],
];

Deno.test("a path of the dataset is printed relative to the working directory", () => {
  for (const [system, here, path, shown] of SHOWN) {
    const windows = system === "windows";
    assertEquals(fromHere(path, { here, root: windows ? "C:/p" : "/p", windows }), shown, here);
  }
});

Deno.test("the path of a file URL keeps its drive, server and spaces", () => {
  const cases = [
    ["file:///home/me/a%20b.ts", false, "/home/me/a b.ts"],
    ["file:///C:/Users/me/a%20b.ts", true, "C:/Users/me/a b.ts"],
    ["file://server/share/a.ts", true, "//server/share/a.ts"],
  ] as const;
  for (const [url, windows, path] of cases) assertEquals(pathOfUrl(new URL(url), windows), path);
});
