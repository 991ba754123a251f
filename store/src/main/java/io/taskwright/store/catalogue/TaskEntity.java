package io.taskwright.store.catalogue;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Persistable;

/** A row of {@code task}. */
@Entity
@Table(name = "task")
@SuppressWarnings("NullAway.Init") // filled in by the persistence provider
class TaskEntity implements Persistable<UUID> {
  @Id UUID id;
  String project;
  String name;

  @Column(name = "name_key")
  String nameKey;

  int latest;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "created_by")
  String createdBy;

  @Column(name = "archived_at")
  @Nullable Instant archivedAt;

  @Column(name = "archived_by")
  @Nullable String archivedBy;

  @Override
  public UUID getId() {
    return id;
  }

  /**
   * Ids are ours, so whether a row is new cannot be told by its id: only {@code save} makes rows.
   */
  @Override
  public boolean isNew() {
    return true;
  }
}
