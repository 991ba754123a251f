import { useQueryClient } from "@tanstack/react-query";
import { useBlocker, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { messages } from "../messages";
import type { TaggedDraft } from "../service/versions";
import { type DraftEdit, DraftTab } from "./DraftTab";

/** A task of which nothing is published yet. */
export function DraftRoom({ tagged }: { tagged: TaggedDraft }) {
  const { name } = tagged.draft.task;
  const client = useQueryClient();
  const navigate = useNavigate();
  const [edit, setEdit] = useState<DraftEdit | null>(null);
  useBlocker({
    shouldBlockFn: ({ current, next }) =>
      edit !== null && current.pathname !== next.pathname && !confirm(messages.leaveUnsaved),
    enableBeforeUnload: () => edit !== null,
  });
  return (
    <>
      <div className="room-head">
        <h1>
          {name} <small className="tag">{messages.draft}</small>
        </h1>
      </div>
      <p className="note">{messages.notYetPublished}</p>
      <DraftTab
        name={name}
        tagged={tagged}
        newest={0}
        edit={edit}
        onEdit={setEdit}
        onGone={(version) => {
          client.removeQueries({ queryKey: ["draft", name] });
          void client.invalidateQueries({ queryKey: ["tasks"] });
          if (version === null) {
            void navigate({ to: "/tasks" });
          } else {
            void client.invalidateQueries({ queryKey: ["task", name] });
            void navigate({ to: "/tasks/$task", params: { task: name }, search: { tab: "start" } });
          }
        }}
      />
    </>
  );
}
