import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { messages } from "../messages";
import { ProblemNote } from "../parts/ProblemNote";
import { call } from "../service/call";
import type { Draft, Task } from "../service/types";
import { useTitle } from "../shell/title";
import { MEDIA_TYPES, type Written } from "./definition";
import { DefinitionEditor } from "./DefinitionEditor";
import { type TemplateName, templates } from "./templates";
import { TestRun } from "./TestRun";

/** Writes a task from a template. */
export function NewTaskRoom() {
  useTitle(messages.newTask);
  const navigate = useNavigate();
  const client = useQueryClient();
  const [template, setTemplate] = useState<TemplateName>("python");
  const [written, setWritten] = useState<Written>({ text: templates.python, language: "yaml" });
  const create = useMutation({
    mutationFn: async () =>
      (
        await call<Task>("/tasks", {
          method: "POST",
          text: { type: MEDIA_TYPES[written.language], body: written.text },
        })
      ).data,
    onSuccess: async (task) => {
      void client.invalidateQueries({ queryKey: ["tasks"] });
      await navigate({ to: "/tasks/$task", params: { task: task.name }, search: { tab: "start" } });
    },
  });
  const keep = useMutation({
    mutationFn: async () =>
      (
        await call<Draft>("/tasks?draft=true", {
          method: "POST",
          text: { type: MEDIA_TYPES[written.language], body: written.text },
        })
      ).data,
    onSuccess: async ({ task }) => {
      void client.invalidateQueries({ queryKey: ["tasks"] });
      await navigate({ to: "/tasks/$task", params: { task: task.name }, search: { tab: "draft" } });
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
              setWritten({ text: templates[chosen], language: "yaml" });
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
        written={written}
        onChange={(next) => {
          setWritten(next);
          create.reset();
          keep.reset();
        }}
        readOnly={false}
        actions={(verdict) => (
          <>
            <TestRun written={written} ready={verdict.state === "valid"} />
            <button
              type="button"
              disabled={verdict.state === "unread" || keep.isPending}
              onClick={() => keep.mutate()}
            >
              {messages.saveDraft}
            </button>
            <button
              type="button"
              className="primary"
              disabled={verdict.state !== "valid" || create.isPending}
              onClick={() => create.mutate()}
            >
              {messages.create}
            </button>
          </>
        )}
      />
      {create.error !== null && <ProblemNote error={create.error} />}
      {keep.error !== null && <ProblemNote error={keep.error} />}
    </>
  );
}
