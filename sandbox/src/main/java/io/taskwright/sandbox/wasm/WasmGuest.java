package io.taskwright.sandbox.wasm;

import io.taskwright.model.ByteSize;
import io.taskwright.model.execution.Failure;
import io.taskwright.sandbox.Limits;
import io.taskwright.sandbox.Program;
import io.taskwright.sandbox.ProgramFile;
import io.taskwright.sandbox.RunSink;
import io.taskwright.sandbox.guest.Failures;
import io.taskwright.sandbox.guest.JsonText;
import io.taskwright.sandbox.wasi.ExitException;
import io.taskwright.sandbox.wasi.FileTree;
import io.taskwright.sandbox.wasi.Room;
import io.taskwright.sandbox.wasi.Wasi;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Instance;
import run.endive.runtime.Memory;
import run.endive.runtime.TableInstance;
import run.endive.runtime.WasmInterruptedException;
import run.endive.wasm.WasmEngineException;
import run.endive.wasm.types.MemoryLimits;
import run.endive.wasm.types.Table;
import run.endive.wasm.types.TableLimits;

/** One run of a module, with files and a memory of its own. */
final class WasmGuest implements ThreadRun.Guest {
  /** The failure of a run for which the process has no memory. */
  static final Failure NO_HEAP =
      Failures.environment(
          "this worker has no memory left for WebAssembly; it will when other runs end");

  private static final Map<String, String> OWN_VARIABLES =
      Map.of(
          "HOME", "/",
          "PWD", "/",
          "TMPDIR", "/tmp",
          "LANG", "C.UTF-8",
          "TZ", "UTC",
          "TASK_INPUT", "/task/input.json",
          "TASK_OUTPUT", "/task/output.json",
          "TASK_PROGRESS", "/task/progress");

  private static final int TRAPPED = 134;
  private static final int LAST_WORDS = 4096;

  private final Program program;
  private final Limits limits;
  private final Modules modules;
  private final HeapBudget budget;
  private final Words words;
  private final LastWords last = new LastWords(LAST_WORDS);
  private final Room room;
  private @Nullable BoundedMemory memory;
  private Modules.@Nullable Lease lease;
  private long mostBytes;

  WasmGuest(Program program, Limits limits, RunSink sink, Modules modules, HeapBudget budget) {
    this.program = program;
    this.limits = limits;
    this.modules = modules;
    this.budget = budget;
    this.words = new Words(limits.log(), sink);
    long most = Math.min(limits.disk().bytes(), limits.memory().bytes());
    this.room = new Room(most, limits.files(), budget);
  }

  @Override
  public long mostBytes() {
    return mostBytes;
  }

  @Override
  public void prepare() {
    byte[] module =
        program.files().stream()
            .filter(file -> file.path().equals(program.entry()))
            .findFirst()
            .map(ProgramFile::content)
            .orElseThrow(() ->
                new BrokenLimitException(
                    Failures.unusable("the program has no file " + program.entry())));
    Modules.Lease mine = modules.use(module);
    lease = mine;
    boolean ready = false;
    try {
      mine.module();
      ready = true;
    } finally {
      if (!ready) {
        mine.close();
      }
    }
  }

  @Override
  public Outcome live() {
    try (Modules.Lease mine = Objects.requireNonNull(lease)) {
      return live(mine.module());
    } finally {
      BoundedMemory used = memory;
      if (used != null) {
        mostBytes = used.bytes() + room.bytes();
        budget.giveBack(used.taken());
      }
      room.close();
    }
  }

  private Outcome live(CompiledModule module) {
    FileTree tree = files();
    Outcome outcome = run(module, tree);
    words.finish();
    return outcome;
  }

  private Outcome run(CompiledModule module, FileTree tree) {
    try {
      instance(module, tree).export("_start").apply();
      return output(tree);
    } catch (ExitException e) {
      return e.code() == 0 ? output(tree) : failed(Failures.exit(e.code(), last.text()));
    } catch (WasmInterruptedException e) {
      throw e;
    } catch (StackOverflowError e) {
      return tooDeep();
    } catch (OutOfMemoryError e) {
      return new Outcome.Failed(NO_HEAP);
    } catch (WasmEngineException e) {
      String why = String.valueOf(e.getMessage());
      return why.contains("call stack exhausted")
          ? tooDeep()
          : failed(Failures.exception("the module trapped: " + why, TRAPPED, last.text()));
    }
  }

