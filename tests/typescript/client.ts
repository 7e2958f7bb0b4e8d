// A typed client of the API: its types are made from the API's own description.
import createClient, { type Client } from "openapi-fetch";
import type { components, paths } from "./schema.js";

export type Problem = components["schemas"]["Problem"];
export type Api = Client<paths>;

/** The API at `address`, for whoever holds the session's token, or for nobody. */
export function client(address: string, token?: string): Api {
  return createClient<paths>({ baseUrl: address, headers: token === undefined ? {} : { "X-Session-Token": token } });
}

/** Signs in by the app client's door, which has a description of its own, and returns the session's token. */
export async function signIn(address: string, email: string, password: string): Promise<string> {
  const answer = await fetch(`${address}/api/v1/auth/app/v1/auth/login`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ email, password }),
  });
  const told = (await answer.json()) as { meta?: { session_token?: string } };
  const token = told.meta?.session_token;
  if (answer.status !== 200 || token === undefined) throw new Error(`Not signed in: ${answer.status}`);
  return token;
}

/** What went well, or the problem's detail as an error. */
export function good<T>(answer: { data?: T; error?: Problem }): T {
  if (answer.data === undefined) throw new Error(answer.error?.detail ?? "nothing was answered");
  return answer.data;
}
