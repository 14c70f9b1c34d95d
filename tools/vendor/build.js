// npm ci && npm run build: writes the vendored files anew and says what they weigh. Same lock file, same bytes.
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const to = new URL("../../src/mingjian/serve/web/static/vendored/", import.meta.url);
const from = (path) => new URL(`node_modules/${path}`, import.meta.url);
const version = (name) => JSON.parse(readFileSync(from(`${name}/package.json`), "utf8")).version;

const made = await build({
  entryPoints: ["echarts.js"], bundle: true, minify: true, format: "esm", target: "es2022", legalComments: "none", write: false,
});
const head = `/* Apache ECharts ${version("echarts")} (Apache-2.0, echarts-LICENSE.txt), of which parts were left out by tools/vendor. */\n`;
writeFileSync(new URL("echarts.min.js", to), head + made.outputFiles[0].text);
writeFileSync(new URL("echarts-LICENSE.txt", to), ["NOTICE", "LICENSE", "licenses/LICENSE-d3"].map((name) => readFileSync(from(`echarts/${name}`), "utf8").trim()).join("\n\n") + "\n");
copyFileSync(from("zrender/LICENSE"), new URL("zrender-LICENSE.txt", to));
const htmx = `/* htmx ${version("htmx.org")} (0BSD, htmx-LICENSE.txt) */\n` + readFileSync(from("htmx.org/dist/htmx.min.js"), "utf8").trimEnd() + "\n";
writeFileSync(new URL("htmx.min.js", to), htmx);
copyFileSync(from("htmx.org/LICENSE"), new URL("htmx-LICENSE.txt", to));
for (const name of ["echarts.min.js", "htmx.min.js"])
  console.log(name, `${gzipSync(readFileSync(new URL(name, to)), { level: 9 }).length} bytes gzipped`);
