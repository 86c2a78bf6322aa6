// What an entry of the package exports, with its doc comments, out of the emitted declarations. Only our own
// declarations are read, whose imports are all relative, so that a parser is enough and no type is computed.
import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { parseSync } from "vite";

const GROUPS = {
  TSDeclareFunction: "function",
  FunctionDeclaration: "function",
  ClassDeclaration: "class",
  VariableDeclaration: "constant",
  TSTypeAliasDeclaration: "type",
  TSInterfaceDeclaration: "type",
};

/**
 * The exports of a declaration file, in the order of their names: `{ name, group, doc, code, members }`, where `group` is
 * function, class, constant or type, `code` the declaration without comments, and `members` are `{ name, doc, code }`.
 * Members of a base class that is not exported itself are among those of its heirs.
 */
export function exportsOf(path) {
  const files = new Map();
  const found = collect(path, files);
  return [...found]
    .map(([name, { file, nodes }]) => describe(name, file, nodes, found))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** What a file says about itself, in the comment with `@packageDocumentation`. */
export function packageDoc(path) {
  const { comments } = parse(path, new Map());
  const comment = comments.find(({ value }) => value.includes("@packageDocumentation"));
  return comment ? docText(comment.value).replace("@packageDocumentation", "").trim() : "";
}

/** Names of exports and members without a doc comment, as `Options.delay`. */
export function undocumented(items) {
  return items.flatMap(({ name, doc, members }) => [
    ...(doc ? [] : [name]),
    ...members.filter((member) => !member.doc).map((member) => `${name}.${member.name}`),
  ]);
}

function parse(path, files) {
  if (!files.has(path)) {
    const text = readFileSync(path, "utf8");
    const { program, comments, errors } = parseSync(path, text);
    if (errors.length > 0) throw new Error(`${path}: ${errors[0].message}`);
    files.set(path, { path, text, comments, body: program.body, files });
  }
  return files.get(path);
}

const target = (file, source) => {
  const path = resolve(dirname(file.path), source.value);
  const declared = path.replace(/\.js$/, ".d.ts");
  return existsSync(declared) ? declared : path;
};

/** Every exported name with the file that declares it and its declarations: several for an overloaded function. */
function collect(path, files) {
  const file = parse(path, files);
  const found = new Map();
  for (const statement of file.body) {
    if (statement.type === "ExportAllDeclaration") {
      for (const [name, where] of collect(target(file, statement.source), files)) found.set(name, where);
    } else if (statement.type === "ExportNamedDeclaration") {
      if (statement.declaration) {
        for (const name of declaredNames(statement.declaration)) {
          const nodes = found.get(name)?.nodes ?? [];
          found.set(name, { file, nodes: [...nodes, statement] });
        }
      }
      for (const { local, exported } of statement.specifiers) {
        found.set(exported.name, lookUp(file, local.name, statement.source, files));
      }
    }
  }
  return found;
}

function lookUp(file, name, source, files) {
  if (source) return collect(target(file, source), files).get(name);
  const imported = file.body.find(
    (node) => node.type === "ImportDeclaration" && node.specifiers.some(({ local }) => local.name === name),
  );
  if (imported) {
    const { imported: original } = imported.specifiers.find(({ local }) => local.name === name);
    return collect(target(file, imported.source), files).get(original.name);
  }
  return { file, nodes: file.body.filter((node) => declaredNames(node.declaration ?? node).includes(name)) };
}

function declaredNames(node) {
  if (node.type === "VariableDeclaration") return node.declarations.map(({ id }) => id.name);
  return node.id ? [node.id.name] : [];
}

function describe(name, file, nodes, exported) {
  const declarations = nodes.map((node) => node.declaration ?? node);
  const [declaration] = declarations;
  const group = GROUPS[declaration.type];
  if (!group) throw new Error(`${file.path}: ${name} is a ${declaration.type}, which the reference cannot describe`);
  const docs = nodes.map((node) => docOf(node, file));
  return {
    name,
    group,
    doc: docs.filter(Boolean).join("\n\n"),
    code: declarations.map((node) => codeOf(node, file)).join("\n"),
    members: group === "class" ? classMembers(declaration, file, exported) : typeMembers(declaration, file),
  };
}

/** The comment that stands right before a node. */
function docOf(node, file) {
  const comment = file.comments.findLast(({ end }) => end <= node.start);
  if (!comment?.value.startsWith("*") || file.text.slice(comment.end, node.start).trim() !== "") return "";
  return docText(comment.value);
}

function docText(value) {
  return value
    .replace(/^\*/, "")
    .split("\n")
    .map((line) => line.replace(/^\s*\*? ?/, "").trimEnd())
    .join("\n")
    .trim();
}

/** A declaration as it is written, without comments; of a class only its head. */
function codeOf(node, file) {
  const end = node.type === "ClassDeclaration" ? node.body.start : node.end;
  return tidy(withoutComments(node.start, end, file)).replace(/^declare /, "");
}

function withoutComments(start, end, file) {
  let text = "";
  let at = start;
  for (const comment of file.comments) {
    if (comment.start < at || comment.end > end) continue;
    text += file.text.slice(at, comment.start);
    at = comment.end;
  }
  return text + file.text.slice(at, end);
}

const tidy = (text) =>
  text
    .replace(/\n\s*\n/g, "\n")
    .replace(/\(\s*\n\s*/g, "(")
    .replace(/, *\n\s*/g, ", ")
    .replaceAll("    ", "  ")
    .trim();

function typeMembers(declaration, file) {
  const parts = (type) => {
    if (type?.type === "TSTypeLiteral") return type.members;
    return type?.type === "TSIntersectionType" ? type.types.flatMap(parts) : [];
  };
  const members =
    declaration.type === "TSInterfaceDeclaration" ? declaration.body.body : parts(declaration.typeAnnotation);
  return members.map((member) => describeMember(member, file));
}

/** Members that are not private; a getter stands for its setter too. */
function classMembers(declaration, file, exported) {
  const promised = declaration.implements.flatMap(({ expression }) => interfaceMembers(expression.name, file));
  const own = declaration.body.body.filter(
    ({ key, accessibility }) => key?.type !== "PrivateIdentifier" && accessibility !== "private",
  );
  const members = own
    .map((member) => ({ ...describeMember(member, file), kind: member.kind }))
    .filter(({ name, kind }, _, all) => !(kind === "set" && all.some((one) => one.kind === "get" && one.name === name)))
    // What an interface says of a member holds for whoever implements it.
    .map((member) => ({ ...member, doc: member.doc || promised.find(({ name }) => name === member.name)?.doc || "" }))
    // A constructor without parameters has nothing to say that the class does not.
    .filter(({ code }) => !/^constructor\(\)$/.test(code));
  const base = declaration.superClass?.name;
  const hidden = base && !exported.has(base) && findClass(base, file);
  const inherited = hidden ? classMembers(hidden.declaration, hidden.file, exported) : [];
  const names = new Set(members.map(({ name }) => name));
  return [...members, ...inherited.filter(({ name }) => !names.has(name))].map(({ kind: _, ...member }) => member);
}

function interfaceMembers(name, file) {
  const found = lookUp(file, name, null, file.files);
  const declaration = found?.nodes[0]?.declaration ?? found?.nodes[0];
  return declaration?.type === "TSInterfaceDeclaration" ? typeMembers(declaration, found.file) : [];
}

/** The declaration of a class that a file declares or imports; `undefined` for those of the platform. */
function findClass(name, file) {
  const found = lookUp(file, name, null, file.files);
  const declaration = found?.nodes[0]?.declaration ?? found?.nodes[0];
  return declaration?.type === "ClassDeclaration" ? { file: found.file, declaration } : undefined;
}

function describeMember(member, file) {
  const code = tidy(withoutComments(member.start, member.end, file)).replace(/;$/, "");
  return { name: member.key?.name ?? member.key?.value ?? code, doc: docOf(member, file), code };
}
