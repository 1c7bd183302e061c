/* Generated from schemas/state.v2.json by `npm run generate`; change the schema instead. */

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

// node_modules/ajv-formats/dist/formats.js
var require_formats = __commonJS({
  "node_modules/ajv-formats/dist/formats.js"(exports) {
    "use strict";
    Object.defineProperty(exports, "__esModule", { value: true });
    exports.formatNames = exports.fastFormats = exports.fullFormats = void 0;
    function fmtDef(validate2, compare) {
      return { validate: validate2, compare };
    }
    exports.fullFormats = {
      // date: http://tools.ietf.org/html/rfc3339#section-5.6
      date: fmtDef(date, compareDate),
      // date-time: http://tools.ietf.org/html/rfc3339#section-5.6
      time: fmtDef(getTime(true), compareTime),
      "date-time": fmtDef(getDateTime(true), compareDateTime),
      "iso-time": fmtDef(getTime(), compareIsoTime),
      "iso-date-time": fmtDef(getDateTime(), compareIsoDateTime),
      // duration: https://tools.ietf.org/html/rfc3339#appendix-A
      duration: /^P(?!$)((\d+Y)?(\d+M)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?|(\d+W)?)$/,
      uri,
      "uri-reference": /^(?:[a-z][a-z0-9+\-.]*:)?(?:\/?\/(?:(?:[a-z0-9\-._~!$&'()*+,;=:]|%[0-9a-f]{2})*@)?(?:\[(?:(?:(?:(?:[0-9a-f]{1,4}:){6}|::(?:[0-9a-f]{1,4}:){5}|(?:[0-9a-f]{1,4})?::(?:[0-9a-f]{1,4}:){4}|(?:(?:[0-9a-f]{1,4}:){0,1}[0-9a-f]{1,4})?::(?:[0-9a-f]{1,4}:){3}|(?:(?:[0-9a-f]{1,4}:){0,2}[0-9a-f]{1,4})?::(?:[0-9a-f]{1,4}:){2}|(?:(?:[0-9a-f]{1,4}:){0,3}[0-9a-f]{1,4})?::[0-9a-f]{1,4}:|(?:(?:[0-9a-f]{1,4}:){0,4}[0-9a-f]{1,4})?::)(?:[0-9a-f]{1,4}:[0-9a-f]{1,4}|(?:(?:25[0-5]|2[0-4]\d|[01]?\d\d?)\.){3}(?:25[0-5]|2[0-4]\d|[01]?\d\d?))|(?:(?:[0-9a-f]{1,4}:){0,5}[0-9a-f]{1,4})?::[0-9a-f]{1,4}|(?:(?:[0-9a-f]{1,4}:){0,6}[0-9a-f]{1,4})?::)|[Vv][0-9a-f]+\.[a-z0-9\-._~!$&'()*+,;=:]+)\]|(?:(?:25[0-5]|2[0-4]\d|[01]?\d\d?)\.){3}(?:25[0-5]|2[0-4]\d|[01]?\d\d?)|(?:[a-z0-9\-._~!$&'"()*+,;=]|%[0-9a-f]{2})*)(?::\d*)?(?:\/(?:[a-z0-9\-._~!$&'"()*+,;=:@]|%[0-9a-f]{2})*)*|\/(?:(?:[a-z0-9\-._~!$&'"()*+,;=:@]|%[0-9a-f]{2})+(?:\/(?:[a-z0-9\-._~!$&'"()*+,;=:@]|%[0-9a-f]{2})*)*)?|(?:[a-z0-9\-._~!$&'"()*+,;=:@]|%[0-9a-f]{2})+(?:\/(?:[a-z0-9\-._~!$&'"()*+,;=:@]|%[0-9a-f]{2})*)*)?(?:\?(?:[a-z0-9\-._~!$&'"()*+,;=:@/?]|%[0-9a-f]{2})*)?(?:#(?:[a-z0-9\-._~!$&'"()*+,;=:@/?]|%[0-9a-f]{2})*)?$/i,
      // uri-template: https://tools.ietf.org/html/rfc6570
      "uri-template": /^(?:(?:[^\x00-\x20"'<>%\\^`{|}]|%[0-9a-f]{2})|\{[+#./;?&=,!@|]?(?:[a-z0-9_]|%[0-9a-f]{2})+(?::[1-9][0-9]{0,3}|\*)?(?:,(?:[a-z0-9_]|%[0-9a-f]{2})+(?::[1-9][0-9]{0,3}|\*)?)*\})*$/i,
      // For the source: https://gist.github.com/dperini/729294
      // For test cases: https://mathiasbynens.be/demo/url-regex
      url: /^(?:https?|ftp):\/\/(?:\S+(?::\S*)?@)?(?:(?!(?:10|127)(?:\.\d{1,3}){3})(?!(?:169\.254|192\.168)(?:\.\d{1,3}){2})(?!172\.(?:1[6-9]|2\d|3[0-1])(?:\.\d{1,3}){2})(?:[1-9]\d?|1\d\d|2[01]\d|22[0-3])(?:\.(?:1?\d{1,2}|2[0-4]\d|25[0-5])){2}(?:\.(?:[1-9]\d?|1\d\d|2[0-4]\d|25[0-4]))|(?:(?:[a-z0-9\u{00a1}-\u{ffff}]+-)*[a-z0-9\u{00a1}-\u{ffff}]+)(?:\.(?:[a-z0-9\u{00a1}-\u{ffff}]+-)*[a-z0-9\u{00a1}-\u{ffff}]+)*(?:\.(?:[a-z\u{00a1}-\u{ffff}]{2,})))(?::\d{2,5})?(?:\/[^\s]*)?$/iu,
      email: /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/i,
      hostname: /^(?=.{1,253}\.?$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[-0-9a-z]{0,61}[0-9a-z])?)*\.?$/i,
      // optimized https://www.safaribooksonline.com/library/view/regular-expressions-cookbook/9780596802837/ch07s16.html
      ipv4: /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)$/,
      ipv6: /^((([0-9a-f]{1,4}:){7}([0-9a-f]{1,4}|:))|(([0-9a-f]{1,4}:){6}(:[0-9a-f]{1,4}|((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3})|:))|(([0-9a-f]{1,4}:){5}(((:[0-9a-f]{1,4}){1,2})|:((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3})|:))|(([0-9a-f]{1,4}:){4}(((:[0-9a-f]{1,4}){1,3})|((:[0-9a-f]{1,4})?:((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}))|:))|(([0-9a-f]{1,4}:){3}(((:[0-9a-f]{1,4}){1,4})|((:[0-9a-f]{1,4}){0,2}:((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}))|:))|(([0-9a-f]{1,4}:){2}(((:[0-9a-f]{1,4}){1,5})|((:[0-9a-f]{1,4}){0,3}:((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}))|:))|(([0-9a-f]{1,4}:){1}(((:[0-9a-f]{1,4}){1,6})|((:[0-9a-f]{1,4}){0,4}:((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}))|:))|(:(((:[0-9a-f]{1,4}){1,7})|((:[0-9a-f]{1,4}){0,5}:((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}))|:)))$/i,
      regex,
      // uuid: http://tools.ietf.org/html/rfc4122
      uuid: /^(?:urn:uuid:)?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i,
      // JSON-pointer: https://tools.ietf.org/html/rfc6901
      // uri fragment: https://tools.ietf.org/html/rfc3986#appendix-A
      "json-pointer": /^(?:\/(?:[^~/]|~0|~1)*)*$/,
      "json-pointer-uri-fragment": /^#(?:\/(?:[a-z0-9_\-.!$&'()*+,;:=@]|%[0-9a-f]{2}|~0|~1)*)*$/i,
      // relative JSON-pointer: http://tools.ietf.org/html/draft-luff-relative-json-pointer-00
      "relative-json-pointer": /^(?:0|[1-9][0-9]*)(?:#|(?:\/(?:[^~/]|~0|~1)*)*)$/,
      // the following formats are used by the openapi specification: https://spec.openapis.org/oas/v3.0.0#data-types
      // byte: https://github.com/miguelmota/is-base64
      byte,
      // signed 32 bit integer
      int32: { type: "number", validate: validateInt32 },
      // signed 64 bit integer
      int64: { type: "number", validate: validateInt64 },
      // C-type float
      float: { type: "number", validate: validateNumber },
      // C-type double
      double: { type: "number", validate: validateNumber },
      // hint to the UI to hide input strings
      password: true,
      // unchecked string payload
      binary: true
    };
    exports.fastFormats = {
      ...exports.fullFormats,
      date: fmtDef(/^\d\d\d\d-[0-1]\d-[0-3]\d$/, compareDate),
      time: fmtDef(/^(?:[0-2]\d:[0-5]\d:[0-5]\d|23:59:60)(?:\.\d+)?(?:z|[+-]\d\d(?::?\d\d)?)$/i, compareTime),
      "date-time": fmtDef(/^\d\d\d\d-[0-1]\d-[0-3]\dt(?:[0-2]\d:[0-5]\d:[0-5]\d|23:59:60)(?:\.\d+)?(?:z|[+-]\d\d(?::?\d\d)?)$/i, compareDateTime),
      "iso-time": fmtDef(/^(?:[0-2]\d:[0-5]\d:[0-5]\d|23:59:60)(?:\.\d+)?(?:z|[+-]\d\d(?::?\d\d)?)?$/i, compareIsoTime),
      "iso-date-time": fmtDef(/^\d\d\d\d-[0-1]\d-[0-3]\d[t\s](?:[0-2]\d:[0-5]\d:[0-5]\d|23:59:60)(?:\.\d+)?(?:z|[+-]\d\d(?::?\d\d)?)?$/i, compareIsoDateTime),
      // uri: https://github.com/mafintosh/is-my-json-valid/blob/master/formats.js
      uri: /^(?:[a-z][a-z0-9+\-.]*:)(?:\/?\/)?[^\s]*$/i,
      "uri-reference": /^(?:(?:[a-z][a-z0-9+\-.]*:)?\/?\/)?(?:[^\\\s#][^\s#]*)?(?:#[^\\\s]*)?$/i,
      // email (sources from jsen validator):
      // http://stackoverflow.com/questions/201323/using-a-regular-expression-to-validate-an-email-address#answer-8829363
      // http://www.w3.org/TR/html5/forms.html#valid-e-mail-address (search for 'wilful violation')
      email: /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/i
    };
    exports.formatNames = Object.keys(exports.fullFormats);
    function isLeapYear(year) {
      return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
    }
    var DATE = /^(\d\d\d\d)-(\d\d)-(\d\d)$/;
    var DAYS = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    function date(str) {
      const matches = DATE.exec(str);
      if (!matches)
        return false;
      const year = +matches[1];
      const month = +matches[2];
      const day = +matches[3];
      return month >= 1 && month <= 12 && day >= 1 && day <= (month === 2 && isLeapYear(year) ? 29 : DAYS[month]);
    }
    function compareDate(d1, d2) {
      if (!(d1 && d2))
        return void 0;
      if (d1 > d2)
        return 1;
      if (d1 < d2)
        return -1;
      return 0;
    }
    var TIME = /^(\d\d):(\d\d):(\d\d(?:\.\d+)?)(z|([+-])(\d\d)(?::?(\d\d))?)?$/i;
    function getTime(strictTimeZone) {
      return function time(str) {
        const matches = TIME.exec(str);
        if (!matches)
          return false;
        const hr = +matches[1];
        const min = +matches[2];
        const sec = +matches[3];
        const tz = matches[4];
        const tzSign = matches[5] === "-" ? -1 : 1;
        const tzH = +(matches[6] || 0);
        const tzM = +(matches[7] || 0);
        if (tzH > 23 || tzM > 59 || strictTimeZone && !tz)
          return false;
        if (hr <= 23 && min <= 59 && sec < 60)
          return true;
        const utcMin = min - tzM * tzSign;
        const utcHr = hr - tzH * tzSign - (utcMin < 0 ? 1 : 0);
        return (utcHr === 23 || utcHr === -1) && (utcMin === 59 || utcMin === -1) && sec < 61;
      };
    }
    function compareTime(s1, s2) {
      if (!(s1 && s2))
        return void 0;
      const t1 = (/* @__PURE__ */ new Date("2020-01-01T" + s1)).valueOf();
      const t2 = (/* @__PURE__ */ new Date("2020-01-01T" + s2)).valueOf();
      if (!(t1 && t2))
        return void 0;
      return t1 - t2;
    }
    function compareIsoTime(t1, t2) {
      if (!(t1 && t2))
        return void 0;
      const a1 = TIME.exec(t1);
      const a2 = TIME.exec(t2);
      if (!(a1 && a2))
        return void 0;
      t1 = a1[1] + a1[2] + a1[3];
      t2 = a2[1] + a2[2] + a2[3];
      if (t1 > t2)
        return 1;
      if (t1 < t2)
        return -1;
      return 0;
    }
    var DATE_TIME_SEPARATOR = /t|\s/i;
    function getDateTime(strictTimeZone) {
      const time = getTime(strictTimeZone);
      return function date_time(str) {
        const dateTime = str.split(DATE_TIME_SEPARATOR);
        return dateTime.length === 2 && date(dateTime[0]) && time(dateTime[1]);
      };
    }
    function compareDateTime(dt1, dt2) {
      if (!(dt1 && dt2))
        return void 0;
      const d1 = new Date(dt1).valueOf();
      const d2 = new Date(dt2).valueOf();
      if (!(d1 && d2))
        return void 0;
      return d1 - d2;
    }
    function compareIsoDateTime(dt1, dt2) {
      if (!(dt1 && dt2))
        return void 0;
      const [d1, t1] = dt1.split(DATE_TIME_SEPARATOR);
      const [d2, t2] = dt2.split(DATE_TIME_SEPARATOR);
      const res = compareDate(d1, d2);
      if (res === void 0)
        return void 0;
      return res || compareTime(t1, t2);
    }
    var NOT_URI_FRAGMENT = /\/|:/;
    var URI = /^(?:[a-z][a-z0-9+\-.]*:)(?:\/?\/(?:(?:[a-z0-9\-._~!$&'()*+,;=:]|%[0-9a-f]{2})*@)?(?:\[(?:(?:(?:(?:[0-9a-f]{1,4}:){6}|::(?:[0-9a-f]{1,4}:){5}|(?:[0-9a-f]{1,4})?::(?:[0-9a-f]{1,4}:){4}|(?:(?:[0-9a-f]{1,4}:){0,1}[0-9a-f]{1,4})?::(?:[0-9a-f]{1,4}:){3}|(?:(?:[0-9a-f]{1,4}:){0,2}[0-9a-f]{1,4})?::(?:[0-9a-f]{1,4}:){2}|(?:(?:[0-9a-f]{1,4}:){0,3}[0-9a-f]{1,4})?::[0-9a-f]{1,4}:|(?:(?:[0-9a-f]{1,4}:){0,4}[0-9a-f]{1,4})?::)(?:[0-9a-f]{1,4}:[0-9a-f]{1,4}|(?:(?:25[0-5]|2[0-4]\d|[01]?\d\d?)\.){3}(?:25[0-5]|2[0-4]\d|[01]?\d\d?))|(?:(?:[0-9a-f]{1,4}:){0,5}[0-9a-f]{1,4})?::[0-9a-f]{1,4}|(?:(?:[0-9a-f]{1,4}:){0,6}[0-9a-f]{1,4})?::)|[Vv][0-9a-f]+\.[a-z0-9\-._~!$&'()*+,;=:]+)\]|(?:(?:25[0-5]|2[0-4]\d|[01]?\d\d?)\.){3}(?:25[0-5]|2[0-4]\d|[01]?\d\d?)|(?:[a-z0-9\-._~!$&'()*+,;=]|%[0-9a-f]{2})*)(?::\d*)?(?:\/(?:[a-z0-9\-._~!$&'()*+,;=:@]|%[0-9a-f]{2})*)*|\/(?:(?:[a-z0-9\-._~!$&'()*+,;=:@]|%[0-9a-f]{2})+(?:\/(?:[a-z0-9\-._~!$&'()*+,;=:@]|%[0-9a-f]{2})*)*)?|(?:[a-z0-9\-._~!$&'()*+,;=:@]|%[0-9a-f]{2})+(?:\/(?:[a-z0-9\-._~!$&'()*+,;=:@]|%[0-9a-f]{2})*)*)(?:\?(?:[a-z0-9\-._~!$&'()*+,;=:@/?]|%[0-9a-f]{2})*)?(?:#(?:[a-z0-9\-._~!$&'()*+,;=:@/?]|%[0-9a-f]{2})*)?$/i;
    function uri(str) {
      return NOT_URI_FRAGMENT.test(str) && URI.test(str);
    }
    var BYTE = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/gm;
    function byte(str) {
      BYTE.lastIndex = 0;
      return BYTE.test(str);
    }
    var MIN_INT32 = -(2 ** 31);
    var MAX_INT32 = 2 ** 31 - 1;
    function validateInt32(value) {
      return Number.isInteger(value) && value <= MAX_INT32 && value >= MIN_INT32;
    }
    function validateInt64(value) {
      return Number.isInteger(value);
    }
    function validateNumber() {
      return true;
    }
    var Z_ANCHOR = /[^\\]\\Z/;
    function regex(str) {
      if (Z_ANCHOR.test(str))
        return false;
      try {
        new RegExp(str);
        return true;
      } catch (e) {
        return false;
      }
    }
  }
});

// <stdin>
var validate = validate20;
var stdin_default = validate20;
var schema31 = { "$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "https://agentvm.dev/schemas/state.v2.json", "title": "StateDocument", "description": "`machine.json` in a machine's folder: what was last verified as done. The number in this schema's name is the document's format.", "type": "object", "additionalProperties": false, "required": ["format", "release", "id", "lineage", "serial", "name", "driver", "project", "manifestPath", "phase", "createdAt", "appliedAt", "revision", "fields", "driverState", "lastStep", "unprovenRoot"], "properties": { "format": { "const": 2 }, "release": { "type": "string", "minLength": 1, "description": "The release of agentvm that wrote it." }, "id": { "type": "string", "pattern": "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$" }, "lineage": { "type": "string", "pattern": "^[0-9a-f]{8}$", "description": "Drawn once when the machine is made; a saved plan names it." }, "serial": { "type": "integer", "minimum": 0, "description": "Counts every write." }, "name": { "type": "string", "minLength": 1 }, "driver": { "enum": ["qemu", "lima", "vfkit", "incus", "fake"] }, "project": { "type": "object", "additionalProperties": false, "required": ["realPath", "device", "inode"], "properties": { "realPath": { "type": "string", "pattern": "^/" }, "device": { "type": "integer" }, "inode": { "type": "integer" } }, "description": "Where the project's folder is, so that a moved folder can be told from a copied one." }, "manifestPath": { "type": "string", "pattern": "^/" }, "phase": { "enum": ["creating", "ready", "deleting"] }, "createdAt": { "type": "string", "format": "date-time" }, "appliedAt": { "type": ["string", "null"], "format": "date-time" }, "revision": { "type": ["string", "null"], "pattern": "^[0-9a-f]{6}$", "description": "First hex digits of the SHA-256 of the manifest and its layers." }, "fields": { "$ref": "#/$defs/fields" }, "driverState": { "type": ["null", "boolean", "number", "string", "array", "object"], "description": "The driver's own record, opaque to everyone else." }, "lastStep": { "description": "The last step whose effect stands in this document.", "oneOf": [{ "type": "null" }, { "type": "object", "additionalProperties": false, "required": ["apply", "step"], "properties": { "apply": { "type": "string", "pattern": "^[0-9a-f]{8}$" }, "step": { "type": "string", "minLength": 1 } } }] }, "unprovenRoot": { "description": "What was applied before a new root disk that has not booted yet.", "oneOf": [{ "type": "null" }, { "$ref": "#/$defs/fields" }] } }, "$defs": { "fields": { "type": "object", "description": "By the field's name, for example resources.memory or base.packages[jq].", "additionalProperties": { "$ref": "#/$defs/appliedField" } }, "appliedField": { "type": "object", "additionalProperties": false, "required": ["path", "value"], "properties": { "path": { "enum": ["name", "driver", "agent", "agents[].version", "agents[].args", "agents[].autonomy", "agents[].config", "agents[].configDirs", "base.image", "base.packages[]", "base.scripts[]", "resources.cpus", "resources.memory", "resources.disk", "workspace.guestPath", "workspace.mode", "workspace.shadow[]", "workspace.protect[]", "mounts[]", "volumes[]", "ports[]", "env[]", "secrets[]", "identity.gitconfig", "identity.gitCredentials", "identity.gh", "identity.ssh", "network.egress", "network.ports[]", "network.hostPorts[]", "services[]", "environment", "lifecycle.onExit", "lifecycle.idle", "lifecycle.protect", "drift.policy", "snapshots.keep", "snapshots.maxSize", "labels[]"] }, "key": { "type": "string" }, "value": { "type": ["null", "boolean", "number", "string", "array", "object"], "description": "What the manifest asked for; a secret or an env value is a keyed digest." }, "resolved": { "type": ["null", "boolean", "number", "string", "array", "object"], "description": "What it was resolved to where that differs." }, "isDefault": { "const": true, "description": "The value came from the defaults of the release that applied it." }, "isAdopted": { "const": true, "description": "It was so already when the manifest began to ask for it." }, "isUndone": { "const": true, "description": "A new root disk took it away: it is to be done again." }, "isUncertain": { "const": true, "description": "A step for it was cut off or failed, so nobody knows whether it holds: it is to be done again." } }, "allOf": [{ "if": { "type": "object", "properties": { "path": { "type": "string", "pattern": "\\[\\]" } } }, "then": { "type": "object", "required": ["key"], "properties": { "key": { "type": "string" } } } }, { "if": { "properties": { "path": { "enum": ["name", "driver", "agents[].version"] } }, "type": "object" }, "then": { "properties": { "value": { "type": "string" } }, "type": "object" } }, { "if": { "properties": { "path": { "enum": ["resources.cpus", "resources.memory", "resources.disk", "snapshots.keep", "snapshots.maxSize"] } }, "type": "object" }, "then": { "properties": { "value": { "type": "number", "minimum": 0 } }, "type": "object" } }, { "if": { "properties": { "path": { "const": "base.image" } }, "type": "object" }, "then": { "properties": { "value": { "oneOf": [{ "type": "object", "additionalProperties": false, "required": ["name"], "properties": { "name": { "type": "string" } } }, { "type": "object", "additionalProperties": false, "required": ["url", "sha256"], "properties": { "url": { "type": "string" }, "sha256": { "type": "string", "pattern": "^[0-9a-f]{64}$" } } }, { "type": "object", "additionalProperties": false, "required": ["path", "sha256"], "properties": { "path": { "type": "string", "pattern": "^/" }, "sha256": { "type": "string", "pattern": "^[0-9a-f]{64}$" } } }] } }, "type": "object" } }, { "if": { "properties": { "path": { "const": "base.scripts[]" } }, "type": "object" }, "then": { "properties": { "value": { "type": "object", "additionalProperties": false, "required": ["path", "sha256"], "properties": { "path": { "type": "string" }, "sha256": { "type": "string", "pattern": "^[0-9a-f]{64}$" } } } }, "type": "object" } }, { "if": { "properties": { "path": { "const": "mounts[]" } }, "type": "object" }, "then": { "properties": { "value": { "type": "object", "additionalProperties": false, "required": ["host", "guest", "mode"], "properties": { "host": { "type": "string", "pattern": "^/" }, "guest": { "type": "string", "pattern": "^/" }, "mode": { "enum": ["ro", "rw"] } } } }, "type": "object" } }, { "if": { "properties": { "path": { "const": "ports[]" } }, "type": "object" }, "then": { "properties": { "value": { "type": "object", "additionalProperties": false, "required": ["guest", "host", "address"], "properties": { "guest": { "type": "integer", "minimum": 1, "maximum": 65535 }, "host": { "oneOf": [{ "const": "auto" }, { "type": "integer", "minimum": 1, "maximum": 65535 }] }, "address": { "type": "string" } } } }, "type": "object" } }, { "if": { "properties": { "path": { "const": "env[]" } }, "type": "object" }, "then": { "properties": { "value": { "type": "object", "additionalProperties": false, "required": ["digest"], "properties": { "digest": { "type": "string", "pattern": "^[0-9a-f]{64}$" } } } }, "type": "object" } }] } } };
var func1 = Object.prototype.hasOwnProperty;
var func2 = require_ucs2length().default;
var pattern4 = new RegExp("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", "u");
var pattern5 = new RegExp("^[0-9a-f]{8}$", "u");
var pattern6 = new RegExp("^/", "u");
var pattern8 = new RegExp("^[0-9a-f]{6}$", "u");
var formats0 = require_formats().fullFormats["date-time"];
var schema32 = { "type": "object", "description": "By the field's name, for example resources.memory or base.packages[jq].", "additionalProperties": { "$ref": "#/$defs/appliedField" } };
var schema33 = { "type": "object", "additionalProperties": false, "required": ["path", "value"], "properties": { "path": { "enum": ["name", "driver", "agent", "agents[].version", "agents[].args", "agents[].autonomy", "agents[].config", "agents[].configDirs", "base.image", "base.packages[]", "base.scripts[]", "resources.cpus", "resources.memory", "resources.disk", "workspace.guestPath", "workspace.mode", "workspace.shadow[]", "workspace.protect[]", "mounts[]", "volumes[]", "ports[]", "env[]", "secrets[]", "identity.gitconfig", "identity.gitCredentials", "identity.gh", "identity.ssh", "network.egress", "network.ports[]", "network.hostPorts[]", "services[]", "environment", "lifecycle.onExit", "lifecycle.idle", "lifecycle.protect", "drift.policy", "snapshots.keep", "snapshots.maxSize", "labels[]"] }, "key": { "type": "string" }, "value": { "type": ["null", "boolean", "number", "string", "array", "object"], "description": "What the manifest asked for; a secret or an env value is a keyed digest." }, "resolved": { "type": ["null", "boolean", "number", "string", "array", "object"], "description": "What it was resolved to where that differs." }, "isDefault": { "const": true, "description": "The value came from the defaults of the release that applied it." }, "isAdopted": { "const": true, "description": "It was so already when the manifest began to ask for it." }, "isUndone": { "const": true, "description": "A new root disk took it away: it is to be done again." }, "isUncertain": { "const": true, "description": "A step for it was cut off or failed, so nobody knows whether it holds: it is to be done again." } }, "allOf": [{ "if": { "type": "object", "properties": { "path": { "type": "string", "pattern": "\\[\\]" } } }, "then": { "type": "object", "required": ["key"], "properties": { "key": { "type": "string" } } } }, { "if": { "properties": { "path": { "enum": ["name", "driver", "agents[].version"] } }, "type": "object" }, "then": { "properties": { "value": { "type": "string" } }, "type": "object" } }, { "if": { "properties": { "path": { "enum": ["resources.cpus", "resources.memory", "resources.disk", "snapshots.keep", "snapshots.maxSize"] } }, "type": "object" }, "then": { "properties": { "value": { "type": "number", "minimum": 0 } }, "type": "object" } }, { "if": { "properties": { "path": { "const": "base.image" } }, "type": "object" }, "then": { "properties": { "value": { "oneOf": [{ "type": "object", "additionalProperties": false, "required": ["name"], "properties": { "name": { "type": "string" } } }, { "type": "object", "additionalProperties": false, "required": ["url", "sha256"], "properties": { "url": { "type": "string" }, "sha256": { "type": "string", "pattern": "^[0-9a-f]{64}$" } } }, { "type": "object", "additionalProperties": false, "required": ["path", "sha256"], "properties": { "path": { "type": "string", "pattern": "^/" }, "sha256": { "type": "string", "pattern": "^[0-9a-f]{64}$" } } }] } }, "type": "object" } }, { "if": { "properties": { "path": { "const": "base.scripts[]" } }, "type": "object" }, "then": { "properties": { "value": { "type": "object", "additionalProperties": false, "required": ["path", "sha256"], "properties": { "path": { "type": "string" }, "sha256": { "type": "string", "pattern": "^[0-9a-f]{64}$" } } } }, "type": "object" } }, { "if": { "properties": { "path": { "const": "mounts[]" } }, "type": "object" }, "then": { "properties": { "value": { "type": "object", "additionalProperties": false, "required": ["host", "guest", "mode"], "properties": { "host": { "type": "string", "pattern": "^/" }, "guest": { "type": "string", "pattern": "^/" }, "mode": { "enum": ["ro", "rw"] } } } }, "type": "object" } }, { "if": { "properties": { "path": { "const": "ports[]" } }, "type": "object" }, "then": { "properties": { "value": { "type": "object", "additionalProperties": false, "required": ["guest", "host", "address"], "properties": { "guest": { "type": "integer", "minimum": 1, "maximum": 65535 }, "host": { "oneOf": [{ "const": "auto" }, { "type": "integer", "minimum": 1, "maximum": 65535 }] }, "address": { "type": "string" } } } }, "type": "object" } }, { "if": { "properties": { "path": { "const": "env[]" } }, "type": "object" }, "then": { "properties": { "value": { "type": "object", "additionalProperties": false, "required": ["digest"], "properties": { "digest": { "type": "string", "pattern": "^[0-9a-f]{64}$" } } } }, "type": "object" } }] };
var pattern9 = new RegExp("\\[\\]", "u");
var pattern10 = new RegExp("^[0-9a-f]{64}$", "u");
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
      let data0 = data[key0];
      const _errs6 = errors;
      let valid3 = true;
      const _errs7 = errors;
      if (errors === _errs7) {
        if (data0 && typeof data0 == "object" && !Array.isArray(data0)) {
          if (data0.path !== void 0) {
            let data1 = data0.path;
            const _errs9 = errors;
            if (errors === _errs9) {
              if (typeof data1 === "string") {
                if (!pattern9.test(data1)) {
                  const err0 = {};
                  if (vErrors === null) {
                    vErrors = [err0];
                  } else {
                    vErrors.push(err0);
                  }
                  errors++;
                }
              } else {
                const err1 = {};
                if (vErrors === null) {
                  vErrors = [err1];
                } else {
                  vErrors.push(err1);
                }
                errors++;
              }
            }
          }
        } else {
          const err2 = {};
          if (vErrors === null) {
            vErrors = [err2];
          } else {
            vErrors.push(err2);
          }
          errors++;
        }
      }
      var _valid0 = _errs7 === errors;
      errors = _errs6;
      if (vErrors !== null) {
        if (_errs6) {
          vErrors.length = _errs6;
        } else {
          vErrors = null;
        }
      }
      if (_valid0) {
        const _errs11 = errors;
        if (data0 && typeof data0 == "object" && !Array.isArray(data0)) {
          if (data0.key === void 0) {
            const err3 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/$defs/appliedField/allOf/0/then/required", keyword: "required", params: { missingProperty: "key" }, message: "must have required property 'key'", schema: schema33.allOf[0].then.required, parentSchema: schema33.allOf[0].then, data: data0 };
            if (vErrors === null) {
              vErrors = [err3];
            } else {
              vErrors.push(err3);
            }
            errors++;
          }
          if (data0.key !== void 0) {
            let data2 = data0.key;
            if (typeof data2 !== "string") {
              const err4 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/key", schemaPath: "#/$defs/appliedField/allOf/0/then/properties/key/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema33.allOf[0].then.properties.key.type, parentSchema: schema33.allOf[0].then.properties.key, data: data2 };
              if (vErrors === null) {
                vErrors = [err4];
              } else {
                vErrors.push(err4);
              }
              errors++;
            }
          }
        } else {
          const err5 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/$defs/appliedField/allOf/0/then/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema33.allOf[0].then.type, parentSchema: schema33.allOf[0].then, data: data0 };
          if (vErrors === null) {
            vErrors = [err5];
          } else {
            vErrors.push(err5);
          }
          errors++;
        }
        var _valid0 = _errs11 === errors;
        valid3 = _valid0;
        if (valid3) {
          var props0 = {};
          props0.key = true;
          props0.path = true;
        }
      }
      if (!valid3) {
        const err6 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/$defs/appliedField/allOf/0/if", keyword: "if", params: { failingKeyword: "then" }, message: 'must match "then" schema', schema: schema33.allOf[0].if, parentSchema: schema33.allOf[0], data: data0 };
        if (vErrors === null) {
          vErrors = [err6];
        } else {
          vErrors.push(err6);
        }
        errors++;
      }
      const _errs16 = errors;
      let valid6 = true;
      const _errs17 = errors;
      if (errors === _errs17) {
        if (data0 && typeof data0 == "object" && !Array.isArray(data0)) {
          if (data0.path !== void 0) {
            let data3 = data0.path;
            if (!(data3 === "name" || data3 === "driver" || data3 === "agents[].version")) {
              const err7 = {};
              if (vErrors === null) {
                vErrors = [err7];
              } else {
                vErrors.push(err7);
              }
              errors++;
            }
          }
        } else {
          const err8 = {};
          if (vErrors === null) {
            vErrors = [err8];
          } else {
            vErrors.push(err8);
          }
          errors++;
        }
      }
      var _valid1 = _errs17 === errors;
      errors = _errs16;
      if (vErrors !== null) {
        if (_errs16) {
          vErrors.length = _errs16;
        } else {
          vErrors = null;
        }
      }
      if (_valid1) {
        const _errs20 = errors;
        if (data0 && typeof data0 == "object" && !Array.isArray(data0)) {
          if (data0.value !== void 0) {
            let data4 = data0.value;
            if (typeof data4 !== "string") {
              const err9 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "#/$defs/appliedField/allOf/1/then/properties/value/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema33.allOf[1].then.properties.value.type, parentSchema: schema33.allOf[1].then.properties.value, data: data4 };
              if (vErrors === null) {
                vErrors = [err9];
              } else {
                vErrors.push(err9);
              }
              errors++;
            }
          }
        } else {
          const err10 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/$defs/appliedField/allOf/1/then/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema33.allOf[1].then.type, parentSchema: schema33.allOf[1].then, data: data0 };
          if (vErrors === null) {
            vErrors = [err10];
          } else {
            vErrors.push(err10);
          }
          errors++;
        }
        var _valid1 = _errs20 === errors;
        valid6 = _valid1;
        if (valid6) {
          var props1 = {};
          props1.value = true;
          props1.path = true;
        }
      }
      if (!valid6) {
        const err11 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/$defs/appliedField/allOf/1/if", keyword: "if", params: { failingKeyword: "then" }, message: 'must match "then" schema', schema: schema33.allOf[1].if, parentSchema: schema33.allOf[1], data: data0 };
        if (vErrors === null) {
          vErrors = [err11];
        } else {
          vErrors.push(err11);
        }
        errors++;
      }
      if (props0 !== true && props1 !== void 0) {
        if (props1 === true) {
          props0 = true;
        } else {
          props0 = props0 || {};
          Object.assign(props0, props1);
        }
      }
      const _errs25 = errors;
      let valid9 = true;
      const _errs26 = errors;
      if (errors === _errs26) {
        if (data0 && typeof data0 == "object" && !Array.isArray(data0)) {
          if (data0.path !== void 0) {
            let data5 = data0.path;
            if (!(data5 === "resources.cpus" || data5 === "resources.memory" || data5 === "resources.disk" || data5 === "snapshots.keep" || data5 === "snapshots.maxSize")) {
              const err12 = {};
              if (vErrors === null) {
                vErrors = [err12];
              } else {
                vErrors.push(err12);
              }
              errors++;
            }
          }
        } else {
          const err13 = {};
          if (vErrors === null) {
            vErrors = [err13];
          } else {
            vErrors.push(err13);
          }
          errors++;
        }
      }
      var _valid2 = _errs26 === errors;
      errors = _errs25;
      if (vErrors !== null) {
        if (_errs25) {
          vErrors.length = _errs25;
        } else {
          vErrors = null;
        }
      }
      if (_valid2) {
        const _errs29 = errors;
        if (data0 && typeof data0 == "object" && !Array.isArray(data0)) {
          if (data0.value !== void 0) {
            let data6 = data0.value;
            if (typeof data6 == "number" && isFinite(data6)) {
              if (data6 < 0 || isNaN(data6)) {
                const err14 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "#/$defs/appliedField/allOf/2/then/properties/value/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0", schema: 0, parentSchema: schema33.allOf[2].then.properties.value, data: data6 };
                if (vErrors === null) {
                  vErrors = [err14];
                } else {
                  vErrors.push(err14);
                }
                errors++;
              }
            } else {
              const err15 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "#/$defs/appliedField/allOf/2/then/properties/value/type", keyword: "type", params: { type: "number" }, message: "must be number", schema: schema33.allOf[2].then.properties.value.type, parentSchema: schema33.allOf[2].then.properties.value, data: data6 };
              if (vErrors === null) {
                vErrors = [err15];
              } else {
                vErrors.push(err15);
              }
              errors++;
            }
          }
        } else {
          const err16 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/$defs/appliedField/allOf/2/then/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema33.allOf[2].then.type, parentSchema: schema33.allOf[2].then, data: data0 };
          if (vErrors === null) {
            vErrors = [err16];
          } else {
            vErrors.push(err16);
          }
          errors++;
        }
        var _valid2 = _errs29 === errors;
        valid9 = _valid2;
        if (valid9) {
          var props2 = {};
          props2.value = true;
          props2.path = true;
        }
      }
      if (!valid9) {
        const err17 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/$defs/appliedField/allOf/2/if", keyword: "if", params: { failingKeyword: "then" }, message: 'must match "then" schema', schema: schema33.allOf[2].if, parentSchema: schema33.allOf[2], data: data0 };
        if (vErrors === null) {
          vErrors = [err17];
        } else {
          vErrors.push(err17);
        }
        errors++;
      }
      if (props0 !== true && props2 !== void 0) {
        if (props2 === true) {
          props0 = true;
        } else {
          props0 = props0 || {};
          Object.assign(props0, props2);
        }
      }
      const _errs34 = errors;
      let valid12 = true;
      const _errs35 = errors;
      if (errors === _errs35) {
        if (data0 && typeof data0 == "object" && !Array.isArray(data0)) {
          if (data0.path !== void 0) {
            if ("base.image" !== data0.path) {
              const err18 = {};
              if (vErrors === null) {
                vErrors = [err18];
              } else {
                vErrors.push(err18);
              }
              errors++;
            }
          }
        } else {
          const err19 = {};
          if (vErrors === null) {
            vErrors = [err19];
          } else {
            vErrors.push(err19);
          }
          errors++;
        }
      }
      var _valid3 = _errs35 === errors;
      errors = _errs34;
      if (vErrors !== null) {
        if (_errs34) {
          vErrors.length = _errs34;
        } else {
          vErrors = null;
        }
      }
      if (_valid3) {
        const _errs38 = errors;
        if (data0 && typeof data0 == "object" && !Array.isArray(data0)) {
          if (data0.value !== void 0) {
            let data8 = data0.value;
            const _errs41 = errors;
            let valid15 = false;
            let passing0 = null;
            const _errs42 = errors;
            if (data8 && typeof data8 == "object" && !Array.isArray(data8)) {
              if (data8.name === void 0) {
                const err20 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "#/$defs/appliedField/allOf/3/then/properties/value/oneOf/0/required", keyword: "required", params: { missingProperty: "name" }, message: "must have required property 'name'", schema: schema33.allOf[3].then.properties.value.oneOf[0].required, parentSchema: schema33.allOf[3].then.properties.value.oneOf[0], data: data8 };
                if (vErrors === null) {
                  vErrors = [err20];
                } else {
                  vErrors.push(err20);
                }
                errors++;
              }
              for (const key1 in data8) {
                if (!(key1 === "name")) {
                  const err21 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "#/$defs/appliedField/allOf/3/then/properties/value/oneOf/0/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key1 }, message: "must NOT have additional properties", schema: false, parentSchema: schema33.allOf[3].then.properties.value.oneOf[0], data: data8 };
                  if (vErrors === null) {
                    vErrors = [err21];
                  } else {
                    vErrors.push(err21);
                  }
                  errors++;
                }
              }
              if (data8.name !== void 0) {
                let data9 = data8.name;
                if (typeof data9 !== "string") {
                  const err22 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/value/name", schemaPath: "#/$defs/appliedField/allOf/3/then/properties/value/oneOf/0/properties/name/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema33.allOf[3].then.properties.value.oneOf[0].properties.name.type, parentSchema: schema33.allOf[3].then.properties.value.oneOf[0].properties.name, data: data9 };
                  if (vErrors === null) {
                    vErrors = [err22];
                  } else {
                    vErrors.push(err22);
                  }
                  errors++;
                }
              }
            } else {
              const err23 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "#/$defs/appliedField/allOf/3/then/properties/value/oneOf/0/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema33.allOf[3].then.properties.value.oneOf[0].type, parentSchema: schema33.allOf[3].then.properties.value.oneOf[0], data: data8 };
              if (vErrors === null) {
                vErrors = [err23];
              } else {
                vErrors.push(err23);
              }
              errors++;
            }
            var _valid4 = _errs42 === errors;
            if (_valid4) {
              valid15 = true;
              passing0 = 0;
              var props3 = true;
            }
            const _errs47 = errors;
            if (data8 && typeof data8 == "object" && !Array.isArray(data8)) {
              if (data8.url === void 0) {
                const err24 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "#/$defs/appliedField/allOf/3/then/properties/value/oneOf/1/required", keyword: "required", params: { missingProperty: "url" }, message: "must have required property 'url'", schema: schema33.allOf[3].then.properties.value.oneOf[1].required, parentSchema: schema33.allOf[3].then.properties.value.oneOf[1], data: data8 };
                if (vErrors === null) {
                  vErrors = [err24];
                } else {
                  vErrors.push(err24);
                }
                errors++;
              }
              if (data8.sha256 === void 0) {
                const err25 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "#/$defs/appliedField/allOf/3/then/properties/value/oneOf/1/required", keyword: "required", params: { missingProperty: "sha256" }, message: "must have required property 'sha256'", schema: schema33.allOf[3].then.properties.value.oneOf[1].required, parentSchema: schema33.allOf[3].then.properties.value.oneOf[1], data: data8 };
                if (vErrors === null) {
                  vErrors = [err25];
                } else {
                  vErrors.push(err25);
                }
                errors++;
              }
              for (const key2 in data8) {
                if (!(key2 === "url" || key2 === "sha256")) {
                  const err26 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "#/$defs/appliedField/allOf/3/then/properties/value/oneOf/1/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key2 }, message: "must NOT have additional properties", schema: false, parentSchema: schema33.allOf[3].then.properties.value.oneOf[1], data: data8 };
                  if (vErrors === null) {
                    vErrors = [err26];
                  } else {
                    vErrors.push(err26);
                  }
                  errors++;
                }
              }
              if (data8.url !== void 0) {
                let data10 = data8.url;
                if (typeof data10 !== "string") {
                  const err27 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/value/url", schemaPath: "#/$defs/appliedField/allOf/3/then/properties/value/oneOf/1/properties/url/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema33.allOf[3].then.properties.value.oneOf[1].properties.url.type, parentSchema: schema33.allOf[3].then.properties.value.oneOf[1].properties.url, data: data10 };
                  if (vErrors === null) {
                    vErrors = [err27];
                  } else {
                    vErrors.push(err27);
                  }
                  errors++;
                }
              }
              if (data8.sha256 !== void 0) {
                let data11 = data8.sha256;
                if (typeof data11 === "string") {
                  if (!pattern10.test(data11)) {
                    const err28 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/value/sha256", schemaPath: "#/$defs/appliedField/allOf/3/then/properties/value/oneOf/1/properties/sha256/pattern", keyword: "pattern", params: { pattern: "^[0-9a-f]{64}$" }, message: 'must match pattern "^[0-9a-f]{64}$"', schema: "^[0-9a-f]{64}$", parentSchema: schema33.allOf[3].then.properties.value.oneOf[1].properties.sha256, data: data11 };
                    if (vErrors === null) {
                      vErrors = [err28];
                    } else {
                      vErrors.push(err28);
                    }
                    errors++;
                  }
                } else {
                  const err29 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/value/sha256", schemaPath: "#/$defs/appliedField/allOf/3/then/properties/value/oneOf/1/properties/sha256/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema33.allOf[3].then.properties.value.oneOf[1].properties.sha256.type, parentSchema: schema33.allOf[3].then.properties.value.oneOf[1].properties.sha256, data: data11 };
                  if (vErrors === null) {
                    vErrors = [err29];
                  } else {
                    vErrors.push(err29);
                  }
                  errors++;
                }
              }
            } else {
              const err30 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "#/$defs/appliedField/allOf/3/then/properties/value/oneOf/1/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema33.allOf[3].then.properties.value.oneOf[1].type, parentSchema: schema33.allOf[3].then.properties.value.oneOf[1], data: data8 };
              if (vErrors === null) {
                vErrors = [err30];
              } else {
                vErrors.push(err30);
              }
              errors++;
            }
            var _valid4 = _errs47 === errors;
            if (_valid4 && valid15) {
              valid15 = false;
              passing0 = [passing0, 1];
            } else {
              if (_valid4) {
                valid15 = true;
                passing0 = 1;
                if (props3 !== true) {
                  props3 = true;
                }
              }
              const _errs54 = errors;
              if (data8 && typeof data8 == "object" && !Array.isArray(data8)) {
                if (data8.path === void 0) {
                  const err31 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "#/$defs/appliedField/allOf/3/then/properties/value/oneOf/2/required", keyword: "required", params: { missingProperty: "path" }, message: "must have required property 'path'", schema: schema33.allOf[3].then.properties.value.oneOf[2].required, parentSchema: schema33.allOf[3].then.properties.value.oneOf[2], data: data8 };
                  if (vErrors === null) {
                    vErrors = [err31];
                  } else {
                    vErrors.push(err31);
                  }
                  errors++;
                }
                if (data8.sha256 === void 0) {
                  const err32 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "#/$defs/appliedField/allOf/3/then/properties/value/oneOf/2/required", keyword: "required", params: { missingProperty: "sha256" }, message: "must have required property 'sha256'", schema: schema33.allOf[3].then.properties.value.oneOf[2].required, parentSchema: schema33.allOf[3].then.properties.value.oneOf[2], data: data8 };
                  if (vErrors === null) {
                    vErrors = [err32];
                  } else {
                    vErrors.push(err32);
                  }
                  errors++;
                }
                for (const key3 in data8) {
                  if (!(key3 === "path" || key3 === "sha256")) {
                    const err33 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "#/$defs/appliedField/allOf/3/then/properties/value/oneOf/2/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key3 }, message: "must NOT have additional properties", schema: false, parentSchema: schema33.allOf[3].then.properties.value.oneOf[2], data: data8 };
                    if (vErrors === null) {
                      vErrors = [err33];
                    } else {
                      vErrors.push(err33);
                    }
                    errors++;
                  }
                }
                if (data8.path !== void 0) {
                  let data12 = data8.path;
                  if (typeof data12 === "string") {
                    if (!pattern6.test(data12)) {
                      const err34 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/value/path", schemaPath: "#/$defs/appliedField/allOf/3/then/properties/value/oneOf/2/properties/path/pattern", keyword: "pattern", params: { pattern: "^/" }, message: 'must match pattern "^/"', schema: "^/", parentSchema: schema33.allOf[3].then.properties.value.oneOf[2].properties.path, data: data12 };
                      if (vErrors === null) {
                        vErrors = [err34];
                      } else {
                        vErrors.push(err34);
                      }
                      errors++;
                    }
                  } else {
                    const err35 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/value/path", schemaPath: "#/$defs/appliedField/allOf/3/then/properties/value/oneOf/2/properties/path/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema33.allOf[3].then.properties.value.oneOf[2].properties.path.type, parentSchema: schema33.allOf[3].then.properties.value.oneOf[2].properties.path, data: data12 };
                    if (vErrors === null) {
                      vErrors = [err35];
                    } else {
                      vErrors.push(err35);
                    }
                    errors++;
                  }
                }
                if (data8.sha256 !== void 0) {
                  let data13 = data8.sha256;
                  if (typeof data13 === "string") {
                    if (!pattern10.test(data13)) {
                      const err36 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/value/sha256", schemaPath: "#/$defs/appliedField/allOf/3/then/properties/value/oneOf/2/properties/sha256/pattern", keyword: "pattern", params: { pattern: "^[0-9a-f]{64}$" }, message: 'must match pattern "^[0-9a-f]{64}$"', schema: "^[0-9a-f]{64}$", parentSchema: schema33.allOf[3].then.properties.value.oneOf[2].properties.sha256, data: data13 };
                      if (vErrors === null) {
                        vErrors = [err36];
                      } else {
                        vErrors.push(err36);
                      }
                      errors++;
                    }
                  } else {
                    const err37 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/value/sha256", schemaPath: "#/$defs/appliedField/allOf/3/then/properties/value/oneOf/2/properties/sha256/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema33.allOf[3].then.properties.value.oneOf[2].properties.sha256.type, parentSchema: schema33.allOf[3].then.properties.value.oneOf[2].properties.sha256, data: data13 };
                    if (vErrors === null) {
                      vErrors = [err37];
                    } else {
                      vErrors.push(err37);
                    }
                    errors++;
                  }
                }
              } else {
                const err38 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "#/$defs/appliedField/allOf/3/then/properties/value/oneOf/2/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema33.allOf[3].then.properties.value.oneOf[2].type, parentSchema: schema33.allOf[3].then.properties.value.oneOf[2], data: data8 };
                if (vErrors === null) {
                  vErrors = [err38];
                } else {
                  vErrors.push(err38);
                }
                errors++;
              }
              var _valid4 = _errs54 === errors;
              if (_valid4 && valid15) {
                valid15 = false;
                passing0 = [passing0, 2];
              } else {
                if (_valid4) {
                  valid15 = true;
                  passing0 = 2;
                  if (props3 !== true) {
                    props3 = true;
                  }
                }
              }
            }
            if (!valid15) {
              const err39 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "#/$defs/appliedField/allOf/3/then/properties/value/oneOf", keyword: "oneOf", params: { passingSchemas: passing0 }, message: "must match exactly one schema in oneOf", schema: schema33.allOf[3].then.properties.value.oneOf, parentSchema: schema33.allOf[3].then.properties.value, data: data8 };
              if (vErrors === null) {
                vErrors = [err39];
              } else {
                vErrors.push(err39);
              }
              errors++;
            } else {
              errors = _errs41;
              if (vErrors !== null) {
                if (_errs41) {
                  vErrors.length = _errs41;
                } else {
                  vErrors = null;
                }
              }
            }
          }
        } else {
          const err40 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/$defs/appliedField/allOf/3/then/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema33.allOf[3].then.type, parentSchema: schema33.allOf[3].then, data: data0 };
          if (vErrors === null) {
            vErrors = [err40];
          } else {
            vErrors.push(err40);
          }
          errors++;
        }
        var _valid3 = _errs38 === errors;
        valid12 = _valid3;
        if (valid12) {
          var props4 = {};
          props4.value = true;
          props4.path = true;
        }
      }
      if (!valid12) {
        const err41 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/$defs/appliedField/allOf/3/if", keyword: "if", params: { failingKeyword: "then" }, message: 'must match "then" schema', schema: schema33.allOf[3].if, parentSchema: schema33.allOf[3], data: data0 };
        if (vErrors === null) {
          vErrors = [err41];
        } else {
          vErrors.push(err41);
        }
        errors++;
      }
      if (props0 !== true && props4 !== void 0) {
        if (props4 === true) {
          props0 = true;
        } else {
          props0 = props0 || {};
          Object.assign(props0, props4);
        }
      }
      const _errs62 = errors;
      let valid19 = true;
      const _errs63 = errors;
      if (errors === _errs63) {
        if (data0 && typeof data0 == "object" && !Array.isArray(data0)) {
          if (data0.path !== void 0) {
            if ("base.scripts[]" !== data0.path) {
              const err42 = {};
              if (vErrors === null) {
                vErrors = [err42];
              } else {
                vErrors.push(err42);
              }
              errors++;
            }
          }
        } else {
          const err43 = {};
          if (vErrors === null) {
            vErrors = [err43];
          } else {
            vErrors.push(err43);
          }
          errors++;
        }
      }
      var _valid5 = _errs63 === errors;
      errors = _errs62;
      if (vErrors !== null) {
        if (_errs62) {
          vErrors.length = _errs62;
        } else {
          vErrors = null;
        }
      }
      if (_valid5) {
        const _errs66 = errors;
        if (data0 && typeof data0 == "object" && !Array.isArray(data0)) {
          if (data0.value !== void 0) {
            let data15 = data0.value;
            if (data15 && typeof data15 == "object" && !Array.isArray(data15)) {
              if (data15.path === void 0) {
                const err44 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "#/$defs/appliedField/allOf/4/then/properties/value/required", keyword: "required", params: { missingProperty: "path" }, message: "must have required property 'path'", schema: schema33.allOf[4].then.properties.value.required, parentSchema: schema33.allOf[4].then.properties.value, data: data15 };
                if (vErrors === null) {
                  vErrors = [err44];
                } else {
                  vErrors.push(err44);
                }
                errors++;
              }
              if (data15.sha256 === void 0) {
                const err45 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "#/$defs/appliedField/allOf/4/then/properties/value/required", keyword: "required", params: { missingProperty: "sha256" }, message: "must have required property 'sha256'", schema: schema33.allOf[4].then.properties.value.required, parentSchema: schema33.allOf[4].then.properties.value, data: data15 };
                if (vErrors === null) {
                  vErrors = [err45];
                } else {
                  vErrors.push(err45);
                }
                errors++;
              }
              for (const key4 in data15) {
                if (!(key4 === "path" || key4 === "sha256")) {
                  const err46 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "#/$defs/appliedField/allOf/4/then/properties/value/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key4 }, message: "must NOT have additional properties", schema: false, parentSchema: schema33.allOf[4].then.properties.value, data: data15 };
                  if (vErrors === null) {
                    vErrors = [err46];
                  } else {
                    vErrors.push(err46);
                  }
                  errors++;
                }
              }
              if (data15.path !== void 0) {
                let data16 = data15.path;
                if (typeof data16 !== "string") {
                  const err47 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/value/path", schemaPath: "#/$defs/appliedField/allOf/4/then/properties/value/properties/path/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema33.allOf[4].then.properties.value.properties.path.type, parentSchema: schema33.allOf[4].then.properties.value.properties.path, data: data16 };
                  if (vErrors === null) {
                    vErrors = [err47];
                  } else {
                    vErrors.push(err47);
                  }
                  errors++;
                }
              }
              if (data15.sha256 !== void 0) {
                let data17 = data15.sha256;
                if (typeof data17 === "string") {
                  if (!pattern10.test(data17)) {
                    const err48 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/value/sha256", schemaPath: "#/$defs/appliedField/allOf/4/then/properties/value/properties/sha256/pattern", keyword: "pattern", params: { pattern: "^[0-9a-f]{64}$" }, message: 'must match pattern "^[0-9a-f]{64}$"', schema: "^[0-9a-f]{64}$", parentSchema: schema33.allOf[4].then.properties.value.properties.sha256, data: data17 };
                    if (vErrors === null) {
                      vErrors = [err48];
                    } else {
                      vErrors.push(err48);
                    }
                    errors++;
                  }
                } else {
                  const err49 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/value/sha256", schemaPath: "#/$defs/appliedField/allOf/4/then/properties/value/properties/sha256/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema33.allOf[4].then.properties.value.properties.sha256.type, parentSchema: schema33.allOf[4].then.properties.value.properties.sha256, data: data17 };
                  if (vErrors === null) {
                    vErrors = [err49];
                  } else {
                    vErrors.push(err49);
                  }
                  errors++;
                }
              }
            } else {
              const err50 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "#/$defs/appliedField/allOf/4/then/properties/value/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema33.allOf[4].then.properties.value.type, parentSchema: schema33.allOf[4].then.properties.value, data: data15 };
              if (vErrors === null) {
                vErrors = [err50];
              } else {
                vErrors.push(err50);
              }
              errors++;
            }
          }
        } else {
          const err51 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/$defs/appliedField/allOf/4/then/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema33.allOf[4].then.type, parentSchema: schema33.allOf[4].then, data: data0 };
          if (vErrors === null) {
            vErrors = [err51];
          } else {
            vErrors.push(err51);
          }
          errors++;
        }
        var _valid5 = _errs66 === errors;
        valid19 = _valid5;
        if (valid19) {
          var props5 = {};
          props5.value = true;
          props5.path = true;
        }
      }
      if (!valid19) {
        const err52 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/$defs/appliedField/allOf/4/if", keyword: "if", params: { failingKeyword: "then" }, message: 'must match "then" schema', schema: schema33.allOf[4].if, parentSchema: schema33.allOf[4], data: data0 };
        if (vErrors === null) {
          vErrors = [err52];
        } else {
          vErrors.push(err52);
        }
        errors++;
      }
      if (props0 !== true && props5 !== void 0) {
        if (props5 === true) {
          props0 = true;
        } else {
          props0 = props0 || {};
          Object.assign(props0, props5);
        }
      }
      const _errs76 = errors;
      let valid23 = true;
      const _errs77 = errors;
      if (errors === _errs77) {
        if (data0 && typeof data0 == "object" && !Array.isArray(data0)) {
          if (data0.path !== void 0) {
            if ("mounts[]" !== data0.path) {
              const err53 = {};
              if (vErrors === null) {
                vErrors = [err53];
              } else {
                vErrors.push(err53);
              }
              errors++;
            }
          }
        } else {
          const err54 = {};
          if (vErrors === null) {
            vErrors = [err54];
          } else {
            vErrors.push(err54);
          }
          errors++;
        }
      }
      var _valid6 = _errs77 === errors;
      errors = _errs76;
      if (vErrors !== null) {
        if (_errs76) {
          vErrors.length = _errs76;
        } else {
          vErrors = null;
        }
      }
      if (_valid6) {
        const _errs80 = errors;
        if (data0 && typeof data0 == "object" && !Array.isArray(data0)) {
          if (data0.value !== void 0) {
            let data19 = data0.value;
            if (data19 && typeof data19 == "object" && !Array.isArray(data19)) {
              if (data19.host === void 0) {
                const err55 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "#/$defs/appliedField/allOf/5/then/properties/value/required", keyword: "required", params: { missingProperty: "host" }, message: "must have required property 'host'", schema: schema33.allOf[5].then.properties.value.required, parentSchema: schema33.allOf[5].then.properties.value, data: data19 };
                if (vErrors === null) {
                  vErrors = [err55];
                } else {
                  vErrors.push(err55);
                }
                errors++;
              }
              if (data19.guest === void 0) {
                const err56 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "#/$defs/appliedField/allOf/5/then/properties/value/required", keyword: "required", params: { missingProperty: "guest" }, message: "must have required property 'guest'", schema: schema33.allOf[5].then.properties.value.required, parentSchema: schema33.allOf[5].then.properties.value, data: data19 };
                if (vErrors === null) {
                  vErrors = [err56];
                } else {
                  vErrors.push(err56);
                }
                errors++;
              }
              if (data19.mode === void 0) {
                const err57 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "#/$defs/appliedField/allOf/5/then/properties/value/required", keyword: "required", params: { missingProperty: "mode" }, message: "must have required property 'mode'", schema: schema33.allOf[5].then.properties.value.required, parentSchema: schema33.allOf[5].then.properties.value, data: data19 };
                if (vErrors === null) {
                  vErrors = [err57];
                } else {
                  vErrors.push(err57);
                }
                errors++;
              }
              for (const key5 in data19) {
                if (!(key5 === "host" || key5 === "guest" || key5 === "mode")) {
                  const err58 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "#/$defs/appliedField/allOf/5/then/properties/value/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key5 }, message: "must NOT have additional properties", schema: false, parentSchema: schema33.allOf[5].then.properties.value, data: data19 };
                  if (vErrors === null) {
                    vErrors = [err58];
                  } else {
                    vErrors.push(err58);
                  }
                  errors++;
                }
              }
              if (data19.host !== void 0) {
                let data20 = data19.host;
                if (typeof data20 === "string") {
                  if (!pattern6.test(data20)) {
                    const err59 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/value/host", schemaPath: "#/$defs/appliedField/allOf/5/then/properties/value/properties/host/pattern", keyword: "pattern", params: { pattern: "^/" }, message: 'must match pattern "^/"', schema: "^/", parentSchema: schema33.allOf[5].then.properties.value.properties.host, data: data20 };
                    if (vErrors === null) {
                      vErrors = [err59];
                    } else {
                      vErrors.push(err59);
                    }
                    errors++;
                  }
                } else {
                  const err60 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/value/host", schemaPath: "#/$defs/appliedField/allOf/5/then/properties/value/properties/host/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema33.allOf[5].then.properties.value.properties.host.type, parentSchema: schema33.allOf[5].then.properties.value.properties.host, data: data20 };
                  if (vErrors === null) {
                    vErrors = [err60];
                  } else {
                    vErrors.push(err60);
                  }
                  errors++;
                }
              }
              if (data19.guest !== void 0) {
                let data21 = data19.guest;
                if (typeof data21 === "string") {
                  if (!pattern6.test(data21)) {
                    const err61 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/value/guest", schemaPath: "#/$defs/appliedField/allOf/5/then/properties/value/properties/guest/pattern", keyword: "pattern", params: { pattern: "^/" }, message: 'must match pattern "^/"', schema: "^/", parentSchema: schema33.allOf[5].then.properties.value.properties.guest, data: data21 };
                    if (vErrors === null) {
                      vErrors = [err61];
                    } else {
                      vErrors.push(err61);
                    }
                    errors++;
                  }
                } else {
                  const err62 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/value/guest", schemaPath: "#/$defs/appliedField/allOf/5/then/properties/value/properties/guest/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema33.allOf[5].then.properties.value.properties.guest.type, parentSchema: schema33.allOf[5].then.properties.value.properties.guest, data: data21 };
                  if (vErrors === null) {
                    vErrors = [err62];
                  } else {
                    vErrors.push(err62);
                  }
                  errors++;
                }
              }
              if (data19.mode !== void 0) {
                let data22 = data19.mode;
                if (!(data22 === "ro" || data22 === "rw")) {
                  const err63 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/value/mode", schemaPath: "#/$defs/appliedField/allOf/5/then/properties/value/properties/mode/enum", keyword: "enum", params: { allowedValues: schema33.allOf[5].then.properties.value.properties.mode.enum }, message: "must be equal to one of the allowed values", schema: schema33.allOf[5].then.properties.value.properties.mode.enum, parentSchema: schema33.allOf[5].then.properties.value.properties.mode, data: data22 };
                  if (vErrors === null) {
                    vErrors = [err63];
                  } else {
                    vErrors.push(err63);
                  }
                  errors++;
                }
              }
            } else {
              const err64 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "#/$defs/appliedField/allOf/5/then/properties/value/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema33.allOf[5].then.properties.value.type, parentSchema: schema33.allOf[5].then.properties.value, data: data19 };
              if (vErrors === null) {
                vErrors = [err64];
              } else {
                vErrors.push(err64);
              }
              errors++;
            }
          }
        } else {
          const err65 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/$defs/appliedField/allOf/5/then/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema33.allOf[5].then.type, parentSchema: schema33.allOf[5].then, data: data0 };
          if (vErrors === null) {
            vErrors = [err65];
          } else {
            vErrors.push(err65);
          }
          errors++;
        }
        var _valid6 = _errs80 === errors;
        valid23 = _valid6;
        if (valid23) {
          var props6 = {};
          props6.value = true;
          props6.path = true;
        }
      }
      if (!valid23) {
        const err66 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/$defs/appliedField/allOf/5/if", keyword: "if", params: { failingKeyword: "then" }, message: 'must match "then" schema', schema: schema33.allOf[5].if, parentSchema: schema33.allOf[5], data: data0 };
        if (vErrors === null) {
          vErrors = [err66];
        } else {
          vErrors.push(err66);
        }
        errors++;
      }
      if (props0 !== true && props6 !== void 0) {
        if (props6 === true) {
          props0 = true;
        } else {
          props0 = props0 || {};
          Object.assign(props0, props6);
        }
      }
      const _errs91 = errors;
      let valid27 = true;
      const _errs92 = errors;
      if (errors === _errs92) {
        if (data0 && typeof data0 == "object" && !Array.isArray(data0)) {
          if (data0.path !== void 0) {
            if ("ports[]" !== data0.path) {
              const err67 = {};
              if (vErrors === null) {
                vErrors = [err67];
              } else {
                vErrors.push(err67);
              }
              errors++;
            }
          }
        } else {
          const err68 = {};
          if (vErrors === null) {
            vErrors = [err68];
          } else {
            vErrors.push(err68);
          }
          errors++;
        }
      }
      var _valid7 = _errs92 === errors;
      errors = _errs91;
      if (vErrors !== null) {
        if (_errs91) {
          vErrors.length = _errs91;
        } else {
          vErrors = null;
        }
      }
      if (_valid7) {
        const _errs95 = errors;
        if (data0 && typeof data0 == "object" && !Array.isArray(data0)) {
          if (data0.value !== void 0) {
            let data24 = data0.value;
            if (data24 && typeof data24 == "object" && !Array.isArray(data24)) {
              if (data24.guest === void 0) {
                const err69 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "#/$defs/appliedField/allOf/6/then/properties/value/required", keyword: "required", params: { missingProperty: "guest" }, message: "must have required property 'guest'", schema: schema33.allOf[6].then.properties.value.required, parentSchema: schema33.allOf[6].then.properties.value, data: data24 };
                if (vErrors === null) {
                  vErrors = [err69];
                } else {
                  vErrors.push(err69);
                }
                errors++;
              }
              if (data24.host === void 0) {
                const err70 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "#/$defs/appliedField/allOf/6/then/properties/value/required", keyword: "required", params: { missingProperty: "host" }, message: "must have required property 'host'", schema: schema33.allOf[6].then.properties.value.required, parentSchema: schema33.allOf[6].then.properties.value, data: data24 };
                if (vErrors === null) {
                  vErrors = [err70];
                } else {
                  vErrors.push(err70);
                }
                errors++;
              }
              if (data24.address === void 0) {
                const err71 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "#/$defs/appliedField/allOf/6/then/properties/value/required", keyword: "required", params: { missingProperty: "address" }, message: "must have required property 'address'", schema: schema33.allOf[6].then.properties.value.required, parentSchema: schema33.allOf[6].then.properties.value, data: data24 };
                if (vErrors === null) {
                  vErrors = [err71];
                } else {
                  vErrors.push(err71);
                }
                errors++;
              }
              for (const key6 in data24) {
                if (!(key6 === "guest" || key6 === "host" || key6 === "address")) {
                  const err72 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "#/$defs/appliedField/allOf/6/then/properties/value/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key6 }, message: "must NOT have additional properties", schema: false, parentSchema: schema33.allOf[6].then.properties.value, data: data24 };
                  if (vErrors === null) {
                    vErrors = [err72];
                  } else {
                    vErrors.push(err72);
                  }
                  errors++;
                }
              }
              if (data24.guest !== void 0) {
                let data25 = data24.guest;
                if (!(typeof data25 == "number" && (!(data25 % 1) && !isNaN(data25)) && isFinite(data25))) {
                  const err73 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/value/guest", schemaPath: "#/$defs/appliedField/allOf/6/then/properties/value/properties/guest/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema33.allOf[6].then.properties.value.properties.guest.type, parentSchema: schema33.allOf[6].then.properties.value.properties.guest, data: data25 };
                  if (vErrors === null) {
                    vErrors = [err73];
                  } else {
                    vErrors.push(err73);
                  }
                  errors++;
                }
                if (typeof data25 == "number" && isFinite(data25)) {
                  if (data25 > 65535 || isNaN(data25)) {
                    const err74 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/value/guest", schemaPath: "#/$defs/appliedField/allOf/6/then/properties/value/properties/guest/maximum", keyword: "maximum", params: { comparison: "<=", limit: 65535 }, message: "must be <= 65535", schema: 65535, parentSchema: schema33.allOf[6].then.properties.value.properties.guest, data: data25 };
                    if (vErrors === null) {
                      vErrors = [err74];
                    } else {
                      vErrors.push(err74);
                    }
                    errors++;
                  }
                  if (data25 < 1 || isNaN(data25)) {
                    const err75 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/value/guest", schemaPath: "#/$defs/appliedField/allOf/6/then/properties/value/properties/guest/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1", schema: 1, parentSchema: schema33.allOf[6].then.properties.value.properties.guest, data: data25 };
                    if (vErrors === null) {
                      vErrors = [err75];
                    } else {
                      vErrors.push(err75);
                    }
                    errors++;
                  }
                }
              }
              if (data24.host !== void 0) {
                let data26 = data24.host;
                const _errs103 = errors;
                let valid31 = false;
                let passing1 = null;
                const _errs104 = errors;
                if ("auto" !== data26) {
                  const err76 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/value/host", schemaPath: "#/$defs/appliedField/allOf/6/then/properties/value/properties/host/oneOf/0/const", keyword: "const", params: { allowedValue: "auto" }, message: "must be equal to constant", schema: "auto", parentSchema: schema33.allOf[6].then.properties.value.properties.host.oneOf[0], data: data26 };
                  if (vErrors === null) {
                    vErrors = [err76];
                  } else {
                    vErrors.push(err76);
                  }
                  errors++;
                }
                var _valid8 = _errs104 === errors;
                if (_valid8) {
                  valid31 = true;
                  passing1 = 0;
                }
                const _errs105 = errors;
                if (!(typeof data26 == "number" && (!(data26 % 1) && !isNaN(data26)) && isFinite(data26))) {
                  const err77 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/value/host", schemaPath: "#/$defs/appliedField/allOf/6/then/properties/value/properties/host/oneOf/1/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema33.allOf[6].then.properties.value.properties.host.oneOf[1].type, parentSchema: schema33.allOf[6].then.properties.value.properties.host.oneOf[1], data: data26 };
                  if (vErrors === null) {
                    vErrors = [err77];
                  } else {
                    vErrors.push(err77);
                  }
                  errors++;
                }
                if (typeof data26 == "number" && isFinite(data26)) {
                  if (data26 > 65535 || isNaN(data26)) {
                    const err78 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/value/host", schemaPath: "#/$defs/appliedField/allOf/6/then/properties/value/properties/host/oneOf/1/maximum", keyword: "maximum", params: { comparison: "<=", limit: 65535 }, message: "must be <= 65535", schema: 65535, parentSchema: schema33.allOf[6].then.properties.value.properties.host.oneOf[1], data: data26 };
                    if (vErrors === null) {
                      vErrors = [err78];
                    } else {
                      vErrors.push(err78);
                    }
                    errors++;
                  }
                  if (data26 < 1 || isNaN(data26)) {
                    const err79 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/value/host", schemaPath: "#/$defs/appliedField/allOf/6/then/properties/value/properties/host/oneOf/1/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1", schema: 1, parentSchema: schema33.allOf[6].then.properties.value.properties.host.oneOf[1], data: data26 };
                    if (vErrors === null) {
                      vErrors = [err79];
                    } else {
                      vErrors.push(err79);
                    }
                    errors++;
                  }
                }
                var _valid8 = _errs105 === errors;
                if (_valid8 && valid31) {
                  valid31 = false;
                  passing1 = [passing1, 1];
                } else {
                  if (_valid8) {
                    valid31 = true;
                    passing1 = 1;
                  }
                }
                if (!valid31) {
                  const err80 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/value/host", schemaPath: "#/$defs/appliedField/allOf/6/then/properties/value/properties/host/oneOf", keyword: "oneOf", params: { passingSchemas: passing1 }, message: "must match exactly one schema in oneOf", schema: schema33.allOf[6].then.properties.value.properties.host.oneOf, parentSchema: schema33.allOf[6].then.properties.value.properties.host, data: data26 };
                  if (vErrors === null) {
                    vErrors = [err80];
                  } else {
                    vErrors.push(err80);
                  }
                  errors++;
                } else {
                  errors = _errs103;
                  if (vErrors !== null) {
                    if (_errs103) {
                      vErrors.length = _errs103;
                    } else {
                      vErrors = null;
                    }
                  }
                }
              }
              if (data24.address !== void 0) {
                let data27 = data24.address;
                if (typeof data27 !== "string") {
                  const err81 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/value/address", schemaPath: "#/$defs/appliedField/allOf/6/then/properties/value/properties/address/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema33.allOf[6].then.properties.value.properties.address.type, parentSchema: schema33.allOf[6].then.properties.value.properties.address, data: data27 };
                  if (vErrors === null) {
                    vErrors = [err81];
                  } else {
                    vErrors.push(err81);
                  }
                  errors++;
                }
              }
            } else {
              const err82 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "#/$defs/appliedField/allOf/6/then/properties/value/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema33.allOf[6].then.properties.value.type, parentSchema: schema33.allOf[6].then.properties.value, data: data24 };
              if (vErrors === null) {
                vErrors = [err82];
              } else {
                vErrors.push(err82);
              }
              errors++;
            }
          }
        } else {
          const err83 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/$defs/appliedField/allOf/6/then/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema33.allOf[6].then.type, parentSchema: schema33.allOf[6].then, data: data0 };
          if (vErrors === null) {
            vErrors = [err83];
          } else {
            vErrors.push(err83);
          }
          errors++;
        }
        var _valid7 = _errs95 === errors;
        valid27 = _valid7;
        if (valid27) {
          var props7 = {};
          props7.value = true;
          props7.path = true;
        }
      }
      if (!valid27) {
        const err84 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/$defs/appliedField/allOf/6/if", keyword: "if", params: { failingKeyword: "then" }, message: 'must match "then" schema', schema: schema33.allOf[6].if, parentSchema: schema33.allOf[6], data: data0 };
        if (vErrors === null) {
          vErrors = [err84];
        } else {
          vErrors.push(err84);
        }
        errors++;
      }
      if (props0 !== true && props7 !== void 0) {
        if (props7 === true) {
          props0 = true;
        } else {
          props0 = props0 || {};
          Object.assign(props0, props7);
        }
      }
      const _errs110 = errors;
      let valid32 = true;
      const _errs111 = errors;
      if (errors === _errs111) {
        if (data0 && typeof data0 == "object" && !Array.isArray(data0)) {
          if (data0.path !== void 0) {
            if ("env[]" !== data0.path) {
              const err85 = {};
              if (vErrors === null) {
                vErrors = [err85];
              } else {
                vErrors.push(err85);
              }
              errors++;
            }
          }
        } else {
          const err86 = {};
          if (vErrors === null) {
            vErrors = [err86];
          } else {
            vErrors.push(err86);
          }
          errors++;
        }
      }
      var _valid9 = _errs111 === errors;
      errors = _errs110;
      if (vErrors !== null) {
        if (_errs110) {
          vErrors.length = _errs110;
        } else {
          vErrors = null;
        }
      }
      if (_valid9) {
        const _errs114 = errors;
        if (data0 && typeof data0 == "object" && !Array.isArray(data0)) {
          if (data0.value !== void 0) {
            let data29 = data0.value;
            if (data29 && typeof data29 == "object" && !Array.isArray(data29)) {
              if (data29.digest === void 0) {
                const err87 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "#/$defs/appliedField/allOf/7/then/properties/value/required", keyword: "required", params: { missingProperty: "digest" }, message: "must have required property 'digest'", schema: schema33.allOf[7].then.properties.value.required, parentSchema: schema33.allOf[7].then.properties.value, data: data29 };
                if (vErrors === null) {
                  vErrors = [err87];
                } else {
                  vErrors.push(err87);
                }
                errors++;
              }
              for (const key7 in data29) {
                if (!(key7 === "digest")) {
                  const err88 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "#/$defs/appliedField/allOf/7/then/properties/value/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key7 }, message: "must NOT have additional properties", schema: false, parentSchema: schema33.allOf[7].then.properties.value, data: data29 };
                  if (vErrors === null) {
                    vErrors = [err88];
                  } else {
                    vErrors.push(err88);
                  }
                  errors++;
                }
              }
              if (data29.digest !== void 0) {
                let data30 = data29.digest;
                if (typeof data30 === "string") {
                  if (!pattern10.test(data30)) {
                    const err89 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/value/digest", schemaPath: "#/$defs/appliedField/allOf/7/then/properties/value/properties/digest/pattern", keyword: "pattern", params: { pattern: "^[0-9a-f]{64}$" }, message: 'must match pattern "^[0-9a-f]{64}$"', schema: "^[0-9a-f]{64}$", parentSchema: schema33.allOf[7].then.properties.value.properties.digest, data: data30 };
                    if (vErrors === null) {
                      vErrors = [err89];
                    } else {
                      vErrors.push(err89);
                    }
                    errors++;
                  }
                } else {
                  const err90 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/value/digest", schemaPath: "#/$defs/appliedField/allOf/7/then/properties/value/properties/digest/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema33.allOf[7].then.properties.value.properties.digest.type, parentSchema: schema33.allOf[7].then.properties.value.properties.digest, data: data30 };
                  if (vErrors === null) {
                    vErrors = [err90];
                  } else {
                    vErrors.push(err90);
                  }
                  errors++;
                }
              }
            } else {
              const err91 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "#/$defs/appliedField/allOf/7/then/properties/value/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema33.allOf[7].then.properties.value.type, parentSchema: schema33.allOf[7].then.properties.value, data: data29 };
              if (vErrors === null) {
                vErrors = [err91];
              } else {
                vErrors.push(err91);
              }
              errors++;
            }
          }
        } else {
          const err92 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/$defs/appliedField/allOf/7/then/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema33.allOf[7].then.type, parentSchema: schema33.allOf[7].then, data: data0 };
          if (vErrors === null) {
            vErrors = [err92];
          } else {
            vErrors.push(err92);
          }
          errors++;
        }
        var _valid9 = _errs114 === errors;
        valid32 = _valid9;
        if (valid32) {
          var props8 = {};
          props8.value = true;
          props8.path = true;
        }
      }
      if (!valid32) {
        const err93 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/$defs/appliedField/allOf/7/if", keyword: "if", params: { failingKeyword: "then" }, message: 'must match "then" schema', schema: schema33.allOf[7].if, parentSchema: schema33.allOf[7], data: data0 };
        if (vErrors === null) {
          vErrors = [err93];
        } else {
          vErrors.push(err93);
        }
        errors++;
      }
      if (props0 !== true && props8 !== void 0) {
        if (props8 === true) {
          props0 = true;
        } else {
          props0 = props0 || {};
          Object.assign(props0, props8);
        }
      }
      if (data0 && typeof data0 == "object" && !Array.isArray(data0)) {
        if (data0.path === void 0) {
          const err94 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/$defs/appliedField/required", keyword: "required", params: { missingProperty: "path" }, message: "must have required property 'path'", schema: schema33.required, parentSchema: schema33, data: data0 };
          if (vErrors === null) {
            vErrors = [err94];
          } else {
            vErrors.push(err94);
          }
          errors++;
        }
        if (data0.value === void 0) {
          const err95 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/$defs/appliedField/required", keyword: "required", params: { missingProperty: "value" }, message: "must have required property 'value'", schema: schema33.required, parentSchema: schema33, data: data0 };
          if (vErrors === null) {
            vErrors = [err95];
          } else {
            vErrors.push(err95);
          }
          errors++;
        }
        for (const key8 in data0) {
          if (!(key8 === "path" || key8 === "key" || key8 === "value" || key8 === "resolved" || key8 === "isDefault" || key8 === "isAdopted" || key8 === "isUndone" || key8 === "isUncertain")) {
            const err96 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/$defs/appliedField/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key8 }, message: "must NOT have additional properties", schema: false, parentSchema: schema33, data: data0 };
            if (vErrors === null) {
              vErrors = [err96];
            } else {
              vErrors.push(err96);
            }
            errors++;
          }
        }
        if (data0.path !== void 0) {
          let data31 = data0.path;
          if (!(data31 === "name" || data31 === "driver" || data31 === "agent" || data31 === "agents[].version" || data31 === "agents[].args" || data31 === "agents[].autonomy" || data31 === "agents[].config" || data31 === "agents[].configDirs" || data31 === "base.image" || data31 === "base.packages[]" || data31 === "base.scripts[]" || data31 === "resources.cpus" || data31 === "resources.memory" || data31 === "resources.disk" || data31 === "workspace.guestPath" || data31 === "workspace.mode" || data31 === "workspace.shadow[]" || data31 === "workspace.protect[]" || data31 === "mounts[]" || data31 === "volumes[]" || data31 === "ports[]" || data31 === "env[]" || data31 === "secrets[]" || data31 === "identity.gitconfig" || data31 === "identity.gitCredentials" || data31 === "identity.gh" || data31 === "identity.ssh" || data31 === "network.egress" || data31 === "network.ports[]" || data31 === "network.hostPorts[]" || data31 === "services[]" || data31 === "environment" || data31 === "lifecycle.onExit" || data31 === "lifecycle.idle" || data31 === "lifecycle.protect" || data31 === "drift.policy" || data31 === "snapshots.keep" || data31 === "snapshots.maxSize" || data31 === "labels[]")) {
            const err97 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/path", schemaPath: "#/$defs/appliedField/properties/path/enum", keyword: "enum", params: { allowedValues: schema33.properties.path.enum }, message: "must be equal to one of the allowed values", schema: schema33.properties.path.enum, parentSchema: schema33.properties.path, data: data31 };
            if (vErrors === null) {
              vErrors = [err97];
            } else {
              vErrors.push(err97);
            }
            errors++;
          }
        }
        if (data0.key !== void 0) {
          let data32 = data0.key;
          if (typeof data32 !== "string") {
            const err98 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/key", schemaPath: "#/$defs/appliedField/properties/key/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema33.properties.key.type, parentSchema: schema33.properties.key, data: data32 };
            if (vErrors === null) {
              vErrors = [err98];
            } else {
              vErrors.push(err98);
            }
            errors++;
          }
        }
        if (data0.value !== void 0) {
          let data33 = data0.value;
          if (typeof data33 != "object" && typeof data33 !== "boolean" && !(typeof data33 == "number" && isFinite(data33)) && typeof data33 !== "string") {
            const err99 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "#/$defs/appliedField/properties/value/type", keyword: "type", params: { type: schema33.properties.value.type }, message: "must be null,boolean,number,string,array,object", schema: schema33.properties.value.type, parentSchema: schema33.properties.value, data: data33 };
            if (vErrors === null) {
              vErrors = [err99];
            } else {
              vErrors.push(err99);
            }
            errors++;
          }
        }
        if (data0.resolved !== void 0) {
          let data34 = data0.resolved;
          if (typeof data34 != "object" && typeof data34 !== "boolean" && !(typeof data34 == "number" && isFinite(data34)) && typeof data34 !== "string") {
            const err100 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/resolved", schemaPath: "#/$defs/appliedField/properties/resolved/type", keyword: "type", params: { type: schema33.properties.resolved.type }, message: "must be null,boolean,number,string,array,object", schema: schema33.properties.resolved.type, parentSchema: schema33.properties.resolved, data: data34 };
            if (vErrors === null) {
              vErrors = [err100];
            } else {
              vErrors.push(err100);
            }
            errors++;
          }
        }
        if (data0.isDefault !== void 0) {
          let data35 = data0.isDefault;
          if (true !== data35) {
            const err101 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/isDefault", schemaPath: "#/$defs/appliedField/properties/isDefault/const", keyword: "const", params: { allowedValue: true }, message: "must be equal to constant", schema: true, parentSchema: schema33.properties.isDefault, data: data35 };
            if (vErrors === null) {
              vErrors = [err101];
            } else {
              vErrors.push(err101);
            }
            errors++;
          }
        }
        if (data0.isAdopted !== void 0) {
          let data36 = data0.isAdopted;
          if (true !== data36) {
            const err102 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/isAdopted", schemaPath: "#/$defs/appliedField/properties/isAdopted/const", keyword: "const", params: { allowedValue: true }, message: "must be equal to constant", schema: true, parentSchema: schema33.properties.isAdopted, data: data36 };
            if (vErrors === null) {
              vErrors = [err102];
            } else {
              vErrors.push(err102);
            }
            errors++;
          }
        }
        if (data0.isUndone !== void 0) {
          let data37 = data0.isUndone;
          if (true !== data37) {
            const err103 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/isUndone", schemaPath: "#/$defs/appliedField/properties/isUndone/const", keyword: "const", params: { allowedValue: true }, message: "must be equal to constant", schema: true, parentSchema: schema33.properties.isUndone, data: data37 };
            if (vErrors === null) {
              vErrors = [err103];
            } else {
              vErrors.push(err103);
            }
            errors++;
          }
        }
        if (data0.isUncertain !== void 0) {
          let data38 = data0.isUncertain;
          if (true !== data38) {
            const err104 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1") + "/isUncertain", schemaPath: "#/$defs/appliedField/properties/isUncertain/const", keyword: "const", params: { allowedValue: true }, message: "must be equal to constant", schema: true, parentSchema: schema33.properties.isUncertain, data: data38 };
            if (vErrors === null) {
              vErrors = [err104];
            } else {
              vErrors.push(err104);
            }
            errors++;
          }
        }
      } else {
        const err105 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/$defs/appliedField/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema33.type, parentSchema: schema33, data: data0 };
        if (vErrors === null) {
          vErrors = [err105];
        } else {
          vErrors.push(err105);
        }
        errors++;
      }
    }
  } else {
    const err106 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema32.type, parentSchema: schema32, data };
    if (vErrors === null) {
      vErrors = [err106];
    } else {
      vErrors.push(err106);
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
    if (data.format === void 0) {
      const err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "format" }, message: "must have required property 'format'", schema: schema31.required, parentSchema: schema31, data };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    if (data.release === void 0) {
      const err1 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "release" }, message: "must have required property 'release'", schema: schema31.required, parentSchema: schema31, data };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
    if (data.id === void 0) {
      const err2 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "id" }, message: "must have required property 'id'", schema: schema31.required, parentSchema: schema31, data };
      if (vErrors === null) {
        vErrors = [err2];
      } else {
        vErrors.push(err2);
      }
      errors++;
    }
    if (data.lineage === void 0) {
      const err3 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "lineage" }, message: "must have required property 'lineage'", schema: schema31.required, parentSchema: schema31, data };
      if (vErrors === null) {
        vErrors = [err3];
      } else {
        vErrors.push(err3);
      }
      errors++;
    }
    if (data.serial === void 0) {
      const err4 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "serial" }, message: "must have required property 'serial'", schema: schema31.required, parentSchema: schema31, data };
      if (vErrors === null) {
        vErrors = [err4];
      } else {
        vErrors.push(err4);
      }
      errors++;
    }
    if (data.name === void 0) {
      const err5 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "name" }, message: "must have required property 'name'", schema: schema31.required, parentSchema: schema31, data };
      if (vErrors === null) {
        vErrors = [err5];
      } else {
        vErrors.push(err5);
      }
      errors++;
    }
    if (data.driver === void 0) {
      const err6 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "driver" }, message: "must have required property 'driver'", schema: schema31.required, parentSchema: schema31, data };
      if (vErrors === null) {
        vErrors = [err6];
      } else {
        vErrors.push(err6);
      }
      errors++;
    }
    if (data.project === void 0) {
      const err7 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "project" }, message: "must have required property 'project'", schema: schema31.required, parentSchema: schema31, data };
      if (vErrors === null) {
        vErrors = [err7];
      } else {
        vErrors.push(err7);
      }
      errors++;
    }
    if (data.manifestPath === void 0) {
      const err8 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "manifestPath" }, message: "must have required property 'manifestPath'", schema: schema31.required, parentSchema: schema31, data };
      if (vErrors === null) {
        vErrors = [err8];
      } else {
        vErrors.push(err8);
      }
      errors++;
    }
    if (data.phase === void 0) {
      const err9 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "phase" }, message: "must have required property 'phase'", schema: schema31.required, parentSchema: schema31, data };
      if (vErrors === null) {
        vErrors = [err9];
      } else {
        vErrors.push(err9);
      }
      errors++;
    }
    if (data.createdAt === void 0) {
      const err10 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "createdAt" }, message: "must have required property 'createdAt'", schema: schema31.required, parentSchema: schema31, data };
      if (vErrors === null) {
        vErrors = [err10];
      } else {
        vErrors.push(err10);
      }
      errors++;
    }
    if (data.appliedAt === void 0) {
      const err11 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "appliedAt" }, message: "must have required property 'appliedAt'", schema: schema31.required, parentSchema: schema31, data };
      if (vErrors === null) {
        vErrors = [err11];
      } else {
        vErrors.push(err11);
      }
      errors++;
    }
    if (data.revision === void 0) {
      const err12 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "revision" }, message: "must have required property 'revision'", schema: schema31.required, parentSchema: schema31, data };
      if (vErrors === null) {
        vErrors = [err12];
      } else {
        vErrors.push(err12);
      }
      errors++;
    }
    if (data.fields === void 0) {
      const err13 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "fields" }, message: "must have required property 'fields'", schema: schema31.required, parentSchema: schema31, data };
      if (vErrors === null) {
        vErrors = [err13];
      } else {
        vErrors.push(err13);
      }
      errors++;
    }
    if (data.driverState === void 0) {
      const err14 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "driverState" }, message: "must have required property 'driverState'", schema: schema31.required, parentSchema: schema31, data };
      if (vErrors === null) {
        vErrors = [err14];
      } else {
        vErrors.push(err14);
      }
      errors++;
    }
    if (data.lastStep === void 0) {
      const err15 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "lastStep" }, message: "must have required property 'lastStep'", schema: schema31.required, parentSchema: schema31, data };
      if (vErrors === null) {
        vErrors = [err15];
      } else {
        vErrors.push(err15);
      }
      errors++;
    }
    if (data.unprovenRoot === void 0) {
      const err16 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "unprovenRoot" }, message: "must have required property 'unprovenRoot'", schema: schema31.required, parentSchema: schema31, data };
      if (vErrors === null) {
        vErrors = [err16];
      } else {
        vErrors.push(err16);
      }
      errors++;
    }
    for (const key0 in data) {
      if (!func1.call(schema31.properties, key0)) {
        const err17 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties", schema: false, parentSchema: schema31, data };
        if (vErrors === null) {
          vErrors = [err17];
        } else {
          vErrors.push(err17);
        }
        errors++;
      }
    }
    if (data.format !== void 0) {
      let data0 = data.format;
      if (2 !== data0) {
        const err18 = { instancePath: instancePath + "/format", schemaPath: "#/properties/format/const", keyword: "const", params: { allowedValue: 2 }, message: "must be equal to constant", schema: 2, parentSchema: schema31.properties.format, data: data0 };
        if (vErrors === null) {
          vErrors = [err18];
        } else {
          vErrors.push(err18);
        }
        errors++;
      }
    }
    if (data.release !== void 0) {
      let data1 = data.release;
      if (typeof data1 === "string") {
        if (func2(data1) < 1) {
          const err19 = { instancePath: instancePath + "/release", schemaPath: "#/properties/release/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema31.properties.release, data: data1 };
          if (vErrors === null) {
            vErrors = [err19];
          } else {
            vErrors.push(err19);
          }
          errors++;
        }
      } else {
        const err20 = { instancePath: instancePath + "/release", schemaPath: "#/properties/release/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema31.properties.release.type, parentSchema: schema31.properties.release, data: data1 };
        if (vErrors === null) {
          vErrors = [err20];
        } else {
          vErrors.push(err20);
        }
        errors++;
      }
    }
    if (data.id !== void 0) {
      let data2 = data.id;
      if (typeof data2 === "string") {
        if (!pattern4.test(data2)) {
          const err21 = { instancePath: instancePath + "/id", schemaPath: "#/properties/id/pattern", keyword: "pattern", params: { pattern: "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$" }, message: 'must match pattern "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"', schema: "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", parentSchema: schema31.properties.id, data: data2 };
          if (vErrors === null) {
            vErrors = [err21];
          } else {
            vErrors.push(err21);
          }
          errors++;
        }
      } else {
        const err22 = { instancePath: instancePath + "/id", schemaPath: "#/properties/id/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema31.properties.id.type, parentSchema: schema31.properties.id, data: data2 };
        if (vErrors === null) {
          vErrors = [err22];
        } else {
          vErrors.push(err22);
        }
        errors++;
      }
    }
    if (data.lineage !== void 0) {
      let data3 = data.lineage;
      if (typeof data3 === "string") {
        if (!pattern5.test(data3)) {
          const err23 = { instancePath: instancePath + "/lineage", schemaPath: "#/properties/lineage/pattern", keyword: "pattern", params: { pattern: "^[0-9a-f]{8}$" }, message: 'must match pattern "^[0-9a-f]{8}$"', schema: "^[0-9a-f]{8}$", parentSchema: schema31.properties.lineage, data: data3 };
          if (vErrors === null) {
            vErrors = [err23];
          } else {
            vErrors.push(err23);
          }
          errors++;
        }
      } else {
        const err24 = { instancePath: instancePath + "/lineage", schemaPath: "#/properties/lineage/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema31.properties.lineage.type, parentSchema: schema31.properties.lineage, data: data3 };
        if (vErrors === null) {
          vErrors = [err24];
        } else {
          vErrors.push(err24);
        }
        errors++;
      }
    }
    if (data.serial !== void 0) {
      let data4 = data.serial;
      if (!(typeof data4 == "number" && (!(data4 % 1) && !isNaN(data4)) && isFinite(data4))) {
        const err25 = { instancePath: instancePath + "/serial", schemaPath: "#/properties/serial/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema31.properties.serial.type, parentSchema: schema31.properties.serial, data: data4 };
        if (vErrors === null) {
          vErrors = [err25];
        } else {
          vErrors.push(err25);
        }
        errors++;
      }
      if (typeof data4 == "number" && isFinite(data4)) {
        if (data4 < 0 || isNaN(data4)) {
          const err26 = { instancePath: instancePath + "/serial", schemaPath: "#/properties/serial/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0", schema: 0, parentSchema: schema31.properties.serial, data: data4 };
          if (vErrors === null) {
            vErrors = [err26];
          } else {
            vErrors.push(err26);
          }
          errors++;
        }
      }
    }
    if (data.name !== void 0) {
      let data5 = data.name;
      if (typeof data5 === "string") {
        if (func2(data5) < 1) {
          const err27 = { instancePath: instancePath + "/name", schemaPath: "#/properties/name/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema31.properties.name, data: data5 };
          if (vErrors === null) {
            vErrors = [err27];
          } else {
            vErrors.push(err27);
          }
          errors++;
        }
      } else {
        const err28 = { instancePath: instancePath + "/name", schemaPath: "#/properties/name/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema31.properties.name.type, parentSchema: schema31.properties.name, data: data5 };
        if (vErrors === null) {
          vErrors = [err28];
        } else {
          vErrors.push(err28);
        }
        errors++;
      }
    }
    if (data.driver !== void 0) {
      let data6 = data.driver;
      if (!(data6 === "qemu" || data6 === "lima" || data6 === "vfkit" || data6 === "incus" || data6 === "fake")) {
        const err29 = { instancePath: instancePath + "/driver", schemaPath: "#/properties/driver/enum", keyword: "enum", params: { allowedValues: schema31.properties.driver.enum }, message: "must be equal to one of the allowed values", schema: schema31.properties.driver.enum, parentSchema: schema31.properties.driver, data: data6 };
        if (vErrors === null) {
          vErrors = [err29];
        } else {
          vErrors.push(err29);
        }
        errors++;
      }
    }
    if (data.project !== void 0) {
      let data7 = data.project;
      if (data7 && typeof data7 == "object" && !Array.isArray(data7)) {
        if (data7.realPath === void 0) {
          const err30 = { instancePath: instancePath + "/project", schemaPath: "#/properties/project/required", keyword: "required", params: { missingProperty: "realPath" }, message: "must have required property 'realPath'", schema: schema31.properties.project.required, parentSchema: schema31.properties.project, data: data7 };
          if (vErrors === null) {
            vErrors = [err30];
          } else {
            vErrors.push(err30);
          }
          errors++;
        }
        if (data7.device === void 0) {
          const err31 = { instancePath: instancePath + "/project", schemaPath: "#/properties/project/required", keyword: "required", params: { missingProperty: "device" }, message: "must have required property 'device'", schema: schema31.properties.project.required, parentSchema: schema31.properties.project, data: data7 };
          if (vErrors === null) {
            vErrors = [err31];
          } else {
            vErrors.push(err31);
          }
          errors++;
        }
        if (data7.inode === void 0) {
          const err32 = { instancePath: instancePath + "/project", schemaPath: "#/properties/project/required", keyword: "required", params: { missingProperty: "inode" }, message: "must have required property 'inode'", schema: schema31.properties.project.required, parentSchema: schema31.properties.project, data: data7 };
          if (vErrors === null) {
            vErrors = [err32];
          } else {
            vErrors.push(err32);
          }
          errors++;
        }
        for (const key1 in data7) {
          if (!(key1 === "realPath" || key1 === "device" || key1 === "inode")) {
            const err33 = { instancePath: instancePath + "/project", schemaPath: "#/properties/project/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key1 }, message: "must NOT have additional properties", schema: false, parentSchema: schema31.properties.project, data: data7 };
            if (vErrors === null) {
              vErrors = [err33];
            } else {
              vErrors.push(err33);
            }
            errors++;
          }
        }
        if (data7.realPath !== void 0) {
          let data8 = data7.realPath;
          if (typeof data8 === "string") {
            if (!pattern6.test(data8)) {
              const err34 = { instancePath: instancePath + "/project/realPath", schemaPath: "#/properties/project/properties/realPath/pattern", keyword: "pattern", params: { pattern: "^/" }, message: 'must match pattern "^/"', schema: "^/", parentSchema: schema31.properties.project.properties.realPath, data: data8 };
              if (vErrors === null) {
                vErrors = [err34];
              } else {
                vErrors.push(err34);
              }
              errors++;
            }
          } else {
            const err35 = { instancePath: instancePath + "/project/realPath", schemaPath: "#/properties/project/properties/realPath/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema31.properties.project.properties.realPath.type, parentSchema: schema31.properties.project.properties.realPath, data: data8 };
            if (vErrors === null) {
              vErrors = [err35];
            } else {
              vErrors.push(err35);
            }
            errors++;
          }
        }
        if (data7.device !== void 0) {
          let data9 = data7.device;
          if (!(typeof data9 == "number" && (!(data9 % 1) && !isNaN(data9)) && isFinite(data9))) {
            const err36 = { instancePath: instancePath + "/project/device", schemaPath: "#/properties/project/properties/device/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema31.properties.project.properties.device.type, parentSchema: schema31.properties.project.properties.device, data: data9 };
            if (vErrors === null) {
              vErrors = [err36];
            } else {
              vErrors.push(err36);
            }
            errors++;
          }
        }
        if (data7.inode !== void 0) {
          let data10 = data7.inode;
          if (!(typeof data10 == "number" && (!(data10 % 1) && !isNaN(data10)) && isFinite(data10))) {
            const err37 = { instancePath: instancePath + "/project/inode", schemaPath: "#/properties/project/properties/inode/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema31.properties.project.properties.inode.type, parentSchema: schema31.properties.project.properties.inode, data: data10 };
            if (vErrors === null) {
              vErrors = [err37];
            } else {
              vErrors.push(err37);
            }
            errors++;
          }
        }
      } else {
        const err38 = { instancePath: instancePath + "/project", schemaPath: "#/properties/project/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema31.properties.project.type, parentSchema: schema31.properties.project, data: data7 };
        if (vErrors === null) {
          vErrors = [err38];
        } else {
          vErrors.push(err38);
        }
        errors++;
      }
    }
    if (data.manifestPath !== void 0) {
      let data11 = data.manifestPath;
      if (typeof data11 === "string") {
        if (!pattern6.test(data11)) {
          const err39 = { instancePath: instancePath + "/manifestPath", schemaPath: "#/properties/manifestPath/pattern", keyword: "pattern", params: { pattern: "^/" }, message: 'must match pattern "^/"', schema: "^/", parentSchema: schema31.properties.manifestPath, data: data11 };
          if (vErrors === null) {
            vErrors = [err39];
          } else {
            vErrors.push(err39);
          }
          errors++;
        }
      } else {
        const err40 = { instancePath: instancePath + "/manifestPath", schemaPath: "#/properties/manifestPath/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema31.properties.manifestPath.type, parentSchema: schema31.properties.manifestPath, data: data11 };
        if (vErrors === null) {
          vErrors = [err40];
        } else {
          vErrors.push(err40);
        }
        errors++;
      }
    }
    if (data.phase !== void 0) {
      let data12 = data.phase;
      if (!(data12 === "creating" || data12 === "ready" || data12 === "deleting")) {
        const err41 = { instancePath: instancePath + "/phase", schemaPath: "#/properties/phase/enum", keyword: "enum", params: { allowedValues: schema31.properties.phase.enum }, message: "must be equal to one of the allowed values", schema: schema31.properties.phase.enum, parentSchema: schema31.properties.phase, data: data12 };
        if (vErrors === null) {
          vErrors = [err41];
        } else {
          vErrors.push(err41);
        }
        errors++;
      }
    }
    if (data.createdAt !== void 0) {
      let data13 = data.createdAt;
      if (typeof data13 === "string") {
        if (!formats0.validate(data13)) {
          const err42 = { instancePath: instancePath + "/createdAt", schemaPath: "#/properties/createdAt/format", keyword: "format", params: { format: "date-time" }, message: 'must match format "date-time"', schema: "date-time", parentSchema: schema31.properties.createdAt, data: data13 };
          if (vErrors === null) {
            vErrors = [err42];
          } else {
            vErrors.push(err42);
          }
          errors++;
        }
      } else {
        const err43 = { instancePath: instancePath + "/createdAt", schemaPath: "#/properties/createdAt/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema31.properties.createdAt.type, parentSchema: schema31.properties.createdAt, data: data13 };
        if (vErrors === null) {
          vErrors = [err43];
        } else {
          vErrors.push(err43);
        }
        errors++;
      }
    }
    if (data.appliedAt !== void 0) {
      let data14 = data.appliedAt;
      if (typeof data14 !== "string" && data14 !== null) {
        const err44 = { instancePath: instancePath + "/appliedAt", schemaPath: "#/properties/appliedAt/type", keyword: "type", params: { type: schema31.properties.appliedAt.type }, message: "must be string,null", schema: schema31.properties.appliedAt.type, parentSchema: schema31.properties.appliedAt, data: data14 };
        if (vErrors === null) {
          vErrors = [err44];
        } else {
          vErrors.push(err44);
        }
        errors++;
      }
      if (typeof data14 === "string") {
        if (!formats0.validate(data14)) {
          const err45 = { instancePath: instancePath + "/appliedAt", schemaPath: "#/properties/appliedAt/format", keyword: "format", params: { format: "date-time" }, message: 'must match format "date-time"', schema: "date-time", parentSchema: schema31.properties.appliedAt, data: data14 };
          if (vErrors === null) {
            vErrors = [err45];
          } else {
            vErrors.push(err45);
          }
          errors++;
        }
      }
    }
    if (data.revision !== void 0) {
      let data15 = data.revision;
      if (typeof data15 !== "string" && data15 !== null) {
        const err46 = { instancePath: instancePath + "/revision", schemaPath: "#/properties/revision/type", keyword: "type", params: { type: schema31.properties.revision.type }, message: "must be string,null", schema: schema31.properties.revision.type, parentSchema: schema31.properties.revision, data: data15 };
        if (vErrors === null) {
          vErrors = [err46];
        } else {
          vErrors.push(err46);
        }
        errors++;
      }
      if (typeof data15 === "string") {
        if (!pattern8.test(data15)) {
          const err47 = { instancePath: instancePath + "/revision", schemaPath: "#/properties/revision/pattern", keyword: "pattern", params: { pattern: "^[0-9a-f]{6}$" }, message: 'must match pattern "^[0-9a-f]{6}$"', schema: "^[0-9a-f]{6}$", parentSchema: schema31.properties.revision, data: data15 };
          if (vErrors === null) {
            vErrors = [err47];
          } else {
            vErrors.push(err47);
          }
          errors++;
        }
      }
    }
    if (data.fields !== void 0) {
      if (!validate21(data.fields, { instancePath: instancePath + "/fields", parentData: data, parentDataProperty: "fields", rootData, dynamicAnchors })) {
        vErrors = vErrors === null ? validate21.errors : vErrors.concat(validate21.errors);
        errors = vErrors.length;
      }
    }
    if (data.driverState !== void 0) {
      let data17 = data.driverState;
      if (typeof data17 != "object" && typeof data17 !== "boolean" && !(typeof data17 == "number" && isFinite(data17)) && typeof data17 !== "string") {
        const err48 = { instancePath: instancePath + "/driverState", schemaPath: "#/properties/driverState/type", keyword: "type", params: { type: schema31.properties.driverState.type }, message: "must be null,boolean,number,string,array,object", schema: schema31.properties.driverState.type, parentSchema: schema31.properties.driverState, data: data17 };
        if (vErrors === null) {
          vErrors = [err48];
        } else {
          vErrors.push(err48);
        }
        errors++;
      }
    }
    if (data.lastStep !== void 0) {
      let data18 = data.lastStep;
      const _errs36 = errors;
      let valid2 = false;
      let passing0 = null;
      const _errs37 = errors;
      if (data18 !== null) {
        const err49 = { instancePath: instancePath + "/lastStep", schemaPath: "#/properties/lastStep/oneOf/0/type", keyword: "type", params: { type: "null" }, message: "must be null", schema: schema31.properties.lastStep.oneOf[0].type, parentSchema: schema31.properties.lastStep.oneOf[0], data: data18 };
        if (vErrors === null) {
          vErrors = [err49];
        } else {
          vErrors.push(err49);
        }
        errors++;
      }
      var _valid0 = _errs37 === errors;
      if (_valid0) {
        valid2 = true;
        passing0 = 0;
      }
      const _errs39 = errors;
      if (data18 && typeof data18 == "object" && !Array.isArray(data18)) {
        if (data18.apply === void 0) {
          const err50 = { instancePath: instancePath + "/lastStep", schemaPath: "#/properties/lastStep/oneOf/1/required", keyword: "required", params: { missingProperty: "apply" }, message: "must have required property 'apply'", schema: schema31.properties.lastStep.oneOf[1].required, parentSchema: schema31.properties.lastStep.oneOf[1], data: data18 };
          if (vErrors === null) {
            vErrors = [err50];
          } else {
            vErrors.push(err50);
          }
          errors++;
        }
        if (data18.step === void 0) {
          const err51 = { instancePath: instancePath + "/lastStep", schemaPath: "#/properties/lastStep/oneOf/1/required", keyword: "required", params: { missingProperty: "step" }, message: "must have required property 'step'", schema: schema31.properties.lastStep.oneOf[1].required, parentSchema: schema31.properties.lastStep.oneOf[1], data: data18 };
          if (vErrors === null) {
            vErrors = [err51];
          } else {
            vErrors.push(err51);
          }
          errors++;
        }
        for (const key2 in data18) {
          if (!(key2 === "apply" || key2 === "step")) {
            const err52 = { instancePath: instancePath + "/lastStep", schemaPath: "#/properties/lastStep/oneOf/1/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key2 }, message: "must NOT have additional properties", schema: false, parentSchema: schema31.properties.lastStep.oneOf[1], data: data18 };
            if (vErrors === null) {
              vErrors = [err52];
            } else {
              vErrors.push(err52);
            }
            errors++;
          }
        }
        if (data18.apply !== void 0) {
          let data19 = data18.apply;
          if (typeof data19 === "string") {
            if (!pattern5.test(data19)) {
              const err53 = { instancePath: instancePath + "/lastStep/apply", schemaPath: "#/properties/lastStep/oneOf/1/properties/apply/pattern", keyword: "pattern", params: { pattern: "^[0-9a-f]{8}$" }, message: 'must match pattern "^[0-9a-f]{8}$"', schema: "^[0-9a-f]{8}$", parentSchema: schema31.properties.lastStep.oneOf[1].properties.apply, data: data19 };
              if (vErrors === null) {
                vErrors = [err53];
              } else {
                vErrors.push(err53);
              }
              errors++;
            }
          } else {
            const err54 = { instancePath: instancePath + "/lastStep/apply", schemaPath: "#/properties/lastStep/oneOf/1/properties/apply/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema31.properties.lastStep.oneOf[1].properties.apply.type, parentSchema: schema31.properties.lastStep.oneOf[1].properties.apply, data: data19 };
            if (vErrors === null) {
              vErrors = [err54];
            } else {
              vErrors.push(err54);
            }
            errors++;
          }
        }
        if (data18.step !== void 0) {
          let data20 = data18.step;
          if (typeof data20 === "string") {
            if (func2(data20) < 1) {
              const err55 = { instancePath: instancePath + "/lastStep/step", schemaPath: "#/properties/lastStep/oneOf/1/properties/step/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema31.properties.lastStep.oneOf[1].properties.step, data: data20 };
              if (vErrors === null) {
                vErrors = [err55];
              } else {
                vErrors.push(err55);
              }
              errors++;
            }
          } else {
            const err56 = { instancePath: instancePath + "/lastStep/step", schemaPath: "#/properties/lastStep/oneOf/1/properties/step/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema31.properties.lastStep.oneOf[1].properties.step.type, parentSchema: schema31.properties.lastStep.oneOf[1].properties.step, data: data20 };
            if (vErrors === null) {
              vErrors = [err56];
            } else {
              vErrors.push(err56);
            }
            errors++;
          }
        }
      } else {
        const err57 = { instancePath: instancePath + "/lastStep", schemaPath: "#/properties/lastStep/oneOf/1/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema31.properties.lastStep.oneOf[1].type, parentSchema: schema31.properties.lastStep.oneOf[1], data: data18 };
        if (vErrors === null) {
          vErrors = [err57];
        } else {
          vErrors.push(err57);
        }
        errors++;
      }
      var _valid0 = _errs39 === errors;
      if (_valid0 && valid2) {
        valid2 = false;
        passing0 = [passing0, 1];
      } else {
        if (_valid0) {
          valid2 = true;
          passing0 = 1;
        }
      }
      if (!valid2) {
        const err58 = { instancePath: instancePath + "/lastStep", schemaPath: "#/properties/lastStep/oneOf", keyword: "oneOf", params: { passingSchemas: passing0 }, message: "must match exactly one schema in oneOf", schema: schema31.properties.lastStep.oneOf, parentSchema: schema31.properties.lastStep, data: data18 };
        if (vErrors === null) {
          vErrors = [err58];
        } else {
          vErrors.push(err58);
        }
        errors++;
      } else {
        errors = _errs36;
        if (vErrors !== null) {
          if (_errs36) {
            vErrors.length = _errs36;
          } else {
            vErrors = null;
          }
        }
      }
    }
    if (data.unprovenRoot !== void 0) {
      let data21 = data.unprovenRoot;
      const _errs47 = errors;
      let valid4 = false;
      let passing1 = null;
      const _errs48 = errors;
      if (data21 !== null) {
        const err59 = { instancePath: instancePath + "/unprovenRoot", schemaPath: "#/properties/unprovenRoot/oneOf/0/type", keyword: "type", params: { type: "null" }, message: "must be null", schema: schema31.properties.unprovenRoot.oneOf[0].type, parentSchema: schema31.properties.unprovenRoot.oneOf[0], data: data21 };
        if (vErrors === null) {
          vErrors = [err59];
        } else {
          vErrors.push(err59);
        }
        errors++;
      }
      var _valid1 = _errs48 === errors;
      if (_valid1) {
        valid4 = true;
        passing1 = 0;
      }
      const _errs50 = errors;
      if (!validate21(data21, { instancePath: instancePath + "/unprovenRoot", parentData: data, parentDataProperty: "unprovenRoot", rootData, dynamicAnchors })) {
        vErrors = vErrors === null ? validate21.errors : vErrors.concat(validate21.errors);
        errors = vErrors.length;
      }
      var _valid1 = _errs50 === errors;
      if (_valid1 && valid4) {
        valid4 = false;
        passing1 = [passing1, 1];
      } else {
        if (_valid1) {
          valid4 = true;
          passing1 = 1;
        }
      }
      if (!valid4) {
        const err60 = { instancePath: instancePath + "/unprovenRoot", schemaPath: "#/properties/unprovenRoot/oneOf", keyword: "oneOf", params: { passingSchemas: passing1 }, message: "must match exactly one schema in oneOf", schema: schema31.properties.unprovenRoot.oneOf, parentSchema: schema31.properties.unprovenRoot, data: data21 };
        if (vErrors === null) {
          vErrors = [err60];
        } else {
          vErrors.push(err60);
        }
        errors++;
      } else {
        errors = _errs47;
        if (vErrors !== null) {
          if (_errs47) {
            vErrors.length = _errs47;
          } else {
            vErrors = null;
          }
        }
      }
    }
  } else {
    const err61 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema31.type, parentSchema: schema31, data };
    if (vErrors === null) {
      vErrors = [err61];
    } else {
      vErrors.push(err61);
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
