// Holds values against our JSON schemas with ajv, an implementation that is not ours.
// stdin: lines of JSON, { "name", "schema": file, "yaml" } or { "name", "schema", "at": JSON pointer into the schema, "value" };
// stdout: for each a line { "name", "valid", "errors" }.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import Ajv from "ajv/dist/2020.js";
import { parse } from "yaml";

const ajv = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true, strictRequired: false });
const validators = new Map();

function validatorOf(file, pointer) {
  const key = pointer === undefined ? file : `${file}#${pointer}`;
  if (!validators.has(key)) {
    if (pointer === undefined) {
      validators.set(key, ajv.compile({ $id: file, ...JSON.parse(readFileSync(file, "utf8")) }));
    } else {
      validatorOf(file);
      validators.set(key, ajv.compile({ $ref: key }));
    }
  }
  return validators.get(key);
}

function check({ schema, at, value, yaml }) {
  try {
    const validate = validatorOf(schema, at);
    const valid = validate(yaml === undefined ? value : parse(yaml, { prettyErrors: false, logLevel: "silent" }));
    return { valid, errors: (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`) };
  } catch (failure) {
    return { valid: false, errors: [`${failure.name}: ${failure.message}`] };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line);
  console.log(JSON.stringify({ name: asked.name, ...check(asked) }));
}
