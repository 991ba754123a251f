import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const TAKEN = new Set(["MIT", "ISC", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "(MIT OR Apache-2.0)"]);

/** The package that a file belongs to: the folder and what its description says. */
function packageOf(file) {
  for (let folder = dirname(file); folder.includes("node_modules"); folder = dirname(folder)) {
    const description = join(folder, "package.json");
    if (!existsSync(description)) continue;
    const { name, version, license } = JSON.parse(readFileSync(description, "utf8"));
    if (name !== undefined && version !== undefined) return { folder, name, version, license };
  }
  return undefined;
}

/**
 * Writes `licences.txt` beside the page: every package of which something is shipped, with its licence.
 * Another licence than the ones above ends the build.
 */
export function licences() {
  return {
    name: "licences",
    apply: "build",
    generateBundle(_options, bundle) {
      const shipped = new Map();
      for (const chunk of Object.values(bundle)) {
        for (const file of chunk.moduleIds ?? []) {
          if (!file.includes("/node_modules/")) continue;
          const found = packageOf(file.replace(/^\0/, "").split("?")[0]);
          if (found !== undefined) shipped.set(found.name, found);
        }
      }
      const parts = [...shipped.values()]
        .sort((one, other) => one.name.localeCompare(other.name))
        .map(({ folder, name, version, license }) => {
          if (!TAKEN.has(license)) this.error(`${name} ${version} has the licence ${license}, which is not taken`);
          const text = readdirSync(folder).find((file) => /^licen[cs]e/i.test(file));
          const words = text === undefined ? "" : readFileSync(join(folder, text), "utf8").trim();
          return `${name} ${version} (${license})\n\n${words}\n`;
        });
      const source = `The page of Taskwright contains parts of these packages.\n\n${parts.join(`\n${"-".repeat(80)}\n\n`)}`;
      this.emitFile({ type: "asset", fileName: "licences.txt", source });
    },
  };
}
