import { useMutation, useQuery } from "@tanstack/react-query";
import { messages } from "../messages";
import { shown } from "../parts/ansi";
import { Moment } from "../parts/Moment";
import { ProblemNote } from "../parts/ProblemNote";
import { bytes } from "../parts/time";
import { fetchAnswer } from "../service/call";
import { artifactsQuery } from "../service/queries";
import { type Artifact, type Execution, hasEnded } from "../service/types";

/** The files that the execution left. */
export function FileTable({ execution }: { execution: Execution }) {
  const artifacts = useQuery(artifactsQuery(execution.id));
  const download = useMutation({ mutationFn: save });
  if (artifacts.data === undefined) {
    return artifacts.error === null ? (
      <p role="status">{messages.loading}…</p>
    ) : (
      <ProblemNote error={artifacts.error} />
    );
  }
  if (artifacts.data.items.length === 0) {
    return <p className="muted">{hasEnded(execution.status) ? messages.noFiles : messages.noFilesYet}</p>;
  }
  return (
    <>
      <div className="table-frame">
        <table>
          <thead>
            <tr>
              <th scope="col" className="grows">{messages.path}</th>
              <th scope="col">{messages.size}</th>
              <th scope="col" className="wide-only">{messages.expires}</th>
              <th scope="col">{messages.download}</th>
            </tr>
          </thead>
          <tbody>
            {artifacts.data.items.map((artifact) => (
              <tr key={artifact.id}>
                <td className="main-cell grows">
                  <code>{shown(artifact.path)}</code> <small>{shown(artifact.mediaType)}</small>
                </td>
                <td className="nowrap number">{bytes(artifact.size)}</td>
                <td className="wide-only nowrap">
                  <Moment at={artifact.expiresAt} />
                </td>
                <td>
                  {artifact.gone || artifact.links.content == null ? (
                    <span className="muted">{messages.gone}</span>
                  ) : (
                    <button type="button" className="link" onClick={() => download.mutate(artifact)}>
                      {messages.download}
                    </button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {download.error !== null && <ProblemNote error={download.error} />}
    </>
  );
}

/** A plain link could not send the key. The bytes are never shown, only saved. */
async function save(artifact: Artifact): Promise<void> {
  const response = await fetchAnswer(artifact.links.content!);
  const address = URL.createObjectURL(new Blob([await response.arrayBuffer()], { type: "application/octet-stream" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = artifact.path.split("/").pop()!;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
