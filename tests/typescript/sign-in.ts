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
