package io.taskwright.sandbox.wasi;

import io.taskwright.sandbox.wasi.Descriptors.Descriptor;
import io.taskwright.sandbox.wasi.FileTree.Place;
import io.taskwright.sandbox.wasi.Node.Folder;
import org.jspecify.annotations.Nullable;

/** Calls about paths. */
final class PathCalls {
  private static final int CREATE = 1;
  private static final int DIRECTORY = 2;
  private static final int EXCLUSIVE = 4;
  private static final int TRUNCATE = 8;
  private static final int APPEND = 1;

  private final FileTree tree;
  private final Descriptors open;

  PathCalls(FileTree tree, Descriptors open) {
    this.tree = tree;
    this.open = open;
  }

  void addTo(Calls calls) {
    calls.add("path_create_directory", "iii", (m, a) -> createFolder(place(m, a[0], a[1], a[2])));
    calls.add("path_filestat_get", "iiiii", this::stat);
    calls.add("path_filestat_set_times", "iiiiIIi", (m, a) -> there(place(m, a[0], a[2], a[3])));
    calls.refuse(Errno.NOT_SUPPORTED, "path_link", "iiiiiii");
    calls.add("path_open", "iiiiiIIii", this::open);
    calls.add("path_readlink", "iiiiii", this::readLink);
    calls.add("path_remove_directory", "iii", (m, a) -> removeFolder(place(m, a[0], a[1], a[2])));
    calls.add("path_rename", "iiiiii", this::rename);
    calls.refuse(Errno.NOT_SUPPORTED, "path_symlink", "iiiii");
    calls.add("path_unlink_file", "iii", (m, a) -> removeFile(place(m, a[0], a[1], a[2])));
  }

  private Place place(GuestMemory memory, long folder, long address, long length) {
    String path = memory.text(address, length);
    if (path.isEmpty() || path.indexOf('\0') >= 0) {
      throw new ErrnoException(path.isEmpty() ? Errno.NO_ENTRY : Errno.INVALID);
    }
    return tree.find(open.folder(folder), path);
  }

  private static Node there(Place place) {
    Node node = place.node();
    if (node == null) {
      throw new ErrnoException(Errno.NO_ENTRY);
    }
    return node;
  }

  private void stat(GuestMemory memory, long... a) {
    FileCalls.stat(memory, a[4], there(place(memory, a[0], a[2], a[3])));
  }

  private void readLink(GuestMemory memory, long... a) {
    there(place(memory, a[0], a[1], a[2]));
    throw new ErrnoException(Errno.INVALID);
  }

  private void open(GuestMemory memory, long... a) {
    Place place = place(memory, a[0], a[2], a[3]);
    boolean create = (a[4] & CREATE) != 0;
    Node node = place.node();
    if (node == null) {
      node = create ? createFile(place, a[4]) : there(place);
    } else if (create && (a[4] & EXCLUSIVE) != 0) {
      throw new ErrnoException(Errno.EXISTS);
    }
    if ((a[4] & DIRECTORY) != 0) {
      FileTree.folder(node);
    }
    int number = open.add(new Descriptor(node, (a[7] & APPEND) != 0));
    if ((a[4] & TRUNCATE) != 0 && node instanceof DataFile file) {
      file.resize(0);
    }
    memory.number(a[8], number);
  }

  private Node createFile(Place place, long flags) {
    if ((flags & DIRECTORY) != 0) {
      throw new ErrnoException(Errno.INVALID);
    }
    tree.room().addFile();
    DataFile file = new DataFile(tree.room(), new byte[0]);
    place.folder().children().put(place.name(), file);
    return file;
  }

  private void createFolder(Place place) {
    if (place.node() != null) {
      throw new ErrnoException(Errno.EXISTS);
    }
    tree.room().addFile();
    place.folder().children().put(place.name(), new Folder());
  }

  private void removeFolder(Place place) {
    Folder folder = FileTree.folder(there(place));
    if (place.name().equals(".")) {
      throw new ErrnoException(Errno.INVALID);
    }
    if (!folder.children().isEmpty()) {
      throw new ErrnoException(Errno.NOT_EMPTY);
    }
    remove(place.folder(), place.name(), folder);
  }

  private void removeFile(Place place) {
    Node node = there(place);
    if (node instanceof Folder) {
      throw new ErrnoException(Errno.IS_DIRECTORY);
    }
    remove(place.folder(), place.name(), node);
  }

  /** What is still open keeps its bytes until the run ends, and stays counted. */
  private void remove(Folder folder, String name, Node node) {
    folder.children().remove(name);
    tree.room().removeFile();
    if (node instanceof DataFile file && !open.uses(file)) {
      file.drop();
    }
  }

  private void rename(GuestMemory memory, long... a) {
    Place from = place(memory, a[0], a[1], a[2]);
    Place to = place(memory, a[3], a[4], a[5]);
    Node moved = there(from);
    if (from.name().equals(".") || to.name().equals(".") || holds(moved, to.folder())) {
      throw new ErrnoException(Errno.INVALID);
    }
    Node replaced = to.node();
    if (moved.equals(replaced)) {
      return;
    }
    makeWay(to, moved, replaced);
    from.folder().children().remove(from.name());
    to.folder().children().put(to.name(), moved);
  }

  private void makeWay(Place to, Node moved, @Nullable Node replaced) {
    if (replaced == null) {
      return;
    }
    if (moved instanceof Folder) {
      removeFolder(to);
    } else {
      removeFile(to);
    }
  }

  private static boolean holds(Node moved, Folder target) {
    return moved.equals(target)
        || (moved instanceof Folder folder
            && folder.children().values().stream()
                .anyMatch(child -> child instanceof Folder && holds(child, target)));
  }
}
