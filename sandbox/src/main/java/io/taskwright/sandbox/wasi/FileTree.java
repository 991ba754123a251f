package io.taskwright.sandbox.wasi;

import io.taskwright.sandbox.wasi.Node.Drain;
import io.taskwright.sandbox.wasi.Node.Folder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The files of one run, all of them in memory. There are no links, so a path leads one way. */
public final class FileTree {
  private static final int LONGEST_PATH = 4096;
  private static final int LONGEST_NAME = 255;

  private final Room room;
  private final Folder root = new Folder();

  /** An empty one. */
  public FileTree(Room room) {
    this.room = room;
  }

  /** Where a path leads: the folder, the name in it, and what is there. */
  record Place(Folder folder, String name, @Nullable Node node) {}

  Folder root() {
    return root;
  }

  Room room() {
    return room;
  }

  /** A file that is there from the start; its bytes are not copied and not counted. */
  public void file(String path, byte[] content) {
    put(path, new DataFile(room, content));
  }

  /** A file whose bytes go to somebody else as they are written. */
  public void drain(String path, Consumer<byte[]> bytes) {
    put(path, new Drain(bytes));
  }

  /** A folder that is there from the start. */
  public void folder(String path) {
    put(path + "/.", new Folder());
  }

  /**
   * The bytes of a file, or null if nothing is at the path.
   *
   * @param most of which no more is read, but one byte
   * @throws IllegalStateException if there is something else than a file
   */
  public byte @Nullable [] read(String path, int most) {
    return switch (find(root, path).node()) {
      case null -> null;
      case DataFile file -> file.read(0, most + 1);
      case Folder _, Drain _, Node.Source _ ->
          throw new IllegalStateException(path + " is no regular file");
    };
  }

  private void put(String path, Node node) {
    Folder folder = root;
    List<String> names = names(path);
    int last = node instanceof Folder ? names.size() : names.size() - 1;
    for (String name : names.subList(0, last)) {
      Node there = folder.children().get(name);
      Folder next = there instanceof Folder known ? known : new Folder();
      folder.children().put(name, next);
      folder = next;
    }
    if (last < names.size()) {
      folder.children().put(names.getLast(), node);
    }
  }

  /** Follows a path from a folder; the last name need not be there. Nothing is above the root. */
  Place find(Folder from, String path) {
    List<Folder> way = new ArrayList<>(List.of(path.startsWith("/") ? root : from));
    List<String> names = names(path);
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      Folder here = way.getLast();
      if (name.equals("..")) {
        if (way.size() == 1) {
          throw new ErrnoException(Errno.NOT_PERMITTED);
        }
        way.removeLast();
        continue;
      }
      Node node = here.children().get(name);
      if (i == names.size() - 1) {
        if (path.endsWith("/") && node != null && !(node instanceof Folder)) {
          throw new ErrnoException(Errno.NO_DIRECTORY);
        }
        return new Place(here, name, node);
      }
      way.add(folder(node));
    }
    return new Place(way.getLast(), ".", way.getLast());
  }

  static Folder folder(@Nullable Node node) {
    return switch (node) {
      case null -> throw new ErrnoException(Errno.NO_ENTRY);
      case Folder folder -> folder;
      case Drain _, Node.Source _, DataFile _ -> throw new ErrnoException(Errno.NO_DIRECTORY);
    };
  }

  private static List<String> names(String path) {
    if (path.length() > LONGEST_PATH) {
      throw new ErrnoException(Errno.NAME_TOO_LONG);
    }
    List<String> names = new ArrayList<>();
    for (String name : path.split("/", -1)) {
      if (name.length() > LONGEST_NAME) {
        throw new ErrnoException(Errno.NAME_TOO_LONG);
      }
      if (!name.isEmpty() && !name.equals(".")) {
        names.add(name);
      }
    }
    return names;
  }
}
