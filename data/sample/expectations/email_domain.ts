/** An expectation of one's own, in TypeScript: e-mail addresses are of a domain that has no mail. */
import { expectation } from "@debr/debr/check";

export default expectation({
  name: "users.email.domain",
  table: "users",
  description: "E-mail addresses are made up, below example.com",
  severity: "warn",
  mostly: 0.99,
  kind: "matches",
  column: "email",
  pattern: /@example\.com$/,
});
