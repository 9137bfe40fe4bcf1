import { assert, assertEquals, assertThrows } from "@std/assert";
import { makeId, parsePlace, placeText } from "../../etl/backup/place.ts";
import { UsageError } from "../../etl/common/errors.ts";

const ID = "20261124T010203Z-postgres-5f0c1d2e3a4b";

function parsed(text: string | undefined) {
  const { place, id } = parsePlace(text);
  return [place.kind === "folder" ? place.path : placeText(place), id];
}

Deno.test("a place is a bucket with a prefix or a folder, and may end with the id of a backup", () => {
  assertEquals(parsed("s3://bucket"), ["s3://bucket", undefined]);
  assertEquals(parsed("s3://bucket/a/b/"), ["s3://bucket/a/b", undefined]);
  assertEquals(parsed(`gs://bucket/a/${ID}`), ["gs://bucket/a", ID]);
  assertEquals(parsed(`gs://bucket/${ID}/`), ["gs://bucket", ID]);
  assertEquals(parsed("/mnt/backups/"), ["/mnt/backups", undefined]);
  assertEquals(parsed(`backups/${ID}`), ["backups", ID]);
  assertEquals(parsed("/"), ["/", undefined]);
});

Deno.test("an id contains the start time of a backup and sorts by it", () => {
  const began = Date.UTC(2026, 10, 24, 1, 2, 3);
  assertEquals(makeId(began + 999, { kind: "postgres", tag: "5f0c1d2e3a4b99" }), ID);
});

const WRONG = {
  "it contains credentials": "s3://key:pl4nted@bucket/x",
  "it has parameters": "s3://bucket/x?secret=pl4nted",
  "it names no bucket": "gs:///pl4nted",
  "a bucket has no port": "s3://bucket:1/pl4nted",
  "neither s3:// nor gs://": "https://u:pl4nted@host/x",
};

for (const [says, text] of Object.entries(WRONG)) {
  Deno.test(`an invalid place is refused and not quoted: ${says}`, () => {
    const error = assertThrows(() => parsePlace(text), UsageError, says);
    assert(!`${error.message}${(error as UsageError).next}`.includes("pl4nted"));
  });
}

Deno.test("without an option the environment variable names the place", () => {
  const before = Deno.env.get("DEBR_BACKUP_URL");
  Deno.env.set("DEBR_BACKUP_URL", "s3://from-environment");
  try {
    assertEquals(parsed(undefined), ["s3://from-environment", undefined]);
    Deno.env.delete("DEBR_BACKUP_URL");
    assertThrows(() => parsePlace(undefined), UsageError, "no place is given");
  } finally {
    if (before !== undefined) Deno.env.set("DEBR_BACKUP_URL", before);
  }
});
