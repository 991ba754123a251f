/** Definitions to begin with: each is whole, and shows input, log and output. */
export type TemplateName = "python" | "node" | "bash" | "java" | "javascript";

const SCHEMAS = `inputSchema:
  type: object
  properties:
    name: {type: string, minLength: 1, maxLength: 100, default: Ada}
  required: [name]
outputSchema:
  type: object
  properties:
    greeting: {type: string}
  required: [greeting]
`;

const LIMITS = `  executionConfig:
    resourceRequirements: {memory: 128Mi, disk: 10Mi, timeoutSeconds: 30}
retryPolicy: {maxRetries: 3, retryInterval: PT1S}
`;

function template(name: TemplateName, source: string, limits = LIMITS): string {
  const indented = source.replaceAll(/^(?=.)/gm, "    ");
  return `name: greet
description: Greets somebody by name.
${SCHEMAS}automated:
  runtime: ${name}
  source: |
${indented}
${limits}`;
}

export const templates: Readonly<Record<TemplateName, string>> = {
  python: template(
    "python",
    `def main(input):
    print("greeting", input["name"])
    return {"greeting": f"Hello, {input['name']}!"}`,
  ),
  node: template(
    "node",
    `export async function main(input) {
  console.log("greeting", input.name);
  return { greeting: \`Hello, \${input.name}!\` };
}`,
  ),
  bash: template(
    "bash",
    `# What main prints on stdout is the output, stderr is the log.
main() {
  name=$(printf %s "$1" | sed 's/.*"name": *"\\([^"]*\\)".*/\\1/')
  echo "greeting $name" >&2
  printf '{"greeting": "Hello, %s!"}\\n' "$name"
}`,
  ),
  java: template(
    "java",
    `import java.util.Map;

class Main {
  static Object main(Map<String, Object> input) {
    System.out.println("greeting " + input.get("name"));
    return Map.of("greeting", "Hello, " + input.get("name") + "!");
  }
}`,
    LIMITS.replace("128Mi", "512Mi"),
  ),
  javascript: template(
    "javascript",
    `// Runs inside the worker, in WebAssembly: for small work.
function main(input) {
  console.log("greeting", input.name);
  return { greeting: "Hello, " + input.name + "!" };
}`,
    "",
  ),
};
