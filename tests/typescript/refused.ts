// What the types must refuse: were one of these lines allowed, its comment would be the error.
import { client } from "./client.js";
import type { components } from "./schema.js";

export async function refused(): Promise<void> {
  const api = client("http://127.0.0.1:1");
  // @ts-expect-error: there is no such address
  await api.GET("/api/v1/nothing");
  // @ts-expect-error: a level of office is one of those that there are
  await api.GET("/api/v1/campaigns", { params: { query: { level: "galactic" } } });
  // @ts-expect-error: a campaign has a candidate
  await api.POST("/api/v1/campaigns", { body: { name: "x" } });
  // @ts-expect-error: a list is ordered by what it can be ordered by
  await api.GET("/api/v1/campaigns", { params: { query: { ordering: "secret" } } });
  // @ts-expect-error: a 412 has the code of a 412
  const code: components["schemas"]["StaleProblem"]["code"] = "full";
  console.log(code);
  const { data } = await api.GET("/api/v1/me");
  // @ts-expect-error: an account does not tell its password
  console.log(data?.password);
}
