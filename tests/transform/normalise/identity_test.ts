import { assert, assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import fc from "fast-check";
import { codeOf, setUuid, userId, uuidAt } from "../../../etl/transform/normalise/identity.ts";
import { ada } from "../../people.ts";

/** Computed separately with Python's hashlib. */
const ADA_ID = "b8c2f10ac69c82ad96b42b4fbf11cd73";

Deno.test("user_id equals the value that other programs compute", () => {
  assertEquals(userId(ada()), ADA_ID);
  assertEquals(codeOf(["+5:45", "Kathmandu"]), "5f01e12090371d8a");
});

Deno.test("user_id does not depend on login, alternative id, age or the sign of zero", () => {
  const others = [
    { login: { uuid: "00000000-0000-4000-8000-000000000000", username: "u", sha256: "0" } },
    { id: { name: "", value: null } },
    { "dob.age": 1, "registered.age": 99 },
    { "location.postcode": "4360" },
  ];
  for (const other of others) assertEquals(userId(ada(other)), ADA_ID, JSON.stringify(other));
  const zero = (latitude: string) => userId(ada({ "location.coordinates.latitude": latitude }));
  assertEquals(zero("-0.0000"), zero("0.0000"));
});

Deno.test("a changed value of any other field changes user_id", () => {
  const changes: Readonly<Record<string, unknown>> = {
    gender: "male",
    "name.title": "Mrs",
    "name.first": "Ada ",
    "name.last": "example",
    email: "ada.example@example.org",
    phone: "03-5550-0101",
    cell: "",
    "dob.date": "1960-02-29T05:06:07.090Z",
    "registered.date": "2010-11-12T13:14:15.017Z",
    "location.street.number": 43,
    "location.street.name": "Example  Street",
    "location.city": "",
    "location.state": "queensland",
    "location.postcode": "04360",
    "location.coordinates.latitude": "12.3400",
    "location.coordinates.longitude": "156.7801",
    "location.country": "Austria",
    "location.timezone.offset": "-5:45",
    "location.timezone.description": "Kabul",
    "picture.large": "https://randomuser.me/api/portraits/women/1.jpg",
    "picture.medium": "https://randomuser.me/api/portraits/med/women/1.jpg",
    "picture.thumbnail": "https://randomuser.me/api/portraits/thumb/women/1.jpg",
  };
  const ids = Object.entries(changes).map(([path, value]) => userId(ada({ [path]: value })));
  assertEquals(new Set([ADA_ID, ...ids]).size, ids.length + 1);
});

Deno.test("adjacent values are separated before they are hashed", () => {
  const id = (first: string, last: string) =>
    userId(ada({ "name.first": first, "name.last": last }));
  assertNotEquals(id("AB", "C"), id("A", "BC"));
});

Deno.test("user_id is a UUID of version 8", () => {
  for (let number = 0; number < 50; number++) {
    assertMatch(
      userId(ada({ "location.street.number": number })),
      /^[0-9a-f]{12}8[0-9a-f]{3}[89ab][0-9a-f]{15}$/,
    );
  }
});

Deno.test("UUIDs with and without hyphens are written to any row and read back", () => {
  fc.assert(fc.property(fc.uuid(), fc.nat({ max: 3 }), (uuid, row) => {
    const bytes = new Uint8Array(64);
    setUuid(bytes, { row, uuid });
    assertEquals(uuidAt(bytes, row), uuid);
    const plain = new Uint8Array(64);
    setUuid(plain, { row, uuid: uuid.replaceAll("-", "") });
    assertEquals(plain, bytes);
    assert(bytes.every((byte, at) => byte === 0 || at >> 4 === row));
  }));
});