  private Instance instance(CompiledModule module, FileTree tree) {
    ImportValues imports =
        ImportValues.builder()
            .withFunctions(
                List.copyOf(
                    Wasi.calls(
                        tree,
                        program.entry(),
                        variables(),
                        program.input().getBytes(StandardCharsets.UTF_8),
                        words::stdout,
                        this::stderr)))
            .build();
    return Instance.builder(module.module())
        .withMachineFactory(module.machines())
        .withImportValues(imports)
        .withMemoryLimits(memoryLimits(module))
        .withMemoryFactory(this::memory)
        .withTableFactory(WasmGuest::table)
        .withStart(false)
        .build();
  }

  private MemoryLimits memoryLimits(CompiledModule module) {
    MemoryLimits asked = module.module().memorySection().orElseThrow().getMemory(0).limits();
    int most = (int) Math.min(limits.memory().bytes() / Memory.PAGE_SIZE, 32767);
    if (asked.initialPages() > most) {
      throw new BrokenLimitException(
          Failures.memory(
              limits.memory(), new ByteSize((long) asked.initialPages() * Memory.PAGE_SIZE)));
    }
    return new MemoryLimits(asked.initialPages(), Math.min(asked.maximumPages(), most));
  }

  private Memory memory(MemoryLimits asked) {
    BoundedMemory fresh = new BoundedMemory(new MemoryLimits(0, asked.maximumPages()), budget);
    memory = fresh;
    if (fresh.grow(asked.initialPages()) < 0) {
      throw new BrokenLimitException(NO_HEAP);
    }
    return fresh;
  }

  /** The library lets a table grow inside the module, which is shared; so each run has its own. */
  private static TableInstance table(Table table, int value) {
    long most = Math.min(table.limits().max(), ModuleRules.MOST_ENTRIES);
    return new TableInstance(
        new Table(table.elementType(), new TableLimits(table.limits().min(), most)), value);
  }

  private FileTree files() {
    FileTree tree = new FileTree(room);
    for (ProgramFile file : program.files()) {
      tree.file(file.path(), file.content());
    }
    tree.folder("tmp");
    tree.file("task/input.json", program.input().getBytes(StandardCharsets.UTF_8));
    tree.drain("task/progress", words::progress);
    return tree;
  }

  private Map<String, String> variables() {
    Map<String, String> variables = new TreeMap<>(program.environment());
    variables.putAll(OWN_VARIABLES);
    return variables;
  }

  private void stderr(byte[] bytes) {
    last.add(bytes);
    words.stderr(bytes);
  }

  private Outcome output(FileTree tree) {
    try {
      byte[] bytes = tree.read("task/output.json", (int) limits.output().bytes());
      return bytes == null
          ? new Outcome.Returned("null")
          : Words.output(JsonText.decode(bytes).strip(), bytes.length, limits.output());
    } catch (IllegalStateException e) {
      return new Outcome.Failed(
          Failures.noJson("$TASK_OUTPUT is no regular file any more; nothing was read"));
    } catch (CharacterCodingException e) {
      return new Outcome.Failed(
          Failures.noJson("the output is no JSON value: it is not encoded in UTF-8"));
    }
  }

  /** A program that was refused something most likely failed because of that. */
  private Outcome failed(Failure otherwise) {
    BoundedMemory used = memory;
    boolean limit = used != null && used.limitReached();
    boolean heap = room.noHeap() || (used != null && used.budgetReached());
    if (limit && used != null) {
      return new Outcome.Failed(Failures.memory(limits.memory(), new ByteSize(used.bytes())));
    }
    if (heap) {
      return new Outcome.Failed(NO_HEAP);
    }
    if (room.tooMany()) {
      return new Outcome.Failed(Failures.files(limits.files(), room.files()));
    }
    return new Outcome.Failed(
        room.full() ? Failures.disk(limits.disk(), new ByteSize(room.bytes())) : otherwise);
  }

  private Outcome tooDeep() {
    return failed(Failures.exception("the program calls itself too deeply", TRAPPED, last.text()));
  }
}
