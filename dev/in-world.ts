import { spawnSync } from "node:child_process";
import { applicationEnvironment, processEnvironment } from "./launch/environment";
import { repositoryRoot, typescriptArguments } from "./launch/paths";
import { choosePorts } from "./launch/ports";
import { loadSecrets } from "./launch/secrets";
import { stateDirOf } from "./world";

// Runs a command of the application with the environment of the world that `npm run demo` or `npm run dev` has started.
const environment = processEnvironment();
const ports = await choosePorts({}, environment);
const baseUrl =
  environment["AUTH_URL"] ?? `http://localhost:${String(ports.app)}${environment["BASE_PATH"] ?? ""}`;
const env = applicationEnvironment(environment, ports, loadSecrets(stateDirOf(environment)), baseUrl);
const { status } = spawnSync(
  process.execPath,
  ["--conditions=react-server", ...typescriptArguments, ...process.argv.slice(2)],
  { cwd: repositoryRoot, env: { ...process.env, LOG_LEVEL: "warn", ...env }, stdio: "inherit" },
);
process.exitCode = status ?? 1;
