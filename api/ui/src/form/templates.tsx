import type {
  ArrayFieldItemTemplateProps,
  FieldTemplateProps,
  IconButtonProps,
  TemplatesType,
} from "@rjsf/utils";
import { getTemplate } from "@rjsf/utils";
import { messages } from "../messages";

/** Label, field, what it means, what is wrong with it: in this order, and tied together for screen readers. */
function Field(props: FieldTemplateProps) {
  const { id, label, required, displayLabel, hidden, children, rawDescription, description, errors, uiSchema } = props;
  const Wrap = getTemplate("WrapIfAdditionalTemplate", props.registry, undefined);
  if (hidden === true) return <div hidden>{children}</div>;
  const checkbox = uiSchema?.["ui:widget"] === "checkbox" || props.schema.type === "boolean";
  return (
    <Wrap {...props}>
      {displayLabel === true && !checkbox && (
        <label htmlFor={id}>
          {label}
          {required === true && <span className="required" aria-hidden="true"> *</span>}
        </label>
      )}
      {children}
      {displayLabel === true && rawDescription !== undefined && rawDescription !== "" && (
        <div className="hint">{description}</div>
      )}
      {errors}
    </Wrap>
  );
}

function Item({ children, buttonsProps, hasToolbar, registry }: ArrayFieldItemTemplateProps) {
  const Buttons = getTemplate("ArrayFieldItemButtonsTemplate", registry, undefined);
  return (
    <div className="form-item">
      <div className="form-item-field">{children}</div>
      {hasToolbar && (
        <div className="form-item-buttons">
          <Buttons {...buttonsProps} />
        </div>
      )}
    </div>
  );
}

function button(text: string, sign: string) {
  return function FormButton({ id, disabled, onClick }: IconButtonProps) {
    return (
      <button
        type="button"
        id={id}
        className="quiet small"
        disabled={disabled}
        aria-label={text}
        title={text}
        onClick={onClick}
      >
        {sign}
      </button>
    );
  };
}

export const templates: Partial<TemplatesType> = {
  FieldTemplate: Field,
  ArrayFieldItemTemplate: Item,
  ButtonTemplates: {
    AddButton: button(messages.addItem, `+ ${messages.addItem}`),
    RemoveButton: button(messages.removeItem, "×"),
    MoveUpButton: button(messages.moveUp, "↑"),
    MoveDownButton: button(messages.moveDown, "↓"),
    CopyButton: button(messages.copy, "⧉"),
    ClearButton: button(messages.removeItem, "×"),
    SubmitButton: () => null,
  },
};
