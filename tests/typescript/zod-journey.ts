// A small journey with another generator's client, which checks each answer by a zod schema before it returns it.
import assert from "node:assert/strict";
import { client } from "./made/client.gen.js";
import * as api from "./made/index.js";
import { signIn } from "./sign-in.js";

const [address, email, password] = process.argv.slice(2);
assert(address !== undefined && email !== undefined && password !== undefined, "address, email, password");

client.setConfig({ baseUrl: address });
const unknown = await api.getMyAccount();
assert.equal(unknown.error?.code, "not_authenticated");

client.setConfig({ baseUrl: address, headers: { "X-Session-Token": await signIn(address, email, password) } });
const vocabulary = good(await api.getVocabulary());
assert(vocabulary.time_zones.some((zone) => zone.code === "America/New_York"));
assert(vocabulary.enums.weekday.length === 7);

const profile = good(
  await api.replaceMyProfile({
    body: {
      first_name: "Alice",
      adult: true,
      max_hours_per_week: 4,
      time_zone: "America/New_York",
      claims: [{ skill: "front-end", level: 4 }],
      presets: ["evenings"],
    },
  }),
);
assert.equal(profile.claims[0]?.wants_to_use, true);

const candidacy = {
  name: "Doe for Senate",
  candidate: "Kim Doe",
  office: "State Senate",
  level: "state" as const,
  jurisdiction: "US-WA",
  election_on: new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10),
};
const campaign = good(await api.registerCampaign({ body: candidacy }));
assert.equal(campaign.primary_on, null);

// The first page of a list, whose addresses are null, and lists of which nothing is there yet.
const notices = good(await api.listMyNotices({ query: { page_size: 5 } }));
assert.equal(notices.previous, null);
assert.deepEqual(good(await api.listMyMatches()).results, []);
assert.deepEqual(good(await api.listContests()).results, []);
good(await api.getActivePolicy());
good(await api.listMyTokens());

const refused = await api.registerCampaign({ body: { ...candidacy, name: "Again", jurisdiction: "nowhere" } });
assert.equal(refused.error?.code, "invalid");

console.log("The checked journey is at its end.");

/** What went well; the journey ends with the problem, or with the fault that the schema found. */
function good<T>(answer: { data?: T; error?: unknown }): Exclude<T, void> {
  if (answer.data === undefined) throw new Error(JSON.stringify(answer.error) ?? String(answer.error));
  return answer.data as Exclude<T, void>;
}
