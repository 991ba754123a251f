package io.taskwright.workers;

import io.taskwright.model.execution.Actor;
import io.taskwright.store.Notices;
import io.taskwright.store.execution.Commands;
import io.taskwright.store.execution.Commands.Order;
import io.taskwright.store.execution.Outbox;
import io.taskwright.store.execution.Outbox.Letter;
import io.taskwright.temporal.WorkflowIds;
import io.taskwright.workflows.contract.Signals;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what a commit in the store has made necessary elsewhere, until it is done: it tells
 * Temporal, and calls checks off whose executions have ended.
 */
public final class Relay implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
  private static final Duration LEASE = Duration.ofSeconds(15);
  private static final int MOST_AT_ONCE = 50;

  /** By then a workflow that was just being started is there, and ends by itself if it must. */
  private static final int TRIES_OF_NO_USE = 4;

  private static final long LONGEST_PAUSE_SECONDS = 30;

  private static final Actor CHECKS = new Actor(Actor.Kind.SERVICE, "checks");

  private final Outbox outbox;
  private final Commands commands;
  private final WorkflowClient client;
  private final Loop loop;
  private final Notices.Subscription ear;

  public Relay(Outbox outbox, Commands commands, WorkflowClient client, Notices notices) {
    this.outbox = outbox;
    this.commands = commands;
    this.client = client;
    this.loop = new Loop("relay", Duration.ofSeconds(1), this::turn);
    this.ear = notices.on(Notices.Channel.OUTBOX, payload -> loop.wake());
  }

  /** Begins to deliver. */
  public void start() {
    loop.start();
  }

  private void turn() {
    outbox.take(MOST_AT_ONCE, LEASE).forEach(this::deliver);
  }

  private void deliver(Letter letter) {
    WorkflowStub workflow =
        client.newUntypedWorkflowStub(WorkflowIds.of(letter.project(), letter.execution()));
    try {
      switch (letter.kind()) {
        case CANCEL -> {
          if (!letter.ended()) {
            workflow.cancel();
          }
        }
        case RESUME -> {
          if (!letter.ended()) {
            workflow.signal(Signals.RESUME);
          }
        }
        case CHECK_ENDED -> {
          if (!letter.ended()) {
            workflow.signal(Signals.CHECK_ENDED);
          }
        }
        case CALL_OFF -> commands.cancel(callOff(letter));
        case TERMINATE -> workflow.terminate("its execution was ended by a command");
      }
      outbox.remove(letter);
    } catch (WorkflowNotFoundException e) {
      if (letter.ended() && letter.tries() >= TRIES_OF_NO_USE) {
        outbox.remove(letter);
      } else {
        outbox.postpone(letter, pause(letter)); // not started yet, or just ended
      }
    } catch (WorkflowException e) {
      LOG.atWarn()
          .addKeyValue("execution", letter.execution())
          .setCause(e)
          .log("Temporal could not be told to {}; tried again", letter.kind());
      outbox.postpone(letter, pause(letter));
    }
  }

  private static Order callOff(Letter letter) {
    return new Order(
        letter.project(), letter.execution(), CHECKS, "the execution that it checks has ended");
  }

  private static Duration pause(Letter letter) {
    return Duration.ofSeconds(Math.min(LONGEST_PAUSE_SECONDS, 1L << Math.min(letter.tries(), 5)));
  }

  @Override
  public void close() {
    ear.close();
    loop.close();
  }
}
