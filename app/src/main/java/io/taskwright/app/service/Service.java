package io.taskwright.app.service;

import io.taskwright.app.data.DataFolder;
import io.taskwright.app.data.Passwords;
import io.taskwright.app.data.PortName;
import io.taskwright.app.data.Ports;
import io.taskwright.app.machine.Cache;
import io.taskwright.app.machine.Progress;
import io.taskwright.app.machine.SearchPath;
import io.taskwright.app.postgres.PostgresDatabases;
import io.taskwright.app.postgres.PostgresPart;
import io.taskwright.app.postgres.PostgresPrograms;
import io.taskwright.app.supervisor.Part;
import io.taskwright.app.temporal.TemporalMemory;
import io.taskwright.app.temporal.TemporalParts;
import io.taskwright.app.temporal.TemporalPins;
import io.taskwright.app.temporal.TemporalSearch;
import io.taskwright.app.temporal.TemporalSource;
import java.util.ArrayList;
import java.util.List;

/**
 * The parts of one machine, put together.
 *
 * @param parts in the order in which they are started
 * @param addresses where things will be
 * @param executions where Temporal keeps them
 */
record Service(List<Part> parts, Instance.Addresses addresses, TemporalMemory.Place executions) {
  Service {
    parts = List.copyOf(parts);
  }

  /** The parts that a plan needs. All programs are in the cache by now. */
  static Service of(Plan plan, Ports ports, Cache cache, Progress progress) {
    DataFolder data = plan.data();
    Versions versions = Versions.read();
    PostgresPrograms programs = PostgresPrograms.get(cache, versions.postgres(), progress);
    PostgresDatabases databases =
        new PostgresDatabases(ports.number(PortName.POSTGRES), Passwords.of(data));
    TemporalMemory memory = TemporalMemory.of(data);
    TemporalSource source =
        new TemporalSearch(SearchPath.ofEnvironment(), cache, TemporalPins.read())
            .find(plan.temporal(), memory.read())
            .orExplain();
    TemporalParts temporal = TemporalParts.of(source, data, ports, databases);
    ServerSettings settings =
        new ServerSettings(data, ports, plan.api(), databases, temporal, plan.split());
    List<Part> parts = new ArrayList<>();
    parts.add(PostgresPart.of(data, programs, databases));
    parts.addAll(temporal.parts());
    parts.addAll(new JavaParts(plan.program(), versions.taskwright(), settings).list());
    return new Service(
        parts,
        new Instance.Addresses(
            plan.api(), temporal.ui().orElse(null), temporal.address().toString(), data.adminKey()),
        source.place());
  }
}
