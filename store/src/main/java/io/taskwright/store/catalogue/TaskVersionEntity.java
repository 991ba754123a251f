package io.taskwright.store.catalogue;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.springframework.data.domain.Persistable;

/** A row of {@code task_version}; never changed once it is there. */
@Entity
@Table(name = "task_version")
@SuppressWarnings("NullAway.Init") // filled in by the persistence provider
class TaskVersionEntity implements Persistable<TaskVersionEntity.Key> {
  @EmbeddedId Key key;

  String definition;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "created_by")
  String createdBy;

  @Override
  public Key getId() {
    return key;
  }

  @Override
  public boolean isNew() {
    return true;
  }

  /** Which version of which task. */
  @Embeddable
  record Key(@Column(name = "task_id") UUID taskId, int number) {}
}
