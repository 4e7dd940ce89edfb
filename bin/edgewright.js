#!/usr/bin/env node
// An older Node fails somewhere inside with a word nobody understands; this file is all that it has to read.
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 19)) {
  process.stderr.write(
    `edgewright: needs Node 22.19 or newer, this is ${process.version}. See https://nodejs.org\n`,
  );
  process.exitCode = 2;
} else {
  import("../dist/main.js");
}
