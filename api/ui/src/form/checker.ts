import { type Schema, Validator } from "@cfworker/json-schema";
import type { RJSFSchema, StrictRJSFSchema, ValidationData, ValidatorType } from "@rjsf/utils";

/**
 * Tells the form which branch of a schema a value fits. It interprets schemas: the usual validator
 * compiles them to code, which the page's policy forbids. What is wrong with an input is said by the
 * service alone.
 */
export const checker: ValidatorType = {
  validateFormData(): ValidationData<unknown> {
    return { errors: [], errorSchema: {} };
  },

  isValid(schema: StrictRJSFSchema, formData: unknown, rootSchema: StrictRJSFSchema): boolean {
    const whole = {
      ...(schema as object),
      $defs: (rootSchema as RJSFSchema)["$defs"],
      definitions: rootSchema.definitions,
    } as Schema;
    try {
      return new Validator(whole, "2020-12", true).validate(formData === undefined ? null : formData).valid;
    } catch {
      return false; // a pattern or reference that only the service understands
    }
  },

  rawValidation() {
    return { errors: [] };
  },
};
