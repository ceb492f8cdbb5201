// Reads manifests from standard input and prints a line for each fault. Two checks, both from Kubernetes' OpenAPI:
// the JSON schema of each kind (types, required fields, formats), and, since those schemas let unknown fields pass, the kind's
// type: a manifest written as an object literal of that type does not compile when a field is misspelt.
import { readFileSync } from "node:fs";
import ts from "typescript";
import { parseAllDocuments } from "yaml";

const operatorGroups = ["monitoring.coreos.com"];

function moduleOf({ apiVersion, kind }) {
  const operator = operatorGroups.includes(apiVersion.split("/")[0]);
  return `${operator ? "@kubernetes-models/prometheus-operator" : "kubernetes-models"}/${apiVersion}/${kind}`;
}

async function schemaFault(manifest) {
  const { [manifest.kind]: Model } = await import(moduleOf(manifest));
  try {
    new Model(manifest).validate();
    return null;
  } catch (e) {
    return e.message;
  }
}

function typeFaults(manifests) {
  const file = new URL("manifests.ts", import.meta.url).pathname;
  const source = manifests
    .map((manifest, i) => `import type { I${manifest.kind} as T${i} } from "${moduleOf(manifest)}";\nexport const m${i}: T${i} = ${JSON.stringify(manifest)};`)
    .join("\n");
  const options = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (name) => name === file || fileExists(name);
  host.getSourceFile = (name, target, ...rest) =>
    name === file ? ts.createSourceFile(name, source, target) : getSourceFile(name, target, ...rest);
  return ts.getPreEmitDiagnostics(ts.createProgram([file], options, host)).map((fault) => {
    const line = fault.file?.fileName === file ? ts.getLineAndCharacterOfPosition(fault.file, fault.start).line : 0;
    return [manifests[Math.floor(line / 2)], ts.flattenDiagnosticMessageText(fault.messageText, " ")];
  });
}

const manifests = parseAllDocuments(readFileSync(0, "utf8")).map((document) => {
  if (document.errors.length > 0) {
    throw document.errors[0];
  }
  return document.toJS();
});
const faults = typeFaults(manifests);
for (const manifest of manifests) {
  const fault = await schemaFault(manifest);
  if (fault !== null) {
    faults.push([manifest, fault]);
  }
}
for (const [manifest, fault] of faults) {
  console.log(`${manifest.kind} ${manifest.metadata?.name}: ${fault}`);
}
console.log(`${manifests.length} checked`);
