import { readFileSync } from "node:fs";
import openapi, { astToString, COMMENT_HEADER } from "openapi-typescript";
import { expect, test } from "vitest";

test("the types are those of the committed contract", async () => {
  const contract = new URL("../../../src/main/resources/openapi.json", import.meta.url);
  const made = COMMENT_HEADER + astToString(await openapi(contract));
  const committed = readFileSync(new URL("./contract.d.ts", import.meta.url), "utf8");
  expect(committed === made, "run `npm run types` in api/ui and commit what it makes").toBe(true);
});
