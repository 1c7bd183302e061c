/* Generated from schemas/agent.v1.json by `npm run generate`; change the schema instead. */

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
var schema31 = { "$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "https://agentvm.dev/schemas/agent.v1.json", "title": "AgentDefinition", "description": "How a coding agent is installed and started. Looked for as .agentvm/agents/NAME.yaml in the project, then agents/NAME.yaml in agentvm's folder under XDG_CONFIG_HOME, then among those that ship with agentvm.", "type": "object", "additionalProperties": false, "required": ["apiVersion", "name", "install"], "properties": { "apiVersion": { "const": "agentvm-agent/v1", "description": "The format of this file." }, "name": { "type": "string", "pattern": "^[a-z][a-z0-9-]{0,31}$", "description": "What the manifest and the command line call it; also the file's name." }, "title": { "type": "string", "minLength": 1, "maxLength": 100, "description": "Its name for people." }, "homepage": { "type": "string", "pattern": "^https://", "description": "Where its users read about it." }, "install": { "type": "object", "additionalProperties": false, "required": ["npm", "bin"], "description": "Downloaded and checked once on the host, without running anything of it; copied into the machine.", "properties": { "npm": { "type": "string", "pattern": "^(@[a-z0-9][a-z0-9._-]*/)?[a-z0-9][a-z0-9._-]*$", "maxLength": 214, "description": "The npm package." }, "bin": { "type": "string", "pattern": "^[A-Za-z0-9_][A-Za-z0-9._-]*$", "maxLength": 64, "description": "The command that the package brings and that starts the agent." }, "scripts": { "type": "array", "items": { "type": "string", "pattern": "^(@[a-z0-9][a-z0-9._-]*/)?[a-z0-9][a-z0-9._-]*$", "maxLength": 214 }, "maxItems": 50, "description": "Packages whose install scripts run, in the machine only. Others' never run." } } }, "version": { "type": "object", "additionalProperties": false, "description": "How the installed agent tells its version. Default: --version, and the first x.y.z in what it prints.", "properties": { "args": { "$ref": "#/$defs/args" }, "pattern": { "type": "string", "minLength": 1, "maxLength": 200, "description": "A regular expression whose first group is the version." } } }, "configDirs": { "type": "array", "items": { "$ref": "#/$defs/homePath" }, "maxItems": 20, "description": "Folders and files in the home folder where the agent keeps its settings and logins." }, "configFile": { "type": "object", "additionalProperties": false, "required": ["path", "format"], "description": "The file that the manifest's `config` of the agent is written to, whole.", "properties": { "path": { "$ref": "#/$defs/homePath" }, "format": { "enum": ["json", "toml"] } } }, "args": { "$ref": "#/$defs/args", "description": "Arguments put before all others at each start." }, "env": { "$ref": "#/$defs/env", "description": "Environment at each start, for example what keeps it from updating itself." }, "subcommands": { "type": "array", "items": { "type": "string", "pattern": "^[a-z][a-z0-9-]*$" }, "maxItems": 100, "description": "Every subcommand it has, so that a prompt can be told from one." }, "autonomy": { "type": "object", "additionalProperties": false, "description": "What the manifest's levels of autonomy mean for this agent.", "properties": { "ask": { "$ref": "#/$defs/autonomy" }, "full": { "$ref": "#/$defs/autonomy" } } } }, "$defs": { "args": { "type": "array", "items": { "type": "string", "maxLength": 4096 }, "maxItems": 50 }, "env": { "type": "object", "propertyNames": { "pattern": "^[A-Za-z_][A-Za-z0-9_]*$" }, "additionalProperties": { "type": "string", "maxLength": 4096 } }, "homePath": { "type": "string", "pattern": "^~/[^\\u0000-\\u001f]+$", "not": { "pattern": "(^|/)\\.{1,2}(/|$)" }, "maxLength": 1024 }, "autonomy": { "type": "object", "additionalProperties": false, "properties": { "args": { "$ref": "#/$defs/args", "description": "Arguments that switch this level on." }, "subcommands": { "type": "array", "items": { "type": "string", "pattern": "^[a-z][a-z0-9-]*$" }, "maxItems": 100, "description": "Subcommands that take these arguments, which then stand right behind the subcommand. Without a subcommand they stand first; with any other they are left out." }, "env": { "$ref": "#/$defs/env" }, "rootEnv": { "$ref": "#/$defs/env", "description": "Environment added where the machine's user is root." } } } } };
var schema32 = { "type": "array", "items": { "type": "string", "maxLength": 4096 }, "maxItems": 50 };
var schema33 = { "type": "string", "pattern": "^~/[^\\u0000-\\u001f]+$", "not": { "pattern": "(^|/)\\.{1,2}(/|$)" }, "maxLength": 1024 };
var schema36 = { "type": "object", "propertyNames": { "pattern": "^[A-Za-z_][A-Za-z0-9_]*$" }, "additionalProperties": { "type": "string", "maxLength": 4096 } };
var func1 = Object.prototype.hasOwnProperty;
var func2 = require_ucs2length().default;
var pattern4 = new RegExp("^[a-z][a-z0-9-]{0,31}$", "u");
var pattern5 = new RegExp("^https://", "u");
var pattern6 = new RegExp("^(@[a-z0-9][a-z0-9._-]*/)?[a-z0-9][a-z0-9._-]*$", "u");
var pattern7 = new RegExp("^[A-Za-z0-9_][A-Za-z0-9._-]*$", "u");
var pattern9 = new RegExp("(^|/)\\.{1,2}(/|$)", "u");
var pattern10 = new RegExp("^~/[^\\u0000-\\u001f]+$", "u");
var pattern13 = new RegExp("^[A-Za-z_][A-Za-z0-9_]*$", "u");
var pattern14 = new RegExp("^[a-z][a-z0-9-]*$", "u");
var schema37 = { "type": "object", "additionalProperties": false, "properties": { "args": { "$ref": "#/$defs/args", "description": "Arguments that switch this level on." }, "subcommands": { "type": "array", "items": { "type": "string", "pattern": "^[a-z][a-z0-9-]*$" }, "maxItems": 100, "description": "Subcommands that take these arguments, which then stand right behind the subcommand. Without a subcommand they stand first; with any other they are left out." }, "env": { "$ref": "#/$defs/env" }, "rootEnv": { "$ref": "#/$defs/env", "description": "Environment added where the machine's user is root." } } };
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
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!(key0 === "args" || key0 === "subcommands" || key0 === "env" || key0 === "rootEnv")) {
        const err0 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties", schema: false, parentSchema: schema37, data };
        if (vErrors === null) {
          vErrors = [err0];
        } else {
          vErrors.push(err0);
        }
        errors++;
      }
    }
    if (data.args !== void 0) {
      let data0 = data.args;
      if (Array.isArray(data0)) {
        if (data0.length > 50) {
          const err1 = { instancePath: instancePath + "/args", schemaPath: "#/$defs/args/maxItems", keyword: "maxItems", params: { limit: 50 }, message: "must NOT have more than 50 items", schema: 50, parentSchema: schema32, data: data0 };
          if (vErrors === null) {
            vErrors = [err1];
          } else {
            vErrors.push(err1);
          }
          errors++;
        }
        const len0 = data0.length;
        for (let i0 = 0; i0 < len0; i0++) {
          let data1 = data0[i0];
          if (typeof data1 === "string") {
            if (func2(data1) > 4096) {
              const err2 = { instancePath: instancePath + "/args/" + i0, schemaPath: "#/$defs/args/items/maxLength", keyword: "maxLength", params: { limit: 4096 }, message: "must NOT have more than 4096 characters", schema: 4096, parentSchema: schema32.items, data: data1 };
              if (vErrors === null) {
                vErrors = [err2];
              } else {
                vErrors.push(err2);
              }
              errors++;
            }
          } else {
            const err3 = { instancePath: instancePath + "/args/" + i0, schemaPath: "#/$defs/args/items/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema32.items.type, parentSchema: schema32.items, data: data1 };
            if (vErrors === null) {
              vErrors = [err3];
            } else {
              vErrors.push(err3);
            }
            errors++;
          }
        }
      } else {
        const err4 = { instancePath: instancePath + "/args", schemaPath: "#/$defs/args/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema32.type, parentSchema: schema32, data: data0 };
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      }
    }
    if (data.subcommands !== void 0) {
      let data2 = data.subcommands;
      if (Array.isArray(data2)) {
        if (data2.length > 100) {
          const err5 = { instancePath: instancePath + "/subcommands", schemaPath: "#/properties/subcommands/maxItems", keyword: "maxItems", params: { limit: 100 }, message: "must NOT have more than 100 items", schema: 100, parentSchema: schema37.properties.subcommands, data: data2 };
          if (vErrors === null) {
            vErrors = [err5];
          } else {
            vErrors.push(err5);
          }
          errors++;
        }
        const len1 = data2.length;
        for (let i1 = 0; i1 < len1; i1++) {
          let data3 = data2[i1];
          if (typeof data3 === "string") {
            if (!pattern14.test(data3)) {
              const err6 = { instancePath: instancePath + "/subcommands/" + i1, schemaPath: "#/properties/subcommands/items/pattern", keyword: "pattern", params: { pattern: "^[a-z][a-z0-9-]*$" }, message: 'must match pattern "^[a-z][a-z0-9-]*$"', schema: "^[a-z][a-z0-9-]*$", parentSchema: schema37.properties.subcommands.items, data: data3 };
              if (vErrors === null) {
                vErrors = [err6];
              } else {
                vErrors.push(err6);
              }
              errors++;
            }
          } else {
            const err7 = { instancePath: instancePath + "/subcommands/" + i1, schemaPath: "#/properties/subcommands/items/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema37.properties.subcommands.items.type, parentSchema: schema37.properties.subcommands.items, data: data3 };
            if (vErrors === null) {
              vErrors = [err7];
            } else {
              vErrors.push(err7);
            }
            errors++;
          }
        }
      } else {
        const err8 = { instancePath: instancePath + "/subcommands", schemaPath: "#/properties/subcommands/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema37.properties.subcommands.type, parentSchema: schema37.properties.subcommands, data: data2 };
        if (vErrors === null) {
          vErrors = [err8];
        } else {
          vErrors.push(err8);
        }
        errors++;
      }
    }
    if (data.env !== void 0) {
      let data4 = data.env;
      if (data4 && typeof data4 == "object" && !Array.isArray(data4)) {
        for (const key1 in data4) {
          const _errs14 = errors;
          if (typeof key1 === "string") {
            if (!pattern13.test(key1)) {
              const err9 = { instancePath: instancePath + "/env", schemaPath: "#/$defs/env/propertyNames/pattern", keyword: "pattern", params: { pattern: "^[A-Za-z_][A-Za-z0-9_]*$" }, message: 'must match pattern "^[A-Za-z_][A-Za-z0-9_]*$"', schema: "^[A-Za-z_][A-Za-z0-9_]*$", parentSchema: schema36.propertyNames, data: key1, propertyName: key1 };
              if (vErrors === null) {
                vErrors = [err9];
              } else {
                vErrors.push(err9);
              }
              errors++;
            }
          }
          var valid7 = _errs14 === errors;
          if (!valid7) {
            const err10 = { instancePath: instancePath + "/env", schemaPath: "#/$defs/env/propertyNames", keyword: "propertyNames", params: { propertyName: key1 }, message: "property name must be valid", schema: schema36.propertyNames, parentSchema: schema36, data: data4 };
            if (vErrors === null) {
              vErrors = [err10];
            } else {
              vErrors.push(err10);
            }
            errors++;
          }
        }
        for (const key2 in data4) {
          let data5 = data4[key2];
          if (typeof data5 === "string") {
            if (func2(data5) > 4096) {
              const err11 = { instancePath: instancePath + "/env/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/$defs/env/additionalProperties/maxLength", keyword: "maxLength", params: { limit: 4096 }, message: "must NOT have more than 4096 characters", schema: 4096, parentSchema: schema36.additionalProperties, data: data5 };
              if (vErrors === null) {
                vErrors = [err11];
              } else {
                vErrors.push(err11);
              }
              errors++;
            }
          } else {
            const err12 = { instancePath: instancePath + "/env/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/$defs/env/additionalProperties/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema36.additionalProperties.type, parentSchema: schema36.additionalProperties, data: data5 };
            if (vErrors === null) {
              vErrors = [err12];
            } else {
              vErrors.push(err12);
            }
            errors++;
          }
        }
      } else {
        const err13 = { instancePath: instancePath + "/env", schemaPath: "#/$defs/env/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema36.type, parentSchema: schema36, data: data4 };
        if (vErrors === null) {
          vErrors = [err13];
        } else {
          vErrors.push(err13);
        }
        errors++;
      }
    }
    if (data.rootEnv !== void 0) {
      let data6 = data.rootEnv;
      if (data6 && typeof data6 == "object" && !Array.isArray(data6)) {
        for (const key3 in data6) {
          const _errs21 = errors;
          if (typeof key3 === "string") {
            if (!pattern13.test(key3)) {
              const err14 = { instancePath: instancePath + "/rootEnv", schemaPath: "#/$defs/env/propertyNames/pattern", keyword: "pattern", params: { pattern: "^[A-Za-z_][A-Za-z0-9_]*$" }, message: 'must match pattern "^[A-Za-z_][A-Za-z0-9_]*$"', schema: "^[A-Za-z_][A-Za-z0-9_]*$", parentSchema: schema36.propertyNames, data: key3, propertyName: key3 };
              if (vErrors === null) {
                vErrors = [err14];
              } else {
                vErrors.push(err14);
              }
              errors++;
            }
          }
          var valid10 = _errs21 === errors;
          if (!valid10) {
            const err15 = { instancePath: instancePath + "/rootEnv", schemaPath: "#/$defs/env/propertyNames", keyword: "propertyNames", params: { propertyName: key3 }, message: "property name must be valid", schema: schema36.propertyNames, parentSchema: schema36, data: data6 };
            if (vErrors === null) {
              vErrors = [err15];
            } else {
              vErrors.push(err15);
            }
            errors++;
          }
        }
        for (const key4 in data6) {
          let data7 = data6[key4];
          if (typeof data7 === "string") {
            if (func2(data7) > 4096) {
              const err16 = { instancePath: instancePath + "/rootEnv/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/$defs/env/additionalProperties/maxLength", keyword: "maxLength", params: { limit: 4096 }, message: "must NOT have more than 4096 characters", schema: 4096, parentSchema: schema36.additionalProperties, data: data7 };
              if (vErrors === null) {
                vErrors = [err16];
              } else {
                vErrors.push(err16);
              }
              errors++;
            }
          } else {
            const err17 = { instancePath: instancePath + "/rootEnv/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/$defs/env/additionalProperties/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema36.additionalProperties.type, parentSchema: schema36.additionalProperties, data: data7 };
            if (vErrors === null) {
              vErrors = [err17];
            } else {
              vErrors.push(err17);
            }
            errors++;
          }
        }
      } else {
        const err18 = { instancePath: instancePath + "/rootEnv", schemaPath: "#/$defs/env/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema36.type, parentSchema: schema36, data: data6 };
        if (vErrors === null) {
          vErrors = [err18];
        } else {
          vErrors.push(err18);
        }
        errors++;
      }
    }
  } else {
    const err19 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema37.type, parentSchema: schema37, data };
    if (vErrors === null) {
      vErrors = [err19];
    } else {
      vErrors.push(err19);
    }
    errors++;
  }
  validate21.errors = vErrors;
  return errors === 0;
}
validate21.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
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
    if (data.name === void 0) {
      const err1 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "name" }, message: "must have required property 'name'", schema: schema31.required, parentSchema: schema31, data };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
    if (data.install === void 0) {
      const err2 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "install" }, message: "must have required property 'install'", schema: schema31.required, parentSchema: schema31, data };
      if (vErrors === null) {
        vErrors = [err2];
      } else {
        vErrors.push(err2);
      }
      errors++;
    }
    for (const key0 in data) {
      if (!func1.call(schema31.properties, key0)) {
        const err3 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties", schema: false, parentSchema: schema31, data };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
    }
    if (data.apiVersion !== void 0) {
      let data0 = data.apiVersion;
      if ("agentvm-agent/v1" !== data0) {
        const err4 = { instancePath: instancePath + "/apiVersion", schemaPath: "#/properties/apiVersion/const", keyword: "const", params: { allowedValue: "agentvm-agent/v1" }, message: "must be equal to constant", schema: "agentvm-agent/v1", parentSchema: schema31.properties.apiVersion, data: data0 };
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      }
    }
    if (data.name !== void 0) {
      let data1 = data.name;
      if (typeof data1 === "string") {
        if (!pattern4.test(data1)) {
          const err5 = { instancePath: instancePath + "/name", schemaPath: "#/properties/name/pattern", keyword: "pattern", params: { pattern: "^[a-z][a-z0-9-]{0,31}$" }, message: 'must match pattern "^[a-z][a-z0-9-]{0,31}$"', schema: "^[a-z][a-z0-9-]{0,31}$", parentSchema: schema31.properties.name, data: data1 };
          if (vErrors === null) {
            vErrors = [err5];
          } else {
            vErrors.push(err5);
          }
          errors++;
        }
      } else {
        const err6 = { instancePath: instancePath + "/name", schemaPath: "#/properties/name/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema31.properties.name.type, parentSchema: schema31.properties.name, data: data1 };
        if (vErrors === null) {
          vErrors = [err6];
        } else {
          vErrors.push(err6);
        }
        errors++;
      }
    }
    if (data.title !== void 0) {
      let data2 = data.title;
      if (typeof data2 === "string") {
        if (func2(data2) > 100) {
          const err7 = { instancePath: instancePath + "/title", schemaPath: "#/properties/title/maxLength", keyword: "maxLength", params: { limit: 100 }, message: "must NOT have more than 100 characters", schema: 100, parentSchema: schema31.properties.title, data: data2 };
          if (vErrors === null) {
            vErrors = [err7];
          } else {
            vErrors.push(err7);
          }
          errors++;
        }
        if (func2(data2) < 1) {
          const err8 = { instancePath: instancePath + "/title", schemaPath: "#/properties/title/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema31.properties.title, data: data2 };
          if (vErrors === null) {
            vErrors = [err8];
          } else {
            vErrors.push(err8);
          }
          errors++;
        }
      } else {
        const err9 = { instancePath: instancePath + "/title", schemaPath: "#/properties/title/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema31.properties.title.type, parentSchema: schema31.properties.title, data: data2 };
        if (vErrors === null) {
          vErrors = [err9];
        } else {
          vErrors.push(err9);
        }
        errors++;
      }
    }
    if (data.homepage !== void 0) {
      let data3 = data.homepage;
      if (typeof data3 === "string") {
        if (!pattern5.test(data3)) {
          const err10 = { instancePath: instancePath + "/homepage", schemaPath: "#/properties/homepage/pattern", keyword: "pattern", params: { pattern: "^https://" }, message: 'must match pattern "^https://"', schema: "^https://", parentSchema: schema31.properties.homepage, data: data3 };
          if (vErrors === null) {
            vErrors = [err10];
          } else {
            vErrors.push(err10);
          }
          errors++;
        }
      } else {
        const err11 = { instancePath: instancePath + "/homepage", schemaPath: "#/properties/homepage/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema31.properties.homepage.type, parentSchema: schema31.properties.homepage, data: data3 };
        if (vErrors === null) {
          vErrors = [err11];
        } else {
          vErrors.push(err11);
        }
        errors++;
      }
    }
    if (data.install !== void 0) {
      let data4 = data.install;
      if (data4 && typeof data4 == "object" && !Array.isArray(data4)) {
        if (data4.npm === void 0) {
          const err12 = { instancePath: instancePath + "/install", schemaPath: "#/properties/install/required", keyword: "required", params: { missingProperty: "npm" }, message: "must have required property 'npm'", schema: schema31.properties.install.required, parentSchema: schema31.properties.install, data: data4 };
          if (vErrors === null) {
            vErrors = [err12];
          } else {
            vErrors.push(err12);
          }
          errors++;
        }
        if (data4.bin === void 0) {
          const err13 = { instancePath: instancePath + "/install", schemaPath: "#/properties/install/required", keyword: "required", params: { missingProperty: "bin" }, message: "must have required property 'bin'", schema: schema31.properties.install.required, parentSchema: schema31.properties.install, data: data4 };
          if (vErrors === null) {
            vErrors = [err13];
          } else {
            vErrors.push(err13);
          }
          errors++;
        }
        for (const key1 in data4) {
          if (!(key1 === "npm" || key1 === "bin" || key1 === "scripts")) {
            const err14 = { instancePath: instancePath + "/install", schemaPath: "#/properties/install/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key1 }, message: "must NOT have additional properties", schema: false, parentSchema: schema31.properties.install, data: data4 };
            if (vErrors === null) {
              vErrors = [err14];
            } else {
              vErrors.push(err14);
            }
            errors++;
          }
        }
        if (data4.npm !== void 0) {
          let data5 = data4.npm;
          if (typeof data5 === "string") {
            if (func2(data5) > 214) {
              const err15 = { instancePath: instancePath + "/install/npm", schemaPath: "#/properties/install/properties/npm/maxLength", keyword: "maxLength", params: { limit: 214 }, message: "must NOT have more than 214 characters", schema: 214, parentSchema: schema31.properties.install.properties.npm, data: data5 };
              if (vErrors === null) {
                vErrors = [err15];
              } else {
                vErrors.push(err15);
              }
              errors++;
            }
            if (!pattern6.test(data5)) {
              const err16 = { instancePath: instancePath + "/install/npm", schemaPath: "#/properties/install/properties/npm/pattern", keyword: "pattern", params: { pattern: "^(@[a-z0-9][a-z0-9._-]*/)?[a-z0-9][a-z0-9._-]*$" }, message: 'must match pattern "^(@[a-z0-9][a-z0-9._-]*/)?[a-z0-9][a-z0-9._-]*$"', schema: "^(@[a-z0-9][a-z0-9._-]*/)?[a-z0-9][a-z0-9._-]*$", parentSchema: schema31.properties.install.properties.npm, data: data5 };
              if (vErrors === null) {
                vErrors = [err16];
              } else {
                vErrors.push(err16);
              }
              errors++;
            }
          } else {
            const err17 = { instancePath: instancePath + "/install/npm", schemaPath: "#/properties/install/properties/npm/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema31.properties.install.properties.npm.type, parentSchema: schema31.properties.install.properties.npm, data: data5 };
            if (vErrors === null) {
              vErrors = [err17];
            } else {
              vErrors.push(err17);
            }
            errors++;
          }
        }
        if (data4.bin !== void 0) {
          let data6 = data4.bin;
          if (typeof data6 === "string") {
            if (func2(data6) > 64) {
              const err18 = { instancePath: instancePath + "/install/bin", schemaPath: "#/properties/install/properties/bin/maxLength", keyword: "maxLength", params: { limit: 64 }, message: "must NOT have more than 64 characters", schema: 64, parentSchema: schema31.properties.install.properties.bin, data: data6 };
              if (vErrors === null) {
                vErrors = [err18];
              } else {
                vErrors.push(err18);
              }
              errors++;
            }
            if (!pattern7.test(data6)) {
              const err19 = { instancePath: instancePath + "/install/bin", schemaPath: "#/properties/install/properties/bin/pattern", keyword: "pattern", params: { pattern: "^[A-Za-z0-9_][A-Za-z0-9._-]*$" }, message: 'must match pattern "^[A-Za-z0-9_][A-Za-z0-9._-]*$"', schema: "^[A-Za-z0-9_][A-Za-z0-9._-]*$", parentSchema: schema31.properties.install.properties.bin, data: data6 };
              if (vErrors === null) {
                vErrors = [err19];
              } else {
                vErrors.push(err19);
              }
              errors++;
            }
          } else {
            const err20 = { instancePath: instancePath + "/install/bin", schemaPath: "#/properties/install/properties/bin/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema31.properties.install.properties.bin.type, parentSchema: schema31.properties.install.properties.bin, data: data6 };
            if (vErrors === null) {
              vErrors = [err20];
            } else {
              vErrors.push(err20);
            }
            errors++;
          }
        }
        if (data4.scripts !== void 0) {
          let data7 = data4.scripts;
          if (Array.isArray(data7)) {
            if (data7.length > 50) {
              const err21 = { instancePath: instancePath + "/install/scripts", schemaPath: "#/properties/install/properties/scripts/maxItems", keyword: "maxItems", params: { limit: 50 }, message: "must NOT have more than 50 items", schema: 50, parentSchema: schema31.properties.install.properties.scripts, data: data7 };
              if (vErrors === null) {
                vErrors = [err21];
              } else {
                vErrors.push(err21);
              }
              errors++;
            }
            const len0 = data7.length;
            for (let i0 = 0; i0 < len0; i0++) {
              let data8 = data7[i0];
              if (typeof data8 === "string") {
                if (func2(data8) > 214) {
                  const err22 = { instancePath: instancePath + "/install/scripts/" + i0, schemaPath: "#/properties/install/properties/scripts/items/maxLength", keyword: "maxLength", params: { limit: 214 }, message: "must NOT have more than 214 characters", schema: 214, parentSchema: schema31.properties.install.properties.scripts.items, data: data8 };
                  if (vErrors === null) {
                    vErrors = [err22];
                  } else {
                    vErrors.push(err22);
                  }
                  errors++;
                }
                if (!pattern6.test(data8)) {
                  const err23 = { instancePath: instancePath + "/install/scripts/" + i0, schemaPath: "#/properties/install/properties/scripts/items/pattern", keyword: "pattern", params: { pattern: "^(@[a-z0-9][a-z0-9._-]*/)?[a-z0-9][a-z0-9._-]*$" }, message: 'must match pattern "^(@[a-z0-9][a-z0-9._-]*/)?[a-z0-9][a-z0-9._-]*$"', schema: "^(@[a-z0-9][a-z0-9._-]*/)?[a-z0-9][a-z0-9._-]*$", parentSchema: schema31.properties.install.properties.scripts.items, data: data8 };
                  if (vErrors === null) {
                    vErrors = [err23];
                  } else {
                    vErrors.push(err23);
                  }
                  errors++;
                }
              } else {
                const err24 = { instancePath: instancePath + "/install/scripts/" + i0, schemaPath: "#/properties/install/properties/scripts/items/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema31.properties.install.properties.scripts.items.type, parentSchema: schema31.properties.install.properties.scripts.items, data: data8 };
                if (vErrors === null) {
                  vErrors = [err24];
                } else {
                  vErrors.push(err24);
                }
                errors++;
              }
            }
          } else {
            const err25 = { instancePath: instancePath + "/install/scripts", schemaPath: "#/properties/install/properties/scripts/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema31.properties.install.properties.scripts.type, parentSchema: schema31.properties.install.properties.scripts, data: data7 };
            if (vErrors === null) {
              vErrors = [err25];
            } else {
              vErrors.push(err25);
            }
            errors++;
          }
        }
      } else {
        const err26 = { instancePath: instancePath + "/install", schemaPath: "#/properties/install/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema31.properties.install.type, parentSchema: schema31.properties.install, data: data4 };
        if (vErrors === null) {
          vErrors = [err26];
        } else {
          vErrors.push(err26);
        }
        errors++;
      }
    }
    if (data.version !== void 0) {
      let data9 = data.version;
      if (data9 && typeof data9 == "object" && !Array.isArray(data9)) {
        for (const key2 in data9) {
          if (!(key2 === "args" || key2 === "pattern")) {
            const err27 = { instancePath: instancePath + "/version", schemaPath: "#/properties/version/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key2 }, message: "must NOT have additional properties", schema: false, parentSchema: schema31.properties.version, data: data9 };
            if (vErrors === null) {
              vErrors = [err27];
            } else {
              vErrors.push(err27);
            }
            errors++;
          }
        }
        if (data9.args !== void 0) {
          let data10 = data9.args;
          if (Array.isArray(data10)) {
            if (data10.length > 50) {
              const err28 = { instancePath: instancePath + "/version/args", schemaPath: "#/$defs/args/maxItems", keyword: "maxItems", params: { limit: 50 }, message: "must NOT have more than 50 items", schema: 50, parentSchema: schema32, data: data10 };
              if (vErrors === null) {
                vErrors = [err28];
              } else {
                vErrors.push(err28);
              }
              errors++;
            }
            const len1 = data10.length;
            for (let i1 = 0; i1 < len1; i1++) {
              let data11 = data10[i1];
              if (typeof data11 === "string") {
                if (func2(data11) > 4096) {
                  const err29 = { instancePath: instancePath + "/version/args/" + i1, schemaPath: "#/$defs/args/items/maxLength", keyword: "maxLength", params: { limit: 4096 }, message: "must NOT have more than 4096 characters", schema: 4096, parentSchema: schema32.items, data: data11 };
                  if (vErrors === null) {
                    vErrors = [err29];
                  } else {
                    vErrors.push(err29);
                  }
                  errors++;
                }
              } else {
                const err30 = { instancePath: instancePath + "/version/args/" + i1, schemaPath: "#/$defs/args/items/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema32.items.type, parentSchema: schema32.items, data: data11 };
                if (vErrors === null) {
                  vErrors = [err30];
                } else {
                  vErrors.push(err30);
                }
                errors++;
              }
            }
          } else {
            const err31 = { instancePath: instancePath + "/version/args", schemaPath: "#/$defs/args/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema32.type, parentSchema: schema32, data: data10 };
            if (vErrors === null) {
              vErrors = [err31];
            } else {
              vErrors.push(err31);
            }
            errors++;
          }
        }
        if (data9.pattern !== void 0) {
          let data12 = data9.pattern;
          if (typeof data12 === "string") {
            if (func2(data12) > 200) {
              const err32 = { instancePath: instancePath + "/version/pattern", schemaPath: "#/properties/version/properties/pattern/maxLength", keyword: "maxLength", params: { limit: 200 }, message: "must NOT have more than 200 characters", schema: 200, parentSchema: schema31.properties.version.properties.pattern, data: data12 };
              if (vErrors === null) {
                vErrors = [err32];
              } else {
                vErrors.push(err32);
              }
              errors++;
            }
            if (func2(data12) < 1) {
              const err33 = { instancePath: instancePath + "/version/pattern", schemaPath: "#/properties/version/properties/pattern/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema31.properties.version.properties.pattern, data: data12 };
              if (vErrors === null) {
                vErrors = [err33];
              } else {
                vErrors.push(err33);
              }
              errors++;
            }
          } else {
            const err34 = { instancePath: instancePath + "/version/pattern", schemaPath: "#/properties/version/properties/pattern/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema31.properties.version.properties.pattern.type, parentSchema: schema31.properties.version.properties.pattern, data: data12 };
            if (vErrors === null) {
              vErrors = [err34];
            } else {
              vErrors.push(err34);
            }
            errors++;
          }
        }
      } else {
        const err35 = { instancePath: instancePath + "/version", schemaPath: "#/properties/version/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema31.properties.version.type, parentSchema: schema31.properties.version, data: data9 };
        if (vErrors === null) {
          vErrors = [err35];
        } else {
          vErrors.push(err35);
        }
        errors++;
      }
    }
    if (data.configDirs !== void 0) {
      let data13 = data.configDirs;
      if (Array.isArray(data13)) {
        if (data13.length > 20) {
          const err36 = { instancePath: instancePath + "/configDirs", schemaPath: "#/properties/configDirs/maxItems", keyword: "maxItems", params: { limit: 20 }, message: "must NOT have more than 20 items", schema: 20, parentSchema: schema31.properties.configDirs, data: data13 };
          if (vErrors === null) {
            vErrors = [err36];
          } else {
            vErrors.push(err36);
          }
          errors++;
        }
        const len2 = data13.length;
        for (let i2 = 0; i2 < len2; i2++) {
          let data14 = data13[i2];
          const _errs35 = errors;
          const _errs36 = errors;
          if (typeof data14 === "string") {
            if (!pattern9.test(data14)) {
              const err37 = {};
              if (vErrors === null) {
                vErrors = [err37];
              } else {
                vErrors.push(err37);
              }
              errors++;
            }
          }
          var valid11 = _errs36 === errors;
          if (valid11) {
            const err38 = { instancePath: instancePath + "/configDirs/" + i2, schemaPath: "#/$defs/homePath/not", keyword: "not", params: {}, message: "must NOT be valid", schema: schema33.not, parentSchema: schema33, data: data14 };
            if (vErrors === null) {
              vErrors = [err38];
            } else {
              vErrors.push(err38);
            }
            errors++;
          } else {
            errors = _errs35;
            if (vErrors !== null) {
              if (_errs35) {
                vErrors.length = _errs35;
              } else {
                vErrors = null;
              }
            }
          }
          if (typeof data14 === "string") {
            if (func2(data14) > 1024) {
              const err39 = { instancePath: instancePath + "/configDirs/" + i2, schemaPath: "#/$defs/homePath/maxLength", keyword: "maxLength", params: { limit: 1024 }, message: "must NOT have more than 1024 characters", schema: 1024, parentSchema: schema33, data: data14 };
              if (vErrors === null) {
                vErrors = [err39];
              } else {
                vErrors.push(err39);
              }
              errors++;
            }
            if (!pattern10.test(data14)) {
              const err40 = { instancePath: instancePath + "/configDirs/" + i2, schemaPath: "#/$defs/homePath/pattern", keyword: "pattern", params: { pattern: "^~/[^\\u0000-\\u001f]+$" }, message: 'must match pattern "^~/[^\\u0000-\\u001f]+$"', schema: "^~/[^\\u0000-\\u001f]+$", parentSchema: schema33, data: data14 };
              if (vErrors === null) {
                vErrors = [err40];
              } else {
                vErrors.push(err40);
              }
              errors++;
            }
          } else {
            const err41 = { instancePath: instancePath + "/configDirs/" + i2, schemaPath: "#/$defs/homePath/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema33.type, parentSchema: schema33, data: data14 };
            if (vErrors === null) {
              vErrors = [err41];
            } else {
              vErrors.push(err41);
            }
            errors++;
          }
        }
      } else {
        const err42 = { instancePath: instancePath + "/configDirs", schemaPath: "#/properties/configDirs/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema31.properties.configDirs.type, parentSchema: schema31.properties.configDirs, data: data13 };
        if (vErrors === null) {
          vErrors = [err42];
        } else {
          vErrors.push(err42);
        }
        errors++;
      }
    }
    if (data.configFile !== void 0) {
      let data15 = data.configFile;
      if (data15 && typeof data15 == "object" && !Array.isArray(data15)) {
        if (data15.path === void 0) {
          const err43 = { instancePath: instancePath + "/configFile", schemaPath: "#/properties/configFile/required", keyword: "required", params: { missingProperty: "path" }, message: "must have required property 'path'", schema: schema31.properties.configFile.required, parentSchema: schema31.properties.configFile, data: data15 };
          if (vErrors === null) {
            vErrors = [err43];
          } else {
            vErrors.push(err43);
          }
          errors++;
        }
        if (data15.format === void 0) {
          const err44 = { instancePath: instancePath + "/configFile", schemaPath: "#/properties/configFile/required", keyword: "required", params: { missingProperty: "format" }, message: "must have required property 'format'", schema: schema31.properties.configFile.required, parentSchema: schema31.properties.configFile, data: data15 };
          if (vErrors === null) {
            vErrors = [err44];
          } else {
            vErrors.push(err44);
          }
          errors++;
        }
        for (const key3 in data15) {
          if (!(key3 === "path" || key3 === "format")) {
            const err45 = { instancePath: instancePath + "/configFile", schemaPath: "#/properties/configFile/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key3 }, message: "must NOT have additional properties", schema: false, parentSchema: schema31.properties.configFile, data: data15 };
            if (vErrors === null) {
              vErrors = [err45];
            } else {
              vErrors.push(err45);
            }
            errors++;
          }
        }
        if (data15.path !== void 0) {
          let data16 = data15.path;
          const _errs43 = errors;
          const _errs44 = errors;
          if (typeof data16 === "string") {
            if (!pattern9.test(data16)) {
              const err46 = {};
              if (vErrors === null) {
                vErrors = [err46];
              } else {
                vErrors.push(err46);
              }
              errors++;
            }
          }
          var valid14 = _errs44 === errors;
          if (valid14) {
            const err47 = { instancePath: instancePath + "/configFile/path", schemaPath: "#/$defs/homePath/not", keyword: "not", params: {}, message: "must NOT be valid", schema: schema33.not, parentSchema: schema33, data: data16 };
            if (vErrors === null) {
              vErrors = [err47];
            } else {
              vErrors.push(err47);
            }
            errors++;
          } else {
            errors = _errs43;
            if (vErrors !== null) {
              if (_errs43) {
                vErrors.length = _errs43;
              } else {
                vErrors = null;
              }
            }
          }
          if (typeof data16 === "string") {
            if (func2(data16) > 1024) {
              const err48 = { instancePath: instancePath + "/configFile/path", schemaPath: "#/$defs/homePath/maxLength", keyword: "maxLength", params: { limit: 1024 }, message: "must NOT have more than 1024 characters", schema: 1024, parentSchema: schema33, data: data16 };
              if (vErrors === null) {
                vErrors = [err48];
              } else {
                vErrors.push(err48);
              }
              errors++;
            }
            if (!pattern10.test(data16)) {
              const err49 = { instancePath: instancePath + "/configFile/path", schemaPath: "#/$defs/homePath/pattern", keyword: "pattern", params: { pattern: "^~/[^\\u0000-\\u001f]+$" }, message: 'must match pattern "^~/[^\\u0000-\\u001f]+$"', schema: "^~/[^\\u0000-\\u001f]+$", parentSchema: schema33, data: data16 };
              if (vErrors === null) {
                vErrors = [err49];
              } else {
                vErrors.push(err49);
              }
              errors++;
            }
          } else {
            const err50 = { instancePath: instancePath + "/configFile/path", schemaPath: "#/$defs/homePath/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema33.type, parentSchema: schema33, data: data16 };
            if (vErrors === null) {
              vErrors = [err50];
            } else {
              vErrors.push(err50);
            }
            errors++;
          }
        }
        if (data15.format !== void 0) {
          let data17 = data15.format;
          if (!(data17 === "json" || data17 === "toml")) {
            const err51 = { instancePath: instancePath + "/configFile/format", schemaPath: "#/properties/configFile/properties/format/enum", keyword: "enum", params: { allowedValues: schema31.properties.configFile.properties.format.enum }, message: "must be equal to one of the allowed values", schema: schema31.properties.configFile.properties.format.enum, parentSchema: schema31.properties.configFile.properties.format, data: data17 };
            if (vErrors === null) {
              vErrors = [err51];
            } else {
              vErrors.push(err51);
            }
            errors++;
          }
        }
      } else {
        const err52 = { instancePath: instancePath + "/configFile", schemaPath: "#/properties/configFile/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema31.properties.configFile.type, parentSchema: schema31.properties.configFile, data: data15 };
        if (vErrors === null) {
          vErrors = [err52];
        } else {
          vErrors.push(err52);
        }
        errors++;
      }
    }
    if (data.args !== void 0) {
      let data18 = data.args;
      if (Array.isArray(data18)) {
        if (data18.length > 50) {
          const err53 = { instancePath: instancePath + "/args", schemaPath: "#/$defs/args/maxItems", keyword: "maxItems", params: { limit: 50 }, message: "must NOT have more than 50 items", schema: 50, parentSchema: schema32, data: data18 };
          if (vErrors === null) {
            vErrors = [err53];
          } else {
            vErrors.push(err53);
          }
          errors++;
        }
        const len3 = data18.length;
        for (let i3 = 0; i3 < len3; i3++) {
          let data19 = data18[i3];
          if (typeof data19 === "string") {
            if (func2(data19) > 4096) {
              const err54 = { instancePath: instancePath + "/args/" + i3, schemaPath: "#/$defs/args/items/maxLength", keyword: "maxLength", params: { limit: 4096 }, message: "must NOT have more than 4096 characters", schema: 4096, parentSchema: schema32.items, data: data19 };
              if (vErrors === null) {
                vErrors = [err54];
              } else {
                vErrors.push(err54);
              }
              errors++;
            }
          } else {
            const err55 = { instancePath: instancePath + "/args/" + i3, schemaPath: "#/$defs/args/items/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema32.items.type, parentSchema: schema32.items, data: data19 };
            if (vErrors === null) {
              vErrors = [err55];
            } else {
              vErrors.push(err55);
            }
            errors++;
          }
        }
      } else {
        const err56 = { instancePath: instancePath + "/args", schemaPath: "#/$defs/args/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema32.type, parentSchema: schema32, data: data18 };
        if (vErrors === null) {
          vErrors = [err56];
        } else {
          vErrors.push(err56);
        }
        errors++;
      }
    }
    if (data.env !== void 0) {
      let data20 = data.env;
      if (data20 && typeof data20 == "object" && !Array.isArray(data20)) {
        for (const key4 in data20) {
          const _errs54 = errors;
          if (typeof key4 === "string") {
            if (!pattern13.test(key4)) {
              const err57 = { instancePath: instancePath + "/env", schemaPath: "#/$defs/env/propertyNames/pattern", keyword: "pattern", params: { pattern: "^[A-Za-z_][A-Za-z0-9_]*$" }, message: 'must match pattern "^[A-Za-z_][A-Za-z0-9_]*$"', schema: "^[A-Za-z_][A-Za-z0-9_]*$", parentSchema: schema36.propertyNames, data: key4, propertyName: key4 };
              if (vErrors === null) {
                vErrors = [err57];
              } else {
                vErrors.push(err57);
              }
              errors++;
            }
          }
          var valid19 = _errs54 === errors;
          if (!valid19) {
            const err58 = { instancePath: instancePath + "/env", schemaPath: "#/$defs/env/propertyNames", keyword: "propertyNames", params: { propertyName: key4 }, message: "property name must be valid", schema: schema36.propertyNames, parentSchema: schema36, data: data20 };
            if (vErrors === null) {
              vErrors = [err58];
            } else {
              vErrors.push(err58);
            }
            errors++;
          }
        }
        for (const key5 in data20) {
          let data21 = data20[key5];
          if (typeof data21 === "string") {
            if (func2(data21) > 4096) {
              const err59 = { instancePath: instancePath + "/env/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/$defs/env/additionalProperties/maxLength", keyword: "maxLength", params: { limit: 4096 }, message: "must NOT have more than 4096 characters", schema: 4096, parentSchema: schema36.additionalProperties, data: data21 };
              if (vErrors === null) {
                vErrors = [err59];
              } else {
                vErrors.push(err59);
              }
              errors++;
            }
          } else {
            const err60 = { instancePath: instancePath + "/env/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/$defs/env/additionalProperties/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema36.additionalProperties.type, parentSchema: schema36.additionalProperties, data: data21 };
            if (vErrors === null) {
              vErrors = [err60];
            } else {
              vErrors.push(err60);
            }
            errors++;
          }
        }
      } else {
        const err61 = { instancePath: instancePath + "/env", schemaPath: "#/$defs/env/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema36.type, parentSchema: schema36, data: data20 };
        if (vErrors === null) {
          vErrors = [err61];
        } else {
          vErrors.push(err61);
        }
        errors++;
      }
    }
    if (data.subcommands !== void 0) {
      let data22 = data.subcommands;
      if (Array.isArray(data22)) {
        if (data22.length > 100) {
          const err62 = { instancePath: instancePath + "/subcommands", schemaPath: "#/properties/subcommands/maxItems", keyword: "maxItems", params: { limit: 100 }, message: "must NOT have more than 100 items", schema: 100, parentSchema: schema31.properties.subcommands, data: data22 };
          if (vErrors === null) {
            vErrors = [err62];
          } else {
            vErrors.push(err62);
          }
          errors++;
        }
        const len4 = data22.length;
        for (let i4 = 0; i4 < len4; i4++) {
          let data23 = data22[i4];
          if (typeof data23 === "string") {
            if (!pattern14.test(data23)) {
              const err63 = { instancePath: instancePath + "/subcommands/" + i4, schemaPath: "#/properties/subcommands/items/pattern", keyword: "pattern", params: { pattern: "^[a-z][a-z0-9-]*$" }, message: 'must match pattern "^[a-z][a-z0-9-]*$"', schema: "^[a-z][a-z0-9-]*$", parentSchema: schema31.properties.subcommands.items, data: data23 };
              if (vErrors === null) {
                vErrors = [err63];
              } else {
                vErrors.push(err63);
              }
              errors++;
            }
          } else {
            const err64 = { instancePath: instancePath + "/subcommands/" + i4, schemaPath: "#/properties/subcommands/items/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema31.properties.subcommands.items.type, parentSchema: schema31.properties.subcommands.items, data: data23 };
            if (vErrors === null) {
              vErrors = [err64];
            } else {
              vErrors.push(err64);
            }
            errors++;
          }
        }
      } else {
        const err65 = { instancePath: instancePath + "/subcommands", schemaPath: "#/properties/subcommands/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema31.properties.subcommands.type, parentSchema: schema31.properties.subcommands, data: data22 };
        if (vErrors === null) {
          vErrors = [err65];
        } else {
          vErrors.push(err65);
        }
        errors++;
      }
    }
    if (data.autonomy !== void 0) {
      let data24 = data.autonomy;
      if (data24 && typeof data24 == "object" && !Array.isArray(data24)) {
        for (const key6 in data24) {
          if (!(key6 === "ask" || key6 === "full")) {
            const err66 = { instancePath: instancePath + "/autonomy", schemaPath: "#/properties/autonomy/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key6 }, message: "must NOT have additional properties", schema: false, parentSchema: schema31.properties.autonomy, data: data24 };
            if (vErrors === null) {
              vErrors = [err66];
            } else {
              vErrors.push(err66);
            }
            errors++;
          }
        }
        if (data24.ask !== void 0) {
          if (!validate21(data24.ask, { instancePath: instancePath + "/autonomy/ask", parentData: data24, parentDataProperty: "ask", rootData, dynamicAnchors })) {
            vErrors = vErrors === null ? validate21.errors : vErrors.concat(validate21.errors);
            errors = vErrors.length;
          }
        }
        if (data24.full !== void 0) {
          if (!validate21(data24.full, { instancePath: instancePath + "/autonomy/full", parentData: data24, parentDataProperty: "full", rootData, dynamicAnchors })) {
            vErrors = vErrors === null ? validate21.errors : vErrors.concat(validate21.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err67 = { instancePath: instancePath + "/autonomy", schemaPath: "#/properties/autonomy/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema31.properties.autonomy.type, parentSchema: schema31.properties.autonomy, data: data24 };
        if (vErrors === null) {
          vErrors = [err67];
        } else {
          vErrors.push(err67);
        }
        errors++;
      }
    }
  } else {
    const err68 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema31.type, parentSchema: schema31, data };
    if (vErrors === null) {
      vErrors = [err68];
    } else {
      vErrors.push(err68);
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
