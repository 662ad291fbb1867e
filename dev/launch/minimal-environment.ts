const kept = ["PATH", "HOME", "USER", "LANG", "LC_ALL", "TZ", "TMPDIR", "SystemRoot", "NODE_EXTRA_CA_CERTS"];

/** The variables that a process needs to run at all; everything else it is told on purpose. */
export function minimalEnvironment(): NodeJS.ProcessEnv {
  const entries = kept.flatMap((name) =>
    process.env[name] === undefined ? [] : [[name, process.env[name]] as const],
  );
  return { NODE_ENV: "development", ...Object.fromEntries(entries) };
}
