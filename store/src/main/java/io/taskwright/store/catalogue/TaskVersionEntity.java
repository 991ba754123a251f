package io.taskwright.store.catalogue;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Persistable;

/** A row of {@code task_version}; only put away and taken out again once it is there. */
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

  String note;

  @Enumerated(EnumType.STRING)
  VersionOrigin.Kind origin;

  @Column(name = "origin_version")
  @Nullable Integer originVersion;

  @Column(name = "media_type")
  @Nullable String mediaType;

  @Nullable String file;

  @Column(name = "source_sha256")
  @Nullable String sourceSha256;

  @Column(name = "archived_at", insertable = false, updatable = false)
  @Nullable Instant archivedAt;

  @Column(name = "archived_by", insertable = false, updatable = false)
  @Nullable String archivedBy;

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
