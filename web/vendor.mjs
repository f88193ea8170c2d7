// Copies the files that pages load out of node_modules into web/static/vendor/ (git-ignored).
// Run by `npm run vendor` after `npm ci`. Pages work without them, with plainer players and lists.
import { copyFileSync, existsSync, mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const target = `${root}web/static/vendor`;
const files = {
  "htmx.org/dist/htmx.min.js": "htmx.min.js",
  "htmx.org/LICENSE": "htmx.LICENSE",
  "wavesurfer.js/dist/wavesurfer.min.js": "wavesurfer.min.js",
  "wavesurfer.js/dist/plugins/regions.min.js": "wavesurfer-regions.min.js",
  "wavesurfer.js/LICENSE": "wavesurfer.LICENSE",
};

mkdirSync(target, { recursive: true });
for (const [from, to] of Object.entries(files)) {
  const source = `${root}node_modules/${from}`;
  if (!existsSync(source)) {
    console.error(`${source} is missing: run "npm ci" in ${root} first`);
    process.exit(1);
  }
  copyFileSync(source, `${target}/${to}`);
}
console.log(`${Object.keys(files).length} files in ${target}`);
