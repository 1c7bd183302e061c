/* Generated from schemas/agentvm.v1.json by `npm run generate`; change the schema instead. */

var __getOwnPropNames = Object.getOwnPropertyNames;
var __commonJS = (cb, mod) => function __require() {
  try {
    return mod || (0, cb[__getOwnPropNames(cb)[0]])((mod = { exports: {} }).exports, mod), mod.exports;
  } catch (e) {
    throw mod = 0, e;
  }
};

// node_modules/ajv/dist/runtime/ucs2length.js
var require_ucs2length = __commonJS({
  "node_modules/ajv/dist/runtime/ucs2length.js"(exports) {
    "use strict";
    Object.defineProperty(exports, "__esModule", { value: true });
    function ucs2length(str) {
      const len = str.length;
      let length = 0;
      let pos = 0;
      let value;
      while (pos < len) {
        length++;
        value = str.charCodeAt(pos++);
        if (value >= 55296 && value <= 56319 && pos < len) {
          value = str.charCodeAt(pos);
          if ((value & 64512) === 56320)
            pos++;
        }
      }
      return length;
    }
    exports.default = ucs2length;
    ucs2length.code = 'require("ajv/dist/runtime/ucs2length").default';
  }
});

// <stdin>
var validate = validate20;
var stdin_default = validate20;
var schema31 = { "$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "https://agentvm.dev/schemas/agentvm.v1.json", "title": "Manifest", "description": "agentvm.yaml: one document declares one virtual machine. In a file with `extends`, null removes what a layer has set.", "type": "object", "additionalProperties": false, "required": ["apiVersion"], "properties": { "apiVersion": { "const": "agentvm/v1", "description": "The format of this file." }, "name": { "type": ["string", "null"], "pattern": "^[a-z][a-z0-9-]{0,61}[a-z0-9]$", "description": "The machine's name and the guest's hostname: 2 to 63 lower-case letters, digits and hyphens. Default: the folder's name." }, "driver": { "enum": ["auto", "qemu", "lima", "vfkit", "incus", "fake", null], "description": "What makes the machine. `auto` takes the best driver that this host has." }, "extends": { "type": "array", "items": { "type": "string", "minLength": 1 }, "maxItems": 16, "description": "Manifests to start from, merged in order, this file last. Paths are relative to the file they stand in." }, "agent": { "anyOf": [{ "$ref": "#/$defs/agent" }, { "type": "null" }], "description": "The agent that `agentvm run` starts." }, "agents": { "type": ["array", "null"], "items": { "$ref": "#/$defs/agent" }, "maxItems": 16, "description": "Other agents to have in the same machine." }, "base": { "type": ["object", "null"], "additionalProperties": false, "description": "What the guest system is made of.", "properties": { "image": { "anyOf": [{ "$ref": "#/$defs/image" }, { "type": "null" }], "description": "A name from manifests/images.yaml, or {url, sha256}, or {path}." }, "packages": { "type": ["array", "null"], "items": { "type": "string", "pattern": "^[a-z0-9][a-z0-9+.-]+(:[a-z0-9]+)?$", "maxLength": 128, "description": "The name of a package: lower-case letters, digits, +, . and -." }, "maxItems": 1e3, "description": "Packages of the guest's distribution." }, "scripts": { "type": ["array", "null"], "items": { "type": "string", "minLength": 1 }, "maxItems": 100, "description": "Scripts in or below this file's folder, run as root in lexical order, and again when their content changes." } } }, "resources": { "type": ["object", "null"], "additionalProperties": false, "properties": { "cpus": { "type": ["integer", "null"], "minimum": 1, "maximum": 512, "description": "Virtual processors." }, "memory": { "anyOf": [{ "$ref": "#/$defs/size" }, { "type": "null" }], "description": "Memory, for example 8GiB." }, "disk": { "anyOf": [{ "$ref": "#/$defs/size" }, { "type": "null" }], "description": "Size of the root disk, for example 40GiB. It takes only what is written." } } }, "workspace": { "type": ["object", "null"], "additionalProperties": false, "description": "How the project's folder shows in the guest.", "properties": { "guestPath": { "anyOf": [{ "const": "same" }, { "$ref": "#/$defs/guestPath" }, { "type": "null" }], "description": "Where the project appears in the guest; `same` is its path on the host." }, "mode": { "enum": ["rw", "ro", null], "description": "Whether the guest may write to the project." }, "shadow": { "type": ["array", "null"], "items": { "$ref": "#/$defs/relativePath" }, "maxItems": 100, "description": "Folders of the project that the guest has for itself." }, "protect": { "type": ["array", "null"], "items": { "$ref": "#/$defs/relativePath" }, "maxItems": 100, "description": "Files and folders of the project that the guest may read but not change. The manifest, what it refers to and .git/hooks always are." } } }, "mounts": { "type": ["array", "null"], "items": { "$ref": "#/$defs/mount" }, "maxItems": 100, "description": "Other host folders to show in the guest." }, "volumes": { "type": ["array", "null"], "items": { "$ref": "#/$defs/volume" }, "maxItems": 20, "description": "Disks of their own that outlive the root disk." }, "ports": { "type": ["array", "null"], "items": { "$ref": "#/$defs/port" }, "maxItems": 1024, "description": 'Guest ports to reach on the host: 3000, "8080:80" (host:guest), or a map.' }, "env": { "type": ["object", "null"], "propertyNames": { "pattern": "^[A-Za-z_][A-Za-z0-9_]*$", "description": "The name of a variable: letters, digits and _, not starting with a digit." }, "additionalProperties": { "type": ["string", "number", "boolean", "null"] }, "description": "Environment of every session in the guest." }, "envFile": { "type": ["array", "null"], "items": { "type": "string", "minLength": 1 }, "maxItems": 20, "description": "Files of NAME=value lines for the environment; `env` wins over them." }, "secrets": { "type": ["object", "null"], "propertyNames": { "pattern": "^[A-Za-z_][A-Za-z0-9_]*$", "description": "The name of a variable: letters, digits and _, not starting with a digit." }, "additionalProperties": { "anyOf": [{ "$ref": "#/$defs/secret" }, { "type": "null" }] }, "description": "Values that stay on the host and are put into requests to the named hosts." }, "identity": { "type": ["object", "null"], "additionalProperties": false, "description": "What of the user's identity the guest can use.", "properties": { "gitconfig": { "type": ["boolean", "null"] }, "gitCredentials": { "enum": ["broker", "copy", "none", null] }, "gh": { "enum": ["broker", "copy", "none", null] }, "ssh": { "enum": ["none", "agent", "mount", null] } } }, "network": { "type": ["object", "null"], "additionalProperties": false, "properties": { "egress": { "anyOf": [{ "$ref": "#/$defs/egress" }, { "type": "null" }], "description": "What the guest may reach: `public` (the default) is any public address on TCP 22, 80 and 443, `none` is nothing, `open` is whatever this host reaches, or a list of what is allowed." }, "ports": { "type": ["array", "null"], "items": { "$ref": "#/$defs/portNumber" }, "maxItems": 1024, "description": "TCP ports beside 22, 80 and 443 that `public`, and an entry without a port, mean." }, "hostPorts": { "type": ["array", "null"], "items": { "$ref": "#/$defs/portNumber" }, "maxItems": 1024, "description": "Ports of this host's loopback that the guest reaches at host.agentvm.internal and 10.0.2.2." } } }, "services": { "type": ["array", "null"], "items": { "$ref": "#/$defs/service" }, "maxItems": 100, "description": "Programs that run as long as the machine does." }, "environment": { "enum": ["auto", "none", "devbox", "nix", null], "description": "The tool environment that shells and agents start in." }, "lifecycle": { "type": ["object", "null"], "additionalProperties": false, "properties": { "onExit": { "enum": ["keep", "stop", "suspend", "delete", null], "description": "What happens when the last session ends." }, "idle": { "type": ["object", "null"], "additionalProperties": false, "required": ["after"], "description": "What happens to a machine that nobody uses: no session, no connection at its ports, none of its own, and no work in it.", "properties": { "after": { "type": "string", "pattern": "^[1-9][0-9]{0,5}(s|m|h)$", "description": "How long nobody has used it: a number and a unit, s, m or h, for example 30m; at least 10s." }, "action": { "enum": ["suspend", "stop", null], "description": "`suspend` halts its processors until the next use, which wakes it at once; its memory stays this host's. Default: suspend." } } }, "protect": { "type": ["boolean", "null"], "description": "Refuse `agentvm rm` and every step that deletes the machine's disk." } } }, "drift": { "type": ["object", "null"], "additionalProperties": false, "properties": { "policy": { "enum": ["report", "heal", null] } } }, "snapshots": { "type": ["object", "null"], "additionalProperties": false, "properties": { "keep": { "type": ["integer", "null"], "minimum": 0, "maximum": 100, "description": "How many of the snapshots that agentvm takes before scripts, package changes and new root disks are kept; 0 takes none." }, "maxSize": { "anyOf": [{ "$ref": "#/$defs/size" }, { "type": "null" }], "description": "What all snapshots together may take on this host, for example 20GiB; beyond it the oldest of agentvm's own go." } } }, "labels": { "type": ["object", "null"], "propertyNames": { "pattern": "^[a-z0-9][a-z0-9./_-]{0,62}$", "description": "A label's name: lower-case letters, digits, ., /, _ and -." }, "additionalProperties": { "type": ["string", "null"], "maxLength": 256 }, "description": "Free text for people and scripts; shown by `agentvm list --json`." } }, "$defs": { "size": { "type": "string", "pattern": "^[0-9]{1,9}(\\.[0-9]{1,9})?(MiB|GiB|TiB)$", "description": "A number and a binary unit: MiB, GiB or TiB." }, "portNumber": { "type": "integer", "minimum": 1, "maximum": 65535, "description": "A port from 1 to 65535." }, "guestPath": { "type": "string", "pattern": "^(/[^/\\u0000-\\u001f\\u007f]+)+/?$", "not": { "pattern": "(^|/)\\.{1,2}(/|$)" }, "maxLength": 1024, "description": "An absolute path in the guest without . or .. in it." }, "relativePath": { "type": "string", "pattern": "^[^/\\u0000-\\u001f\\u007f][^\\u0000-\\u001f\\u007f]*$", "not": { "pattern": "(^|/)\\.{1,2}(/|$)" }, "maxLength": 1024, "description": "A path relative to the project's folder without . or .. in it." }, "agent": { "anyOf": [{ "$ref": "#/$defs/agentName" }, { "type": "object", "additionalProperties": false, "required": ["name"], "properties": { "name": { "$ref": "#/$defs/agentName" }, "version": { "type": ["string", "null"], "pattern": "^(latest|host|[0-9]+\\.[0-9]+\\.[0-9]+([-+][0-9A-Za-z.+-]+)?)$", "description": "`latest` (pinned at apply, moved by `agentvm upgrade`), `host` (what this host has) or an exact version." }, "args": { "type": ["array", "null"], "items": { "type": "string" }, "description": "Arguments put before the user's own." }, "autonomy": { "enum": ["ask", "full", null], "description": "`full` starts the agent without its permission prompts." }, "config": { "type": ["object", "null"], "additionalProperties": true, "description": "The agent's own configuration, in its own format." }, "configDirs": { "enum": ["shared", "readonly", "copy", "none", null], "description": "What the guest gets of the host's configuration folders of this agent." } } }] }, "agentName": { "type": "string", "pattern": "^[a-z][a-z0-9-]{0,31}$", "description": "An agent's name: lower-case letters, digits and hyphens." }, "image": { "anyOf": [{ "type": "string", "pattern": "^[a-z0-9][a-z0-9.-]*$", "description": "The name of an image, for example debian-12." }, { "type": "object", "additionalProperties": false, "required": ["url", "sha256"], "properties": { "url": { "type": "string", "pattern": "^https?://", "description": "An http or https address." }, "sha256": { "type": "string", "pattern": "^[0-9a-f]{64}$", "description": "64 lower-case hexadecimal digits." } } }, { "type": "object", "additionalProperties": false, "required": ["path"], "properties": { "path": { "type": "string", "minLength": 1 } } }] }, "mount": { "type": "object", "additionalProperties": false, "required": ["host", "guest"], "properties": { "host": { "type": ["string", "null"], "pattern": "^[^\\u0000-\\u001f\\u007f]+$", "description": "A folder on the host; ~ and paths relative to this file work." }, "guest": { "$ref": "#/$defs/guestPath" }, "mode": { "enum": ["rw", "ro", null], "description": "Default: ro." } } }, "volume": { "type": "object", "additionalProperties": false, "required": ["name", "guest", "size"], "properties": { "name": { "type": "string", "pattern": "^[a-z0-9][a-z0-9-]{0,62}$", "description": "A name: lower-case letters, digits and hyphens." }, "guest": { "anyOf": [{ "$ref": "#/$defs/guestPath" }, { "type": "null" }] }, "size": { "$ref": "#/$defs/size" } } }, "port": { "anyOf": [{ "$ref": "#/$defs/portNumber" }, { "type": "string", "pattern": "^([0-9]{1,5}|auto):[0-9]{1,5}$", "description": 'HOST:GUEST as text, for example "8080:80" or "auto:80".' }, { "type": "object", "additionalProperties": false, "required": ["guest"], "properties": { "guest": { "$ref": "#/$defs/portNumber" }, "host": { "anyOf": [{ "$ref": "#/$defs/portNumber" }, { "const": "auto" }, { "type": "null" }] }, "address": { "type": ["string", "null"], "minLength": 2, "description": "The host address to listen on. Default: 127.0.0.1." } } }] }, "secret": { "type": "object", "additionalProperties": false, "required": ["from", "hosts"], "properties": { "from": { "enum": ["env", "file", "keyring", "command"], "description": "Where the value comes from, each time that it is used: a variable of the command that you run, a file, your keyring, or what a program prints." }, "variable": { "type": "string", "pattern": "^[A-Za-z_][A-Za-z0-9_]*$", "description": "For env: the variable on this host. Default: the secret's name." }, "path": { "type": "string", "pattern": "^[^\\u0000-\\u001f\\u007f]+$", "description": "For file: a path outside the project; ~ and paths relative to this file work." }, "service": { "type": "string", "pattern": "^[^\\u0000-\\u001f\\u007f]{1,256}$", "description": "For keyring: the service under which the value is kept. Default: agentvm." }, "account": { "type": "string", "pattern": "^[^\\u0000-\\u001f\\u007f]{1,256}$", "description": "For keyring: the account under which the value is kept. Default: the secret's name." }, "command": { "type": "array", "items": { "type": "string", "pattern": "^[^\\u0000-\\u001f\\u007f]+$", "description": "A word of the command, on one line." }, "minItems": 1, "maxItems": 64, "description": "For command: a program of this host and its arguments, run in your home folder; the value is the first line that it prints." }, "hosts": { "type": "array", "items": { "$ref": "#/$defs/hostEntry" }, "minItems": 1, "maxItems": 100, "description": "The hosts whose requests get the value: names, or *.example.com for all below one." } } }, "hostEntry": { "type": "string", "pattern": "^[^\\s\\u0000-\\u001f\\u007f]{1,320}$", "description": "A name (github.com), all below one (*.github.com), an address or a block (10.1.0.0/16), each with :PORT or :FIRST-LAST where it needs one." }, "egress": { "anyOf": [{ "enum": ["open", "public", "none"] }, { "type": "object", "additionalProperties": false, "required": ["allow"], "properties": { "allow": { "type": "array", "items": { "$ref": "#/$defs/hostEntry" }, "maxItems": 1024, "description": "What the guest may reach, by name or address; without a port that is TCP 22, 80, 443 and network.ports." }, "deny": { "type": ["array", "null"], "items": { "$ref": "#/$defs/hostEntry" }, "maxItems": 1024, "description": "What it may not although an entry allows it; without a port that is every port." } } }] }, "service": { "type": "object", "additionalProperties": false, "required": ["name", "command"], "properties": { "name": { "type": "string", "pattern": "^[a-z0-9][a-z0-9-]{0,62}$", "description": "A name: lower-case letters, digits and hyphens." }, "command": { "type": ["string", "null"], "minLength": 1 }, "port": { "anyOf": [{ "$ref": "#/$defs/portNumber" }, { "type": "null" }] } } } } };
var schema35 = { "anyOf": [{ "type": "string", "pattern": "^[a-z0-9][a-z0-9.-]*$", "description": "The name of an image, for example debian-12." }, { "type": "object", "additionalProperties": false, "required": ["url", "sha256"], "properties": { "url": { "type": "string", "pattern": "^https?://", "description": "An http or https address." }, "sha256": { "type": "string", "pattern": "^[0-9a-f]{64}$", "description": "64 lower-case hexadecimal digits." } } }, { "type": "object", "additionalProperties": false, "required": ["path"], "properties": { "path": { "type": "string", "minLength": 1 } } }] };
var schema36 = { "type": "string", "pattern": "^[0-9]{1,9}(\\.[0-9]{1,9})?(MiB|GiB|TiB)$", "description": "A number and a binary unit: MiB, GiB or TiB." };
var schema38 = { "type": "string", "pattern": "^(/[^/\\u0000-\\u001f\\u007f]+)+/?$", "not": { "pattern": "(^|/)\\.{1,2}(/|$)" }, "maxLength": 1024, "description": "An absolute path in the guest without . or .. in it." };
var schema39 = { "type": "string", "pattern": "^[^/\\u0000-\\u001f\\u007f][^\\u0000-\\u001f\\u007f]*$", "not": { "pattern": "(^|/)\\.{1,2}(/|$)" }, "maxLength": 1024, "description": "A path relative to the project's folder without . or .. in it." };
var schema47 = { "type": "integer", "minimum": 1, "maximum": 65535, "description": "A port from 1 to 65535." };
var func1 = Object.prototype.hasOwnProperty;
var func2 = require_ucs2length().default;
var pattern4 = new RegExp("^[a-z][a-z0-9-]{0,61}[a-z0-9]$", "u");
var pattern8 = new RegExp("^[a-z0-9][a-z0-9.-]*$", "u");
var pattern9 = new RegExp("^https?://", "u");
var pattern10 = new RegExp("^[0-9a-f]{64}$", "u");
var pattern11 = new RegExp("^[a-z0-9][a-z0-9+.-]+(:[a-z0-9]+)?$", "u");
var pattern12 = new RegExp("^[0-9]{1,9}(\\.[0-9]{1,9})?(MiB|GiB|TiB)$", "u");
var pattern14 = new RegExp("(^|/)\\.{1,2}(/|$)", "u");
var pattern15 = new RegExp("^(/[^/\\u0000-\\u001f\\u007f]+)+/?$", "u");
var pattern17 = new RegExp("^[^/\\u0000-\\u001f\\u007f][^\\u0000-\\u001f\\u007f]*$", "u");
var pattern28 = new RegExp("^[A-Za-z_][A-Za-z0-9_]*$", "u");
var pattern39 = new RegExp("^[1-9][0-9]{0,5}(s|m|h)$", "u");
var pattern41 = new RegExp("^[a-z0-9][a-z0-9./_-]{0,62}$", "u");
var schema32 = { "anyOf": [{ "$ref": "#/$defs/agentName" }, { "type": "object", "additionalProperties": false, "required": ["name"], "properties": { "name": { "$ref": "#/$defs/agentName" }, "version": { "type": ["string", "null"], "pattern": "^(latest|host|[0-9]+\\.[0-9]+\\.[0-9]+([-+][0-9A-Za-z.+-]+)?)$", "description": "`latest` (pinned at apply, moved by `agentvm upgrade`), `host` (what this host has) or an exact version." }, "args": { "type": ["array", "null"], "items": { "type": "string" }, "description": "Arguments put before the user's own." }, "autonomy": { "enum": ["ask", "full", null], "description": "`full` starts the agent without its permission prompts." }, "config": { "type": ["object", "null"], "additionalProperties": true, "description": "The agent's own configuration, in its own format." }, "configDirs": { "enum": ["shared", "readonly", "copy", "none", null], "description": "What the guest gets of the host's configuration folders of this agent." } } }] };
var schema33 = { "type": "string", "pattern": "^[a-z][a-z0-9-]{0,31}$", "description": "An agent's name: lower-case letters, digits and hyphens." };
var pattern5 = new RegExp("^[a-z][a-z0-9-]{0,31}$", "u");
var pattern7 = new RegExp("^(latest|host|[0-9]+\\.[0-9]+\\.[0-9]+([-+][0-9A-Za-z.+-]+)?)$", "u");
function validate21(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate21.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  const _errs0 = errors;
  let valid0 = false;
  const _errs1 = errors;
  if (typeof data === "string") {
    if (!pattern5.test(data)) {
      const err0 = { instancePath, schemaPath: "#/$defs/agentName/pattern", keyword: "pattern", params: { pattern: "^[a-z][a-z0-9-]{0,31}$" }, message: 'must match pattern "^[a-z][a-z0-9-]{0,31}$"', schema: "^[a-z][a-z0-9-]{0,31}$", parentSchema: schema33, data };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
  } else {
    const err1 = { instancePath, schemaPath: "#/$defs/agentName/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema33.type, parentSchema: schema33, data };
    if (vErrors === null) {
      vErrors = [err1];
    } else {
      vErrors.push(err1);
    }
    errors++;
  }
  var _valid0 = _errs1 === errors;
  valid0 = valid0 || _valid0;
  const _errs4 = errors;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.name === void 0) {
      const err2 = { instancePath, schemaPath: "#/anyOf/1/required", keyword: "required", params: { missingProperty: "name" }, message: "must have required property 'name'", schema: schema32.anyOf[1].required, parentSchema: schema32.anyOf[1], data };
      if (vErrors === null) {
        vErrors = [err2];
      } else {
        vErrors.push(err2);
      }
      errors++;
    }
    for (const key0 in data) {
      if (!(key0 === "name" || key0 === "version" || key0 === "args" || key0 === "autonomy" || key0 === "config" || key0 === "configDirs")) {
        const err3 = { instancePath, schemaPath: "#/anyOf/1/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties", schema: false, parentSchema: schema32.anyOf[1], data };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
    }
    if (data.name !== void 0) {
      let data0 = data.name;
      if (typeof data0 === "string") {
        if (!pattern5.test(data0)) {
          const err4 = { instancePath: instancePath + "/name", schemaPath: "#/$defs/agentName/pattern", keyword: "pattern", params: { pattern: "^[a-z][a-z0-9-]{0,31}$" }, message: 'must match pattern "^[a-z][a-z0-9-]{0,31}$"', schema: "^[a-z][a-z0-9-]{0,31}$", parentSchema: schema33, data: data0 };
          if (vErrors === null) {
            vErrors = [err4];
          } else {
            vErrors.push(err4);
          }
          errors++;
        }
      } else {
        const err5 = { instancePath: instancePath + "/name", schemaPath: "#/$defs/agentName/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema33.type, parentSchema: schema33, data: data0 };
        if (vErrors === null) {
          vErrors = [err5];
        } else {
          vErrors.push(err5);
        }
        errors++;
      }
    }
    if (data.version !== void 0) {
      let data1 = data.version;
      if (typeof data1 !== "string" && data1 !== null) {
        const err6 = { instancePath: instancePath + "/version", schemaPath: "#/anyOf/1/properties/version/type", keyword: "type", params: { type: schema32.anyOf[1].properties.version.type }, message: "must be string,null", schema: schema32.anyOf[1].properties.version.type, parentSchema: schema32.anyOf[1].properties.version, data: data1 };
        if (vErrors === null) {
          vErrors = [err6];
        } else {
          vErrors.push(err6);
        }
        errors++;
      }
      if (typeof data1 === "string") {
        if (!pattern7.test(data1)) {
          const err7 = { instancePath: instancePath + "/version", schemaPath: "#/anyOf/1/properties/version/pattern", keyword: "pattern", params: { pattern: "^(latest|host|[0-9]+\\.[0-9]+\\.[0-9]+([-+][0-9A-Za-z.+-]+)?)$" }, message: 'must match pattern "^(latest|host|[0-9]+\\.[0-9]+\\.[0-9]+([-+][0-9A-Za-z.+-]+)?)$"', schema: "^(latest|host|[0-9]+\\.[0-9]+\\.[0-9]+([-+][0-9A-Za-z.+-]+)?)$", parentSchema: schema32.anyOf[1].properties.version, data: data1 };
          if (vErrors === null) {
            vErrors = [err7];
          } else {
            vErrors.push(err7);
          }
          errors++;
        }
      }
    }
    if (data.args !== void 0) {
      let data2 = data.args;
      if (!Array.isArray(data2) && data2 !== null) {
        const err8 = { instancePath: instancePath + "/args", schemaPath: "#/anyOf/1/properties/args/type", keyword: "type", params: { type: schema32.anyOf[1].properties.args.type }, message: "must be array,null", schema: schema32.anyOf[1].properties.args.type, parentSchema: schema32.anyOf[1].properties.args, data: data2 };
        if (vErrors === null) {
          vErrors = [err8];
        } else {
          vErrors.push(err8);
        }
        errors++;
      }
      if (Array.isArray(data2)) {
        const len0 = data2.length;
        for (let i0 = 0; i0 < len0; i0++) {
          let data3 = data2[i0];
          if (typeof data3 !== "string") {
            const err9 = { instancePath: instancePath + "/args/" + i0, schemaPath: "#/anyOf/1/properties/args/items/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema32.anyOf[1].properties.args.items.type, parentSchema: schema32.anyOf[1].properties.args.items, data: data3 };
            if (vErrors === null) {
              vErrors = [err9];
            } else {
              vErrors.push(err9);
            }
            errors++;
          }
        }
      }
    }
    if (data.autonomy !== void 0) {
      let data4 = data.autonomy;
      if (!(data4 === "ask" || data4 === "full" || data4 === null)) {
        const err10 = { instancePath: instancePath + "/autonomy", schemaPath: "#/anyOf/1/properties/autonomy/enum", keyword: "enum", params: { allowedValues: schema32.anyOf[1].properties.autonomy.enum }, message: "must be equal to one of the allowed values", schema: schema32.anyOf[1].properties.autonomy.enum, parentSchema: schema32.anyOf[1].properties.autonomy, data: data4 };
        if (vErrors === null) {
          vErrors = [err10];
        } else {
          vErrors.push(err10);
        }
        errors++;
      }
    }
    if (data.config !== void 0) {
      let data5 = data.config;
      if (!(data5 && typeof data5 == "object" && !Array.isArray(data5)) && data5 !== null) {
        const err11 = { instancePath: instancePath + "/config", schemaPath: "#/anyOf/1/properties/config/type", keyword: "type", params: { type: schema32.anyOf[1].properties.config.type }, message: "must be object,null", schema: schema32.anyOf[1].properties.config.type, parentSchema: schema32.anyOf[1].properties.config, data: data5 };
        if (vErrors === null) {
          vErrors = [err11];
        } else {
          vErrors.push(err11);
        }
        errors++;
      }
    }
    if (data.configDirs !== void 0) {
      let data6 = data.configDirs;
      if (!(data6 === "shared" || data6 === "readonly" || data6 === "copy" || data6 === "none" || data6 === null)) {
        const err12 = { instancePath: instancePath + "/configDirs", schemaPath: "#/anyOf/1/properties/configDirs/enum", keyword: "enum", params: { allowedValues: schema32.anyOf[1].properties.configDirs.enum }, message: "must be equal to one of the allowed values", schema: schema32.anyOf[1].properties.configDirs.enum, parentSchema: schema32.anyOf[1].properties.configDirs, data: data6 };
        if (vErrors === null) {
          vErrors = [err12];
        } else {
          vErrors.push(err12);
        }
        errors++;
      }
    }
  } else {
    const err13 = { instancePath, schemaPath: "#/anyOf/1/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema32.anyOf[1].type, parentSchema: schema32.anyOf[1], data };
    if (vErrors === null) {
      vErrors = [err13];
    } else {
      vErrors.push(err13);
    }
    errors++;
  }
  var _valid0 = _errs4 === errors;
  valid0 = valid0 || _valid0;
  if (_valid0) {
    var props0 = true;
  }
  if (!valid0) {
    const err14 = { instancePath, schemaPath: "#/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf", schema: schema32.anyOf, parentSchema: schema32, data };
    if (vErrors === null) {
      vErrors = [err14];
    } else {
      vErrors.push(err14);
    }
    errors++;
  } else {
    errors = _errs0;
    if (vErrors !== null) {
      if (_errs0) {
        vErrors.length = _errs0;
      } else {
        vErrors = null;
      }
    }
  }
  validate21.errors = vErrors;
  evaluated0.props = props0;
  return errors === 0;
}
validate21.evaluated = { "dynamicProps": true, "dynamicItems": false };
var schema41 = { "type": "object", "additionalProperties": false, "required": ["host", "guest"], "properties": { "host": { "type": ["string", "null"], "pattern": "^[^\\u0000-\\u001f\\u007f]+$", "description": "A folder on the host; ~ and paths relative to this file work." }, "guest": { "$ref": "#/$defs/guestPath" }, "mode": { "enum": ["rw", "ro", null], "description": "Default: ro." } } };
var pattern20 = new RegExp("^[^\\u0000-\\u001f\\u007f]+$", "u");
function validate24(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate24.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.host === void 0) {
      const err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "host" }, message: "must have required property 'host'", schema: schema41.required, parentSchema: schema41, data };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    if (data.guest === void 0) {
      const err1 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "guest" }, message: "must have required property 'guest'", schema: schema41.required, parentSchema: schema41, data };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
    for (const key0 in data) {
      if (!(key0 === "host" || key0 === "guest" || key0 === "mode")) {
        const err2 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties", schema: false, parentSchema: schema41, data };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
    }
    if (data.host !== void 0) {
      let data0 = data.host;
      if (typeof data0 !== "string" && data0 !== null) {
        const err3 = { instancePath: instancePath + "/host", schemaPath: "#/properties/host/type", keyword: "type", params: { type: schema41.properties.host.type }, message: "must be string,null", schema: schema41.properties.host.type, parentSchema: schema41.properties.host, data: data0 };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
      if (typeof data0 === "string") {
        if (!pattern20.test(data0)) {
          const err4 = { instancePath: instancePath + "/host", schemaPath: "#/properties/host/pattern", keyword: "pattern", params: { pattern: "^[^\\u0000-\\u001f\\u007f]+$" }, message: 'must match pattern "^[^\\u0000-\\u001f\\u007f]+$"', schema: "^[^\\u0000-\\u001f\\u007f]+$", parentSchema: schema41.properties.host, data: data0 };
          if (vErrors === null) {
            vErrors = [err4];
          } else {
            vErrors.push(err4);
          }
          errors++;
        }
      }
    }
    if (data.guest !== void 0) {
      let data1 = data.guest;
      const _errs7 = errors;
      const _errs8 = errors;
      if (typeof data1 === "string") {
        if (!pattern14.test(data1)) {
          const err5 = {};
          if (vErrors === null) {
            vErrors = [err5];
          } else {
            vErrors.push(err5);
          }
          errors++;
        }
      }
      var valid2 = _errs8 === errors;
      if (valid2) {
        const err6 = { instancePath: instancePath + "/guest", schemaPath: "#/$defs/guestPath/not", keyword: "not", params: {}, message: "must NOT be valid", schema: schema38.not, parentSchema: schema38, data: data1 };
        if (vErrors === null) {
          vErrors = [err6];
        } else {
          vErrors.push(err6);
        }
        errors++;
      } else {
        errors = _errs7;
        if (vErrors !== null) {
          if (_errs7) {
            vErrors.length = _errs7;
          } else {
            vErrors = null;
          }
        }
      }
      if (typeof data1 === "string") {
        if (func2(data1) > 1024) {
          const err7 = { instancePath: instancePath + "/guest", schemaPath: "#/$defs/guestPath/maxLength", keyword: "maxLength", params: { limit: 1024 }, message: "must NOT have more than 1024 characters", schema: 1024, parentSchema: schema38, data: data1 };
          if (vErrors === null) {
            vErrors = [err7];
          } else {
            vErrors.push(err7);
          }
          errors++;
        }
        if (!pattern15.test(data1)) {
          const err8 = { instancePath: instancePath + "/guest", schemaPath: "#/$defs/guestPath/pattern", keyword: "pattern", params: { pattern: "^(/[^/\\u0000-\\u001f\\u007f]+)+/?$" }, message: 'must match pattern "^(/[^/\\u0000-\\u001f\\u007f]+)+/?$"', schema: "^(/[^/\\u0000-\\u001f\\u007f]+)+/?$", parentSchema: schema38, data: data1 };
          if (vErrors === null) {
            vErrors = [err8];
          } else {
            vErrors.push(err8);
          }
          errors++;
        }
      } else {
        const err9 = { instancePath: instancePath + "/guest", schemaPath: "#/$defs/guestPath/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema38.type, parentSchema: schema38, data: data1 };
        if (vErrors === null) {
          vErrors = [err9];
        } else {
          vErrors.push(err9);
        }
        errors++;
      }
    }
    if (data.mode !== void 0) {
      let data2 = data.mode;
      if (!(data2 === "rw" || data2 === "ro" || data2 === null)) {
        const err10 = { instancePath: instancePath + "/mode", schemaPath: "#/properties/mode/enum", keyword: "enum", params: { allowedValues: schema41.properties.mode.enum }, message: "must be equal to one of the allowed values", schema: schema41.properties.mode.enum, parentSchema: schema41.properties.mode, data: data2 };
        if (vErrors === null) {
          vErrors = [err10];
        } else {
          vErrors.push(err10);
        }
        errors++;
      }
    }
  } else {
    const err11 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema41.type, parentSchema: schema41, data };
    if (vErrors === null) {
      vErrors = [err11];
    } else {
      vErrors.push(err11);
    }
    errors++;
  }
  validate24.errors = vErrors;
  return errors === 0;
}
validate24.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
var schema43 = { "type": "object", "additionalProperties": false, "required": ["name", "guest", "size"], "properties": { "name": { "type": "string", "pattern": "^[a-z0-9][a-z0-9-]{0,62}$", "description": "A name: lower-case letters, digits and hyphens." }, "guest": { "anyOf": [{ "$ref": "#/$defs/guestPath" }, { "type": "null" }] }, "size": { "$ref": "#/$defs/size" } } };
var pattern23 = new RegExp("^[a-z0-9][a-z0-9-]{0,62}$", "u");
function validate26(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate26.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.name === void 0) {
      const err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "name" }, message: "must have required property 'name'", schema: schema43.required, parentSchema: schema43, data };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    if (data.guest === void 0) {
      const err1 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "guest" }, message: "must have required property 'guest'", schema: schema43.required, parentSchema: schema43, data };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
    if (data.size === void 0) {
      const err2 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "size" }, message: "must have required property 'size'", schema: schema43.required, parentSchema: schema43, data };
      if (vErrors === null) {
        vErrors = [err2];
      } else {
        vErrors.push(err2);
      }
      errors++;
    }
    for (const key0 in data) {
      if (!(key0 === "name" || key0 === "guest" || key0 === "size")) {
        const err3 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties", schema: false, parentSchema: schema43, data };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
    }
    if (data.name !== void 0) {
      let data0 = data.name;
      if (typeof data0 === "string") {
        if (!pattern23.test(data0)) {
          const err4 = { instancePath: instancePath + "/name", schemaPath: "#/properties/name/pattern", keyword: "pattern", params: { pattern: "^[a-z0-9][a-z0-9-]{0,62}$" }, message: 'must match pattern "^[a-z0-9][a-z0-9-]{0,62}$"', schema: "^[a-z0-9][a-z0-9-]{0,62}$", parentSchema: schema43.properties.name, data: data0 };
          if (vErrors === null) {
            vErrors = [err4];
          } else {
            vErrors.push(err4);
          }
          errors++;
        }
      } else {
        const err5 = { instancePath: instancePath + "/name", schemaPath: "#/properties/name/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema43.properties.name.type, parentSchema: schema43.properties.name, data: data0 };
        if (vErrors === null) {
          vErrors = [err5];
        } else {
          vErrors.push(err5);
        }
        errors++;
      }
    }
    if (data.guest !== void 0) {
      let data1 = data.guest;
      const _errs5 = errors;
      let valid1 = false;
      const _errs6 = errors;
      const _errs9 = errors;
      const _errs10 = errors;
      if (typeof data1 === "string") {
        if (!pattern14.test(data1)) {
          const err6 = {};
          if (vErrors === null) {
            vErrors = [err6];
          } else {
            vErrors.push(err6);
          }
          errors++;
        }
      }
      var valid3 = _errs10 === errors;
      if (valid3) {
        const err7 = { instancePath: instancePath + "/guest", schemaPath: "#/$defs/guestPath/not", keyword: "not", params: {}, message: "must NOT be valid", schema: schema38.not, parentSchema: schema38, data: data1 };
        if (vErrors === null) {
          vErrors = [err7];
        } else {
          vErrors.push(err7);
        }
        errors++;
      } else {
        errors = _errs9;
        if (vErrors !== null) {
          if (_errs9) {
            vErrors.length = _errs9;
          } else {
            vErrors = null;
          }
        }
      }
      if (typeof data1 === "string") {
        if (func2(data1) > 1024) {
          const err8 = { instancePath: instancePath + "/guest", schemaPath: "#/$defs/guestPath/maxLength", keyword: "maxLength", params: { limit: 1024 }, message: "must NOT have more than 1024 characters", schema: 1024, parentSchema: schema38, data: data1 };
          if (vErrors === null) {
            vErrors = [err8];
          } else {
            vErrors.push(err8);
          }
          errors++;
        }
        if (!pattern15.test(data1)) {
          const err9 = { instancePath: instancePath + "/guest", schemaPath: "#/$defs/guestPath/pattern", keyword: "pattern", params: { pattern: "^(/[^/\\u0000-\\u001f\\u007f]+)+/?$" }, message: 'must match pattern "^(/[^/\\u0000-\\u001f\\u007f]+)+/?$"', schema: "^(/[^/\\u0000-\\u001f\\u007f]+)+/?$", parentSchema: schema38, data: data1 };
          if (vErrors === null) {
            vErrors = [err9];
          } else {
            vErrors.push(err9);
          }
          errors++;
        }
      } else {
        const err10 = { instancePath: instancePath + "/guest", schemaPath: "#/$defs/guestPath/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema38.type, parentSchema: schema38, data: data1 };
        if (vErrors === null) {
          vErrors = [err10];
        } else {
          vErrors.push(err10);
        }
        errors++;
      }
      var _valid0 = _errs6 === errors;
      valid1 = valid1 || _valid0;
      const _errs11 = errors;
      if (data1 !== null) {
        const err11 = { instancePath: instancePath + "/guest", schemaPath: "#/properties/guest/anyOf/1/type", keyword: "type", params: { type: "null" }, message: "must be null", schema: schema43.properties.guest.anyOf[1].type, parentSchema: schema43.properties.guest.anyOf[1], data: data1 };
        if (vErrors === null) {
          vErrors = [err11];
        } else {
          vErrors.push(err11);
        }
        errors++;
      }
      var _valid0 = _errs11 === errors;
      valid1 = valid1 || _valid0;
      if (!valid1) {
        const err12 = { instancePath: instancePath + "/guest", schemaPath: "#/properties/guest/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf", schema: schema43.properties.guest.anyOf, parentSchema: schema43.properties.guest, data: data1 };
        if (vErrors === null) {
          vErrors = [err12];
        } else {
          vErrors.push(err12);
        }
        errors++;
      } else {
        errors = _errs5;
        if (vErrors !== null) {
          if (_errs5) {
            vErrors.length = _errs5;
          } else {
            vErrors = null;
          }
        }
      }
    }
    if (data.size !== void 0) {
      let data2 = data.size;
      if (typeof data2 === "string") {
        if (!pattern12.test(data2)) {
          const err13 = { instancePath: instancePath + "/size", schemaPath: "#/$defs/size/pattern", keyword: "pattern", params: { pattern: "^[0-9]{1,9}(\\.[0-9]{1,9})?(MiB|GiB|TiB)$" }, message: 'must match pattern "^[0-9]{1,9}(\\.[0-9]{1,9})?(MiB|GiB|TiB)$"', schema: "^[0-9]{1,9}(\\.[0-9]{1,9})?(MiB|GiB|TiB)$", parentSchema: schema36, data: data2 };
          if (vErrors === null) {
            vErrors = [err13];
          } else {
            vErrors.push(err13);
          }
          errors++;
        }
      } else {
        const err14 = { instancePath: instancePath + "/size", schemaPath: "#/$defs/size/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema36.type, parentSchema: schema36, data: data2 };
        if (vErrors === null) {
          vErrors = [err14];
        } else {
          vErrors.push(err14);
        }
        errors++;
      }
    }
  } else {
    const err15 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema43.type, parentSchema: schema43, data };
    if (vErrors === null) {
      vErrors = [err15];
    } else {
      vErrors.push(err15);
    }
    errors++;
  }
  validate26.errors = vErrors;
  return errors === 0;
}
validate26.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
var schema46 = { "anyOf": [{ "$ref": "#/$defs/portNumber" }, { "type": "string", "pattern": "^([0-9]{1,5}|auto):[0-9]{1,5}$", "description": 'HOST:GUEST as text, for example "8080:80" or "auto:80".' }, { "type": "object", "additionalProperties": false, "required": ["guest"], "properties": { "guest": { "$ref": "#/$defs/portNumber" }, "host": { "anyOf": [{ "$ref": "#/$defs/portNumber" }, { "const": "auto" }, { "type": "null" }] }, "address": { "type": ["string", "null"], "minLength": 2, "description": "The host address to listen on. Default: 127.0.0.1." } } }] };
var pattern27 = new RegExp("^([0-9]{1,5}|auto):[0-9]{1,5}$", "u");
function validate28(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate28.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  const _errs0 = errors;
  let valid0 = false;
  const _errs1 = errors;
  if (!(typeof data == "number" && (!(data % 1) && !isNaN(data)) && isFinite(data))) {
    const err0 = { instancePath, schemaPath: "#/$defs/portNumber/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema47.type, parentSchema: schema47, data };
    if (vErrors === null) {
      vErrors = [err0];
    } else {
      vErrors.push(err0);
    }
    errors++;
  }
  if (typeof data == "number" && isFinite(data)) {
    if (data > 65535 || isNaN(data)) {
      const err1 = { instancePath, schemaPath: "#/$defs/portNumber/maximum", keyword: "maximum", params: { comparison: "<=", limit: 65535 }, message: "must be <= 65535", schema: 65535, parentSchema: schema47, data };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
    if (data < 1 || isNaN(data)) {
      const err2 = { instancePath, schemaPath: "#/$defs/portNumber/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1", schema: 1, parentSchema: schema47, data };
      if (vErrors === null) {
        vErrors = [err2];
      } else {
        vErrors.push(err2);
      }
      errors++;
    }
  }
  var _valid0 = _errs1 === errors;
  valid0 = valid0 || _valid0;
  const _errs4 = errors;
  if (typeof data === "string") {
    if (!pattern27.test(data)) {
      const err3 = { instancePath, schemaPath: "#/anyOf/1/pattern", keyword: "pattern", params: { pattern: "^([0-9]{1,5}|auto):[0-9]{1,5}$" }, message: 'must match pattern "^([0-9]{1,5}|auto):[0-9]{1,5}$"', schema: "^([0-9]{1,5}|auto):[0-9]{1,5}$", parentSchema: schema46.anyOf[1], data };
      if (vErrors === null) {
        vErrors = [err3];
      } else {
        vErrors.push(err3);
      }
      errors++;
    }
  } else {
    const err4 = { instancePath, schemaPath: "#/anyOf/1/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema46.anyOf[1].type, parentSchema: schema46.anyOf[1], data };
    if (vErrors === null) {
      vErrors = [err4];
    } else {
      vErrors.push(err4);
    }
    errors++;
  }
  var _valid0 = _errs4 === errors;
  valid0 = valid0 || _valid0;
  const _errs6 = errors;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.guest === void 0) {
      const err5 = { instancePath, schemaPath: "#/anyOf/2/required", keyword: "required", params: { missingProperty: "guest" }, message: "must have required property 'guest'", schema: schema46.anyOf[2].required, parentSchema: schema46.anyOf[2], data };
      if (vErrors === null) {
        vErrors = [err5];
      } else {
        vErrors.push(err5);
      }
      errors++;
    }
    for (const key0 in data) {
      if (!(key0 === "guest" || key0 === "host" || key0 === "address")) {
        const err6 = { instancePath, schemaPath: "#/anyOf/2/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties", schema: false, parentSchema: schema46.anyOf[2], data };
        if (vErrors === null) {
          vErrors = [err6];
        } else {
          vErrors.push(err6);
        }
        errors++;
      }
    }
    if (data.guest !== void 0) {
      let data0 = data.guest;
      if (!(typeof data0 == "number" && (!(data0 % 1) && !isNaN(data0)) && isFinite(data0))) {
        const err7 = { instancePath: instancePath + "/guest", schemaPath: "#/$defs/portNumber/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema47.type, parentSchema: schema47, data: data0 };
        if (vErrors === null) {
          vErrors = [err7];
        } else {
          vErrors.push(err7);
        }
        errors++;
      }
      if (typeof data0 == "number" && isFinite(data0)) {
        if (data0 > 65535 || isNaN(data0)) {
          const err8 = { instancePath: instancePath + "/guest", schemaPath: "#/$defs/portNumber/maximum", keyword: "maximum", params: { comparison: "<=", limit: 65535 }, message: "must be <= 65535", schema: 65535, parentSchema: schema47, data: data0 };
          if (vErrors === null) {
            vErrors = [err8];
          } else {
            vErrors.push(err8);
          }
          errors++;
        }
        if (data0 < 1 || isNaN(data0)) {
          const err9 = { instancePath: instancePath + "/guest", schemaPath: "#/$defs/portNumber/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1", schema: 1, parentSchema: schema47, data: data0 };
          if (vErrors === null) {
            vErrors = [err9];
          } else {
            vErrors.push(err9);
          }
          errors++;
        }
      }
    }
    if (data.host !== void 0) {
      let data1 = data.host;
      const _errs13 = errors;
      let valid4 = false;
      const _errs14 = errors;
      if (!(typeof data1 == "number" && (!(data1 % 1) && !isNaN(data1)) && isFinite(data1))) {
        const err10 = { instancePath: instancePath + "/host", schemaPath: "#/$defs/portNumber/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema47.type, parentSchema: schema47, data: data1 };
        if (vErrors === null) {
          vErrors = [err10];
        } else {
          vErrors.push(err10);
        }
        errors++;
      }
      if (typeof data1 == "number" && isFinite(data1)) {
        if (data1 > 65535 || isNaN(data1)) {
          const err11 = { instancePath: instancePath + "/host", schemaPath: "#/$defs/portNumber/maximum", keyword: "maximum", params: { comparison: "<=", limit: 65535 }, message: "must be <= 65535", schema: 65535, parentSchema: schema47, data: data1 };
          if (vErrors === null) {
            vErrors = [err11];
          } else {
            vErrors.push(err11);
          }
          errors++;
        }
        if (data1 < 1 || isNaN(data1)) {
          const err12 = { instancePath: instancePath + "/host", schemaPath: "#/$defs/portNumber/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1", schema: 1, parentSchema: schema47, data: data1 };
          if (vErrors === null) {
            vErrors = [err12];
          } else {
            vErrors.push(err12);
          }
          errors++;
        }
      }
      var _valid1 = _errs14 === errors;
      valid4 = valid4 || _valid1;
      const _errs17 = errors;
      if ("auto" !== data1) {
        const err13 = { instancePath: instancePath + "/host", schemaPath: "#/anyOf/2/properties/host/anyOf/1/const", keyword: "const", params: { allowedValue: "auto" }, message: "must be equal to constant", schema: "auto", parentSchema: schema46.anyOf[2].properties.host.anyOf[1], data: data1 };
        if (vErrors === null) {
          vErrors = [err13];
        } else {
          vErrors.push(err13);
        }
        errors++;
      }
      var _valid1 = _errs17 === errors;
      valid4 = valid4 || _valid1;
      const _errs18 = errors;
      if (data1 !== null) {
        const err14 = { instancePath: instancePath + "/host", schemaPath: "#/anyOf/2/properties/host/anyOf/2/type", keyword: "type", params: { type: "null" }, message: "must be null", schema: schema46.anyOf[2].properties.host.anyOf[2].type, parentSchema: schema46.anyOf[2].properties.host.anyOf[2], data: data1 };
        if (vErrors === null) {
          vErrors = [err14];
        } else {
          vErrors.push(err14);
        }
        errors++;
      }
      var _valid1 = _errs18 === errors;
      valid4 = valid4 || _valid1;
      if (!valid4) {
        const err15 = { instancePath: instancePath + "/host", schemaPath: "#/anyOf/2/properties/host/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf", schema: schema46.anyOf[2].properties.host.anyOf, parentSchema: schema46.anyOf[2].properties.host, data: data1 };
        if (vErrors === null) {
          vErrors = [err15];
        } else {
          vErrors.push(err15);
        }
        errors++;
      } else {
        errors = _errs13;
        if (vErrors !== null) {
          if (_errs13) {
            vErrors.length = _errs13;
          } else {
            vErrors = null;
          }
        }
      }
    }
    if (data.address !== void 0) {
      let data2 = data.address;
      if (typeof data2 !== "string" && data2 !== null) {
        const err16 = { instancePath: instancePath + "/address", schemaPath: "#/anyOf/2/properties/address/type", keyword: "type", params: { type: schema46.anyOf[2].properties.address.type }, message: "must be string,null", schema: schema46.anyOf[2].properties.address.type, parentSchema: schema46.anyOf[2].properties.address, data: data2 };
        if (vErrors === null) {
          vErrors = [err16];
        } else {
          vErrors.push(err16);
        }
        errors++;
      }
      if (typeof data2 === "string") {
        if (func2(data2) < 2) {
          const err17 = { instancePath: instancePath + "/address", schemaPath: "#/anyOf/2/properties/address/minLength", keyword: "minLength", params: { limit: 2 }, message: "must NOT have fewer than 2 characters", schema: 2, parentSchema: schema46.anyOf[2].properties.address, data: data2 };
          if (vErrors === null) {
            vErrors = [err17];
          } else {
            vErrors.push(err17);
          }
          errors++;
        }
      }
    }
  } else {
    const err18 = { instancePath, schemaPath: "#/anyOf/2/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema46.anyOf[2].type, parentSchema: schema46.anyOf[2], data };
    if (vErrors === null) {
      vErrors = [err18];
    } else {
      vErrors.push(err18);
    }
    errors++;
  }
  var _valid0 = _errs6 === errors;
  valid0 = valid0 || _valid0;
  if (_valid0) {
    var props0 = true;
  }
  if (!valid0) {
    const err19 = { instancePath, schemaPath: "#/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf", schema: schema46.anyOf, parentSchema: schema46, data };
    if (vErrors === null) {
      vErrors = [err19];
    } else {
      vErrors.push(err19);
    }
    errors++;
  } else {
    errors = _errs0;
    if (vErrors !== null) {
      if (_errs0) {
        vErrors.length = _errs0;
      } else {
        vErrors = null;
      }
    }
  }
  validate28.errors = vErrors;
  evaluated0.props = props0;
  return errors === 0;
}
validate28.evaluated = { "dynamicProps": true, "dynamicItems": false };
var schema50 = { "type": "object", "additionalProperties": false, "required": ["from", "hosts"], "properties": { "from": { "enum": ["env", "file", "keyring", "command"], "description": "Where the value comes from, each time that it is used: a variable of the command that you run, a file, your keyring, or what a program prints." }, "variable": { "type": "string", "pattern": "^[A-Za-z_][A-Za-z0-9_]*$", "description": "For env: the variable on this host. Default: the secret's name." }, "path": { "type": "string", "pattern": "^[^\\u0000-\\u001f\\u007f]+$", "description": "For file: a path outside the project; ~ and paths relative to this file work." }, "service": { "type": "string", "pattern": "^[^\\u0000-\\u001f\\u007f]{1,256}$", "description": "For keyring: the service under which the value is kept. Default: agentvm." }, "account": { "type": "string", "pattern": "^[^\\u0000-\\u001f\\u007f]{1,256}$", "description": "For keyring: the account under which the value is kept. Default: the secret's name." }, "command": { "type": "array", "items": { "type": "string", "pattern": "^[^\\u0000-\\u001f\\u007f]+$", "description": "A word of the command, on one line." }, "minItems": 1, "maxItems": 64, "description": "For command: a program of this host and its arguments, run in your home folder; the value is the first line that it prints." }, "hosts": { "type": "array", "items": { "$ref": "#/$defs/hostEntry" }, "minItems": 1, "maxItems": 100, "description": "The hosts whose requests get the value: names, or *.example.com for all below one." } } };
var schema51 = { "type": "string", "pattern": "^[^\\s\\u0000-\\u001f\\u007f]{1,320}$", "description": "A name (github.com), all below one (*.github.com), an address or a block (10.1.0.0/16), each with :PORT or :FIRST-LAST where it needs one." };
var pattern32 = new RegExp("^[^\\u0000-\\u001f\\u007f]{1,256}$", "u");
var pattern35 = new RegExp("^[^\\s\\u0000-\\u001f\\u007f]{1,320}$", "u");
function validate30(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate30.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.from === void 0) {
      const err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "from" }, message: "must have required property 'from'", schema: schema50.required, parentSchema: schema50, data };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    if (data.hosts === void 0) {
      const err1 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "hosts" }, message: "must have required property 'hosts'", schema: schema50.required, parentSchema: schema50, data };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
    for (const key0 in data) {
      if (!(key0 === "from" || key0 === "variable" || key0 === "path" || key0 === "service" || key0 === "account" || key0 === "command" || key0 === "hosts")) {
        const err2 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties", schema: false, parentSchema: schema50, data };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
    }
    if (data.from !== void 0) {
      let data0 = data.from;
      if (!(data0 === "env" || data0 === "file" || data0 === "keyring" || data0 === "command")) {
        const err3 = { instancePath: instancePath + "/from", schemaPath: "#/properties/from/enum", keyword: "enum", params: { allowedValues: schema50.properties.from.enum }, message: "must be equal to one of the allowed values", schema: schema50.properties.from.enum, parentSchema: schema50.properties.from, data: data0 };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
    }
    if (data.variable !== void 0) {
      let data1 = data.variable;
      if (typeof data1 === "string") {
        if (!pattern28.test(data1)) {
          const err4 = { instancePath: instancePath + "/variable", schemaPath: "#/properties/variable/pattern", keyword: "pattern", params: { pattern: "^[A-Za-z_][A-Za-z0-9_]*$" }, message: 'must match pattern "^[A-Za-z_][A-Za-z0-9_]*$"', schema: "^[A-Za-z_][A-Za-z0-9_]*$", parentSchema: schema50.properties.variable, data: data1 };
          if (vErrors === null) {
            vErrors = [err4];
          } else {
            vErrors.push(err4);
          }
          errors++;
        }
      } else {
        const err5 = { instancePath: instancePath + "/variable", schemaPath: "#/properties/variable/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema50.properties.variable.type, parentSchema: schema50.properties.variable, data: data1 };
        if (vErrors === null) {
          vErrors = [err5];
        } else {
          vErrors.push(err5);
        }
        errors++;
      }
    }
    if (data.path !== void 0) {
      let data2 = data.path;
      if (typeof data2 === "string") {
        if (!pattern20.test(data2)) {
          const err6 = { instancePath: instancePath + "/path", schemaPath: "#/properties/path/pattern", keyword: "pattern", params: { pattern: "^[^\\u0000-\\u001f\\u007f]+$" }, message: 'must match pattern "^[^\\u0000-\\u001f\\u007f]+$"', schema: "^[^\\u0000-\\u001f\\u007f]+$", parentSchema: schema50.properties.path, data: data2 };
          if (vErrors === null) {
            vErrors = [err6];
          } else {
            vErrors.push(err6);
          }
          errors++;
        }
      } else {
        const err7 = { instancePath: instancePath + "/path", schemaPath: "#/properties/path/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema50.properties.path.type, parentSchema: schema50.properties.path, data: data2 };
        if (vErrors === null) {
          vErrors = [err7];
        } else {
          vErrors.push(err7);
        }
        errors++;
      }
    }
    if (data.service !== void 0) {
      let data3 = data.service;
      if (typeof data3 === "string") {
        if (!pattern32.test(data3)) {
          const err8 = { instancePath: instancePath + "/service", schemaPath: "#/properties/service/pattern", keyword: "pattern", params: { pattern: "^[^\\u0000-\\u001f\\u007f]{1,256}$" }, message: 'must match pattern "^[^\\u0000-\\u001f\\u007f]{1,256}$"', schema: "^[^\\u0000-\\u001f\\u007f]{1,256}$", parentSchema: schema50.properties.service, data: data3 };
          if (vErrors === null) {
            vErrors = [err8];
          } else {
            vErrors.push(err8);
          }
          errors++;
        }
      } else {
        const err9 = { instancePath: instancePath + "/service", schemaPath: "#/properties/service/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema50.properties.service.type, parentSchema: schema50.properties.service, data: data3 };
        if (vErrors === null) {
          vErrors = [err9];
        } else {
          vErrors.push(err9);
        }
        errors++;
      }
    }
    if (data.account !== void 0) {
      let data4 = data.account;
      if (typeof data4 === "string") {
        if (!pattern32.test(data4)) {
          const err10 = { instancePath: instancePath + "/account", schemaPath: "#/properties/account/pattern", keyword: "pattern", params: { pattern: "^[^\\u0000-\\u001f\\u007f]{1,256}$" }, message: 'must match pattern "^[^\\u0000-\\u001f\\u007f]{1,256}$"', schema: "^[^\\u0000-\\u001f\\u007f]{1,256}$", parentSchema: schema50.properties.account, data: data4 };
          if (vErrors === null) {
            vErrors = [err10];
          } else {
            vErrors.push(err10);
          }
          errors++;
        }
      } else {
        const err11 = { instancePath: instancePath + "/account", schemaPath: "#/properties/account/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema50.properties.account.type, parentSchema: schema50.properties.account, data: data4 };
        if (vErrors === null) {
          vErrors = [err11];
        } else {
          vErrors.push(err11);
        }
        errors++;
      }
    }
    if (data.command !== void 0) {
      let data5 = data.command;
      if (Array.isArray(data5)) {
        if (data5.length > 64) {
          const err12 = { instancePath: instancePath + "/command", schemaPath: "#/properties/command/maxItems", keyword: "maxItems", params: { limit: 64 }, message: "must NOT have more than 64 items", schema: 64, parentSchema: schema50.properties.command, data: data5 };
          if (vErrors === null) {
            vErrors = [err12];
          } else {
            vErrors.push(err12);
          }
          errors++;
        }
        if (data5.length < 1) {
          const err13 = { instancePath: instancePath + "/command", schemaPath: "#/properties/command/minItems", keyword: "minItems", params: { limit: 1 }, message: "must NOT have fewer than 1 items", schema: 1, parentSchema: schema50.properties.command, data: data5 };
          if (vErrors === null) {
            vErrors = [err13];
          } else {
            vErrors.push(err13);
          }
          errors++;
        }
        const len0 = data5.length;
        for (let i0 = 0; i0 < len0; i0++) {
          let data6 = data5[i0];
          if (typeof data6 === "string") {
            if (!pattern20.test(data6)) {
              const err14 = { instancePath: instancePath + "/command/" + i0, schemaPath: "#/properties/command/items/pattern", keyword: "pattern", params: { pattern: "^[^\\u0000-\\u001f\\u007f]+$" }, message: 'must match pattern "^[^\\u0000-\\u001f\\u007f]+$"', schema: "^[^\\u0000-\\u001f\\u007f]+$", parentSchema: schema50.properties.command.items, data: data6 };
              if (vErrors === null) {
                vErrors = [err14];
              } else {
                vErrors.push(err14);
              }
              errors++;
            }
          } else {
            const err15 = { instancePath: instancePath + "/command/" + i0, schemaPath: "#/properties/command/items/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema50.properties.command.items.type, parentSchema: schema50.properties.command.items, data: data6 };
            if (vErrors === null) {
              vErrors = [err15];
            } else {
              vErrors.push(err15);
            }
            errors++;
          }
        }
      } else {
        const err16 = { instancePath: instancePath + "/command", schemaPath: "#/properties/command/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema50.properties.command.type, parentSchema: schema50.properties.command, data: data5 };
        if (vErrors === null) {
          vErrors = [err16];
        } else {
          vErrors.push(err16);
        }
        errors++;
      }
    }
    if (data.hosts !== void 0) {
      let data7 = data.hosts;
      if (Array.isArray(data7)) {
        if (data7.length > 100) {
          const err17 = { instancePath: instancePath + "/hosts", schemaPath: "#/properties/hosts/maxItems", keyword: "maxItems", params: { limit: 100 }, message: "must NOT have more than 100 items", schema: 100, parentSchema: schema50.properties.hosts, data: data7 };
          if (vErrors === null) {
            vErrors = [err17];
          } else {
            vErrors.push(err17);
          }
          errors++;
        }
        if (data7.length < 1) {
          const err18 = { instancePath: instancePath + "/hosts", schemaPath: "#/properties/hosts/minItems", keyword: "minItems", params: { limit: 1 }, message: "must NOT have fewer than 1 items", schema: 1, parentSchema: schema50.properties.hosts, data: data7 };
          if (vErrors === null) {
            vErrors = [err18];
          } else {
            vErrors.push(err18);
          }
          errors++;
        }
        const len1 = data7.length;
        for (let i1 = 0; i1 < len1; i1++) {
          let data8 = data7[i1];
          if (typeof data8 === "string") {
            if (!pattern35.test(data8)) {
              const err19 = { instancePath: instancePath + "/hosts/" + i1, schemaPath: "#/$defs/hostEntry/pattern", keyword: "pattern", params: { pattern: "^[^\\s\\u0000-\\u001f\\u007f]{1,320}$" }, message: 'must match pattern "^[^\\s\\u0000-\\u001f\\u007f]{1,320}$"', schema: "^[^\\s\\u0000-\\u001f\\u007f]{1,320}$", parentSchema: schema51, data: data8 };
              if (vErrors === null) {
                vErrors = [err19];
              } else {
                vErrors.push(err19);
              }
              errors++;
            }
          } else {
            const err20 = { instancePath: instancePath + "/hosts/" + i1, schemaPath: "#/$defs/hostEntry/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema51.type, parentSchema: schema51, data: data8 };
            if (vErrors === null) {
              vErrors = [err20];
            } else {
              vErrors.push(err20);
            }
            errors++;
          }
        }
      } else {
        const err21 = { instancePath: instancePath + "/hosts", schemaPath: "#/properties/hosts/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema50.properties.hosts.type, parentSchema: schema50.properties.hosts, data: data7 };
        if (vErrors === null) {
          vErrors = [err21];
        } else {
          vErrors.push(err21);
        }
        errors++;
      }
    }
  } else {
    const err22 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema50.type, parentSchema: schema50, data };
    if (vErrors === null) {
      vErrors = [err22];
    } else {
      vErrors.push(err22);
    }
    errors++;
  }
  validate30.errors = vErrors;
  return errors === 0;
}
validate30.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
var schema52 = { "anyOf": [{ "enum": ["open", "public", "none"] }, { "type": "object", "additionalProperties": false, "required": ["allow"], "properties": { "allow": { "type": "array", "items": { "$ref": "#/$defs/hostEntry" }, "maxItems": 1024, "description": "What the guest may reach, by name or address; without a port that is TCP 22, 80, 443 and network.ports." }, "deny": { "type": ["array", "null"], "items": { "$ref": "#/$defs/hostEntry" }, "maxItems": 1024, "description": "What it may not although an entry allows it; without a port that is every port." } } }] };
function validate32(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate32.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  const _errs0 = errors;
  let valid0 = false;
  const _errs1 = errors;
  if (!(data === "open" || data === "public" || data === "none")) {
    const err0 = { instancePath, schemaPath: "#/anyOf/0/enum", keyword: "enum", params: { allowedValues: schema52.anyOf[0].enum }, message: "must be equal to one of the allowed values", schema: schema52.anyOf[0].enum, parentSchema: schema52.anyOf[0], data };
    if (vErrors === null) {
      vErrors = [err0];
    } else {
      vErrors.push(err0);
    }
    errors++;
  }
  var _valid0 = _errs1 === errors;
  valid0 = valid0 || _valid0;
  const _errs2 = errors;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.allow === void 0) {
      const err1 = { instancePath, schemaPath: "#/anyOf/1/required", keyword: "required", params: { missingProperty: "allow" }, message: "must have required property 'allow'", schema: schema52.anyOf[1].required, parentSchema: schema52.anyOf[1], data };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
    for (const key0 in data) {
      if (!(key0 === "allow" || key0 === "deny")) {
        const err2 = { instancePath, schemaPath: "#/anyOf/1/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties", schema: false, parentSchema: schema52.anyOf[1], data };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
    }
    if (data.allow !== void 0) {
      let data0 = data.allow;
      if (Array.isArray(data0)) {
        if (data0.length > 1024) {
          const err3 = { instancePath: instancePath + "/allow", schemaPath: "#/anyOf/1/properties/allow/maxItems", keyword: "maxItems", params: { limit: 1024 }, message: "must NOT have more than 1024 items", schema: 1024, parentSchema: schema52.anyOf[1].properties.allow, data: data0 };
          if (vErrors === null) {
            vErrors = [err3];
          } else {
            vErrors.push(err3);
          }
          errors++;
        }
        const len0 = data0.length;
        for (let i0 = 0; i0 < len0; i0++) {
          let data1 = data0[i0];
          if (typeof data1 === "string") {
            if (!pattern35.test(data1)) {
              const err4 = { instancePath: instancePath + "/allow/" + i0, schemaPath: "#/$defs/hostEntry/pattern", keyword: "pattern", params: { pattern: "^[^\\s\\u0000-\\u001f\\u007f]{1,320}$" }, message: 'must match pattern "^[^\\s\\u0000-\\u001f\\u007f]{1,320}$"', schema: "^[^\\s\\u0000-\\u001f\\u007f]{1,320}$", parentSchema: schema51, data: data1 };
              if (vErrors === null) {
                vErrors = [err4];
              } else {
                vErrors.push(err4);
              }
              errors++;
            }
          } else {
            const err5 = { instancePath: instancePath + "/allow/" + i0, schemaPath: "#/$defs/hostEntry/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema51.type, parentSchema: schema51, data: data1 };
            if (vErrors === null) {
              vErrors = [err5];
            } else {
              vErrors.push(err5);
            }
            errors++;
          }
        }
      } else {
        const err6 = { instancePath: instancePath + "/allow", schemaPath: "#/anyOf/1/properties/allow/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema52.anyOf[1].properties.allow.type, parentSchema: schema52.anyOf[1].properties.allow, data: data0 };
        if (vErrors === null) {
          vErrors = [err6];
        } else {
          vErrors.push(err6);
        }
        errors++;
      }
    }
    if (data.deny !== void 0) {
      let data2 = data.deny;
      if (!Array.isArray(data2) && data2 !== null) {
        const err7 = { instancePath: instancePath + "/deny", schemaPath: "#/anyOf/1/properties/deny/type", keyword: "type", params: { type: schema52.anyOf[1].properties.deny.type }, message: "must be array,null", schema: schema52.anyOf[1].properties.deny.type, parentSchema: schema52.anyOf[1].properties.deny, data: data2 };
        if (vErrors === null) {
          vErrors = [err7];
        } else {
          vErrors.push(err7);
        }
        errors++;
      }
      if (Array.isArray(data2)) {
        if (data2.length > 1024) {
          const err8 = { instancePath: instancePath + "/deny", schemaPath: "#/anyOf/1/properties/deny/maxItems", keyword: "maxItems", params: { limit: 1024 }, message: "must NOT have more than 1024 items", schema: 1024, parentSchema: schema52.anyOf[1].properties.deny, data: data2 };
          if (vErrors === null) {
            vErrors = [err8];
          } else {
            vErrors.push(err8);
          }
          errors++;
        }
        const len1 = data2.length;
        for (let i1 = 0; i1 < len1; i1++) {
          let data3 = data2[i1];
          if (typeof data3 === "string") {
            if (!pattern35.test(data3)) {
              const err9 = { instancePath: instancePath + "/deny/" + i1, schemaPath: "#/$defs/hostEntry/pattern", keyword: "pattern", params: { pattern: "^[^\\s\\u0000-\\u001f\\u007f]{1,320}$" }, message: 'must match pattern "^[^\\s\\u0000-\\u001f\\u007f]{1,320}$"', schema: "^[^\\s\\u0000-\\u001f\\u007f]{1,320}$", parentSchema: schema51, data: data3 };
              if (vErrors === null) {
                vErrors = [err9];
              } else {
                vErrors.push(err9);
              }
              errors++;
            }
          } else {
            const err10 = { instancePath: instancePath + "/deny/" + i1, schemaPath: "#/$defs/hostEntry/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema51.type, parentSchema: schema51, data: data3 };
            if (vErrors === null) {
              vErrors = [err10];
            } else {
              vErrors.push(err10);
            }
            errors++;
          }
        }
      }
    }
  } else {
    const err11 = { instancePath, schemaPath: "#/anyOf/1/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema52.anyOf[1].type, parentSchema: schema52.anyOf[1], data };
    if (vErrors === null) {
      vErrors = [err11];
    } else {
      vErrors.push(err11);
    }
    errors++;
  }
  var _valid0 = _errs2 === errors;
  valid0 = valid0 || _valid0;
  if (_valid0) {
    var props0 = true;
  }
  if (!valid0) {
    const err12 = { instancePath, schemaPath: "#/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf", schema: schema52.anyOf, parentSchema: schema52, data };
    if (vErrors === null) {
      vErrors = [err12];
    } else {
      vErrors.push(err12);
    }
    errors++;
  } else {
    errors = _errs0;
    if (vErrors !== null) {
      if (_errs0) {
        vErrors.length = _errs0;
      } else {
        vErrors = null;
      }
    }
  }
  validate32.errors = vErrors;
  evaluated0.props = props0;
  return errors === 0;
}
validate32.evaluated = { "dynamicProps": true, "dynamicItems": false };
var schema57 = { "type": "object", "additionalProperties": false, "required": ["name", "command"], "properties": { "name": { "type": "string", "pattern": "^[a-z0-9][a-z0-9-]{0,62}$", "description": "A name: lower-case letters, digits and hyphens." }, "command": { "type": ["string", "null"], "minLength": 1 }, "port": { "anyOf": [{ "$ref": "#/$defs/portNumber" }, { "type": "null" }] } } };
function validate34(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate34.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.name === void 0) {
      const err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "name" }, message: "must have required property 'name'", schema: schema57.required, parentSchema: schema57, data };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    if (data.command === void 0) {
      const err1 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "command" }, message: "must have required property 'command'", schema: schema57.required, parentSchema: schema57, data };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
    for (const key0 in data) {
      if (!(key0 === "name" || key0 === "command" || key0 === "port")) {
        const err2 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties", schema: false, parentSchema: schema57, data };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
    }
    if (data.name !== void 0) {
      let data0 = data.name;
      if (typeof data0 === "string") {
        if (!pattern23.test(data0)) {
          const err3 = { instancePath: instancePath + "/name", schemaPath: "#/properties/name/pattern", keyword: "pattern", params: { pattern: "^[a-z0-9][a-z0-9-]{0,62}$" }, message: 'must match pattern "^[a-z0-9][a-z0-9-]{0,62}$"', schema: "^[a-z0-9][a-z0-9-]{0,62}$", parentSchema: schema57.properties.name, data: data0 };
          if (vErrors === null) {
            vErrors = [err3];
          } else {
            vErrors.push(err3);
          }
          errors++;
        }
      } else {
        const err4 = { instancePath: instancePath + "/name", schemaPath: "#/properties/name/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema57.properties.name.type, parentSchema: schema57.properties.name, data: data0 };
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      }
    }
    if (data.command !== void 0) {
      let data1 = data.command;
      if (typeof data1 !== "string" && data1 !== null) {
        const err5 = { instancePath: instancePath + "/command", schemaPath: "#/properties/command/type", keyword: "type", params: { type: schema57.properties.command.type }, message: "must be string,null", schema: schema57.properties.command.type, parentSchema: schema57.properties.command, data: data1 };
        if (vErrors === null) {
          vErrors = [err5];
        } else {
          vErrors.push(err5);
        }
        errors++;
      }
      if (typeof data1 === "string") {
        if (func2(data1) < 1) {
          const err6 = { instancePath: instancePath + "/command", schemaPath: "#/properties/command/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema57.properties.command, data: data1 };
          if (vErrors === null) {
            vErrors = [err6];
          } else {
            vErrors.push(err6);
          }
          errors++;
        }
      }
    }
    if (data.port !== void 0) {
      let data2 = data.port;
      const _errs7 = errors;
      let valid1 = false;
      const _errs8 = errors;
      if (!(typeof data2 == "number" && (!(data2 % 1) && !isNaN(data2)) && isFinite(data2))) {
        const err7 = { instancePath: instancePath + "/port", schemaPath: "#/$defs/portNumber/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema47.type, parentSchema: schema47, data: data2 };
        if (vErrors === null) {
          vErrors = [err7];
        } else {
          vErrors.push(err7);
        }
        errors++;
      }
      if (typeof data2 == "number" && isFinite(data2)) {
        if (data2 > 65535 || isNaN(data2)) {
          const err8 = { instancePath: instancePath + "/port", schemaPath: "#/$defs/portNumber/maximum", keyword: "maximum", params: { comparison: "<=", limit: 65535 }, message: "must be <= 65535", schema: 65535, parentSchema: schema47, data: data2 };
          if (vErrors === null) {
            vErrors = [err8];
          } else {
            vErrors.push(err8);
          }
          errors++;
        }
        if (data2 < 1 || isNaN(data2)) {
          const err9 = { instancePath: instancePath + "/port", schemaPath: "#/$defs/portNumber/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1", schema: 1, parentSchema: schema47, data: data2 };
          if (vErrors === null) {
            vErrors = [err9];
          } else {
            vErrors.push(err9);
          }
          errors++;
        }
      }
      var _valid0 = _errs8 === errors;
      valid1 = valid1 || _valid0;
      const _errs11 = errors;
      if (data2 !== null) {
        const err10 = { instancePath: instancePath + "/port", schemaPath: "#/properties/port/anyOf/1/type", keyword: "type", params: { type: "null" }, message: "must be null", schema: schema57.properties.port.anyOf[1].type, parentSchema: schema57.properties.port.anyOf[1], data: data2 };
        if (vErrors === null) {
          vErrors = [err10];
        } else {
          vErrors.push(err10);
        }
        errors++;
      }
      var _valid0 = _errs11 === errors;
      valid1 = valid1 || _valid0;
      if (!valid1) {
        const err11 = { instancePath: instancePath + "/port", schemaPath: "#/properties/port/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf", schema: schema57.properties.port.anyOf, parentSchema: schema57.properties.port, data: data2 };
        if (vErrors === null) {
          vErrors = [err11];
        } else {
          vErrors.push(err11);
        }
        errors++;
      } else {
        errors = _errs7;
        if (vErrors !== null) {
          if (_errs7) {
            vErrors.length = _errs7;
          } else {
            vErrors = null;
          }
        }
      }
    }
  } else {
    const err12 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema57.type, parentSchema: schema57, data };
    if (vErrors === null) {
      vErrors = [err12];
    } else {
      vErrors.push(err12);
    }
    errors++;
  }
  validate34.errors = vErrors;
  return errors === 0;
}
validate34.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
function validate20(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  ;
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate20.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.apiVersion === void 0) {
      const err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "apiVersion" }, message: "must have required property 'apiVersion'", schema: schema31.required, parentSchema: schema31, data };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    for (const key0 in data) {
      if (!func1.call(schema31.properties, key0)) {
        const err1 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties", schema: false, parentSchema: schema31, data };
        if (vErrors === null) {
          vErrors = [err1];
        } else {
          vErrors.push(err1);
        }
        errors++;
      }
    }
    if (data.apiVersion !== void 0) {
      let data0 = data.apiVersion;
      if ("agentvm/v1" !== data0) {
        const err2 = { instancePath: instancePath + "/apiVersion", schemaPath: "#/properties/apiVersion/const", keyword: "const", params: { allowedValue: "agentvm/v1" }, message: "must be equal to constant", schema: "agentvm/v1", parentSchema: schema31.properties.apiVersion, data: data0 };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
    }
    if (data.name !== void 0) {
      let data1 = data.name;
      if (typeof data1 !== "string" && data1 !== null) {
        const err3 = { instancePath: instancePath + "/name", schemaPath: "#/properties/name/type", keyword: "type", params: { type: schema31.properties.name.type }, message: "must be string,null", schema: schema31.properties.name.type, parentSchema: schema31.properties.name, data: data1 };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
      if (typeof data1 === "string") {
        if (!pattern4.test(data1)) {
          const err4 = { instancePath: instancePath + "/name", schemaPath: "#/properties/name/pattern", keyword: "pattern", params: { pattern: "^[a-z][a-z0-9-]{0,61}[a-z0-9]$" }, message: 'must match pattern "^[a-z][a-z0-9-]{0,61}[a-z0-9]$"', schema: "^[a-z][a-z0-9-]{0,61}[a-z0-9]$", parentSchema: schema31.properties.name, data: data1 };
          if (vErrors === null) {
            vErrors = [err4];
          } else {
            vErrors.push(err4);
          }
          errors++;
        }
      }
    }
    if (data.driver !== void 0) {
      let data2 = data.driver;
      if (!(data2 === "auto" || data2 === "qemu" || data2 === "lima" || data2 === "vfkit" || data2 === "incus" || data2 === "fake" || data2 === null)) {
        const err5 = { instancePath: instancePath + "/driver", schemaPath: "#/properties/driver/enum", keyword: "enum", params: { allowedValues: schema31.properties.driver.enum }, message: "must be equal to one of the allowed values", schema: schema31.properties.driver.enum, parentSchema: schema31.properties.driver, data: data2 };
        if (vErrors === null) {
          vErrors = [err5];
        } else {
          vErrors.push(err5);
        }
        errors++;
      }
    }
    if (data.extends !== void 0) {
      let data3 = data.extends;
      if (Array.isArray(data3)) {
        if (data3.length > 16) {
          const err6 = { instancePath: instancePath + "/extends", schemaPath: "#/properties/extends/maxItems", keyword: "maxItems", params: { limit: 16 }, message: "must NOT have more than 16 items", schema: 16, parentSchema: schema31.properties.extends, data: data3 };
          if (vErrors === null) {
            vErrors = [err6];
          } else {
            vErrors.push(err6);
          }
          errors++;
        }
        const len0 = data3.length;
        for (let i0 = 0; i0 < len0; i0++) {
          let data4 = data3[i0];
          if (typeof data4 === "string") {
            if (func2(data4) < 1) {
              const err7 = { instancePath: instancePath + "/extends/" + i0, schemaPath: "#/properties/extends/items/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema31.properties.extends.items, data: data4 };
              if (vErrors === null) {
                vErrors = [err7];
              } else {
                vErrors.push(err7);
              }
              errors++;
            }
          } else {
            const err8 = { instancePath: instancePath + "/extends/" + i0, schemaPath: "#/properties/extends/items/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema31.properties.extends.items.type, parentSchema: schema31.properties.extends.items, data: data4 };
            if (vErrors === null) {
              vErrors = [err8];
            } else {
              vErrors.push(err8);
            }
            errors++;
          }
        }
      } else {
        const err9 = { instancePath: instancePath + "/extends", schemaPath: "#/properties/extends/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema31.properties.extends.type, parentSchema: schema31.properties.extends, data: data3 };
        if (vErrors === null) {
          vErrors = [err9];
        } else {
          vErrors.push(err9);
        }
        errors++;
      }
    }
    if (data.agent !== void 0) {
      let data5 = data.agent;
      const _errs11 = errors;
      let valid3 = false;
      const _errs12 = errors;
      if (!validate21(data5, { instancePath: instancePath + "/agent", parentData: data, parentDataProperty: "agent", rootData, dynamicAnchors })) {
        vErrors = vErrors === null ? validate21.errors : vErrors.concat(validate21.errors);
        errors = vErrors.length;
      }
      var _valid0 = _errs12 === errors;
      valid3 = valid3 || _valid0;
      const _errs13 = errors;
      if (data5 !== null) {
        const err10 = { instancePath: instancePath + "/agent", schemaPath: "#/properties/agent/anyOf/1/type", keyword: "type", params: { type: "null" }, message: "must be null", schema: schema31.properties.agent.anyOf[1].type, parentSchema: schema31.properties.agent.anyOf[1], data: data5 };
        if (vErrors === null) {
          vErrors = [err10];
        } else {
          vErrors.push(err10);
        }
        errors++;
      }
      var _valid0 = _errs13 === errors;
      valid3 = valid3 || _valid0;
      if (!valid3) {
        const err11 = { instancePath: instancePath + "/agent", schemaPath: "#/properties/agent/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf", schema: schema31.properties.agent.anyOf, parentSchema: schema31.properties.agent, data: data5 };
        if (vErrors === null) {
          vErrors = [err11];
        } else {
          vErrors.push(err11);
        }
        errors++;
      } else {
        errors = _errs11;
        if (vErrors !== null) {
          if (_errs11) {
            vErrors.length = _errs11;
          } else {
            vErrors = null;
          }
        }
      }
    }
    if (data.agents !== void 0) {
      let data6 = data.agents;
      if (!Array.isArray(data6) && data6 !== null) {
        const err12 = { instancePath: instancePath + "/agents", schemaPath: "#/properties/agents/type", keyword: "type", params: { type: schema31.properties.agents.type }, message: "must be array,null", schema: schema31.properties.agents.type, parentSchema: schema31.properties.agents, data: data6 };
        if (vErrors === null) {
          vErrors = [err12];
        } else {
          vErrors.push(err12);
        }
        errors++;
      }
      if (Array.isArray(data6)) {
        if (data6.length > 16) {
          const err13 = { instancePath: instancePath + "/agents", schemaPath: "#/properties/agents/maxItems", keyword: "maxItems", params: { limit: 16 }, message: "must NOT have more than 16 items", schema: 16, parentSchema: schema31.properties.agents, data: data6 };
          if (vErrors === null) {
            vErrors = [err13];
          } else {
            vErrors.push(err13);
          }
          errors++;
        }
        const len1 = data6.length;
        for (let i1 = 0; i1 < len1; i1++) {
          if (!validate21(data6[i1], { instancePath: instancePath + "/agents/" + i1, parentData: data6, parentDataProperty: i1, rootData, dynamicAnchors })) {
            vErrors = vErrors === null ? validate21.errors : vErrors.concat(validate21.errors);
            errors = vErrors.length;
          }
        }
      }
    }
    if (data.base !== void 0) {
      let data8 = data.base;
      if (!(data8 && typeof data8 == "object" && !Array.isArray(data8)) && data8 !== null) {
        const err14 = { instancePath: instancePath + "/base", schemaPath: "#/properties/base/type", keyword: "type", params: { type: schema31.properties.base.type }, message: "must be object,null", schema: schema31.properties.base.type, parentSchema: schema31.properties.base, data: data8 };
        if (vErrors === null) {
          vErrors = [err14];
        } else {
          vErrors.push(err14);
        }
        errors++;
      }
      if (data8 && typeof data8 == "object" && !Array.isArray(data8)) {
        for (const key1 in data8) {
          if (!(key1 === "image" || key1 === "packages" || key1 === "scripts")) {
            const err15 = { instancePath: instancePath + "/base", schemaPath: "#/properties/base/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key1 }, message: "must NOT have additional properties", schema: false, parentSchema: schema31.properties.base, data: data8 };
            if (vErrors === null) {
              vErrors = [err15];
            } else {
              vErrors.push(err15);
            }
            errors++;
          }
        }
        if (data8.image !== void 0) {
          let data9 = data8.image;
          const _errs22 = errors;
          let valid7 = false;
          const _errs23 = errors;
          const _errs25 = errors;
          let valid9 = false;
          const _errs26 = errors;
          if (typeof data9 === "string") {
            if (!pattern8.test(data9)) {
              const err16 = { instancePath: instancePath + "/base/image", schemaPath: "#/$defs/image/anyOf/0/pattern", keyword: "pattern", params: { pattern: "^[a-z0-9][a-z0-9.-]*$" }, message: 'must match pattern "^[a-z0-9][a-z0-9.-]*$"', schema: "^[a-z0-9][a-z0-9.-]*$", parentSchema: schema35.anyOf[0], data: data9 };
              if (vErrors === null) {
                vErrors = [err16];
              } else {
                vErrors.push(err16);
              }
              errors++;
            }
          } else {
            const err17 = { instancePath: instancePath + "/base/image", schemaPath: "#/$defs/image/anyOf/0/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema35.anyOf[0].type, parentSchema: schema35.anyOf[0], data: data9 };
            if (vErrors === null) {
              vErrors = [err17];
            } else {
              vErrors.push(err17);
            }
            errors++;
          }
          var _valid2 = _errs26 === errors;
          valid9 = valid9 || _valid2;
          const _errs28 = errors;
          if (data9 && typeof data9 == "object" && !Array.isArray(data9)) {
            if (data9.url === void 0) {
              const err18 = { instancePath: instancePath + "/base/image", schemaPath: "#/$defs/image/anyOf/1/required", keyword: "required", params: { missingProperty: "url" }, message: "must have required property 'url'", schema: schema35.anyOf[1].required, parentSchema: schema35.anyOf[1], data: data9 };
              if (vErrors === null) {
                vErrors = [err18];
              } else {
                vErrors.push(err18);
              }
              errors++;
            }
            if (data9.sha256 === void 0) {
              const err19 = { instancePath: instancePath + "/base/image", schemaPath: "#/$defs/image/anyOf/1/required", keyword: "required", params: { missingProperty: "sha256" }, message: "must have required property 'sha256'", schema: schema35.anyOf[1].required, parentSchema: schema35.anyOf[1], data: data9 };
              if (vErrors === null) {
                vErrors = [err19];
              } else {
                vErrors.push(err19);
              }
              errors++;
            }
            for (const key2 in data9) {
              if (!(key2 === "url" || key2 === "sha256")) {
                const err20 = { instancePath: instancePath + "/base/image", schemaPath: "#/$defs/image/anyOf/1/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key2 }, message: "must NOT have additional properties", schema: false, parentSchema: schema35.anyOf[1], data: data9 };
                if (vErrors === null) {
                  vErrors = [err20];
                } else {
                  vErrors.push(err20);
                }
                errors++;
              }
            }
            if (data9.url !== void 0) {
              let data10 = data9.url;
              if (typeof data10 === "string") {
                if (!pattern9.test(data10)) {
                  const err21 = { instancePath: instancePath + "/base/image/url", schemaPath: "#/$defs/image/anyOf/1/properties/url/pattern", keyword: "pattern", params: { pattern: "^https?://" }, message: 'must match pattern "^https?://"', schema: "^https?://", parentSchema: schema35.anyOf[1].properties.url, data: data10 };
                  if (vErrors === null) {
                    vErrors = [err21];
                  } else {
                    vErrors.push(err21);
                  }
                  errors++;
                }
              } else {
                const err22 = { instancePath: instancePath + "/base/image/url", schemaPath: "#/$defs/image/anyOf/1/properties/url/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema35.anyOf[1].properties.url.type, parentSchema: schema35.anyOf[1].properties.url, data: data10 };
                if (vErrors === null) {
                  vErrors = [err22];
                } else {
                  vErrors.push(err22);
                }
                errors++;
              }
            }
            if (data9.sha256 !== void 0) {
              let data11 = data9.sha256;
              if (typeof data11 === "string") {
                if (!pattern10.test(data11)) {
                  const err23 = { instancePath: instancePath + "/base/image/sha256", schemaPath: "#/$defs/image/anyOf/1/properties/sha256/pattern", keyword: "pattern", params: { pattern: "^[0-9a-f]{64}$" }, message: 'must match pattern "^[0-9a-f]{64}$"', schema: "^[0-9a-f]{64}$", parentSchema: schema35.anyOf[1].properties.sha256, data: data11 };
                  if (vErrors === null) {
                    vErrors = [err23];
                  } else {
                    vErrors.push(err23);
                  }
                  errors++;
                }
              } else {
                const err24 = { instancePath: instancePath + "/base/image/sha256", schemaPath: "#/$defs/image/anyOf/1/properties/sha256/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema35.anyOf[1].properties.sha256.type, parentSchema: schema35.anyOf[1].properties.sha256, data: data11 };
                if (vErrors === null) {
                  vErrors = [err24];
                } else {
                  vErrors.push(err24);
                }
                errors++;
              }
            }
          } else {
            const err25 = { instancePath: instancePath + "/base/image", schemaPath: "#/$defs/image/anyOf/1/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema35.anyOf[1].type, parentSchema: schema35.anyOf[1], data: data9 };
            if (vErrors === null) {
              vErrors = [err25];
            } else {
              vErrors.push(err25);
            }
            errors++;
          }
          var _valid2 = _errs28 === errors;
          valid9 = valid9 || _valid2;
          if (_valid2) {
            var props2 = true;
          }
          const _errs35 = errors;
          if (data9 && typeof data9 == "object" && !Array.isArray(data9)) {
            if (data9.path === void 0) {
              const err26 = { instancePath: instancePath + "/base/image", schemaPath: "#/$defs/image/anyOf/2/required", keyword: "required", params: { missingProperty: "path" }, message: "must have required property 'path'", schema: schema35.anyOf[2].required, parentSchema: schema35.anyOf[2], data: data9 };
              if (vErrors === null) {
                vErrors = [err26];
              } else {
                vErrors.push(err26);
              }
              errors++;
            }
            for (const key3 in data9) {
              if (!(key3 === "path")) {
                const err27 = { instancePath: instancePath + "/base/image", schemaPath: "#/$defs/image/anyOf/2/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key3 }, message: "must NOT have additional properties", schema: false, parentSchema: schema35.anyOf[2], data: data9 };
                if (vErrors === null) {
                  vErrors = [err27];
                } else {
                  vErrors.push(err27);
                }
                errors++;
              }
            }
            if (data9.path !== void 0) {
              let data12 = data9.path;
              if (typeof data12 === "string") {
                if (func2(data12) < 1) {
                  const err28 = { instancePath: instancePath + "/base/image/path", schemaPath: "#/$defs/image/anyOf/2/properties/path/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema35.anyOf[2].properties.path, data: data12 };
                  if (vErrors === null) {
                    vErrors = [err28];
                  } else {
                    vErrors.push(err28);
                  }
                  errors++;
                }
              } else {
                const err29 = { instancePath: instancePath + "/base/image/path", schemaPath: "#/$defs/image/anyOf/2/properties/path/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema35.anyOf[2].properties.path.type, parentSchema: schema35.anyOf[2].properties.path, data: data12 };
                if (vErrors === null) {
                  vErrors = [err29];
                } else {
                  vErrors.push(err29);
                }
                errors++;
              }
            }
          } else {
            const err30 = { instancePath: instancePath + "/base/image", schemaPath: "#/$defs/image/anyOf/2/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema35.anyOf[2].type, parentSchema: schema35.anyOf[2], data: data9 };
            if (vErrors === null) {
              vErrors = [err30];
            } else {
              vErrors.push(err30);
            }
            errors++;
          }
          var _valid2 = _errs35 === errors;
          valid9 = valid9 || _valid2;
          if (_valid2) {
            if (props2 !== true) {
              props2 = true;
            }
          }
          if (!valid9) {
            const err31 = { instancePath: instancePath + "/base/image", schemaPath: "#/$defs/image/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf", schema: schema35.anyOf, parentSchema: schema35, data: data9 };
            if (vErrors === null) {
              vErrors = [err31];
            } else {
              vErrors.push(err31);
            }
            errors++;
          } else {
            errors = _errs25;
            if (vErrors !== null) {
              if (_errs25) {
                vErrors.length = _errs25;
              } else {
                vErrors = null;
              }
            }
          }
          var _valid1 = _errs23 === errors;
          valid7 = valid7 || _valid1;
          const _errs40 = errors;
          if (data9 !== null) {
            const err32 = { instancePath: instancePath + "/base/image", schemaPath: "#/properties/base/properties/image/anyOf/1/type", keyword: "type", params: { type: "null" }, message: "must be null", schema: schema31.properties.base.properties.image.anyOf[1].type, parentSchema: schema31.properties.base.properties.image.anyOf[1], data: data9 };
            if (vErrors === null) {
              vErrors = [err32];
            } else {
              vErrors.push(err32);
            }
            errors++;
          }
          var _valid1 = _errs40 === errors;
          valid7 = valid7 || _valid1;
          if (!valid7) {
            const err33 = { instancePath: instancePath + "/base/image", schemaPath: "#/properties/base/properties/image/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf", schema: schema31.properties.base.properties.image.anyOf, parentSchema: schema31.properties.base.properties.image, data: data9 };
            if (vErrors === null) {
              vErrors = [err33];
            } else {
              vErrors.push(err33);
            }
            errors++;
          } else {
            errors = _errs22;
            if (vErrors !== null) {
              if (_errs22) {
                vErrors.length = _errs22;
              } else {
                vErrors = null;
              }
            }
          }
        }
        if (data8.packages !== void 0) {
          let data13 = data8.packages;
          if (!Array.isArray(data13) && data13 !== null) {
            const err34 = { instancePath: instancePath + "/base/packages", schemaPath: "#/properties/base/properties/packages/type", keyword: "type", params: { type: schema31.properties.base.properties.packages.type }, message: "must be array,null", schema: schema31.properties.base.properties.packages.type, parentSchema: schema31.properties.base.properties.packages, data: data13 };
            if (vErrors === null) {
              vErrors = [err34];
            } else {
              vErrors.push(err34);
            }
            errors++;
          }
          if (Array.isArray(data13)) {
            if (data13.length > 1e3) {
              const err35 = { instancePath: instancePath + "/base/packages", schemaPath: "#/properties/base/properties/packages/maxItems", keyword: "maxItems", params: { limit: 1e3 }, message: "must NOT have more than 1000 items", schema: 1e3, parentSchema: schema31.properties.base.properties.packages, data: data13 };
              if (vErrors === null) {
                vErrors = [err35];
              } else {
                vErrors.push(err35);
              }
              errors++;
            }
            const len2 = data13.length;
            for (let i2 = 0; i2 < len2; i2++) {
              let data14 = data13[i2];
              if (typeof data14 === "string") {
                if (func2(data14) > 128) {
                  const err36 = { instancePath: instancePath + "/base/packages/" + i2, schemaPath: "#/properties/base/properties/packages/items/maxLength", keyword: "maxLength", params: { limit: 128 }, message: "must NOT have more than 128 characters", schema: 128, parentSchema: schema31.properties.base.properties.packages.items, data: data14 };
                  if (vErrors === null) {
                    vErrors = [err36];
                  } else {
                    vErrors.push(err36);
                  }
                  errors++;
                }
                if (!pattern11.test(data14)) {
                  const err37 = { instancePath: instancePath + "/base/packages/" + i2, schemaPath: "#/properties/base/properties/packages/items/pattern", keyword: "pattern", params: { pattern: "^[a-z0-9][a-z0-9+.-]+(:[a-z0-9]+)?$" }, message: 'must match pattern "^[a-z0-9][a-z0-9+.-]+(:[a-z0-9]+)?$"', schema: "^[a-z0-9][a-z0-9+.-]+(:[a-z0-9]+)?$", parentSchema: schema31.properties.base.properties.packages.items, data: data14 };
                  if (vErrors === null) {
                    vErrors = [err37];
                  } else {
                    vErrors.push(err37);
                  }
                  errors++;
                }
              } else {
                const err38 = { instancePath: instancePath + "/base/packages/" + i2, schemaPath: "#/properties/base/properties/packages/items/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema31.properties.base.properties.packages.items.type, parentSchema: schema31.properties.base.properties.packages.items, data: data14 };
                if (vErrors === null) {
                  vErrors = [err38];
                } else {
                  vErrors.push(err38);
                }
                errors++;
              }
            }
          }
        }
        if (data8.scripts !== void 0) {
          let data15 = data8.scripts;
          if (!Array.isArray(data15) && data15 !== null) {
            const err39 = { instancePath: instancePath + "/base/scripts", schemaPath: "#/properties/base/properties/scripts/type", keyword: "type", params: { type: schema31.properties.base.properties.scripts.type }, message: "must be array,null", schema: schema31.properties.base.properties.scripts.type, parentSchema: schema31.properties.base.properties.scripts, data: data15 };
            if (vErrors === null) {
              vErrors = [err39];
            } else {
              vErrors.push(err39);
            }
            errors++;
          }
          if (Array.isArray(data15)) {
            if (data15.length > 100) {
              const err40 = { instancePath: instancePath + "/base/scripts", schemaPath: "#/properties/base/properties/scripts/maxItems", keyword: "maxItems", params: { limit: 100 }, message: "must NOT have more than 100 items", schema: 100, parentSchema: schema31.properties.base.properties.scripts, data: data15 };
              if (vErrors === null) {
                vErrors = [err40];
              } else {
                vErrors.push(err40);
              }
              errors++;
            }
            const len3 = data15.length;
            for (let i3 = 0; i3 < len3; i3++) {
              let data16 = data15[i3];
              if (typeof data16 === "string") {
                if (func2(data16) < 1) {
                  const err41 = { instancePath: instancePath + "/base/scripts/" + i3, schemaPath: "#/properties/base/properties/scripts/items/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema31.properties.base.properties.scripts.items, data: data16 };
                  if (vErrors === null) {
                    vErrors = [err41];
                  } else {
                    vErrors.push(err41);
                  }
                  errors++;
                }
              } else {
                const err42 = { instancePath: instancePath + "/base/scripts/" + i3, schemaPath: "#/properties/base/properties/scripts/items/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema31.properties.base.properties.scripts.items.type, parentSchema: schema31.properties.base.properties.scripts.items, data: data16 };
                if (vErrors === null) {
                  vErrors = [err42];
                } else {
                  vErrors.push(err42);
                }
                errors++;
              }
            }
          }
        }
      }
    }
    if (data.resources !== void 0) {
      let data17 = data.resources;
      if (!(data17 && typeof data17 == "object" && !Array.isArray(data17)) && data17 !== null) {
        const err43 = { instancePath: instancePath + "/resources", schemaPath: "#/properties/resources/type", keyword: "type", params: { type: schema31.properties.resources.type }, message: "must be object,null", schema: schema31.properties.resources.type, parentSchema: schema31.properties.resources, data: data17 };
        if (vErrors === null) {
          vErrors = [err43];
        } else {
          vErrors.push(err43);
        }
        errors++;
      }
      if (data17 && typeof data17 == "object" && !Array.isArray(data17)) {
        for (const key4 in data17) {
          if (!(key4 === "cpus" || key4 === "memory" || key4 === "disk")) {
            const err44 = { instancePath: instancePath + "/resources", schemaPath: "#/properties/resources/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key4 }, message: "must NOT have additional properties", schema: false, parentSchema: schema31.properties.resources, data: data17 };
            if (vErrors === null) {
              vErrors = [err44];
            } else {
              vErrors.push(err44);
            }
            errors++;
          }
        }
        if (data17.cpus !== void 0) {
          let data18 = data17.cpus;
          if (!(typeof data18 == "number" && (!(data18 % 1) && !isNaN(data18)) && isFinite(data18)) && data18 !== null) {
            const err45 = { instancePath: instancePath + "/resources/cpus", schemaPath: "#/properties/resources/properties/cpus/type", keyword: "type", params: { type: schema31.properties.resources.properties.cpus.type }, message: "must be integer,null", schema: schema31.properties.resources.properties.cpus.type, parentSchema: schema31.properties.resources.properties.cpus, data: data18 };
            if (vErrors === null) {
              vErrors = [err45];
            } else {
              vErrors.push(err45);
            }
            errors++;
          }
          if (typeof data18 == "number" && isFinite(data18)) {
            if (data18 > 512 || isNaN(data18)) {
              const err46 = { instancePath: instancePath + "/resources/cpus", schemaPath: "#/properties/resources/properties/cpus/maximum", keyword: "maximum", params: { comparison: "<=", limit: 512 }, message: "must be <= 512", schema: 512, parentSchema: schema31.properties.resources.properties.cpus, data: data18 };
              if (vErrors === null) {
                vErrors = [err46];
              } else {
                vErrors.push(err46);
              }
              errors++;
            }
            if (data18 < 1 || isNaN(data18)) {
              const err47 = { instancePath: instancePath + "/resources/cpus", schemaPath: "#/properties/resources/properties/cpus/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1", schema: 1, parentSchema: schema31.properties.resources.properties.cpus, data: data18 };
              if (vErrors === null) {
                vErrors = [err47];
              } else {
                vErrors.push(err47);
              }
              errors++;
            }
          }
        }
        if (data17.memory !== void 0) {
          let data19 = data17.memory;
          const _errs56 = errors;
          let valid17 = false;
          const _errs57 = errors;
          if (typeof data19 === "string") {
            if (!pattern12.test(data19)) {
              const err48 = { instancePath: instancePath + "/resources/memory", schemaPath: "#/$defs/size/pattern", keyword: "pattern", params: { pattern: "^[0-9]{1,9}(\\.[0-9]{1,9})?(MiB|GiB|TiB)$" }, message: 'must match pattern "^[0-9]{1,9}(\\.[0-9]{1,9})?(MiB|GiB|TiB)$"', schema: "^[0-9]{1,9}(\\.[0-9]{1,9})?(MiB|GiB|TiB)$", parentSchema: schema36, data: data19 };
              if (vErrors === null) {
                vErrors = [err48];
              } else {
                vErrors.push(err48);
              }
              errors++;
            }
          } else {
            const err49 = { instancePath: instancePath + "/resources/memory", schemaPath: "#/$defs/size/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema36.type, parentSchema: schema36, data: data19 };
            if (vErrors === null) {
              vErrors = [err49];
            } else {
              vErrors.push(err49);
            }
            errors++;
          }
          var _valid3 = _errs57 === errors;
          valid17 = valid17 || _valid3;
          const _errs60 = errors;
          if (data19 !== null) {
            const err50 = { instancePath: instancePath + "/resources/memory", schemaPath: "#/properties/resources/properties/memory/anyOf/1/type", keyword: "type", params: { type: "null" }, message: "must be null", schema: schema31.properties.resources.properties.memory.anyOf[1].type, parentSchema: schema31.properties.resources.properties.memory.anyOf[1], data: data19 };
            if (vErrors === null) {
              vErrors = [err50];
            } else {
              vErrors.push(err50);
            }
            errors++;
          }
          var _valid3 = _errs60 === errors;
          valid17 = valid17 || _valid3;
          if (!valid17) {
            const err51 = { instancePath: instancePath + "/resources/memory", schemaPath: "#/properties/resources/properties/memory/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf", schema: schema31.properties.resources.properties.memory.anyOf, parentSchema: schema31.properties.resources.properties.memory, data: data19 };
            if (vErrors === null) {
              vErrors = [err51];
            } else {
              vErrors.push(err51);
            }
            errors++;
          } else {
            errors = _errs56;
            if (vErrors !== null) {
              if (_errs56) {
                vErrors.length = _errs56;
              } else {
                vErrors = null;
              }
            }
          }
        }
        if (data17.disk !== void 0) {
          let data20 = data17.disk;
          const _errs63 = errors;
          let valid19 = false;
          const _errs64 = errors;
          if (typeof data20 === "string") {
            if (!pattern12.test(data20)) {
              const err52 = { instancePath: instancePath + "/resources/disk", schemaPath: "#/$defs/size/pattern", keyword: "pattern", params: { pattern: "^[0-9]{1,9}(\\.[0-9]{1,9})?(MiB|GiB|TiB)$" }, message: 'must match pattern "^[0-9]{1,9}(\\.[0-9]{1,9})?(MiB|GiB|TiB)$"', schema: "^[0-9]{1,9}(\\.[0-9]{1,9})?(MiB|GiB|TiB)$", parentSchema: schema36, data: data20 };
              if (vErrors === null) {
                vErrors = [err52];
              } else {
                vErrors.push(err52);
              }
              errors++;
            }
          } else {
            const err53 = { instancePath: instancePath + "/resources/disk", schemaPath: "#/$defs/size/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema36.type, parentSchema: schema36, data: data20 };
            if (vErrors === null) {
              vErrors = [err53];
            } else {
              vErrors.push(err53);
            }
            errors++;
          }
          var _valid4 = _errs64 === errors;
          valid19 = valid19 || _valid4;
          const _errs67 = errors;
          if (data20 !== null) {
            const err54 = { instancePath: instancePath + "/resources/disk", schemaPath: "#/properties/resources/properties/disk/anyOf/1/type", keyword: "type", params: { type: "null" }, message: "must be null", schema: schema31.properties.resources.properties.disk.anyOf[1].type, parentSchema: schema31.properties.resources.properties.disk.anyOf[1], data: data20 };
            if (vErrors === null) {
              vErrors = [err54];
            } else {
              vErrors.push(err54);
            }
            errors++;
          }
          var _valid4 = _errs67 === errors;
          valid19 = valid19 || _valid4;
          if (!valid19) {
            const err55 = { instancePath: instancePath + "/resources/disk", schemaPath: "#/properties/resources/properties/disk/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf", schema: schema31.properties.resources.properties.disk.anyOf, parentSchema: schema31.properties.resources.properties.disk, data: data20 };
            if (vErrors === null) {
              vErrors = [err55];
            } else {
              vErrors.push(err55);
            }
            errors++;
          } else {
            errors = _errs63;
            if (vErrors !== null) {
              if (_errs63) {
                vErrors.length = _errs63;
              } else {
                vErrors = null;
              }
            }
          }
        }
      }
    }
    if (data.workspace !== void 0) {
      let data21 = data.workspace;
      if (!(data21 && typeof data21 == "object" && !Array.isArray(data21)) && data21 !== null) {
        const err56 = { instancePath: instancePath + "/workspace", schemaPath: "#/properties/workspace/type", keyword: "type", params: { type: schema31.properties.workspace.type }, message: "must be object,null", schema: schema31.properties.workspace.type, parentSchema: schema31.properties.workspace, data: data21 };
        if (vErrors === null) {
          vErrors = [err56];
        } else {
          vErrors.push(err56);
        }
        errors++;
      }
      if (data21 && typeof data21 == "object" && !Array.isArray(data21)) {
        for (const key5 in data21) {
          if (!(key5 === "guestPath" || key5 === "mode" || key5 === "shadow" || key5 === "protect")) {
            const err57 = { instancePath: instancePath + "/workspace", schemaPath: "#/properties/workspace/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key5 }, message: "must NOT have additional properties", schema: false, parentSchema: schema31.properties.workspace, data: data21 };
            if (vErrors === null) {
              vErrors = [err57];
            } else {
              vErrors.push(err57);
            }
            errors++;
          }
        }
        if (data21.guestPath !== void 0) {
          let data22 = data21.guestPath;
          const _errs73 = errors;
          let valid22 = false;
          const _errs74 = errors;
          if ("same" !== data22) {
            const err58 = { instancePath: instancePath + "/workspace/guestPath", schemaPath: "#/properties/workspace/properties/guestPath/anyOf/0/const", keyword: "const", params: { allowedValue: "same" }, message: "must be equal to constant", schema: "same", parentSchema: schema31.properties.workspace.properties.guestPath.anyOf[0], data: data22 };
            if (vErrors === null) {
              vErrors = [err58];
            } else {
              vErrors.push(err58);
            }
            errors++;
          }
          var _valid5 = _errs74 === errors;
          valid22 = valid22 || _valid5;
          const _errs75 = errors;
          const _errs78 = errors;
          const _errs79 = errors;
          if (typeof data22 === "string") {
            if (!pattern14.test(data22)) {
              const err59 = {};
              if (vErrors === null) {
                vErrors = [err59];
              } else {
                vErrors.push(err59);
              }
              errors++;
            }
          }
          var valid24 = _errs79 === errors;
          if (valid24) {
            const err60 = { instancePath: instancePath + "/workspace/guestPath", schemaPath: "#/$defs/guestPath/not", keyword: "not", params: {}, message: "must NOT be valid", schema: schema38.not, parentSchema: schema38, data: data22 };
            if (vErrors === null) {
              vErrors = [err60];
            } else {
              vErrors.push(err60);
            }
            errors++;
          } else {
            errors = _errs78;
            if (vErrors !== null) {
              if (_errs78) {
                vErrors.length = _errs78;
              } else {
                vErrors = null;
              }
            }
          }
          if (typeof data22 === "string") {
            if (func2(data22) > 1024) {
              const err61 = { instancePath: instancePath + "/workspace/guestPath", schemaPath: "#/$defs/guestPath/maxLength", keyword: "maxLength", params: { limit: 1024 }, message: "must NOT have more than 1024 characters", schema: 1024, parentSchema: schema38, data: data22 };
              if (vErrors === null) {
                vErrors = [err61];
              } else {
                vErrors.push(err61);
              }
              errors++;
            }
            if (!pattern15.test(data22)) {
              const err62 = { instancePath: instancePath + "/workspace/guestPath", schemaPath: "#/$defs/guestPath/pattern", keyword: "pattern", params: { pattern: "^(/[^/\\u0000-\\u001f\\u007f]+)+/?$" }, message: 'must match pattern "^(/[^/\\u0000-\\u001f\\u007f]+)+/?$"', schema: "^(/[^/\\u0000-\\u001f\\u007f]+)+/?$", parentSchema: schema38, data: data22 };
              if (vErrors === null) {
                vErrors = [err62];
              } else {
                vErrors.push(err62);
              }
              errors++;
            }
          } else {
            const err63 = { instancePath: instancePath + "/workspace/guestPath", schemaPath: "#/$defs/guestPath/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema38.type, parentSchema: schema38, data: data22 };
            if (vErrors === null) {
              vErrors = [err63];
            } else {
              vErrors.push(err63);
            }
            errors++;
          }
          var _valid5 = _errs75 === errors;
          valid22 = valid22 || _valid5;
          const _errs80 = errors;
          if (data22 !== null) {
            const err64 = { instancePath: instancePath + "/workspace/guestPath", schemaPath: "#/properties/workspace/properties/guestPath/anyOf/2/type", keyword: "type", params: { type: "null" }, message: "must be null", schema: schema31.properties.workspace.properties.guestPath.anyOf[2].type, parentSchema: schema31.properties.workspace.properties.guestPath.anyOf[2], data: data22 };
            if (vErrors === null) {
              vErrors = [err64];
            } else {
              vErrors.push(err64);
            }
            errors++;
          }
          var _valid5 = _errs80 === errors;
          valid22 = valid22 || _valid5;
          if (!valid22) {
            const err65 = { instancePath: instancePath + "/workspace/guestPath", schemaPath: "#/properties/workspace/properties/guestPath/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf", schema: schema31.properties.workspace.properties.guestPath.anyOf, parentSchema: schema31.properties.workspace.properties.guestPath, data: data22 };
            if (vErrors === null) {
              vErrors = [err65];
            } else {
              vErrors.push(err65);
            }
            errors++;
          } else {
            errors = _errs73;
            if (vErrors !== null) {
              if (_errs73) {
                vErrors.length = _errs73;
              } else {
                vErrors = null;
              }
            }
          }
        }
        if (data21.mode !== void 0) {
          let data23 = data21.mode;
          if (!(data23 === "rw" || data23 === "ro" || data23 === null)) {
            const err66 = { instancePath: instancePath + "/workspace/mode", schemaPath: "#/properties/workspace/properties/mode/enum", keyword: "enum", params: { allowedValues: schema31.properties.workspace.properties.mode.enum }, message: "must be equal to one of the allowed values", schema: schema31.properties.workspace.properties.mode.enum, parentSchema: schema31.properties.workspace.properties.mode, data: data23 };
            if (vErrors === null) {
              vErrors = [err66];
            } else {
              vErrors.push(err66);
            }
            errors++;
          }
        }
        if (data21.shadow !== void 0) {
          let data24 = data21.shadow;
          if (!Array.isArray(data24) && data24 !== null) {
            const err67 = { instancePath: instancePath + "/workspace/shadow", schemaPath: "#/properties/workspace/properties/shadow/type", keyword: "type", params: { type: schema31.properties.workspace.properties.shadow.type }, message: "must be array,null", schema: schema31.properties.workspace.properties.shadow.type, parentSchema: schema31.properties.workspace.properties.shadow, data: data24 };
            if (vErrors === null) {
              vErrors = [err67];
            } else {
              vErrors.push(err67);
            }
            errors++;
          }
          if (Array.isArray(data24)) {
            if (data24.length > 100) {
              const err68 = { instancePath: instancePath + "/workspace/shadow", schemaPath: "#/properties/workspace/properties/shadow/maxItems", keyword: "maxItems", params: { limit: 100 }, message: "must NOT have more than 100 items", schema: 100, parentSchema: schema31.properties.workspace.properties.shadow, data: data24 };
              if (vErrors === null) {
                vErrors = [err68];
              } else {
                vErrors.push(err68);
              }
              errors++;
            }
            const len4 = data24.length;
            for (let i4 = 0; i4 < len4; i4++) {
              let data25 = data24[i4];
              const _errs88 = errors;
              const _errs89 = errors;
              if (typeof data25 === "string") {
                if (!pattern14.test(data25)) {
                  const err69 = {};
                  if (vErrors === null) {
                    vErrors = [err69];
                  } else {
                    vErrors.push(err69);
                  }
                  errors++;
                }
              }
              var valid28 = _errs89 === errors;
              if (valid28) {
                const err70 = { instancePath: instancePath + "/workspace/shadow/" + i4, schemaPath: "#/$defs/relativePath/not", keyword: "not", params: {}, message: "must NOT be valid", schema: schema39.not, parentSchema: schema39, data: data25 };
                if (vErrors === null) {
                  vErrors = [err70];
                } else {
                  vErrors.push(err70);
                }
                errors++;
              } else {
                errors = _errs88;
                if (vErrors !== null) {
                  if (_errs88) {
                    vErrors.length = _errs88;
                  } else {
                    vErrors = null;
                  }
                }
              }
              if (typeof data25 === "string") {
                if (func2(data25) > 1024) {
                  const err71 = { instancePath: instancePath + "/workspace/shadow/" + i4, schemaPath: "#/$defs/relativePath/maxLength", keyword: "maxLength", params: { limit: 1024 }, message: "must NOT have more than 1024 characters", schema: 1024, parentSchema: schema39, data: data25 };
                  if (vErrors === null) {
                    vErrors = [err71];
                  } else {
                    vErrors.push(err71);
                  }
                  errors++;
                }
                if (!pattern17.test(data25)) {
                  const err72 = { instancePath: instancePath + "/workspace/shadow/" + i4, schemaPath: "#/$defs/relativePath/pattern", keyword: "pattern", params: { pattern: "^[^/\\u0000-\\u001f\\u007f][^\\u0000-\\u001f\\u007f]*$" }, message: 'must match pattern "^[^/\\u0000-\\u001f\\u007f][^\\u0000-\\u001f\\u007f]*$"', schema: "^[^/\\u0000-\\u001f\\u007f][^\\u0000-\\u001f\\u007f]*$", parentSchema: schema39, data: data25 };
                  if (vErrors === null) {
                    vErrors = [err72];
                  } else {
                    vErrors.push(err72);
                  }
                  errors++;
                }
              } else {
                const err73 = { instancePath: instancePath + "/workspace/shadow/" + i4, schemaPath: "#/$defs/relativePath/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema39.type, parentSchema: schema39, data: data25 };
                if (vErrors === null) {
                  vErrors = [err73];
                } else {
                  vErrors.push(err73);
                }
                errors++;
              }
            }
          }
        }
        if (data21.protect !== void 0) {
          let data26 = data21.protect;
          if (!Array.isArray(data26) && data26 !== null) {
            const err74 = { instancePath: instancePath + "/workspace/protect", schemaPath: "#/properties/workspace/properties/protect/type", keyword: "type", params: { type: schema31.properties.workspace.properties.protect.type }, message: "must be array,null", schema: schema31.properties.workspace.properties.protect.type, parentSchema: schema31.properties.workspace.properties.protect, data: data26 };
            if (vErrors === null) {
              vErrors = [err74];
            } else {
              vErrors.push(err74);
            }
            errors++;
          }
          if (Array.isArray(data26)) {
            if (data26.length > 100) {
              const err75 = { instancePath: instancePath + "/workspace/protect", schemaPath: "#/properties/workspace/properties/protect/maxItems", keyword: "maxItems", params: { limit: 100 }, message: "must NOT have more than 100 items", schema: 100, parentSchema: schema31.properties.workspace.properties.protect, data: data26 };
              if (vErrors === null) {
                vErrors = [err75];
              } else {
                vErrors.push(err75);
              }
              errors++;
            }
            const len5 = data26.length;
            for (let i5 = 0; i5 < len5; i5++) {
              let data27 = data26[i5];
              const _errs95 = errors;
              const _errs96 = errors;
              if (typeof data27 === "string") {
                if (!pattern14.test(data27)) {
                  const err76 = {};
                  if (vErrors === null) {
                    vErrors = [err76];
                  } else {
                    vErrors.push(err76);
                  }
                  errors++;
                }
              }
              var valid32 = _errs96 === errors;
              if (valid32) {
                const err77 = { instancePath: instancePath + "/workspace/protect/" + i5, schemaPath: "#/$defs/relativePath/not", keyword: "not", params: {}, message: "must NOT be valid", schema: schema39.not, parentSchema: schema39, data: data27 };
                if (vErrors === null) {
                  vErrors = [err77];
                } else {
                  vErrors.push(err77);
                }
                errors++;
              } else {
                errors = _errs95;
                if (vErrors !== null) {
                  if (_errs95) {
                    vErrors.length = _errs95;
                  } else {
                    vErrors = null;
                  }
                }
              }
              if (typeof data27 === "string") {
                if (func2(data27) > 1024) {
                  const err78 = { instancePath: instancePath + "/workspace/protect/" + i5, schemaPath: "#/$defs/relativePath/maxLength", keyword: "maxLength", params: { limit: 1024 }, message: "must NOT have more than 1024 characters", schema: 1024, parentSchema: schema39, data: data27 };
                  if (vErrors === null) {
                    vErrors = [err78];
                  } else {
                    vErrors.push(err78);
                  }
                  errors++;
                }
                if (!pattern17.test(data27)) {
                  const err79 = { instancePath: instancePath + "/workspace/protect/" + i5, schemaPath: "#/$defs/relativePath/pattern", keyword: "pattern", params: { pattern: "^[^/\\u0000-\\u001f\\u007f][^\\u0000-\\u001f\\u007f]*$" }, message: 'must match pattern "^[^/\\u0000-\\u001f\\u007f][^\\u0000-\\u001f\\u007f]*$"', schema: "^[^/\\u0000-\\u001f\\u007f][^\\u0000-\\u001f\\u007f]*$", parentSchema: schema39, data: data27 };
                  if (vErrors === null) {
                    vErrors = [err79];
                  } else {
                    vErrors.push(err79);
                  }
                  errors++;
                }
              } else {
                const err80 = { instancePath: instancePath + "/workspace/protect/" + i5, schemaPath: "#/$defs/relativePath/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema39.type, parentSchema: schema39, data: data27 };
                if (vErrors === null) {
                  vErrors = [err80];
                } else {
                  vErrors.push(err80);
                }
                errors++;
              }
            }
          }
        }
      }
    }
    if (data.mounts !== void 0) {
      let data28 = data.mounts;
      if (!Array.isArray(data28) && data28 !== null) {
        const err81 = { instancePath: instancePath + "/mounts", schemaPath: "#/properties/mounts/type", keyword: "type", params: { type: schema31.properties.mounts.type }, message: "must be array,null", schema: schema31.properties.mounts.type, parentSchema: schema31.properties.mounts, data: data28 };
        if (vErrors === null) {
          vErrors = [err81];
        } else {
          vErrors.push(err81);
        }
        errors++;
      }
      if (Array.isArray(data28)) {
        if (data28.length > 100) {
          const err82 = { instancePath: instancePath + "/mounts", schemaPath: "#/properties/mounts/maxItems", keyword: "maxItems", params: { limit: 100 }, message: "must NOT have more than 100 items", schema: 100, parentSchema: schema31.properties.mounts, data: data28 };
          if (vErrors === null) {
            vErrors = [err82];
          } else {
            vErrors.push(err82);
          }
          errors++;
        }
        const len6 = data28.length;
        for (let i6 = 0; i6 < len6; i6++) {
          if (!validate24(data28[i6], { instancePath: instancePath + "/mounts/" + i6, parentData: data28, parentDataProperty: i6, rootData, dynamicAnchors })) {
            vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
            errors = vErrors.length;
          }
        }
      }
    }
    if (data.volumes !== void 0) {
      let data30 = data.volumes;
      if (!Array.isArray(data30) && data30 !== null) {
        const err83 = { instancePath: instancePath + "/volumes", schemaPath: "#/properties/volumes/type", keyword: "type", params: { type: schema31.properties.volumes.type }, message: "must be array,null", schema: schema31.properties.volumes.type, parentSchema: schema31.properties.volumes, data: data30 };
        if (vErrors === null) {
          vErrors = [err83];
        } else {
          vErrors.push(err83);
        }
        errors++;
      }
      if (Array.isArray(data30)) {
        if (data30.length > 20) {
          const err84 = { instancePath: instancePath + "/volumes", schemaPath: "#/properties/volumes/maxItems", keyword: "maxItems", params: { limit: 20 }, message: "must NOT have more than 20 items", schema: 20, parentSchema: schema31.properties.volumes, data: data30 };
          if (vErrors === null) {
            vErrors = [err84];
          } else {
            vErrors.push(err84);
          }
          errors++;
        }
        const len7 = data30.length;
        for (let i7 = 0; i7 < len7; i7++) {
          if (!validate26(data30[i7], { instancePath: instancePath + "/volumes/" + i7, parentData: data30, parentDataProperty: i7, rootData, dynamicAnchors })) {
            vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
            errors = vErrors.length;
          }
        }
      }
    }
    if (data.ports !== void 0) {
      let data32 = data.ports;
      if (!Array.isArray(data32) && data32 !== null) {
        const err85 = { instancePath: instancePath + "/ports", schemaPath: "#/properties/ports/type", keyword: "type", params: { type: schema31.properties.ports.type }, message: "must be array,null", schema: schema31.properties.ports.type, parentSchema: schema31.properties.ports, data: data32 };
        if (vErrors === null) {
          vErrors = [err85];
        } else {
          vErrors.push(err85);
        }
        errors++;
      }
      if (Array.isArray(data32)) {
        if (data32.length > 1024) {
          const err86 = { instancePath: instancePath + "/ports", schemaPath: "#/properties/ports/maxItems", keyword: "maxItems", params: { limit: 1024 }, message: "must NOT have more than 1024 items", schema: 1024, parentSchema: schema31.properties.ports, data: data32 };
          if (vErrors === null) {
            vErrors = [err86];
          } else {
            vErrors.push(err86);
          }
          errors++;
        }
        const len8 = data32.length;
        for (let i8 = 0; i8 < len8; i8++) {
          if (!validate28(data32[i8], { instancePath: instancePath + "/ports/" + i8, parentData: data32, parentDataProperty: i8, rootData, dynamicAnchors })) {
            vErrors = vErrors === null ? validate28.errors : vErrors.concat(validate28.errors);
            errors = vErrors.length;
          }
        }
      }
    }
    if (data.env !== void 0) {
      let data34 = data.env;
      if (!(data34 && typeof data34 == "object" && !Array.isArray(data34)) && data34 !== null) {
        const err87 = { instancePath: instancePath + "/env", schemaPath: "#/properties/env/type", keyword: "type", params: { type: schema31.properties.env.type }, message: "must be object,null", schema: schema31.properties.env.type, parentSchema: schema31.properties.env, data: data34 };
        if (vErrors === null) {
          vErrors = [err87];
        } else {
          vErrors.push(err87);
        }
        errors++;
      }
      if (data34 && typeof data34 == "object" && !Array.isArray(data34)) {
        for (const key6 in data34) {
          const _errs108 = errors;
          if (typeof key6 === "string") {
            if (!pattern28.test(key6)) {
              const err88 = { instancePath: instancePath + "/env", schemaPath: "#/properties/env/propertyNames/pattern", keyword: "pattern", params: { pattern: "^[A-Za-z_][A-Za-z0-9_]*$" }, message: 'must match pattern "^[A-Za-z_][A-Za-z0-9_]*$"', schema: "^[A-Za-z_][A-Za-z0-9_]*$", parentSchema: schema31.properties.env.propertyNames, data: key6, propertyName: key6 };
              if (vErrors === null) {
                vErrors = [err88];
              } else {
                vErrors.push(err88);
              }
              errors++;
            }
          }
          var valid39 = _errs108 === errors;
          if (!valid39) {
            const err89 = { instancePath: instancePath + "/env", schemaPath: "#/properties/env/propertyNames", keyword: "propertyNames", params: { propertyName: key6 }, message: "property name must be valid", schema: schema31.properties.env.propertyNames, parentSchema: schema31.properties.env, data: data34 };
            if (vErrors === null) {
              vErrors = [err89];
            } else {
              vErrors.push(err89);
            }
            errors++;
          }
        }
        for (const key7 in data34) {
          let data35 = data34[key7];
          if (typeof data35 !== "string" && !(typeof data35 == "number" && isFinite(data35)) && typeof data35 !== "boolean" && data35 !== null) {
            const err90 = { instancePath: instancePath + "/env/" + key7.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/env/additionalProperties/type", keyword: "type", params: { type: schema31.properties.env.additionalProperties.type }, message: "must be string,number,boolean,null", schema: schema31.properties.env.additionalProperties.type, parentSchema: schema31.properties.env.additionalProperties, data: data35 };
            if (vErrors === null) {
              vErrors = [err90];
            } else {
              vErrors.push(err90);
            }
            errors++;
          }
        }
      }
    }
    if (data.envFile !== void 0) {
      let data36 = data.envFile;
      if (!Array.isArray(data36) && data36 !== null) {
        const err91 = { instancePath: instancePath + "/envFile", schemaPath: "#/properties/envFile/type", keyword: "type", params: { type: schema31.properties.envFile.type }, message: "must be array,null", schema: schema31.properties.envFile.type, parentSchema: schema31.properties.envFile, data: data36 };
        if (vErrors === null) {
          vErrors = [err91];
        } else {
          vErrors.push(err91);
        }
        errors++;
      }
      if (Array.isArray(data36)) {
        if (data36.length > 20) {
          const err92 = { instancePath: instancePath + "/envFile", schemaPath: "#/properties/envFile/maxItems", keyword: "maxItems", params: { limit: 20 }, message: "must NOT have more than 20 items", schema: 20, parentSchema: schema31.properties.envFile, data: data36 };
          if (vErrors === null) {
            vErrors = [err92];
          } else {
            vErrors.push(err92);
          }
          errors++;
        }
        const len9 = data36.length;
        for (let i9 = 0; i9 < len9; i9++) {
          let data37 = data36[i9];
          if (typeof data37 === "string") {
            if (func2(data37) < 1) {
              const err93 = { instancePath: instancePath + "/envFile/" + i9, schemaPath: "#/properties/envFile/items/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema31.properties.envFile.items, data: data37 };
              if (vErrors === null) {
                vErrors = [err93];
              } else {
                vErrors.push(err93);
              }
              errors++;
            }
          } else {
            const err94 = { instancePath: instancePath + "/envFile/" + i9, schemaPath: "#/properties/envFile/items/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema31.properties.envFile.items.type, parentSchema: schema31.properties.envFile.items, data: data37 };
            if (vErrors === null) {
              vErrors = [err94];
            } else {
              vErrors.push(err94);
            }
            errors++;
          }
        }
      }
    }
    if (data.secrets !== void 0) {
      let data38 = data.secrets;
      if (!(data38 && typeof data38 == "object" && !Array.isArray(data38)) && data38 !== null) {
        const err95 = { instancePath: instancePath + "/secrets", schemaPath: "#/properties/secrets/type", keyword: "type", params: { type: schema31.properties.secrets.type }, message: "must be object,null", schema: schema31.properties.secrets.type, parentSchema: schema31.properties.secrets, data: data38 };
        if (vErrors === null) {
          vErrors = [err95];
        } else {
          vErrors.push(err95);
        }
        errors++;
      }
      if (data38 && typeof data38 == "object" && !Array.isArray(data38)) {
        for (const key8 in data38) {
          const _errs118 = errors;
          if (typeof key8 === "string") {
            if (!pattern28.test(key8)) {
              const err96 = { instancePath: instancePath + "/secrets", schemaPath: "#/properties/secrets/propertyNames/pattern", keyword: "pattern", params: { pattern: "^[A-Za-z_][A-Za-z0-9_]*$" }, message: 'must match pattern "^[A-Za-z_][A-Za-z0-9_]*$"', schema: "^[A-Za-z_][A-Za-z0-9_]*$", parentSchema: schema31.properties.secrets.propertyNames, data: key8, propertyName: key8 };
              if (vErrors === null) {
                vErrors = [err96];
              } else {
                vErrors.push(err96);
              }
              errors++;
            }
          }
          var valid43 = _errs118 === errors;
          if (!valid43) {
            const err97 = { instancePath: instancePath + "/secrets", schemaPath: "#/properties/secrets/propertyNames", keyword: "propertyNames", params: { propertyName: key8 }, message: "property name must be valid", schema: schema31.properties.secrets.propertyNames, parentSchema: schema31.properties.secrets, data: data38 };
            if (vErrors === null) {
              vErrors = [err97];
            } else {
              vErrors.push(err97);
            }
            errors++;
          }
        }
        for (const key9 in data38) {
          let data39 = data38[key9];
          const _errs121 = errors;
          let valid45 = false;
          const _errs122 = errors;
          if (!validate30(data39, { instancePath: instancePath + "/secrets/" + key9.replace(/~/g, "~0").replace(/\//g, "~1"), parentData: data38, parentDataProperty: key9, rootData, dynamicAnchors })) {
            vErrors = vErrors === null ? validate30.errors : vErrors.concat(validate30.errors);
            errors = vErrors.length;
          }
          var _valid6 = _errs122 === errors;
          valid45 = valid45 || _valid6;
          const _errs123 = errors;
          if (data39 !== null) {
            const err98 = { instancePath: instancePath + "/secrets/" + key9.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/secrets/additionalProperties/anyOf/1/type", keyword: "type", params: { type: "null" }, message: "must be null", schema: schema31.properties.secrets.additionalProperties.anyOf[1].type, parentSchema: schema31.properties.secrets.additionalProperties.anyOf[1], data: data39 };
            if (vErrors === null) {
              vErrors = [err98];
            } else {
              vErrors.push(err98);
            }
            errors++;
          }
          var _valid6 = _errs123 === errors;
          valid45 = valid45 || _valid6;
          if (!valid45) {
            const err99 = { instancePath: instancePath + "/secrets/" + key9.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/secrets/additionalProperties/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf", schema: schema31.properties.secrets.additionalProperties.anyOf, parentSchema: schema31.properties.secrets.additionalProperties, data: data39 };
            if (vErrors === null) {
              vErrors = [err99];
            } else {
              vErrors.push(err99);
            }
            errors++;
          } else {
            errors = _errs121;
            if (vErrors !== null) {
              if (_errs121) {
                vErrors.length = _errs121;
              } else {
                vErrors = null;
              }
            }
          }
        }
      }
    }
    if (data.identity !== void 0) {
      let data40 = data.identity;
      if (!(data40 && typeof data40 == "object" && !Array.isArray(data40)) && data40 !== null) {
        const err100 = { instancePath: instancePath + "/identity", schemaPath: "#/properties/identity/type", keyword: "type", params: { type: schema31.properties.identity.type }, message: "must be object,null", schema: schema31.properties.identity.type, parentSchema: schema31.properties.identity, data: data40 };
        if (vErrors === null) {
          vErrors = [err100];
        } else {
          vErrors.push(err100);
        }
        errors++;
      }
      if (data40 && typeof data40 == "object" && !Array.isArray(data40)) {
        for (const key10 in data40) {
          if (!(key10 === "gitconfig" || key10 === "gitCredentials" || key10 === "gh" || key10 === "ssh")) {
            const err101 = { instancePath: instancePath + "/identity", schemaPath: "#/properties/identity/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key10 }, message: "must NOT have additional properties", schema: false, parentSchema: schema31.properties.identity, data: data40 };
            if (vErrors === null) {
              vErrors = [err101];
            } else {
              vErrors.push(err101);
            }
            errors++;
          }
        }
        if (data40.gitconfig !== void 0) {
          let data41 = data40.gitconfig;
          if (typeof data41 !== "boolean" && data41 !== null) {
            const err102 = { instancePath: instancePath + "/identity/gitconfig", schemaPath: "#/properties/identity/properties/gitconfig/type", keyword: "type", params: { type: schema31.properties.identity.properties.gitconfig.type }, message: "must be boolean,null", schema: schema31.properties.identity.properties.gitconfig.type, parentSchema: schema31.properties.identity.properties.gitconfig, data: data41 };
            if (vErrors === null) {
              vErrors = [err102];
            } else {
              vErrors.push(err102);
            }
            errors++;
          }
        }
        if (data40.gitCredentials !== void 0) {
          let data42 = data40.gitCredentials;
          if (!(data42 === "broker" || data42 === "copy" || data42 === "none" || data42 === null)) {
            const err103 = { instancePath: instancePath + "/identity/gitCredentials", schemaPath: "#/properties/identity/properties/gitCredentials/enum", keyword: "enum", params: { allowedValues: schema31.properties.identity.properties.gitCredentials.enum }, message: "must be equal to one of the allowed values", schema: schema31.properties.identity.properties.gitCredentials.enum, parentSchema: schema31.properties.identity.properties.gitCredentials, data: data42 };
            if (vErrors === null) {
              vErrors = [err103];
            } else {
              vErrors.push(err103);
            }
            errors++;
          }
        }
        if (data40.gh !== void 0) {
          let data43 = data40.gh;
          if (!(data43 === "broker" || data43 === "copy" || data43 === "none" || data43 === null)) {
            const err104 = { instancePath: instancePath + "/identity/gh", schemaPath: "#/properties/identity/properties/gh/enum", keyword: "enum", params: { allowedValues: schema31.properties.identity.properties.gh.enum }, message: "must be equal to one of the allowed values", schema: schema31.properties.identity.properties.gh.enum, parentSchema: schema31.properties.identity.properties.gh, data: data43 };
            if (vErrors === null) {
              vErrors = [err104];
            } else {
              vErrors.push(err104);
            }
            errors++;
          }
        }
        if (data40.ssh !== void 0) {
          let data44 = data40.ssh;
          if (!(data44 === "none" || data44 === "agent" || data44 === "mount" || data44 === null)) {
            const err105 = { instancePath: instancePath + "/identity/ssh", schemaPath: "#/properties/identity/properties/ssh/enum", keyword: "enum", params: { allowedValues: schema31.properties.identity.properties.ssh.enum }, message: "must be equal to one of the allowed values", schema: schema31.properties.identity.properties.ssh.enum, parentSchema: schema31.properties.identity.properties.ssh, data: data44 };
            if (vErrors === null) {
              vErrors = [err105];
            } else {
              vErrors.push(err105);
            }
            errors++;
          }
        }
      }
    }
    if (data.network !== void 0) {
      let data45 = data.network;
      if (!(data45 && typeof data45 == "object" && !Array.isArray(data45)) && data45 !== null) {
        const err106 = { instancePath: instancePath + "/network", schemaPath: "#/properties/network/type", keyword: "type", params: { type: schema31.properties.network.type }, message: "must be object,null", schema: schema31.properties.network.type, parentSchema: schema31.properties.network, data: data45 };
        if (vErrors === null) {
          vErrors = [err106];
        } else {
          vErrors.push(err106);
        }
        errors++;
      }
      if (data45 && typeof data45 == "object" && !Array.isArray(data45)) {
        for (const key11 in data45) {
          if (!(key11 === "egress" || key11 === "ports" || key11 === "hostPorts")) {
            const err107 = { instancePath: instancePath + "/network", schemaPath: "#/properties/network/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key11 }, message: "must NOT have additional properties", schema: false, parentSchema: schema31.properties.network, data: data45 };
            if (vErrors === null) {
              vErrors = [err107];
            } else {
              vErrors.push(err107);
            }
            errors++;
          }
        }
        if (data45.egress !== void 0) {
          let data46 = data45.egress;
          const _errs137 = errors;
          let valid48 = false;
          const _errs138 = errors;
          if (!validate32(data46, { instancePath: instancePath + "/network/egress", parentData: data45, parentDataProperty: "egress", rootData, dynamicAnchors })) {
            vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors);
            errors = vErrors.length;
          }
          var _valid7 = _errs138 === errors;
          valid48 = valid48 || _valid7;
          const _errs139 = errors;
          if (data46 !== null) {
            const err108 = { instancePath: instancePath + "/network/egress", schemaPath: "#/properties/network/properties/egress/anyOf/1/type", keyword: "type", params: { type: "null" }, message: "must be null", schema: schema31.properties.network.properties.egress.anyOf[1].type, parentSchema: schema31.properties.network.properties.egress.anyOf[1], data: data46 };
            if (vErrors === null) {
              vErrors = [err108];
            } else {
              vErrors.push(err108);
            }
            errors++;
          }
          var _valid7 = _errs139 === errors;
          valid48 = valid48 || _valid7;
          if (!valid48) {
            const err109 = { instancePath: instancePath + "/network/egress", schemaPath: "#/properties/network/properties/egress/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf", schema: schema31.properties.network.properties.egress.anyOf, parentSchema: schema31.properties.network.properties.egress, data: data46 };
            if (vErrors === null) {
              vErrors = [err109];
            } else {
              vErrors.push(err109);
            }
            errors++;
          } else {
            errors = _errs137;
            if (vErrors !== null) {
              if (_errs137) {
                vErrors.length = _errs137;
              } else {
                vErrors = null;
              }
            }
          }
        }
        if (data45.ports !== void 0) {
          let data47 = data45.ports;
          if (!Array.isArray(data47) && data47 !== null) {
            const err110 = { instancePath: instancePath + "/network/ports", schemaPath: "#/properties/network/properties/ports/type", keyword: "type", params: { type: schema31.properties.network.properties.ports.type }, message: "must be array,null", schema: schema31.properties.network.properties.ports.type, parentSchema: schema31.properties.network.properties.ports, data: data47 };
            if (vErrors === null) {
              vErrors = [err110];
            } else {
              vErrors.push(err110);
            }
            errors++;
          }
          if (Array.isArray(data47)) {
            if (data47.length > 1024) {
              const err111 = { instancePath: instancePath + "/network/ports", schemaPath: "#/properties/network/properties/ports/maxItems", keyword: "maxItems", params: { limit: 1024 }, message: "must NOT have more than 1024 items", schema: 1024, parentSchema: schema31.properties.network.properties.ports, data: data47 };
              if (vErrors === null) {
                vErrors = [err111];
              } else {
                vErrors.push(err111);
              }
              errors++;
            }
            const len10 = data47.length;
            for (let i10 = 0; i10 < len10; i10++) {
              let data48 = data47[i10];
              if (!(typeof data48 == "number" && (!(data48 % 1) && !isNaN(data48)) && isFinite(data48))) {
                const err112 = { instancePath: instancePath + "/network/ports/" + i10, schemaPath: "#/$defs/portNumber/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema47.type, parentSchema: schema47, data: data48 };
                if (vErrors === null) {
                  vErrors = [err112];
                } else {
                  vErrors.push(err112);
                }
                errors++;
              }
              if (typeof data48 == "number" && isFinite(data48)) {
                if (data48 > 65535 || isNaN(data48)) {
                  const err113 = { instancePath: instancePath + "/network/ports/" + i10, schemaPath: "#/$defs/portNumber/maximum", keyword: "maximum", params: { comparison: "<=", limit: 65535 }, message: "must be <= 65535", schema: 65535, parentSchema: schema47, data: data48 };
                  if (vErrors === null) {
                    vErrors = [err113];
                  } else {
                    vErrors.push(err113);
                  }
                  errors++;
                }
                if (data48 < 1 || isNaN(data48)) {
                  const err114 = { instancePath: instancePath + "/network/ports/" + i10, schemaPath: "#/$defs/portNumber/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1", schema: 1, parentSchema: schema47, data: data48 };
                  if (vErrors === null) {
                    vErrors = [err114];
                  } else {
                    vErrors.push(err114);
                  }
                  errors++;
                }
              }
            }
          }
        }
        if (data45.hostPorts !== void 0) {
          let data49 = data45.hostPorts;
          if (!Array.isArray(data49) && data49 !== null) {
            const err115 = { instancePath: instancePath + "/network/hostPorts", schemaPath: "#/properties/network/properties/hostPorts/type", keyword: "type", params: { type: schema31.properties.network.properties.hostPorts.type }, message: "must be array,null", schema: schema31.properties.network.properties.hostPorts.type, parentSchema: schema31.properties.network.properties.hostPorts, data: data49 };
            if (vErrors === null) {
              vErrors = [err115];
            } else {
              vErrors.push(err115);
            }
            errors++;
          }
          if (Array.isArray(data49)) {
            if (data49.length > 1024) {
              const err116 = { instancePath: instancePath + "/network/hostPorts", schemaPath: "#/properties/network/properties/hostPorts/maxItems", keyword: "maxItems", params: { limit: 1024 }, message: "must NOT have more than 1024 items", schema: 1024, parentSchema: schema31.properties.network.properties.hostPorts, data: data49 };
              if (vErrors === null) {
                vErrors = [err116];
              } else {
                vErrors.push(err116);
              }
              errors++;
            }
            const len11 = data49.length;
            for (let i11 = 0; i11 < len11; i11++) {
              let data50 = data49[i11];
              if (!(typeof data50 == "number" && (!(data50 % 1) && !isNaN(data50)) && isFinite(data50))) {
                const err117 = { instancePath: instancePath + "/network/hostPorts/" + i11, schemaPath: "#/$defs/portNumber/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema47.type, parentSchema: schema47, data: data50 };
                if (vErrors === null) {
                  vErrors = [err117];
                } else {
                  vErrors.push(err117);
                }
                errors++;
              }
              if (typeof data50 == "number" && isFinite(data50)) {
                if (data50 > 65535 || isNaN(data50)) {
                  const err118 = { instancePath: instancePath + "/network/hostPorts/" + i11, schemaPath: "#/$defs/portNumber/maximum", keyword: "maximum", params: { comparison: "<=", limit: 65535 }, message: "must be <= 65535", schema: 65535, parentSchema: schema47, data: data50 };
                  if (vErrors === null) {
                    vErrors = [err118];
                  } else {
                    vErrors.push(err118);
                  }
                  errors++;
                }
                if (data50 < 1 || isNaN(data50)) {
                  const err119 = { instancePath: instancePath + "/network/hostPorts/" + i11, schemaPath: "#/$defs/portNumber/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1", schema: 1, parentSchema: schema47, data: data50 };
                  if (vErrors === null) {
                    vErrors = [err119];
                  } else {
                    vErrors.push(err119);
                  }
                  errors++;
                }
              }
            }
          }
        }
      }
    }
    if (data.services !== void 0) {
      let data51 = data.services;
      if (!Array.isArray(data51) && data51 !== null) {
        const err120 = { instancePath: instancePath + "/services", schemaPath: "#/properties/services/type", keyword: "type", params: { type: schema31.properties.services.type }, message: "must be array,null", schema: schema31.properties.services.type, parentSchema: schema31.properties.services, data: data51 };
        if (vErrors === null) {
          vErrors = [err120];
        } else {
          vErrors.push(err120);
        }
        errors++;
      }
      if (Array.isArray(data51)) {
        if (data51.length > 100) {
          const err121 = { instancePath: instancePath + "/services", schemaPath: "#/properties/services/maxItems", keyword: "maxItems", params: { limit: 100 }, message: "must NOT have more than 100 items", schema: 100, parentSchema: schema31.properties.services, data: data51 };
          if (vErrors === null) {
            vErrors = [err121];
          } else {
            vErrors.push(err121);
          }
          errors++;
        }
        const len12 = data51.length;
        for (let i12 = 0; i12 < len12; i12++) {
          if (!validate34(data51[i12], { instancePath: instancePath + "/services/" + i12, parentData: data51, parentDataProperty: i12, rootData, dynamicAnchors })) {
            vErrors = vErrors === null ? validate34.errors : vErrors.concat(validate34.errors);
            errors = vErrors.length;
          }
        }
      }
    }
    if (data.environment !== void 0) {
      let data53 = data.environment;
      if (!(data53 === "auto" || data53 === "none" || data53 === "devbox" || data53 === "nix" || data53 === null)) {
        const err122 = { instancePath: instancePath + "/environment", schemaPath: "#/properties/environment/enum", keyword: "enum", params: { allowedValues: schema31.properties.environment.enum }, message: "must be equal to one of the allowed values", schema: schema31.properties.environment.enum, parentSchema: schema31.properties.environment, data: data53 };
        if (vErrors === null) {
          vErrors = [err122];
        } else {
          vErrors.push(err122);
        }
        errors++;
      }
    }
    if (data.lifecycle !== void 0) {
      let data54 = data.lifecycle;
      if (!(data54 && typeof data54 == "object" && !Array.isArray(data54)) && data54 !== null) {
        const err123 = { instancePath: instancePath + "/lifecycle", schemaPath: "#/properties/lifecycle/type", keyword: "type", params: { type: schema31.properties.lifecycle.type }, message: "must be object,null", schema: schema31.properties.lifecycle.type, parentSchema: schema31.properties.lifecycle, data: data54 };
        if (vErrors === null) {
          vErrors = [err123];
        } else {
          vErrors.push(err123);
        }
        errors++;
      }
      if (data54 && typeof data54 == "object" && !Array.isArray(data54)) {
        for (const key12 in data54) {
          if (!(key12 === "onExit" || key12 === "idle" || key12 === "protect")) {
            const err124 = { instancePath: instancePath + "/lifecycle", schemaPath: "#/properties/lifecycle/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key12 }, message: "must NOT have additional properties", schema: false, parentSchema: schema31.properties.lifecycle, data: data54 };
            if (vErrors === null) {
              vErrors = [err124];
            } else {
              vErrors.push(err124);
            }
            errors++;
          }
        }
        if (data54.onExit !== void 0) {
          let data55 = data54.onExit;
          if (!(data55 === "keep" || data55 === "stop" || data55 === "suspend" || data55 === "delete" || data55 === null)) {
            const err125 = { instancePath: instancePath + "/lifecycle/onExit", schemaPath: "#/properties/lifecycle/properties/onExit/enum", keyword: "enum", params: { allowedValues: schema31.properties.lifecycle.properties.onExit.enum }, message: "must be equal to one of the allowed values", schema: schema31.properties.lifecycle.properties.onExit.enum, parentSchema: schema31.properties.lifecycle.properties.onExit, data: data55 };
            if (vErrors === null) {
              vErrors = [err125];
            } else {
              vErrors.push(err125);
            }
            errors++;
          }
        }
        if (data54.idle !== void 0) {
          let data56 = data54.idle;
          if (!(data56 && typeof data56 == "object" && !Array.isArray(data56)) && data56 !== null) {
            const err126 = { instancePath: instancePath + "/lifecycle/idle", schemaPath: "#/properties/lifecycle/properties/idle/type", keyword: "type", params: { type: schema31.properties.lifecycle.properties.idle.type }, message: "must be object,null", schema: schema31.properties.lifecycle.properties.idle.type, parentSchema: schema31.properties.lifecycle.properties.idle, data: data56 };
            if (vErrors === null) {
              vErrors = [err126];
            } else {
              vErrors.push(err126);
            }
            errors++;
          }
          if (data56 && typeof data56 == "object" && !Array.isArray(data56)) {
            if (data56.after === void 0) {
              const err127 = { instancePath: instancePath + "/lifecycle/idle", schemaPath: "#/properties/lifecycle/properties/idle/required", keyword: "required", params: { missingProperty: "after" }, message: "must have required property 'after'", schema: schema31.properties.lifecycle.properties.idle.required, parentSchema: schema31.properties.lifecycle.properties.idle, data: data56 };
              if (vErrors === null) {
                vErrors = [err127];
              } else {
                vErrors.push(err127);
              }
              errors++;
            }
            for (const key13 in data56) {
              if (!(key13 === "after" || key13 === "action")) {
                const err128 = { instancePath: instancePath + "/lifecycle/idle", schemaPath: "#/properties/lifecycle/properties/idle/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key13 }, message: "must NOT have additional properties", schema: false, parentSchema: schema31.properties.lifecycle.properties.idle, data: data56 };
                if (vErrors === null) {
                  vErrors = [err128];
                } else {
                  vErrors.push(err128);
                }
                errors++;
              }
            }
            if (data56.after !== void 0) {
              let data57 = data56.after;
              if (typeof data57 === "string") {
                if (!pattern39.test(data57)) {
                  const err129 = { instancePath: instancePath + "/lifecycle/idle/after", schemaPath: "#/properties/lifecycle/properties/idle/properties/after/pattern", keyword: "pattern", params: { pattern: "^[1-9][0-9]{0,5}(s|m|h)$" }, message: 'must match pattern "^[1-9][0-9]{0,5}(s|m|h)$"', schema: "^[1-9][0-9]{0,5}(s|m|h)$", parentSchema: schema31.properties.lifecycle.properties.idle.properties.after, data: data57 };
                  if (vErrors === null) {
                    vErrors = [err129];
                  } else {
                    vErrors.push(err129);
                  }
                  errors++;
                }
              } else {
                const err130 = { instancePath: instancePath + "/lifecycle/idle/after", schemaPath: "#/properties/lifecycle/properties/idle/properties/after/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema31.properties.lifecycle.properties.idle.properties.after.type, parentSchema: schema31.properties.lifecycle.properties.idle.properties.after, data: data57 };
                if (vErrors === null) {
                  vErrors = [err130];
                } else {
                  vErrors.push(err130);
                }
                errors++;
              }
            }
            if (data56.action !== void 0) {
              let data58 = data56.action;
              if (!(data58 === "suspend" || data58 === "stop" || data58 === null)) {
                const err131 = { instancePath: instancePath + "/lifecycle/idle/action", schemaPath: "#/properties/lifecycle/properties/idle/properties/action/enum", keyword: "enum", params: { allowedValues: schema31.properties.lifecycle.properties.idle.properties.action.enum }, message: "must be equal to one of the allowed values", schema: schema31.properties.lifecycle.properties.idle.properties.action.enum, parentSchema: schema31.properties.lifecycle.properties.idle.properties.action, data: data58 };
                if (vErrors === null) {
                  vErrors = [err131];
                } else {
                  vErrors.push(err131);
                }
                errors++;
              }
            }
          }
        }
        if (data54.protect !== void 0) {
          let data59 = data54.protect;
          if (typeof data59 !== "boolean" && data59 !== null) {
            const err132 = { instancePath: instancePath + "/lifecycle/protect", schemaPath: "#/properties/lifecycle/properties/protect/type", keyword: "type", params: { type: schema31.properties.lifecycle.properties.protect.type }, message: "must be boolean,null", schema: schema31.properties.lifecycle.properties.protect.type, parentSchema: schema31.properties.lifecycle.properties.protect, data: data59 };
            if (vErrors === null) {
              vErrors = [err132];
            } else {
              vErrors.push(err132);
            }
            errors++;
          }
        }
      }
    }
    if (data.drift !== void 0) {
      let data60 = data.drift;
      if (!(data60 && typeof data60 == "object" && !Array.isArray(data60)) && data60 !== null) {
        const err133 = { instancePath: instancePath + "/drift", schemaPath: "#/properties/drift/type", keyword: "type", params: { type: schema31.properties.drift.type }, message: "must be object,null", schema: schema31.properties.drift.type, parentSchema: schema31.properties.drift, data: data60 };
        if (vErrors === null) {
          vErrors = [err133];
        } else {
          vErrors.push(err133);
        }
        errors++;
      }
      if (data60 && typeof data60 == "object" && !Array.isArray(data60)) {
        for (const key14 in data60) {
          if (!(key14 === "policy")) {
            const err134 = { instancePath: instancePath + "/drift", schemaPath: "#/properties/drift/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key14 }, message: "must NOT have additional properties", schema: false, parentSchema: schema31.properties.drift, data: data60 };
            if (vErrors === null) {
              vErrors = [err134];
            } else {
              vErrors.push(err134);
            }
            errors++;
          }
        }
        if (data60.policy !== void 0) {
          let data61 = data60.policy;
          if (!(data61 === "report" || data61 === "heal" || data61 === null)) {
            const err135 = { instancePath: instancePath + "/drift/policy", schemaPath: "#/properties/drift/properties/policy/enum", keyword: "enum", params: { allowedValues: schema31.properties.drift.properties.policy.enum }, message: "must be equal to one of the allowed values", schema: schema31.properties.drift.properties.policy.enum, parentSchema: schema31.properties.drift.properties.policy, data: data61 };
            if (vErrors === null) {
              vErrors = [err135];
            } else {
              vErrors.push(err135);
            }
            errors++;
          }
        }
      }
    }
    if (data.snapshots !== void 0) {
      let data62 = data.snapshots;
      if (!(data62 && typeof data62 == "object" && !Array.isArray(data62)) && data62 !== null) {
        const err136 = { instancePath: instancePath + "/snapshots", schemaPath: "#/properties/snapshots/type", keyword: "type", params: { type: schema31.properties.snapshots.type }, message: "must be object,null", schema: schema31.properties.snapshots.type, parentSchema: schema31.properties.snapshots, data: data62 };
        if (vErrors === null) {
          vErrors = [err136];
        } else {
          vErrors.push(err136);
        }
        errors++;
      }
      if (data62 && typeof data62 == "object" && !Array.isArray(data62)) {
        for (const key15 in data62) {
          if (!(key15 === "keep" || key15 === "maxSize")) {
            const err137 = { instancePath: instancePath + "/snapshots", schemaPath: "#/properties/snapshots/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key15 }, message: "must NOT have additional properties", schema: false, parentSchema: schema31.properties.snapshots, data: data62 };
            if (vErrors === null) {
              vErrors = [err137];
            } else {
              vErrors.push(err137);
            }
            errors++;
          }
        }
        if (data62.keep !== void 0) {
          let data63 = data62.keep;
          if (!(typeof data63 == "number" && (!(data63 % 1) && !isNaN(data63)) && isFinite(data63)) && data63 !== null) {
            const err138 = { instancePath: instancePath + "/snapshots/keep", schemaPath: "#/properties/snapshots/properties/keep/type", keyword: "type", params: { type: schema31.properties.snapshots.properties.keep.type }, message: "must be integer,null", schema: schema31.properties.snapshots.properties.keep.type, parentSchema: schema31.properties.snapshots.properties.keep, data: data63 };
            if (vErrors === null) {
              vErrors = [err138];
            } else {
              vErrors.push(err138);
            }
            errors++;
          }
          if (typeof data63 == "number" && isFinite(data63)) {
            if (data63 > 100 || isNaN(data63)) {
              const err139 = { instancePath: instancePath + "/snapshots/keep", schemaPath: "#/properties/snapshots/properties/keep/maximum", keyword: "maximum", params: { comparison: "<=", limit: 100 }, message: "must be <= 100", schema: 100, parentSchema: schema31.properties.snapshots.properties.keep, data: data63 };
              if (vErrors === null) {
                vErrors = [err139];
              } else {
                vErrors.push(err139);
              }
              errors++;
            }
            if (data63 < 0 || isNaN(data63)) {
              const err140 = { instancePath: instancePath + "/snapshots/keep", schemaPath: "#/properties/snapshots/properties/keep/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0", schema: 0, parentSchema: schema31.properties.snapshots.properties.keep, data: data63 };
              if (vErrors === null) {
                vErrors = [err140];
              } else {
                vErrors.push(err140);
              }
              errors++;
            }
          }
        }
        if (data62.maxSize !== void 0) {
          let data64 = data62.maxSize;
          const _errs177 = errors;
          let valid61 = false;
          const _errs178 = errors;
          if (typeof data64 === "string") {
            if (!pattern12.test(data64)) {
              const err141 = { instancePath: instancePath + "/snapshots/maxSize", schemaPath: "#/$defs/size/pattern", keyword: "pattern", params: { pattern: "^[0-9]{1,9}(\\.[0-9]{1,9})?(MiB|GiB|TiB)$" }, message: 'must match pattern "^[0-9]{1,9}(\\.[0-9]{1,9})?(MiB|GiB|TiB)$"', schema: "^[0-9]{1,9}(\\.[0-9]{1,9})?(MiB|GiB|TiB)$", parentSchema: schema36, data: data64 };
              if (vErrors === null) {
                vErrors = [err141];
              } else {
                vErrors.push(err141);
              }
              errors++;
            }
          } else {
            const err142 = { instancePath: instancePath + "/snapshots/maxSize", schemaPath: "#/$defs/size/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema36.type, parentSchema: schema36, data: data64 };
            if (vErrors === null) {
              vErrors = [err142];
            } else {
              vErrors.push(err142);
            }
            errors++;
          }
          var _valid8 = _errs178 === errors;
          valid61 = valid61 || _valid8;
          const _errs181 = errors;
          if (data64 !== null) {
            const err143 = { instancePath: instancePath + "/snapshots/maxSize", schemaPath: "#/properties/snapshots/properties/maxSize/anyOf/1/type", keyword: "type", params: { type: "null" }, message: "must be null", schema: schema31.properties.snapshots.properties.maxSize.anyOf[1].type, parentSchema: schema31.properties.snapshots.properties.maxSize.anyOf[1], data: data64 };
            if (vErrors === null) {
              vErrors = [err143];
            } else {
              vErrors.push(err143);
            }
            errors++;
          }
          var _valid8 = _errs181 === errors;
          valid61 = valid61 || _valid8;
          if (!valid61) {
            const err144 = { instancePath: instancePath + "/snapshots/maxSize", schemaPath: "#/properties/snapshots/properties/maxSize/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf", schema: schema31.properties.snapshots.properties.maxSize.anyOf, parentSchema: schema31.properties.snapshots.properties.maxSize, data: data64 };
            if (vErrors === null) {
              vErrors = [err144];
            } else {
              vErrors.push(err144);
            }
            errors++;
          } else {
            errors = _errs177;
            if (vErrors !== null) {
              if (_errs177) {
                vErrors.length = _errs177;
              } else {
                vErrors = null;
              }
            }
          }
        }
      }
    }
    if (data.labels !== void 0) {
      let data65 = data.labels;
      if (!(data65 && typeof data65 == "object" && !Array.isArray(data65)) && data65 !== null) {
        const err145 = { instancePath: instancePath + "/labels", schemaPath: "#/properties/labels/type", keyword: "type", params: { type: schema31.properties.labels.type }, message: "must be object,null", schema: schema31.properties.labels.type, parentSchema: schema31.properties.labels, data: data65 };
        if (vErrors === null) {
          vErrors = [err145];
        } else {
          vErrors.push(err145);
        }
        errors++;
      }
      if (data65 && typeof data65 == "object" && !Array.isArray(data65)) {
        for (const key16 in data65) {
          const _errs185 = errors;
          if (typeof key16 === "string") {
            if (!pattern41.test(key16)) {
              const err146 = { instancePath: instancePath + "/labels", schemaPath: "#/properties/labels/propertyNames/pattern", keyword: "pattern", params: { pattern: "^[a-z0-9][a-z0-9./_-]{0,62}$" }, message: 'must match pattern "^[a-z0-9][a-z0-9./_-]{0,62}$"', schema: "^[a-z0-9][a-z0-9./_-]{0,62}$", parentSchema: schema31.properties.labels.propertyNames, data: key16, propertyName: key16 };
              if (vErrors === null) {
                vErrors = [err146];
              } else {
                vErrors.push(err146);
              }
              errors++;
            }
          }
          var valid63 = _errs185 === errors;
          if (!valid63) {
            const err147 = { instancePath: instancePath + "/labels", schemaPath: "#/properties/labels/propertyNames", keyword: "propertyNames", params: { propertyName: key16 }, message: "property name must be valid", schema: schema31.properties.labels.propertyNames, parentSchema: schema31.properties.labels, data: data65 };
            if (vErrors === null) {
              vErrors = [err147];
            } else {
              vErrors.push(err147);
            }
            errors++;
          }
        }
        for (const key17 in data65) {
          let data66 = data65[key17];
          if (typeof data66 !== "string" && data66 !== null) {
            const err148 = { instancePath: instancePath + "/labels/" + key17.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/labels/additionalProperties/type", keyword: "type", params: { type: schema31.properties.labels.additionalProperties.type }, message: "must be string,null", schema: schema31.properties.labels.additionalProperties.type, parentSchema: schema31.properties.labels.additionalProperties, data: data66 };
            if (vErrors === null) {
              vErrors = [err148];
            } else {
              vErrors.push(err148);
            }
            errors++;
          }
          if (typeof data66 === "string") {
            if (func2(data66) > 256) {
              const err149 = { instancePath: instancePath + "/labels/" + key17.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/labels/additionalProperties/maxLength", keyword: "maxLength", params: { limit: 256 }, message: "must NOT have more than 256 characters", schema: 256, parentSchema: schema31.properties.labels.additionalProperties, data: data66 };
              if (vErrors === null) {
                vErrors = [err149];
              } else {
                vErrors.push(err149);
              }
              errors++;
            }
          }
        }
      }
    }
  } else {
    const err150 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema31.type, parentSchema: schema31, data };
    if (vErrors === null) {
      vErrors = [err150];
    } else {
      vErrors.push(err150);
    }
    errors++;
  }
  validate20.errors = vErrors;
  return errors === 0;
}
validate20.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
export {
  stdin_default as default,
  validate
};
