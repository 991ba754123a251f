package io.taskwright.harness;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles the sources of a program into memory. */
final class Sources {
  /** Jars of packages, each after a colon. */
  private static final String LAYER = System.getProperty("taskwright.layer", "");

  private static final List<String> OPTIONS =
      List.of(
          "-proc:none", "-g", "-nowarn", "-classpath", System.getProperty("java.class.path") + LAYER);

  private Sources() {}

  /** Loads what compiling needs. */
  static void warmUp() throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager standard = compiler.getStandardFileManager(null, null, null)) {
      InMemory files = new InMemory(standard);
      JavaFileObject nothing =
          new SimpleJavaFileObject(URI.create("string:///Warm.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
              return "import java.util.*; class Warm { static Object main(Map<String, Object> in) {"
                  + " var out = new HashMap<String, Object>(in); in.forEach((k, v) -> out.put(k, v + k));"
                  + " return List.copyOf(out.keySet()); } }";
            }
          };
      compiler
          .getTask(new StringWriter(), files, null, OPTIONS, null, List.of(nothing))
          .call();
    }
  }

  /** The class of the entry, after all sources below the folder were compiled together. */
  static Class<?> compile(Path folder, String entry)
      throws ClassNotFoundException, TaskException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter complaints = new StringWriter();
    try (StandardJavaFileManager standard = compiler.getStandardFileManager(null, null, null)) {
      InMemory files = new InMemory(standard);
      List<Path> sources = sources(folder);
      boolean compiled =
          compiler
              .getTask(
                  complaints,
                  files,
                  null,
                  OPTIONS,
                  null,
                  standard.getJavaFileObjectsFromPaths(sources))
              .call();
      if (!compiled && complaints.toString().lines().anyMatch(Sources::saysOutOfMemory)) {
        throw new OutOfMemoryError("the compiler ran out of memory");
      }
      if (!compiled) {
        throw TaskException.code("it does not compile:\n" + complaints);
      }
      return Class.forName(files.typeOf(entry), true, files.loader());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The compiler catches even this, and calls it a defect of its own. */
  private static boolean saysOutOfMemory(String line) {
    return line.startsWith("java.lang.OutOfMemoryError");
  }

  private static List<Path> sources(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return new ArrayList<>(files.filter(file -> file.toString().endsWith(".java")).toList());
    }
  }

  private static final class InMemory extends ForwardingJavaFileManager<StandardJavaFileManager> {
    private final Map<String, Compiled> classes = new HashMap<>();

    InMemory(StandardJavaFileManager standard) {
      super(standard);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String name, JavaFileObject.Kind kind, FileObject source) {
      Compiled compiled = new Compiled(name, source);
      classes.put(name, compiled);
      return compiled;
    }

    /** The class that the entry is named for, whatever its package. */
    String typeOf(String entry) throws TaskException {
      String file = entry.substring(entry.lastIndexOf('/') + 1);
      String simple = file.endsWith(".java") ? file.substring(0, file.length() - 5) : file;
      for (Map.Entry<String, Compiled> one : classes.entrySet()) {
        boolean named = one.getKey().substring(one.getKey().lastIndexOf('.') + 1).equals(simple);
        if (named && one.getValue().comesFrom(entry)) {
          return one.getKey();
        }
      }
      throw TaskException.code(
          entry + " has no class " + simple + "; the entry's class is named as its file");
    }

    /** Of the packages, and of the harness if there are none. */
    private static ClassLoader packages() {
      ClassLoader own = Sources.class.getClassLoader();
      if (LAYER.isEmpty()) {
        return own;
      }
      List<URL> jars = new ArrayList<>();
      for (String jar : LAYER.substring(1).split(":")) {
        try {
          jars.add(Path.of(jar).toUri().toURL());
        } catch (MalformedURLException e) {
          throw new UncheckedIOException(e);
        }
      }
      return new URLClassLoader(jars.toArray(new URL[0]), own);
    }

    ClassLoader loader() {
      return new ClassLoader(packages()) {
        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
          Compiled compiled = classes.get(name);
          if (compiled == null) {
            throw new ClassNotFoundException(name);
          }
          byte[] bytes = compiled.bytes.toByteArray();
          return defineClass(name, bytes, 0, bytes.length);
        }
      };
    }
  }

  private static final class Compiled extends SimpleJavaFileObject {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final FileObject source;

    Compiled(String name, FileObject source) {
      super(URI.create("memory:///" + name.replace('.', '/') + ".class"), Kind.CLASS);
      this.source = source;
    }

    @Override
    public OutputStream openOutputStream() {
      return bytes;
    }

    boolean comesFrom(String entry) {
      return source == null || source.getName().endsWith("/" + entry);
    }
  }
}
