package io.taskwright.store.catalogue;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;

/** The tasks, by id and by name. */
interface TaskRows extends JpaRepository<TaskEntity, UUID> {
  Optional<TaskEntity> findByProjectAndId(String project, UUID id);

  Optional<TaskEntity> findByProjectAndNameKey(String project, String nameKey);

  /** A task and its newest version. */
  record Latest(TaskEntity task, TaskVersionEntity version) {}

  @Query(
      """
      select new io.taskwright.store.catalogue.TaskRows$Latest(t, v)
      from TaskEntity t join TaskVersionEntity v on v.key.taskId = t.id and v.key.number = t.latest
      where t.project = :project and t.name > :after
        and ((:archived = true and t.archivedAt is not null)
          or (:archived = false and t.archivedAt is null))
        and (:text = '' or locate(:text, t.name) > 0)
      order by t.name
      """)
  List<Latest> page(String project, boolean archived, String after, String text, Limit limit);

  /** Takes the next version number, if nobody else has meanwhile and the task is in use. */
  @Modifying
  @Query(
      "update TaskEntity t set t.latest = t.latest + 1"
          + " where t.id = :id and t.latest = :expected and t.archivedAt is null")
  int advance(UUID id, int expected);
}
