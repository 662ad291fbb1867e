import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

/** A test, or a group of tests, that says which lines of ASVS 5.0 it proves. */
export interface AnnotatedTest {
  readonly file: string;
  readonly title: string;
  readonly lines: readonly string[];
}

const folders = ["app", "components", "db", "dev", "e2e", "lib"];
const testFile = /\.(test|spec)\.tsx?$/;
const number = /^\d+\.\d+\.\d+$/;
/** What a title of Vitest says at its end: `guessing passwords (ASVS 6.3.1, 6.3.8)`. */
const saidInTitle = / \(([^()]*, )?ASVS ((?:\d+(?:\.\d+)+(?:, )?)+)([^()]*)\)$/;

/**
 * Reads the annotated tests of a source tree, file by file, in the order in which they are written: Vitest's by the numbers
 * in their titles, Playwright's by `proves` and `conforms`.
 */
export function annotatedTests(root: string): AnnotatedTest[] {
  return folders
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map(
        (file) => `${folder}/${file.replaceAll("\\", "/")}`,
      ),
    )
    .filter((file) => testFile.test(file))
    .sort()
    .flatMap((file) => annotationsIn(file, readFileSync(join(root, file), "utf8")));
}

/** Reads the annotated tests of one source file. */
export function annotationsIn(file: string, source: string): AnnotatedTest[] {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const found = new Map<string, Set<string>>();
  const note = (title: string, lines: readonly string[]) => {
    const known = found.get(title) ?? new Set();
    for (const line of lines) known.add(line);
    if (known.size > 0) found.set(title, known);
  };
  const visit = (node: ts.Node): void => {
    const title = ts.isCallExpression(node) ? titleOf(node) : null;
    if (title !== null) note(bare(title), linesInTitle(title));
    if (ts.isStringLiteral(node) && number.test(node.text) && isAnnotation(node))
      for (const annotated of titlesFor(node, tree)) note(annotated, [node.text]);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return [...found].map(([title, lines]) => ({ file, title, lines: [...lines] }));
}

const bare = (title: string): string => title.replace(saidInTitle, "");

function linesInTitle(title: string): readonly string[] {
  const said = saidInTitle.exec(title)?.[2] ?? "";
  return said.split(", ").filter((line) => number.test(line));
}

/** The title of a call of `test`, `it` or `describe`, in whatever form; null for any other call. */
function titleOf({ expression, arguments: [first] }: ts.CallExpression): string | null {
  if (first === undefined || !/^(test|it|describe)\b/.test(expression.getText())) return null;
  if (ts.isStringLiteralLike(first)) return first.text;
  if (!ts.isTemplateExpression(first)) return null;
  return first.templateSpans.reduce((text, { literal }) => `${text}…${literal.text}`, first.head.text);
}

/** Whether a number stands in `proves("…")` or in a list named `asvs`. */
function isAnnotation({ parent }: ts.StringLiteral): boolean {
  if (ts.isCallExpression(parent)) return parent.expression.getText() === "proves";
  const property = ts.isArrayLiteralExpression(parent) ? parent.parent : parent;
  return ts.isPropertyAssignment(property) && property.name.getText() === "asvs";
}

/**
 * The titles of the tests that an annotation is for: the test that it stands in, those that are given the constant that it
 * stands in, or, for one case of a table, the test of the table with the name of the case in its title.
 */
function titlesFor(annotation: ts.Node, tree: ts.SourceFile): string[] {
  let entry: string | null = null;
  let constant: string | null = null;
  for (let node = annotation.parent; !ts.isSourceFile(node); node = node.parent) {
    const title = ts.isCallExpression(node) ? titleOf(node) : null;
    if (title !== null) return [bare(title)];
    if (ts.isPropertyAssignment(node) && ts.isStringLiteral(node.name)) entry = node.name.text;
    if (ts.isVariableDeclaration(node)) constant = node.name.getText();
  }
  const titles =
    entry === null
      ? titlesGiven(tree, (name) => ts.isIdentifier(name) && name.text === constant)
      : titlesGiven(tree, isShorthandForAnnotations).map((title) => title.replace("…", entry));
  if (titles.length === 0) throw new Error(`${tree.fileName}: ${annotation.getText()} annotates no test`);
  return titles;
}

const isShorthandForAnnotations = (node: ts.Node): boolean =>
  ts.isShorthandPropertyAssignment(node) && node.name.text === "asvs";

/** The titles of the tests with something like that among their arguments, in what they do aside. */
function titlesGiven(tree: ts.SourceFile, wanted: (node: ts.Node) => boolean): string[] {
  const titles: string[] = [];
  const holds = (node: ts.Node): boolean =>
    !ts.isFunctionLike(node) && (wanted(node) || (ts.forEachChild(node, holds) ?? false));
  const visit = (node: ts.Node): void => {
    const title = ts.isCallExpression(node) ? titleOf(node) : null;
    if (title !== null && (node as ts.CallExpression).arguments.some(holds)) titles.push(bare(title));
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return titles;
}
