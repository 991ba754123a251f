import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { messages } from "../messages";
import { ProblemNote } from "../parts/ProblemNote";
import { call } from "../service/call";
import type { Task } from "../service/types";
import { useTitle } from "../shell/title";
import { MEDIA_TYPES } from "./definition";
import { DefinitionEditor, type Draft } from "./DefinitionEditor";
import { type TemplateName, templates } from "./templates";

/** Writes a task from a template. */
export function NewTaskRoom() {
  useTitle(messages.newTask);
  const navigate = useNavigate();
  const client = useQueryClient();
  const [template, setTemplate] = useState<TemplateName>("python");
  const [draft, setDraft] = useState<Draft>({ text: templates.python, language: "yaml" });
  const create = useMutation({
    mutationFn: async () =>
      (
        await call<Task>("/tasks", {
          method: "POST",
          text: { type: MEDIA_TYPES[draft.language], body: draft.text },
        })
      ).data,
    onSuccess: async (task) => {
      void client.invalidateQueries({ queryKey: ["tasks"] });
      await navigate({ to: "/tasks/$task", params: { task: task.name }, search: { tab: "start" } });
    },
  });

  return (
    <>
      <div className="room-head">
        <h1>{messages.newTask}</h1>
        <label className="beside">
          {messages.template}
          <select
            value={template}
            onChange={(event) => {
              const chosen = event.target.value as TemplateName;
              setTemplate(chosen);
              setDraft({ text: templates[chosen], language: "yaml" });
            }}
          >
            {(Object.keys(templates) as TemplateName[]).map((name) => (
              <option key={name} value={name}>
                {messages.templates[name]}
              </option>
            ))}
          </select>
        </label>
      </div>
      <DefinitionEditor
        draft={draft}
        onChange={(next) => {
          setDraft(next);
          create.reset();
        }}
        readOnly={false}
        actions={(verdict) => (
          <button
            type="button"
            className="primary"
            disabled={verdict.state !== "valid" || create.isPending}
            onClick={() => create.mutate()}
          >
            {messages.create}
          </button>
        )}
      />
      {create.error !== null && <ProblemNote error={create.error} />}
    </>
  );
}
