package io.taskwright.app.server;

import io.taskwright.app.machine.HostAndPort;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.LifecycleProcessor;
import org.springframework.context.support.AbstractApplicationContext;

/**
 * A start of the server without its database and Temporal, after which it ends: the build learns by
 * it which classes belong into the server's class cache. See docs/implementation/launcher.md.
 */
public final class ServerRehearsal {
  private ServerRehearsal() {}

  /**
   * Puts the server together and takes it apart again. It changes nothing.
   *
   * @param data a folder that need not be there
   * @param nobody an address where no database and no Temporal answers
   */
  public static void run(String data, HostAndPort nobody) {
    new SpringApplicationBuilder(ServerApplication.class)
        .web(WebApplicationType.SERVLET)
        .initializers(context ->
            context
                .getBeanFactory()
                .registerSingleton(
                    AbstractApplicationContext.LIFECYCLE_PROCESSOR_BEAN_NAME, new NothingStarts()))
        .run(
            "--server.address=127.0.0.1",
            "--server.port=0",
            "--taskwright.data=" + data,
            "--taskwright.temporal.address=" + nobody,
            "--taskwright.database.url=jdbc:postgresql://" + nobody + "/",
            "--taskwright.database.user=nobody",
            "--taskwright.database.password=",
            "--spring.datasource.hikari.connection-timeout=250",
            "--spring.datasource.hikari.initialization-fail-timeout=-1",
            "--spring.flyway.enabled=false")
        .close();
  }

  /** What begins with the server's life needs the database. */
  private static final class NothingStarts implements LifecycleProcessor {
    @Override
    public void onRefresh() {}

    @Override
    public void onClose() {}

    @Override
    public void start() {}

    @Override
    public void stop() {}

    @Override
    public boolean isRunning() {
      return false;
    }
  }
}
