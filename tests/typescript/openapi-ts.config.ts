// How the client is made that checks every answer by a schema before it returns it.
export default {
  input: "schema.json",
  output: { path: "made", module: { extension: ".js" } },
  plugins: ["@hey-api/client-fetch", "zod", { name: "@hey-api/sdk", validator: true }],
};
