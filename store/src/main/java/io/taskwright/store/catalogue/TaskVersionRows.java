package io.taskwright.store.catalogue;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

/** The versions of tasks. */
interface TaskVersionRows extends JpaRepository<TaskVersionEntity, TaskVersionEntity.Key> {
  @Query("from TaskVersionEntity v where v.key.taskId = :task and v.key.number = :number")
  Optional<TaskVersionEntity> find(UUID task, int number);

  @Query("from TaskVersionEntity v where v.key.taskId = :task order by v.key.number desc")
  List<TaskVersionEntity> all(UUID task);
}
