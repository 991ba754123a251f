package io.taskwright.app.temporal;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.protobuf.util.Durations;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.taskwright.app.machine.HostAndPort;
import io.taskwright.app.supervisor.Part;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.OperatorServiceGrpc;
import io.temporal.api.operatorservice.v1.OperatorServiceGrpc.OperatorServiceBlockingStub;
import io.temporal.api.workflowservice.v1.CountWorkflowExecutionsRequest;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.RegisterNamespaceRequest;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The namespace that Taskwright's workflows live in, with the attribute they are searched by. Not
 * for several threads at once.
 */
public final class TemporalNamespace implements Part.Check {
  public static final String NAME = "taskwright";

  /** By which the workflows of one project are found. */
  public static final String PROJECT_ATTRIBUTE = "TaskwrightProject";

  /** Short, since the visibility database keeps 25 KB of indexes for each workflow. */
  static final Duration RETENTION = Duration.ofDays(3);

  private static final long DEADLINE_SECONDS = 5;
  private static final Duration CONNECT = Duration.ofSeconds(1);

  private final HostAndPort address;
  private @Nullable ManagedChannel channel;
  private boolean made;

  /** The namespace of the Temporal at an address. */
  public TemporalNamespace(HostAndPort address) {
    this.address = address;
  }

  /**
   * Makes what is missing. Says true when workflows can be started and searched, which is some
   * seconds after the attribute was made.
   */
  @Override
  public boolean ready() {
    if (channel == null) {
      // A channel that was refused once rests for a second; so it is made when somebody listens.
      if (!address.listens(CONNECT)) {
        return false;
      }
      channel = ManagedChannelBuilder.forTarget(address.toString()).usePlaintext().build();
    }
    try {
      boolean ready = ready(channel);
      if (ready) {
        hangUp(channel);
      }
      return ready;
    } catch (StatusRuntimeException e) {
      hangUp(channel);
      throw e;
    }
  }

  private void hangUp(ManagedChannel old) {
    old.shutdownNow();
    channel = null;
  }

  private boolean ready(ManagedChannel open) {
    WorkflowServiceBlockingStub temporal =
        WorkflowServiceGrpc.newBlockingStub(open).withInterceptors(new Deadline());
    if (searchable(temporal)) {
      return true;
    }
    if (!made) {
      if (!exists(temporal)) {
        register(temporal);
      }
      addAttribute(OperatorServiceGrpc.newBlockingStub(open).withInterceptors(new Deadline()));
      made = true;
    }
    return false;
  }

  /** One query that needs the namespace and the attribute. */
  private static boolean searchable(WorkflowServiceBlockingStub temporal) {
    return done(
        () ->
            temporal.countWorkflowExecutions(
                CountWorkflowExecutionsRequest.newBuilder()
                    .setNamespace(NAME)
                    .setQuery(PROJECT_ATTRIBUTE + " = 'none'")
                    .build()),
        Set.of(Status.Code.NOT_FOUND, Status.Code.INVALID_ARGUMENT));
  }

  private static boolean exists(WorkflowServiceBlockingStub temporal) {
    return done(
        () ->
            temporal.describeNamespace(
                DescribeNamespaceRequest.newBuilder().setNamespace(NAME).build()),
        Set.of(Status.Code.NOT_FOUND));
  }

  private static void register(WorkflowServiceBlockingStub temporal) {
    done(
        () ->
            temporal.registerNamespace(
                RegisterNamespaceRequest.newBuilder()
                    .setNamespace(NAME)
                    .setDescription("The executions of Taskwright")
                    .setWorkflowExecutionRetentionPeriod(
                        Durations.fromSeconds(RETENTION.toSeconds()))
                    .build()),
        Set.of(Status.Code.ALREADY_EXISTS));
  }

  private static void addAttribute(OperatorServiceBlockingStub temporal) {
    done(
        () ->
            temporal.addSearchAttributes(
                AddSearchAttributesRequest.newBuilder()
                    .setNamespace(NAME)
                    .putSearchAttributes(
                        PROJECT_ATTRIBUTE, IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
                    .build()),
        Set.of(Status.Code.ALREADY_EXISTS));
  }

  /** Whether a call went through; one of these answers means no, any other is a failure. */
  @CanIgnoreReturnValue
  private static boolean done(Runnable call, Set<Status.Code> no) {
    try {
      call.run();
      return true;
    } catch (StatusRuntimeException e) {
      if (no.contains(e.getStatus().getCode())) {
        return false;
      }
      throw e;
    }
  }

  /** Ends each call that takes too long. */
  private static final class Deadline implements ClientInterceptor {
    @Override
    public <A, B> ClientCall<A, B> interceptCall(
        MethodDescriptor<A, B> method, CallOptions options, Channel next) {
      return next.newCall(method, options.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS));
    }
  }
}
