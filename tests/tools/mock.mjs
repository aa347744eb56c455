// mock.mjs FILE: reads [[path, headers], ...] and prints [[status, body], ...], as the mock of the
// description FILE answers. It is the real server of Prism, in a process of its own.
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
let said = "";
mock.stderr.on("data", (data) => { said += data; });
await new Promise((resolve, reject) => {
  mock.stdout.on("data", (data) => {
    said += data;
    if (said.includes("is listening")) resolve();
  });
  mock.on("exit", () => reject(new Error(said)));
});
const answers = [];
for (const [path, headers] of JSON.parse(readFileSync(0, "utf8"))) {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { headers });
  answers.push([response.status, await response.text()]);
}
console.log(JSON.stringify(answers));
mock.removeAllListeners("exit");
mock.kill();
