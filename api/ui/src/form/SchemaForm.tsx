import Form from "@rjsf/core/lib/components/Form.js";
import { type ErrorSchema, ErrorSchemaBuilder, type RJSFSchema } from "@rjsf/utils";
import { useMemo } from "react";
import { partsOf } from "../parts/pointer";
import type { Violation } from "../service/types";
import { checker } from "./checker";
import { templates } from "./templates";

const UI = { "ui:submitButtonOptions": { norender: true } };

/** A form made from a JSON Schema, with the service's errors beside the fields that they are about. */
export default function SchemaForm({
  schema,
  value,
  errors,
  onChange,
  onSubmit,
}: {
  schema: RJSFSchema;
  value: unknown;
  errors: readonly Violation[];
  onChange: (value: unknown) => void;
  onSubmit: () => void;
}) {
  const extra = useMemo<ErrorSchema>(() => {
    const builder = new ErrorSchemaBuilder();
    errors.forEach(({ pointer, message }) => {
      builder.addErrors(message, partsOf(pointer).map((part) => (/^\d+$/.test(part) ? Number(part) : part)));
    });
    return builder.ErrorSchema;
  }, [errors]);
  return (
    <Form
      schema={schema}
      uiSchema={UI}
      validator={checker}
      templates={templates}
      formData={value}
      idPrefix="input"
      noValidate
      noHtml5Validate
      showErrorList={false}
      extraErrors={extra}
      onChange={(event) => onChange(event.formData)}
      onSubmit={onSubmit}
    >
      <></>
    </Form>
  );
}
