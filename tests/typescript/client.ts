// A typed client of the API: its types are made from the API's own description.
import createClient, { type Client } from "openapi-fetch";
import type { components, paths } from "./schema.js";

export type Problem = components["schemas"]["Problem"];
export type Api = Client<paths>;

/** The API at `address`, for whoever holds the session's token, or for nobody. */
export function client(address: string, token?: string): Api {
  return createClient<paths>({ baseUrl: address, headers: token === undefined ? {} : { "X-Session-Token": token } });
}

/** What went well, or the problem's detail as an error. A 204 in place of an answer is that of a repeated request. */
export function good<T>(answer: { data?: T; error?: Problem }): NonNullable<T> {
  if (answer.data === undefined || answer.data === null) {
    throw new Error(answer.error?.detail ?? "It was done before. Read it again.");
  }
  return answer.data;
}
