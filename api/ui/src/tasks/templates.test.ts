import { expect, test } from "vitest";
import { LocatedText } from "../parts/pointer";
import { readLabels } from "./labels";
import { templates } from "./templates";

test.each(Object.entries(templates))("the template for %s can be read", (runtime, text) => {
  const located = new LocatedText(text);
  expect(located.faults).toEqual([]);
  expect(located.value()).toMatchObject({ name: "greet", automated: { runtime } });
});

test("labels are read as they are written", () => {
  expect(readLabels(" team=sales, run = 7,")).toEqual({ team: "sales", run: "7" });
  expect(readLabels("")).toEqual({});
  expect(readLabels("=x")).toBeNull();
  expect(readLabels("novalue")).toBeNull();
});
