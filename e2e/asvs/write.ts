import { writeFileSync } from "node:fs";
import { documentFile, readEvidence } from "./evidence";

// npm run asvs: writes docs/asvs.md from the annotations of the tests; not when a line is not covered.

const { document, gaps } = readEvidence();
for (const gap of gaps) console.error(gap);
if (gaps.length === 0) writeFileSync(documentFile, document);
else process.exitCode = 1;
