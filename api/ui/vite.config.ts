import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { licences } from "./licences.mjs";

const service = process.env["TASKWRIGHT_URL"] ?? "http://127.0.0.1:8080";

// The page is served below /ui/ and calls the API beside it, on the same origin. In development the
// calls go to a running service, `TASKWRIGHT_URL`.
export default defineConfig({
  base: "/ui/",
  plugins: [react(), licences()],
  build: {
    outDir: process.env["PAGE_TARGET"] ?? "../target/page/ui",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
    chunkSizeWarningLimit: 600,
  },
  server: {
    proxy: Object.fromEntries(
      ["/tasks", "/executions", "/batches", "/logs", "/keys", "/pools", "/health", "/files"].map((path) => [
        path,
        { target: service, changeOrigin: true },
      ]),
    ),
  },
});
