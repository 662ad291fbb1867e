import boundaries from "eslint-plugin-boundaries";
import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

/** The rooms of the house, most specific first. */
const rooms = [
  { type: "shared", pattern: "lib/shared/**" },
  { type: "env", pattern: "lib/env*.ts" },
  { type: "routes", pattern: "lib/routes*.ts" },
  { type: "schemas", pattern: "lib/domain/*/schemas.ts" },
  { type: "cookie-codec", pattern: "lib/platform/crypto/session-cookie.ts" },
  { type: "platform", pattern: "lib/platform/**" },
  { type: "domain", pattern: "lib/domain/**" },
  { type: "auth", pattern: "lib/auth/**" },
  { type: "web", pattern: "lib/web/**" },
  { type: "db", pattern: "db/**" },
  { type: "components", pattern: "components/**" },
  { type: "app", pattern: ["app/**", "app/.*/**"] },
  { type: "middleware", pattern: "middleware.ts" },
  { type: "instrumentation", pattern: "instrumentation.ts" },
];

/** Who may import whom. What is not written here is refused. */
const directions = {
  shared: ["shared"],
  env: ["env", "shared"],
  routes: ["routes", "shared"],
  schemas: ["shared"],
  "cookie-codec": [],
  db: ["db", "env", "shared"],
  platform: ["platform", "cookie-codec", "env", "shared"],
  domain: ["domain", "schemas", "platform", "db", "env", "routes", "shared"],
  web: ["web", "domain", "schemas", "platform", "cookie-codec", "db", "env", "routes", "shared"],
  auth: ["auth", "web", "domain", "schemas", "platform", "cookie-codec", "db", "env", "routes", "shared"],
  // No schemas: what a client component imports, the browser loads, Zod as well.
  components: ["components", "routes", "shared"],
  app: ["app", "components", "web", "auth", "domain", "schemas", "env", "routes", "shared"],
  middleware: ["web", "env", "routes", "shared"],
  instrumentation: ["web"],
};

const frameworks = [
  {
    group: ["next/*", "next"],
    message: "The domain knows nothing of Next.js: hand it what it needs in its context or input.",
  },
  { group: ["next-auth", "next-auth/*", "@auth/*"], message: "lib/auth is the only importer of Auth.js." },
];

const frameworkRedirects = {
  name: "next/navigation",
  importNames: ["redirect", "permanentRedirect"],
  message: "lib/web/redirect.ts knows below which path of the host we are served.",
};

export default tseslint.config(
  {
    ignores: [
      ".next/**",
      ".dev*/**",
      "next-env.d.ts",
      "db/migrations/**",
      "test-results/**",
      "playwright-report/**",
    ],
  },
  {
    files: ["**/*.{ts,tsx}"],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "max-lines": ["error", 300],
      // Characters are counted and cut by code point on purpose.
      "@typescript-eslint/no-misused-spread": ["error", { allow: ["string"] }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "@typescript-eslint/dot-notation": "off",
      "no-restricted-imports": ["error", { patterns: [frameworks[1]] }],
      "no-restricted-properties": [
        "error",
        { object: "process", property: "env", message: "lib/env.ts is the only reader of the environment." },
      ],
    },
  },
  {
    files: ["{app,components}/**/*.{ts,tsx}", "lib/web/**/*.ts"],
    plugins: { "react-hooks": reactHooks },
    rules: reactHooks.configs.recommended.rules,
  },
  {
    files: ["{app,components,lib,db}/**/*.{ts,tsx}", "middleware.ts", "instrumentation.ts"],
    ignores: ["**/*.test.{ts,tsx}", "**/testing/**", "lib/test-environment.ts", "db/{migrate,seed}.ts"],
    plugins: { boundaries },
    settings: {
      "boundaries/elements": rooms.map((room) => ({ ...room, mode: "full" })),
      "boundaries/legacy-warnings": false,
      "import/resolver": { typescript: { project: "./tsconfig.json" } },
    },
    rules: {
      "boundaries/no-unknown-files": "error",
      "boundaries/dependencies": [
        "error",
        {
          default: "disallow",
          message:
            "{{from.element.type}} may not import {{to.element.type}}: imports run one way (docs/decisions).",
          policies: Object.entries(directions).map(([from, to]) => ({
            from: { element: { type: from } },
            allow: [{ to: { element: { type: to } } }],
          })),
        },
      ],
    },
  },
  {
    files: ["lib/domain/**", "lib/platform/**", "lib/shared/**"],
    ignores: ["**/*.test.ts"],
    rules: { "no-restricted-imports": ["error", { patterns: frameworks }] },
  },
  {
    files: ["app/**", "lib/web/**"],
    ignores: ["lib/web/redirect.ts"],
    rules: { "no-restricted-imports": ["error", { patterns: [frameworks[1]], paths: [frameworkRedirects] }] },
  },
  { files: ["lib/auth/**"], rules: { "no-restricted-imports": "off" } },
  {
    files: [
      "lib/env.ts",
      // The build puts the value in its place, in scripts for the browser too.
      "lib/shared/base-path.ts",
      "lib/test-environment.ts",
      "**/testing/**",
      "dev/**",
      "e2e/**",
      "bench/**",
      "*.config.ts",
      "instrumentation.ts",
      "**/*.test.ts",
    ],
    rules: { "no-restricted-properties": "off" },
  },
  {
    files: ["**/*.test.{ts,tsx}", "e2e/**"],
    rules: { "@typescript-eslint/no-non-null-assertion": "off", "max-lines": ["error", 300] },
  },
);
