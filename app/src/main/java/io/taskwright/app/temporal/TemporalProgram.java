package io.taskwright.app.temporal;

/** A program of Temporal, as a Go package and inside an image. */
enum TemporalProgram {
  SERVER(
      "temporal-server",
      "go.temporal.io/server/cmd/server",
      "temporalio/server",
      "temporal-server"),
  SQL_TOOL(
      "temporal-sql-tool",
      "go.temporal.io/server/cmd/tools/sql",
      "temporalio/admin-tools",
      "temporal-sql-tool"),
  UI(
      "temporal-ui",
      "github.com/temporalio/ui-server/v2/cmd/server",
      "temporalio/ui",
      "/home/ui-server/ui-server");

  private final String file;
  private final String goPackage;
  private final String image;
  private final String entryPoint;

  TemporalProgram(String file, String goPackage, String image, String entryPoint) {
    this.file = file;
    this.goPackage = goPackage;
    this.image = image;
    this.entryPoint = entryPoint;
  }

  /** The name of the built program. */
  String file() {
    return file;
  }

  String goPackage() {
    return goPackage;
  }

  /** The image that has it, in its pinned version. */
  String image(TemporalPins pins) {
    return image + ":" + (this == UI ? pins.ui() : pins.server());
  }

  /** The program inside the image. */
  String entryPoint() {
    return entryPoint;
  }
}
