/** No cycles, not of types either, no orphans, no development package in the product. Directions between rooms are ESLint's. */
module.exports = {
  forbidden: [
    { name: "no-cycle", severity: "error", from: {}, to: { circular: true } },
    {
      name: "no-orphan",
      severity: "error",
      from: {
        orphan: true,
        pathNot: [
          "\\.test\\.tsx?$",
          "^app/",
          "^bench/variants/empty/app/",
          "^db/(migrate|seed)",
          "\\.d\\.ts$",
          "argon2-worker\\.mjs$",
          "test-environment",
          "^lib/web/security-headers",
        ],
      },
      to: {},
    },
    {
      name: "no-development-package",
      severity: "error",
      from: { path: "^(app|components|lib|db|middleware)", pathNot: ["\\.test\\.tsx?$", "^db/seed"] },
      to: { dependencyTypes: ["npm-dev"], pathNot: ["@types/"] },
    },
    {
      name: "product-never-imports-its-surroundings",
      severity: "error",
      from: { path: "^(app|components|lib|db|middleware)", pathNot: "\\.test\\.tsx?$" },
      to: { path: "^(dev|e2e|bench)/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
