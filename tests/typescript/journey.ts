// A small journey: lists, creating something once although it is sent twice, and problems that are told apart by their code.
import assert from "node:assert/strict";
import { client, good, type Problem } from "./client.js";
import type { components } from "./schema.js";
import { signIn } from "./sign-in.js";

const [address, email, password] = process.argv.slice(2);
assert(address !== undefined && email !== undefined && password !== undefined, "address, email, password");

const nobody = client(address);
const skills = good(await nobody.GET("/api/v1/skills", { params: { query: { search: "front end" } } }));
assert(skills.results.some((skill) => skill.code === "front-end" && skill.parent !== null));

const unknown = await nobody.GET("/api/v1/me");
assert.equal(unknown.error?.code, "not_authenticated");
assert.equal(unknown.response.status, 401);

const me = client(address, await signIn(address, email, password));
const account = good(await me.GET("/api/v1/me"));
assert.equal(account.email, email);
assert.equal(account.is_reviewer, false);

const mine: components["schemas"]["ProfileInputRequest"] = {
  first_name: "Alice",
  adult: true,
  max_hours_per_week: 4,
  time_zone: "America/New_York",
  claims: [{ skill: "front-end", level: 4, wants_to_use: true }],
  windows: [{ weekday: 1, starts: "18:00", ends: "21:00" }],
};
const profile = good(await me.PUT("/api/v1/me/profile", { body: mine }));
assert.deepEqual(
  profile.claims.map((claim) => claim.skill),
  ["front-end"],
);

// A version that is old is refused, and typed code can tell.
const stale = await me.PUT("/api/v1/me/profile", {
  params: { header: { "If-Match": '"999"' } },
  body: { ...mine, max_hours_per_week: 5 },
});
assert.equal(advice(stale.error), "load it again");

// Sent twice under one key, done once.
const key = { params: { header: { "Idempotency-Key": "register" } } };
const standing = {
  name: "Doe for Senate",
  candidate: "Kim Doe",
  office: "State Senate",
  level: "state" as const,
  district: "5",
  jurisdiction: "US-WA",
  election_on: "2031-11-04",
};
const first = good(await me.POST("/api/v1/campaigns", { ...key, body: standing }));
const again = await me.POST("/api/v1/campaigns", { ...key, body: standing });
assert.equal(good(again).id, first.id);
assert.equal(again.response.headers.get("Idempotent-Replayed"), "true");
const other = await me.POST("/api/v1/campaigns", { ...key, body: { ...standing, name: "Roe" } });
assert.equal(advice(other.error), "use a new key");

const wrong = await me.POST("/api/v1/campaigns", { body: { ...standing, election_on: "soon" } });
assert.deepEqual(Object.keys(wrong.error?.errors ?? {}), ["election_on"]);
// An invalid input always has its errors, and any call may have to be sent again later.
if (wrong.error?.code === "invalid") assert.equal(Object.values(wrong.error.errors).length, 1);
assert.notEqual(wrong.error?.status, 503);

// What a notice is about follows from its kind.
const notices = good(await me.GET("/api/v1/me/notices"));
for (const notice of notices.results) {
  if (notice.kind === "message") assert.equal(typeof (notice.subjects.match satisfies string), "string");
}

// Before its verification a campaign sees nobody, so no second factor is asked for.
const waiting = good(await me.GET("/api/v1/campaigns", { params: { query: { ordering: "-election_on" } } }));
assert.deepEqual(
  waiting.results.map((campaign) => campaign.state),
  ["unverified"],
);

const matches = good(await me.GET("/api/v1/me/matches"));
assert.deepEqual(matches.results, []);

console.log("The typed journey is at its end.");

/** What a program would do about a problem. */
function advice(problem: Problem | undefined): string {
  switch (problem?.code) {
    case "stale":
      return "load it again";
    case "key_reused":
      return "use a new key";
    case "second_factor_needed":
      return "set up a second factor";
    default:
      return problem?.detail ?? "go on";
  }
}
