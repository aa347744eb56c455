// mock.mjs FILE: reads [[path, headers], ...] and prints [[status, body], ...], the responses of a
// mock server for the description FILE. The server is Prism, in its own process.
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { readFileSync } from "node:fs";

const port = await new Promise((resolve) => {
  const server = createServer().listen(0, "127.0.0.1", () => {
    const { port } = server.address();
    server.close(() => resolve(port));
  });
});
const prism = new URL("node_modules/.bin/prism", import.meta.url).pathname;
const mock = spawn("node", [prism, "mock", "-p", port, "-h", "127.0.0.1", process.argv[2]]);
let output = "";
mock.stderr.on("data", (data) => { output += data; });
await new Promise((resolve, reject) => {
  mock.stdout.on("data", (data) => {
    output += data;
    if (output.includes("is listening")) resolve();
  });
  mock.on("exit", () => reject(new Error(output)));
});
const responses = [];
for (const [path, headers] of JSON.parse(readFileSync(0, "utf8"))) {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { headers });
  responses.push([response.status, await response.text()]);
}
console.log(JSON.stringify(responses));
mock.removeAllListeners("exit");
mock.kill();
