/* Generated from schemas/journal.v1.json by `npm run generate`; change the schema instead. */

var __getOwnPropNames = Object.getOwnPropertyNames;
var __commonJS = (cb, mod) => function __require() {
  try {
    return mod || (0, cb[__getOwnPropNames(cb)[0]])((mod = { exports: {} }).exports, mod), mod.exports;
  } catch (e) {
    throw mod = 0, e;
  }
};

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

// node_modules/fast-deep-equal/index.js
var require_fast_deep_equal = __commonJS({
  "node_modules/fast-deep-equal/index.js"(exports, module) {
    "use strict";
    module.exports = function equal(a, b) {
      if (a === b) return true;
      if (a && b && typeof a == "object" && typeof b == "object") {
        if (a.constructor !== b.constructor) return false;
        var length, i, keys;
        if (Array.isArray(a)) {
          length = a.length;
          if (length != b.length) return false;
          for (i = length; i-- !== 0; )
            if (!equal(a[i], b[i])) return false;
          return true;
        }
        if (a.constructor === RegExp) return a.source === b.source && a.flags === b.flags;
        if (a.valueOf !== Object.prototype.valueOf) return a.valueOf() === b.valueOf();
        if (a.toString !== Object.prototype.toString) return a.toString() === b.toString();
        keys = Object.keys(a);
        length = keys.length;
        if (length !== Object.keys(b).length) return false;
        for (i = length; i-- !== 0; )
          if (!Object.prototype.hasOwnProperty.call(b, keys[i])) return false;
        for (i = length; i-- !== 0; ) {
          var key = keys[i];
          if (!equal(a[key], b[key])) return false;
        }
        return true;
      }
      return a !== a && b !== b;
    };
  }
});

// node_modules/ajv/dist/runtime/equal.js
var require_equal = __commonJS({
  "node_modules/ajv/dist/runtime/equal.js"(exports) {
    "use strict";
    Object.defineProperty(exports, "__esModule", { value: true });
    var equal = require_fast_deep_equal();
    equal.code = 'require("ajv/dist/runtime/equal").default';
    exports.default = equal;
  }
});

// <stdin>
var validate = validate20;
var stdin_default = validate20;
var schema31 = { "$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "https://agentvm.dev/schemas/journal.v1.json", "title": "JournalLine", "description": "One line of `journal.ndjson` in a machine's folder: what an apply is about to do, and what came of it.", "oneOf": [{ "title": "BeginEntry", "description": "An apply begins.", "type": "object", "additionalProperties": false, "required": ["kind", "apply", "at", "steps"], "properties": { "kind": { "const": "begin" }, "apply": { "$ref": "#/$defs/apply" }, "at": { "$ref": "#/$defs/at" }, "format": { "const": 1, "description": "Of this journal; absent in those of the first releases, which is 1." }, "steps": { "type": "array", "items": { "$ref": "#/$defs/stepId" }, "description": "Ids of the steps in the order in which they run." } } }, { "title": "IntentEntry", "description": "Written and synced before a step.", "type": "object", "additionalProperties": false, "required": ["kind", "apply", "at", "step", "patch"], "properties": { "kind": { "const": "intent" }, "apply": { "$ref": "#/$defs/apply" }, "at": { "$ref": "#/$defs/at" }, "step": { "$ref": "https://agentvm.dev/schemas/plan.v1.json#/$defs/step" }, "patch": { "type": "object", "description": "What the step does to the applied fields; null takes one out.", "additionalProperties": { "oneOf": [{ "type": "null" }, { "$ref": "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField" }] } } } }, { "title": "DoneEntry", "description": "The step is done; the state has been written.", "type": "object", "additionalProperties": false, "required": ["kind", "apply", "at", "step"], "properties": { "kind": { "const": "done" }, "apply": { "$ref": "#/$defs/apply" }, "at": { "$ref": "#/$defs/at" }, "step": { "$ref": "#/$defs/stepId" } } }, { "title": "UndoneEntry", "description": "The step failed or was cut off, and was taken back as far as it could be.", "type": "object", "additionalProperties": false, "required": ["kind", "apply", "at", "step", "why"], "properties": { "kind": { "const": "undone" }, "apply": { "$ref": "#/$defs/apply" }, "at": { "$ref": "#/$defs/at" }, "step": { "$ref": "#/$defs/stepId" }, "why": { "type": "string" } } }, { "title": "EndEntry", "description": "All steps of the apply are done.", "type": "object", "additionalProperties": false, "required": ["kind", "apply", "at"], "properties": { "kind": { "const": "end" }, "apply": { "$ref": "#/$defs/apply" }, "at": { "$ref": "#/$defs/at" } } }], "$defs": { "apply": { "type": "string", "pattern": "^[0-9a-f]{8}$", "description": "Drawn for each apply." }, "at": { "type": "string", "format": "date-time" }, "stepId": { "type": "string", "minLength": 1 } } };
var schema32 = { "type": "string", "pattern": "^[0-9a-f]{8}$", "description": "Drawn for each apply." };
var schema33 = { "type": "string", "format": "date-time" };
var schema34 = { "type": "string", "minLength": 1 };
var schema75 = { "type": "object", "additionalProperties": false, "required": ["path", "value"], "properties": { "path": { "enum": ["name", "driver", "agent", "agents[].version", "agents[].args", "agents[].autonomy", "agents[].config", "agents[].configDirs", "base.image", "base.packages[]", "base.scripts[]", "resources.cpus", "resources.memory", "resources.disk", "workspace.guestPath", "workspace.mode", "workspace.shadow[]", "workspace.protect[]", "mounts[]", "volumes[]", "ports[]", "env[]", "secrets[]", "identity.gitconfig", "identity.gitCredentials", "identity.gh", "identity.ssh", "network.egress", "network.ports[]", "network.hostPorts[]", "services[]", "environment", "lifecycle.onExit", "lifecycle.idle", "lifecycle.protect", "drift.policy", "snapshots.keep", "snapshots.maxSize", "labels[]"] }, "key": { "type": "string" }, "value": { "type": ["null", "boolean", "number", "string", "array", "object"], "description": "What the manifest asked for; a secret or an env value is a keyed digest." }, "resolved": { "type": ["null", "boolean", "number", "string", "array", "object"], "description": "What it was resolved to where that differs." }, "isDefault": { "const": true, "description": "The value came from the defaults of the release that applied it." }, "isAdopted": { "const": true, "description": "It was so already when the manifest began to ask for it." }, "isUndone": { "const": true, "description": "A new root disk took it away: it is to be done again." }, "isUncertain": { "const": true, "description": "A step for it was cut off or failed, so nobody knows whether it holds: it is to be done again." } }, "allOf": [{ "if": { "type": "object", "properties": { "path": { "type": "string", "pattern": "\\[\\]" } } }, "then": { "type": "object", "required": ["key"], "properties": { "key": { "type": "string" } } } }, { "if": { "properties": { "path": { "enum": ["name", "driver", "agents[].version"] } }, "type": "object" }, "then": { "properties": { "value": { "type": "string" } }, "type": "object" } }, { "if": { "properties": { "path": { "enum": ["resources.cpus", "resources.memory", "resources.disk", "snapshots.keep", "snapshots.maxSize"] } }, "type": "object" }, "then": { "properties": { "value": { "type": "number", "minimum": 0 } }, "type": "object" } }, { "if": { "properties": { "path": { "const": "base.image" } }, "type": "object" }, "then": { "properties": { "value": { "oneOf": [{ "type": "object", "additionalProperties": false, "required": ["name"], "properties": { "name": { "type": "string" } } }, { "type": "object", "additionalProperties": false, "required": ["url", "sha256"], "properties": { "url": { "type": "string" }, "sha256": { "type": "string", "pattern": "^[0-9a-f]{64}$" } } }, { "type": "object", "additionalProperties": false, "required": ["path", "sha256"], "properties": { "path": { "type": "string", "pattern": "^/" }, "sha256": { "type": "string", "pattern": "^[0-9a-f]{64}$" } } }] } }, "type": "object" } }, { "if": { "properties": { "path": { "const": "base.scripts[]" } }, "type": "object" }, "then": { "properties": { "value": { "type": "object", "additionalProperties": false, "required": ["path", "sha256"], "properties": { "path": { "type": "string" }, "sha256": { "type": "string", "pattern": "^[0-9a-f]{64}$" } } } }, "type": "object" } }, { "if": { "properties": { "path": { "const": "mounts[]" } }, "type": "object" }, "then": { "properties": { "value": { "type": "object", "additionalProperties": false, "required": ["host", "guest", "mode"], "properties": { "host": { "type": "string", "pattern": "^/" }, "guest": { "type": "string", "pattern": "^/" }, "mode": { "enum": ["ro", "rw"] } } } }, "type": "object" } }, { "if": { "properties": { "path": { "const": "ports[]" } }, "type": "object" }, "then": { "properties": { "value": { "type": "object", "additionalProperties": false, "required": ["guest", "host", "address"], "properties": { "guest": { "type": "integer", "minimum": 1, "maximum": 65535 }, "host": { "oneOf": [{ "const": "auto" }, { "type": "integer", "minimum": 1, "maximum": 65535 }] }, "address": { "type": "string" } } } }, "type": "object" } }, { "if": { "properties": { "path": { "const": "env[]" } }, "type": "object" }, "then": { "properties": { "value": { "type": "object", "additionalProperties": false, "required": ["digest"], "properties": { "digest": { "type": "string", "pattern": "^[0-9a-f]{64}$" } } } }, "type": "object" } }] };
var pattern4 = new RegExp("^[0-9a-f]{8}$", "u");
var pattern16 = new RegExp("\\[\\]", "u");
var pattern17 = new RegExp("^[0-9a-f]{64}$", "u");
var pattern6 = new RegExp("^/", "u");
var formats0 = require_formats().fullFormats["date-time"];
var func1 = require_ucs2length().default;
var schema44 = { "type": "object", "additionalProperties": false, "required": ["id", "action", "strategy", "after", "fields", "records", "reason", "title"], "properties": { "id": { "type": "string", "minLength": 1 }, "action": { "$ref": "#/$defs/action" }, "strategy": { "$ref": "#/$defs/strategy" }, "after": { "$ref": "#/$defs/names", "description": "Ids of the steps that are done before this one." }, "fields": { "$ref": "#/$defs/fieldIds", "description": "The fields that force this step." }, "records": { "$ref": "#/$defs/fieldIds", "description": "The fields that are as the manifest asks once this step is done." }, "undoes": { "$ref": "#/$defs/fieldIds", "description": "The fields that have to be done again after this step." }, "reason": { "$ref": "#/$defs/reason" }, "title": { "type": "string", "minLength": 1 } } };
var schema42 = { "enum": ["noop", "live", "reapply", "restart", "recreate", "delete"], "description": "What a change costs, least disruptive first." };
var schema46 = { "type": "array", "items": { "type": "string", "minLength": 1 }, "uniqueItems": true };
var schema43 = { "type": "object", "additionalProperties": false, "required": ["code", "text"], "properties": { "code": { "enum": ["field-policy", "driver-limit", "unsupported", "machine-absent", "machine-stopped", "machine-crashed", "machine-paused", "drifted", "probe-failed", "resume", "requested", "before-risk"] }, "text": { "type": "string", "minLength": 1 } } };
var func2 = Object.prototype.hasOwnProperty;
var schema45 = { "type": "object", "required": ["kind"], "oneOf": [{ "additionalProperties": false, "properties": { "kind": { "enum": ["machine.create", "machine.start", "machine.stop", "machine.resume", "machine.delete", "workspace.set", "protect.set", "env.write", "record"] } } }, { "additionalProperties": false, "required": ["image", "packages"], "properties": { "kind": { "const": "layer.ensure" }, "image": {}, "pin": { "description": "What the image was resolved to before; absent where the catalogue is asked." }, "packages": { "$ref": "#/$defs/names" } } }, { "additionalProperties": false, "required": ["image", "packages", "sizeBytes"], "properties": { "kind": { "const": "root.replace" }, "image": {}, "pin": { "$ref": "#/$defs/imagePin" }, "packages": { "$ref": "#/$defs/names" }, "sizeBytes": { "type": "integer", "minimum": 1 } } }, { "additionalProperties": false, "required": ["name"], "properties": { "kind": { "enum": ["machine.rename", "agent.remove", "snapshot.take", "snapshot.restore"] }, "name": { "$ref": "#/$defs/key" } } }, { "additionalProperties": false, "required": ["sizeBytes"], "properties": { "kind": { "const": "disk.grow" }, "sizeBytes": { "type": "integer", "minimum": 1 } } }, { "additionalProperties": false, "required": ["key"], "properties": { "kind": { "enum": ["port.add", "port.remove", "mount.add", "mount.remove", "script.run"] }, "key": { "$ref": "#/$defs/key" } } }, { "additionalProperties": false, "required": ["install", "remove"], "properties": { "kind": { "const": "packages.change" }, "install": { "$ref": "#/$defs/names" }, "remove": { "$ref": "#/$defs/names" } } }, { "additionalProperties": false, "required": ["things"], "properties": { "kind": { "const": "guest.mend" }, "things": { "$ref": "#/$defs/fieldIds" } } }, { "additionalProperties": false, "required": ["name", "version"], "properties": { "kind": { "const": "agent.install" }, "name": { "$ref": "#/$defs/key" }, "version": { "type": "string", "minLength": 1 } } }] };
var schema47 = { "type": "object", "additionalProperties": false, "required": ["digest"], "description": "What the image was resolved to before; absent where the catalogue is asked.", "properties": { "digest": { "type": "string", "minLength": 1 }, "source": { "type": "object", "description": "The catalogue's entry as it was then." } } };
var schema41 = { "type": "string", "minLength": 1 };
var schema53 = { "type": "array", "items": { "$ref": "#/$defs/fieldId" }, "uniqueItems": true };
var schema40 = { "type": "string", "minLength": 1, "description": "A field's name, for example resources.memory or base.packages[jq]." };
var func0 = require_equal().default;
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
  if (Array.isArray(data)) {
    const len0 = data.length;
    for (let i0 = 0; i0 < len0; i0++) {
      let data0 = data[i0];
      if (typeof data0 === "string") {
        if (func1(data0) < 1) {
          const err0 = { instancePath: instancePath + "/" + i0, schemaPath: "#/$defs/fieldId/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema40, data: data0 };
          if (vErrors === null) {
            vErrors = [err0];
          } else {
            vErrors.push(err0);
          }
          errors++;
        }
      } else {
        const err1 = { instancePath: instancePath + "/" + i0, schemaPath: "#/$defs/fieldId/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema40.type, parentSchema: schema40, data: data0 };
        if (vErrors === null) {
          vErrors = [err1];
        } else {
          vErrors.push(err1);
        }
        errors++;
      }
    }
    let i1 = data.length;
    let j0;
    if (i1 > 1) {
      outer0:
        for (; i1--; ) {
          for (j0 = i1; j0--; ) {
            if (func0(data[i1], data[j0])) {
              const err2 = { instancePath, schemaPath: "#/uniqueItems", keyword: "uniqueItems", params: { i: i1, j: j0 }, message: "must NOT have duplicate items (items ## " + j0 + " and " + i1 + " are identical)", schema: true, parentSchema: schema53, data };
              if (vErrors === null) {
                vErrors = [err2];
              } else {
                vErrors.push(err2);
              }
              errors++;
              break outer0;
            }
          }
        }
    }
  } else {
    const err3 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema53.type, parentSchema: schema53, data };
    if (vErrors === null) {
      vErrors = [err3];
    } else {
      vErrors.push(err3);
    }
    errors++;
  }
  validate26.errors = vErrors;
  return errors === 0;
}
validate26.evaluated = { "items": true, "dynamicProps": false, "dynamicItems": false };
function validate25(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate25.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  const _errs1 = errors;
  let valid0 = false;
  let passing0 = null;
  const _errs2 = errors;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!(key0 === "kind")) {
        const err0 = { instancePath, schemaPath: "#/oneOf/0/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties", schema: false, parentSchema: schema45.oneOf[0], data };
        if (vErrors === null) {
          vErrors = [err0];
        } else {
          vErrors.push(err0);
        }
        errors++;
      }
    }
    if (data.kind !== void 0) {
      let data0 = data.kind;
      if (!(data0 === "machine.create" || data0 === "machine.start" || data0 === "machine.stop" || data0 === "machine.resume" || data0 === "machine.delete" || data0 === "workspace.set" || data0 === "protect.set" || data0 === "env.write" || data0 === "record")) {
        const err1 = { instancePath: instancePath + "/kind", schemaPath: "#/oneOf/0/properties/kind/enum", keyword: "enum", params: { allowedValues: schema45.oneOf[0].properties.kind.enum }, message: "must be equal to one of the allowed values", schema: schema45.oneOf[0].properties.kind.enum, parentSchema: schema45.oneOf[0].properties.kind, data: data0 };
        if (vErrors === null) {
          vErrors = [err1];
        } else {
          vErrors.push(err1);
        }
        errors++;
      }
    }
  }
  var _valid0 = _errs2 === errors;
  if (_valid0) {
    valid0 = true;
    passing0 = 0;
    var props0 = true;
  }
  const _errs5 = errors;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.image === void 0) {
      const err2 = { instancePath, schemaPath: "#/oneOf/1/required", keyword: "required", params: { missingProperty: "image" }, message: "must have required property 'image'", schema: schema45.oneOf[1].required, parentSchema: schema45.oneOf[1], data };
      if (vErrors === null) {
        vErrors = [err2];
      } else {
        vErrors.push(err2);
      }
      errors++;
    }
    if (data.packages === void 0) {
      const err3 = { instancePath, schemaPath: "#/oneOf/1/required", keyword: "required", params: { missingProperty: "packages" }, message: "must have required property 'packages'", schema: schema45.oneOf[1].required, parentSchema: schema45.oneOf[1], data };
      if (vErrors === null) {
        vErrors = [err3];
      } else {
        vErrors.push(err3);
      }
      errors++;
    }
    for (const key1 in data) {
      if (!(key1 === "kind" || key1 === "image" || key1 === "pin" || key1 === "packages")) {
        const err4 = { instancePath, schemaPath: "#/oneOf/1/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key1 }, message: "must NOT have additional properties", schema: false, parentSchema: schema45.oneOf[1], data };
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      }
    }
    if (data.kind !== void 0) {
      let data1 = data.kind;
      if ("layer.ensure" !== data1) {
        const err5 = { instancePath: instancePath + "/kind", schemaPath: "#/oneOf/1/properties/kind/const", keyword: "const", params: { allowedValue: "layer.ensure" }, message: "must be equal to constant", schema: "layer.ensure", parentSchema: schema45.oneOf[1].properties.kind, data: data1 };
        if (vErrors === null) {
          vErrors = [err5];
        } else {
          vErrors.push(err5);
        }
        errors++;
      }
    }
    if (data.packages !== void 0) {
      let data2 = data.packages;
      if (Array.isArray(data2)) {
        const len0 = data2.length;
        for (let i0 = 0; i0 < len0; i0++) {
          let data3 = data2[i0];
          if (typeof data3 === "string") {
            if (func1(data3) < 1) {
              const err6 = { instancePath: instancePath + "/packages/" + i0, schemaPath: "#/$defs/names/items/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema46.items, data: data3 };
              if (vErrors === null) {
                vErrors = [err6];
              } else {
                vErrors.push(err6);
              }
              errors++;
            }
          } else {
            const err7 = { instancePath: instancePath + "/packages/" + i0, schemaPath: "#/$defs/names/items/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema46.items.type, parentSchema: schema46.items, data: data3 };
            if (vErrors === null) {
              vErrors = [err7];
            } else {
              vErrors.push(err7);
            }
            errors++;
          }
        }
        let i1 = data2.length;
        let j0;
        if (i1 > 1) {
          const indices0 = {};
          for (; i1--; ) {
            let item0 = data2[i1];
            if (typeof item0 !== "string") {
              continue;
            }
            if (typeof indices0[item0] == "number") {
              j0 = indices0[item0];
              const err8 = { instancePath: instancePath + "/packages", schemaPath: "#/$defs/names/uniqueItems", keyword: "uniqueItems", params: { i: i1, j: j0 }, message: "must NOT have duplicate items (items ## " + j0 + " and " + i1 + " are identical)", schema: true, parentSchema: schema46, data: data2 };
              if (vErrors === null) {
                vErrors = [err8];
              } else {
                vErrors.push(err8);
              }
              errors++;
              break;
            }
            indices0[item0] = i1;
          }
        }
      } else {
        const err9 = { instancePath: instancePath + "/packages", schemaPath: "#/$defs/names/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema46.type, parentSchema: schema46, data: data2 };
        if (vErrors === null) {
          vErrors = [err9];
        } else {
          vErrors.push(err9);
        }
        errors++;
      }
    }
  }
  var _valid0 = _errs5 === errors;
  if (_valid0 && valid0) {
    valid0 = false;
    passing0 = [passing0, 1];
  } else {
    if (_valid0) {
      valid0 = true;
      passing0 = 1;
      if (props0 !== true) {
        props0 = true;
      }
    }
    const _errs13 = errors;
    if (data && typeof data == "object" && !Array.isArray(data)) {
      if (data.image === void 0) {
        const err10 = { instancePath, schemaPath: "#/oneOf/2/required", keyword: "required", params: { missingProperty: "image" }, message: "must have required property 'image'", schema: schema45.oneOf[2].required, parentSchema: schema45.oneOf[2], data };
        if (vErrors === null) {
          vErrors = [err10];
        } else {
          vErrors.push(err10);
        }
        errors++;
      }
      if (data.packages === void 0) {
        const err11 = { instancePath, schemaPath: "#/oneOf/2/required", keyword: "required", params: { missingProperty: "packages" }, message: "must have required property 'packages'", schema: schema45.oneOf[2].required, parentSchema: schema45.oneOf[2], data };
        if (vErrors === null) {
          vErrors = [err11];
        } else {
          vErrors.push(err11);
        }
        errors++;
      }
      if (data.sizeBytes === void 0) {
        const err12 = { instancePath, schemaPath: "#/oneOf/2/required", keyword: "required", params: { missingProperty: "sizeBytes" }, message: "must have required property 'sizeBytes'", schema: schema45.oneOf[2].required, parentSchema: schema45.oneOf[2], data };
        if (vErrors === null) {
          vErrors = [err12];
        } else {
          vErrors.push(err12);
        }
        errors++;
      }
      for (const key2 in data) {
        if (!(key2 === "kind" || key2 === "image" || key2 === "pin" || key2 === "packages" || key2 === "sizeBytes")) {
          const err13 = { instancePath, schemaPath: "#/oneOf/2/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key2 }, message: "must NOT have additional properties", schema: false, parentSchema: schema45.oneOf[2], data };
          if (vErrors === null) {
            vErrors = [err13];
          } else {
            vErrors.push(err13);
          }
          errors++;
        }
      }
      if (data.kind !== void 0) {
        let data4 = data.kind;
        if ("root.replace" !== data4) {
          const err14 = { instancePath: instancePath + "/kind", schemaPath: "#/oneOf/2/properties/kind/const", keyword: "const", params: { allowedValue: "root.replace" }, message: "must be equal to constant", schema: "root.replace", parentSchema: schema45.oneOf[2].properties.kind, data: data4 };
          if (vErrors === null) {
            vErrors = [err14];
          } else {
            vErrors.push(err14);
          }
          errors++;
        }
      }
      if (data.pin !== void 0) {
        let data5 = data.pin;
        if (data5 && typeof data5 == "object" && !Array.isArray(data5)) {
          if (data5.digest === void 0) {
            const err15 = { instancePath: instancePath + "/pin", schemaPath: "#/$defs/imagePin/required", keyword: "required", params: { missingProperty: "digest" }, message: "must have required property 'digest'", schema: schema47.required, parentSchema: schema47, data: data5 };
            if (vErrors === null) {
              vErrors = [err15];
            } else {
              vErrors.push(err15);
            }
            errors++;
          }
          for (const key3 in data5) {
            if (!(key3 === "digest" || key3 === "source")) {
              const err16 = { instancePath: instancePath + "/pin", schemaPath: "#/$defs/imagePin/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key3 }, message: "must NOT have additional properties", schema: false, parentSchema: schema47, data: data5 };
              if (vErrors === null) {
                vErrors = [err16];
              } else {
                vErrors.push(err16);
              }
              errors++;
            }
          }
          if (data5.digest !== void 0) {
            let data6 = data5.digest;
            if (typeof data6 === "string") {
              if (func1(data6) < 1) {
                const err17 = { instancePath: instancePath + "/pin/digest", schemaPath: "#/$defs/imagePin/properties/digest/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema47.properties.digest, data: data6 };
                if (vErrors === null) {
                  vErrors = [err17];
                } else {
                  vErrors.push(err17);
                }
                errors++;
              }
            } else {
              const err18 = { instancePath: instancePath + "/pin/digest", schemaPath: "#/$defs/imagePin/properties/digest/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema47.properties.digest.type, parentSchema: schema47.properties.digest, data: data6 };
              if (vErrors === null) {
                vErrors = [err18];
              } else {
                vErrors.push(err18);
              }
              errors++;
            }
          }
          if (data5.source !== void 0) {
            let data7 = data5.source;
            if (!(data7 && typeof data7 == "object" && !Array.isArray(data7))) {
              const err19 = { instancePath: instancePath + "/pin/source", schemaPath: "#/$defs/imagePin/properties/source/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema47.properties.source.type, parentSchema: schema47.properties.source, data: data7 };
              if (vErrors === null) {
                vErrors = [err19];
              } else {
                vErrors.push(err19);
              }
              errors++;
            }
          }
        } else {
          const err20 = { instancePath: instancePath + "/pin", schemaPath: "#/$defs/imagePin/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema47.type, parentSchema: schema47, data: data5 };
          if (vErrors === null) {
            vErrors = [err20];
          } else {
            vErrors.push(err20);
          }
          errors++;
        }
      }
      if (data.packages !== void 0) {
        let data8 = data.packages;
        if (Array.isArray(data8)) {
          const len1 = data8.length;
          for (let i2 = 0; i2 < len1; i2++) {
            let data9 = data8[i2];
            if (typeof data9 === "string") {
              if (func1(data9) < 1) {
                const err21 = { instancePath: instancePath + "/packages/" + i2, schemaPath: "#/$defs/names/items/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema46.items, data: data9 };
                if (vErrors === null) {
                  vErrors = [err21];
                } else {
                  vErrors.push(err21);
                }
                errors++;
              }
            } else {
              const err22 = { instancePath: instancePath + "/packages/" + i2, schemaPath: "#/$defs/names/items/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema46.items.type, parentSchema: schema46.items, data: data9 };
              if (vErrors === null) {
                vErrors = [err22];
              } else {
                vErrors.push(err22);
              }
              errors++;
            }
          }
          let i3 = data8.length;
          let j1;
          if (i3 > 1) {
            const indices1 = {};
            for (; i3--; ) {
              let item1 = data8[i3];
              if (typeof item1 !== "string") {
                continue;
              }
              if (typeof indices1[item1] == "number") {
                j1 = indices1[item1];
                const err23 = { instancePath: instancePath + "/packages", schemaPath: "#/$defs/names/uniqueItems", keyword: "uniqueItems", params: { i: i3, j: j1 }, message: "must NOT have duplicate items (items ## " + j1 + " and " + i3 + " are identical)", schema: true, parentSchema: schema46, data: data8 };
                if (vErrors === null) {
                  vErrors = [err23];
                } else {
                  vErrors.push(err23);
                }
                errors++;
                break;
              }
              indices1[item1] = i3;
            }
          }
        } else {
          const err24 = { instancePath: instancePath + "/packages", schemaPath: "#/$defs/names/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema46.type, parentSchema: schema46, data: data8 };
          if (vErrors === null) {
            vErrors = [err24];
          } else {
            vErrors.push(err24);
          }
          errors++;
        }
      }
      if (data.sizeBytes !== void 0) {
        let data10 = data.sizeBytes;
        if (!(typeof data10 == "number" && (!(data10 % 1) && !isNaN(data10)) && isFinite(data10))) {
          const err25 = { instancePath: instancePath + "/sizeBytes", schemaPath: "#/oneOf/2/properties/sizeBytes/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema45.oneOf[2].properties.sizeBytes.type, parentSchema: schema45.oneOf[2].properties.sizeBytes, data: data10 };
          if (vErrors === null) {
            vErrors = [err25];
          } else {
            vErrors.push(err25);
          }
          errors++;
        }
        if (typeof data10 == "number" && isFinite(data10)) {
          if (data10 < 1 || isNaN(data10)) {
            const err26 = { instancePath: instancePath + "/sizeBytes", schemaPath: "#/oneOf/2/properties/sizeBytes/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1", schema: 1, parentSchema: schema45.oneOf[2].properties.sizeBytes, data: data10 };
            if (vErrors === null) {
              vErrors = [err26];
            } else {
              vErrors.push(err26);
            }
            errors++;
          }
        }
      }
    }
    var _valid0 = _errs13 === errors;
    if (_valid0 && valid0) {
      valid0 = false;
      passing0 = [passing0, 2];
    } else {
      if (_valid0) {
        valid0 = true;
        passing0 = 2;
        if (props0 !== true) {
          props0 = true;
        }
      }
      const _errs31 = errors;
      if (data && typeof data == "object" && !Array.isArray(data)) {
        if (data.name === void 0) {
          const err27 = { instancePath, schemaPath: "#/oneOf/3/required", keyword: "required", params: { missingProperty: "name" }, message: "must have required property 'name'", schema: schema45.oneOf[3].required, parentSchema: schema45.oneOf[3], data };
          if (vErrors === null) {
            vErrors = [err27];
          } else {
            vErrors.push(err27);
          }
          errors++;
        }
        for (const key4 in data) {
          if (!(key4 === "kind" || key4 === "name")) {
            const err28 = { instancePath, schemaPath: "#/oneOf/3/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key4 }, message: "must NOT have additional properties", schema: false, parentSchema: schema45.oneOf[3], data };
            if (vErrors === null) {
              vErrors = [err28];
            } else {
              vErrors.push(err28);
            }
            errors++;
          }
        }
        if (data.kind !== void 0) {
          let data11 = data.kind;
          if (!(data11 === "machine.rename" || data11 === "agent.remove" || data11 === "snapshot.take" || data11 === "snapshot.restore")) {
            const err29 = { instancePath: instancePath + "/kind", schemaPath: "#/oneOf/3/properties/kind/enum", keyword: "enum", params: { allowedValues: schema45.oneOf[3].properties.kind.enum }, message: "must be equal to one of the allowed values", schema: schema45.oneOf[3].properties.kind.enum, parentSchema: schema45.oneOf[3].properties.kind, data: data11 };
            if (vErrors === null) {
              vErrors = [err29];
            } else {
              vErrors.push(err29);
            }
            errors++;
          }
        }
        if (data.name !== void 0) {
          let data12 = data.name;
          if (typeof data12 === "string") {
            if (func1(data12) < 1) {
              const err30 = { instancePath: instancePath + "/name", schemaPath: "#/$defs/key/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema41, data: data12 };
              if (vErrors === null) {
                vErrors = [err30];
              } else {
                vErrors.push(err30);
              }
              errors++;
            }
          } else {
            const err31 = { instancePath: instancePath + "/name", schemaPath: "#/$defs/key/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema41.type, parentSchema: schema41, data: data12 };
            if (vErrors === null) {
              vErrors = [err31];
            } else {
              vErrors.push(err31);
            }
            errors++;
          }
        }
      }
      var _valid0 = _errs31 === errors;
      if (_valid0 && valid0) {
        valid0 = false;
        passing0 = [passing0, 3];
      } else {
        if (_valid0) {
          valid0 = true;
          passing0 = 3;
          if (props0 !== true) {
            props0 = true;
          }
        }
        const _errs37 = errors;
        if (data && typeof data == "object" && !Array.isArray(data)) {
          if (data.sizeBytes === void 0) {
            const err32 = { instancePath, schemaPath: "#/oneOf/4/required", keyword: "required", params: { missingProperty: "sizeBytes" }, message: "must have required property 'sizeBytes'", schema: schema45.oneOf[4].required, parentSchema: schema45.oneOf[4], data };
            if (vErrors === null) {
              vErrors = [err32];
            } else {
              vErrors.push(err32);
            }
            errors++;
          }
          for (const key5 in data) {
            if (!(key5 === "kind" || key5 === "sizeBytes")) {
              const err33 = { instancePath, schemaPath: "#/oneOf/4/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key5 }, message: "must NOT have additional properties", schema: false, parentSchema: schema45.oneOf[4], data };
              if (vErrors === null) {
                vErrors = [err33];
              } else {
                vErrors.push(err33);
              }
              errors++;
            }
          }
          if (data.kind !== void 0) {
            let data13 = data.kind;
            if ("disk.grow" !== data13) {
              const err34 = { instancePath: instancePath + "/kind", schemaPath: "#/oneOf/4/properties/kind/const", keyword: "const", params: { allowedValue: "disk.grow" }, message: "must be equal to constant", schema: "disk.grow", parentSchema: schema45.oneOf[4].properties.kind, data: data13 };
              if (vErrors === null) {
                vErrors = [err34];
              } else {
                vErrors.push(err34);
              }
              errors++;
            }
          }
          if (data.sizeBytes !== void 0) {
            let data14 = data.sizeBytes;
            if (!(typeof data14 == "number" && (!(data14 % 1) && !isNaN(data14)) && isFinite(data14))) {
              const err35 = { instancePath: instancePath + "/sizeBytes", schemaPath: "#/oneOf/4/properties/sizeBytes/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema45.oneOf[4].properties.sizeBytes.type, parentSchema: schema45.oneOf[4].properties.sizeBytes, data: data14 };
              if (vErrors === null) {
                vErrors = [err35];
              } else {
                vErrors.push(err35);
              }
              errors++;
            }
            if (typeof data14 == "number" && isFinite(data14)) {
              if (data14 < 1 || isNaN(data14)) {
                const err36 = { instancePath: instancePath + "/sizeBytes", schemaPath: "#/oneOf/4/properties/sizeBytes/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1", schema: 1, parentSchema: schema45.oneOf[4].properties.sizeBytes, data: data14 };
                if (vErrors === null) {
                  vErrors = [err36];
                } else {
                  vErrors.push(err36);
                }
                errors++;
              }
            }
          }
        }
        var _valid0 = _errs37 === errors;
        if (_valid0 && valid0) {
          valid0 = false;
          passing0 = [passing0, 4];
        } else {
          if (_valid0) {
            valid0 = true;
            passing0 = 4;
            if (props0 !== true) {
              props0 = true;
            }
          }
          const _errs42 = errors;
          if (data && typeof data == "object" && !Array.isArray(data)) {
            if (data.key === void 0) {
              const err37 = { instancePath, schemaPath: "#/oneOf/5/required", keyword: "required", params: { missingProperty: "key" }, message: "must have required property 'key'", schema: schema45.oneOf[5].required, parentSchema: schema45.oneOf[5], data };
              if (vErrors === null) {
                vErrors = [err37];
              } else {
                vErrors.push(err37);
              }
              errors++;
            }
            for (const key6 in data) {
              if (!(key6 === "kind" || key6 === "key")) {
                const err38 = { instancePath, schemaPath: "#/oneOf/5/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key6 }, message: "must NOT have additional properties", schema: false, parentSchema: schema45.oneOf[5], data };
                if (vErrors === null) {
                  vErrors = [err38];
                } else {
                  vErrors.push(err38);
                }
                errors++;
              }
            }
            if (data.kind !== void 0) {
              let data15 = data.kind;
              if (!(data15 === "port.add" || data15 === "port.remove" || data15 === "mount.add" || data15 === "mount.remove" || data15 === "script.run")) {
                const err39 = { instancePath: instancePath + "/kind", schemaPath: "#/oneOf/5/properties/kind/enum", keyword: "enum", params: { allowedValues: schema45.oneOf[5].properties.kind.enum }, message: "must be equal to one of the allowed values", schema: schema45.oneOf[5].properties.kind.enum, parentSchema: schema45.oneOf[5].properties.kind, data: data15 };
                if (vErrors === null) {
                  vErrors = [err39];
                } else {
                  vErrors.push(err39);
                }
                errors++;
              }
            }
            if (data.key !== void 0) {
              let data16 = data.key;
              if (typeof data16 === "string") {
                if (func1(data16) < 1) {
                  const err40 = { instancePath: instancePath + "/key", schemaPath: "#/$defs/key/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema41, data: data16 };
                  if (vErrors === null) {
                    vErrors = [err40];
                  } else {
                    vErrors.push(err40);
                  }
                  errors++;
                }
              } else {
                const err41 = { instancePath: instancePath + "/key", schemaPath: "#/$defs/key/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema41.type, parentSchema: schema41, data: data16 };
                if (vErrors === null) {
                  vErrors = [err41];
                } else {
                  vErrors.push(err41);
                }
                errors++;
              }
            }
          }
          var _valid0 = _errs42 === errors;
          if (_valid0 && valid0) {
            valid0 = false;
            passing0 = [passing0, 5];
          } else {
            if (_valid0) {
              valid0 = true;
              passing0 = 5;
              if (props0 !== true) {
                props0 = true;
              }
            }
            const _errs48 = errors;
            if (data && typeof data == "object" && !Array.isArray(data)) {
              if (data.install === void 0) {
                const err42 = { instancePath, schemaPath: "#/oneOf/6/required", keyword: "required", params: { missingProperty: "install" }, message: "must have required property 'install'", schema: schema45.oneOf[6].required, parentSchema: schema45.oneOf[6], data };
                if (vErrors === null) {
                  vErrors = [err42];
                } else {
                  vErrors.push(err42);
                }
                errors++;
              }
              if (data.remove === void 0) {
                const err43 = { instancePath, schemaPath: "#/oneOf/6/required", keyword: "required", params: { missingProperty: "remove" }, message: "must have required property 'remove'", schema: schema45.oneOf[6].required, parentSchema: schema45.oneOf[6], data };
                if (vErrors === null) {
                  vErrors = [err43];
                } else {
                  vErrors.push(err43);
                }
                errors++;
              }
              for (const key7 in data) {
                if (!(key7 === "kind" || key7 === "install" || key7 === "remove")) {
                  const err44 = { instancePath, schemaPath: "#/oneOf/6/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key7 }, message: "must NOT have additional properties", schema: false, parentSchema: schema45.oneOf[6], data };
                  if (vErrors === null) {
                    vErrors = [err44];
                  } else {
                    vErrors.push(err44);
                  }
                  errors++;
                }
              }
              if (data.kind !== void 0) {
                let data17 = data.kind;
                if ("packages.change" !== data17) {
                  const err45 = { instancePath: instancePath + "/kind", schemaPath: "#/oneOf/6/properties/kind/const", keyword: "const", params: { allowedValue: "packages.change" }, message: "must be equal to constant", schema: "packages.change", parentSchema: schema45.oneOf[6].properties.kind, data: data17 };
                  if (vErrors === null) {
                    vErrors = [err45];
                  } else {
                    vErrors.push(err45);
                  }
                  errors++;
                }
              }
              if (data.install !== void 0) {
                let data18 = data.install;
                if (Array.isArray(data18)) {
                  const len2 = data18.length;
                  for (let i4 = 0; i4 < len2; i4++) {
                    let data19 = data18[i4];
                    if (typeof data19 === "string") {
                      if (func1(data19) < 1) {
                        const err46 = { instancePath: instancePath + "/install/" + i4, schemaPath: "#/$defs/names/items/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema46.items, data: data19 };
                        if (vErrors === null) {
                          vErrors = [err46];
                        } else {
                          vErrors.push(err46);
                        }
                        errors++;
                      }
                    } else {
                      const err47 = { instancePath: instancePath + "/install/" + i4, schemaPath: "#/$defs/names/items/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema46.items.type, parentSchema: schema46.items, data: data19 };
                      if (vErrors === null) {
                        vErrors = [err47];
                      } else {
                        vErrors.push(err47);
                      }
                      errors++;
                    }
                  }
                  let i5 = data18.length;
                  let j2;
                  if (i5 > 1) {
                    const indices2 = {};
                    for (; i5--; ) {
                      let item2 = data18[i5];
                      if (typeof item2 !== "string") {
                        continue;
                      }
                      if (typeof indices2[item2] == "number") {
                        j2 = indices2[item2];
                        const err48 = { instancePath: instancePath + "/install", schemaPath: "#/$defs/names/uniqueItems", keyword: "uniqueItems", params: { i: i5, j: j2 }, message: "must NOT have duplicate items (items ## " + j2 + " and " + i5 + " are identical)", schema: true, parentSchema: schema46, data: data18 };
                        if (vErrors === null) {
                          vErrors = [err48];
                        } else {
                          vErrors.push(err48);
                        }
                        errors++;
                        break;
                      }
                      indices2[item2] = i5;
                    }
                  }
                } else {
                  const err49 = { instancePath: instancePath + "/install", schemaPath: "#/$defs/names/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema46.type, parentSchema: schema46, data: data18 };
                  if (vErrors === null) {
                    vErrors = [err49];
                  } else {
                    vErrors.push(err49);
                  }
                  errors++;
                }
              }
              if (data.remove !== void 0) {
                let data20 = data.remove;
                if (Array.isArray(data20)) {
                  const len3 = data20.length;
                  for (let i6 = 0; i6 < len3; i6++) {
                    let data21 = data20[i6];
                    if (typeof data21 === "string") {
                      if (func1(data21) < 1) {
                        const err50 = { instancePath: instancePath + "/remove/" + i6, schemaPath: "#/$defs/names/items/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema46.items, data: data21 };
                        if (vErrors === null) {
                          vErrors = [err50];
                        } else {
                          vErrors.push(err50);
                        }
                        errors++;
                      }
                    } else {
                      const err51 = { instancePath: instancePath + "/remove/" + i6, schemaPath: "#/$defs/names/items/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema46.items.type, parentSchema: schema46.items, data: data21 };
                      if (vErrors === null) {
                        vErrors = [err51];
                      } else {
                        vErrors.push(err51);
                      }
                      errors++;
                    }
                  }
                  let i7 = data20.length;
                  let j3;
                  if (i7 > 1) {
                    const indices3 = {};
                    for (; i7--; ) {
                      let item3 = data20[i7];
                      if (typeof item3 !== "string") {
                        continue;
                      }
                      if (typeof indices3[item3] == "number") {
                        j3 = indices3[item3];
                        const err52 = { instancePath: instancePath + "/remove", schemaPath: "#/$defs/names/uniqueItems", keyword: "uniqueItems", params: { i: i7, j: j3 }, message: "must NOT have duplicate items (items ## " + j3 + " and " + i7 + " are identical)", schema: true, parentSchema: schema46, data: data20 };
                        if (vErrors === null) {
                          vErrors = [err52];
                        } else {
                          vErrors.push(err52);
                        }
                        errors++;
                        break;
                      }
                      indices3[item3] = i7;
                    }
                  }
                } else {
                  const err53 = { instancePath: instancePath + "/remove", schemaPath: "#/$defs/names/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema46.type, parentSchema: schema46, data: data20 };
                  if (vErrors === null) {
                    vErrors = [err53];
                  } else {
                    vErrors.push(err53);
                  }
                  errors++;
                }
              }
            }
            var _valid0 = _errs48 === errors;
            if (_valid0 && valid0) {
              valid0 = false;
              passing0 = [passing0, 6];
            } else {
              if (_valid0) {
                valid0 = true;
                passing0 = 6;
                if (props0 !== true) {
                  props0 = true;
                }
              }
              const _errs61 = errors;
              if (data && typeof data == "object" && !Array.isArray(data)) {
                if (data.things === void 0) {
                  const err54 = { instancePath, schemaPath: "#/oneOf/7/required", keyword: "required", params: { missingProperty: "things" }, message: "must have required property 'things'", schema: schema45.oneOf[7].required, parentSchema: schema45.oneOf[7], data };
                  if (vErrors === null) {
                    vErrors = [err54];
                  } else {
                    vErrors.push(err54);
                  }
                  errors++;
                }
                for (const key8 in data) {
                  if (!(key8 === "kind" || key8 === "things")) {
                    const err55 = { instancePath, schemaPath: "#/oneOf/7/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key8 }, message: "must NOT have additional properties", schema: false, parentSchema: schema45.oneOf[7], data };
                    if (vErrors === null) {
                      vErrors = [err55];
                    } else {
                      vErrors.push(err55);
                    }
                    errors++;
                  }
                }
                if (data.kind !== void 0) {
                  let data22 = data.kind;
                  if ("guest.mend" !== data22) {
                    const err56 = { instancePath: instancePath + "/kind", schemaPath: "#/oneOf/7/properties/kind/const", keyword: "const", params: { allowedValue: "guest.mend" }, message: "must be equal to constant", schema: "guest.mend", parentSchema: schema45.oneOf[7].properties.kind, data: data22 };
                    if (vErrors === null) {
                      vErrors = [err56];
                    } else {
                      vErrors.push(err56);
                    }
                    errors++;
                  }
                }
                if (data.things !== void 0) {
                  if (!validate26(data.things, { instancePath: instancePath + "/things", parentData: data, parentDataProperty: "things", rootData, dynamicAnchors })) {
                    vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
                    errors = vErrors.length;
                  }
                }
              }
              var _valid0 = _errs61 === errors;
              if (_valid0 && valid0) {
                valid0 = false;
                passing0 = [passing0, 7];
              } else {
                if (_valid0) {
                  valid0 = true;
                  passing0 = 7;
                  if (props0 !== true) {
                    props0 = true;
                  }
                }
                const _errs65 = errors;
                if (data && typeof data == "object" && !Array.isArray(data)) {
                  if (data.name === void 0) {
                    const err57 = { instancePath, schemaPath: "#/oneOf/8/required", keyword: "required", params: { missingProperty: "name" }, message: "must have required property 'name'", schema: schema45.oneOf[8].required, parentSchema: schema45.oneOf[8], data };
                    if (vErrors === null) {
                      vErrors = [err57];
                    } else {
                      vErrors.push(err57);
                    }
                    errors++;
                  }
                  if (data.version === void 0) {
                    const err58 = { instancePath, schemaPath: "#/oneOf/8/required", keyword: "required", params: { missingProperty: "version" }, message: "must have required property 'version'", schema: schema45.oneOf[8].required, parentSchema: schema45.oneOf[8], data };
                    if (vErrors === null) {
                      vErrors = [err58];
                    } else {
                      vErrors.push(err58);
                    }
                    errors++;
                  }
                  for (const key9 in data) {
                    if (!(key9 === "kind" || key9 === "name" || key9 === "version")) {
                      const err59 = { instancePath, schemaPath: "#/oneOf/8/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key9 }, message: "must NOT have additional properties", schema: false, parentSchema: schema45.oneOf[8], data };
                      if (vErrors === null) {
                        vErrors = [err59];
                      } else {
                        vErrors.push(err59);
                      }
                      errors++;
                    }
                  }
                  if (data.kind !== void 0) {
                    let data24 = data.kind;
                    if ("agent.install" !== data24) {
                      const err60 = { instancePath: instancePath + "/kind", schemaPath: "#/oneOf/8/properties/kind/const", keyword: "const", params: { allowedValue: "agent.install" }, message: "must be equal to constant", schema: "agent.install", parentSchema: schema45.oneOf[8].properties.kind, data: data24 };
                      if (vErrors === null) {
                        vErrors = [err60];
                      } else {
                        vErrors.push(err60);
                      }
                      errors++;
                    }
                  }
                  if (data.name !== void 0) {
                    let data25 = data.name;
                    if (typeof data25 === "string") {
                      if (func1(data25) < 1) {
                        const err61 = { instancePath: instancePath + "/name", schemaPath: "#/$defs/key/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema41, data: data25 };
                        if (vErrors === null) {
                          vErrors = [err61];
                        } else {
                          vErrors.push(err61);
                        }
                        errors++;
                      }
                    } else {
                      const err62 = { instancePath: instancePath + "/name", schemaPath: "#/$defs/key/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema41.type, parentSchema: schema41, data: data25 };
                      if (vErrors === null) {
                        vErrors = [err62];
                      } else {
                        vErrors.push(err62);
                      }
                      errors++;
                    }
                  }
                  if (data.version !== void 0) {
                    let data26 = data.version;
                    if (typeof data26 === "string") {
                      if (func1(data26) < 1) {
                        const err63 = { instancePath: instancePath + "/version", schemaPath: "#/oneOf/8/properties/version/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema45.oneOf[8].properties.version, data: data26 };
                        if (vErrors === null) {
                          vErrors = [err63];
                        } else {
                          vErrors.push(err63);
                        }
                        errors++;
                      }
                    } else {
                      const err64 = { instancePath: instancePath + "/version", schemaPath: "#/oneOf/8/properties/version/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema45.oneOf[8].properties.version.type, parentSchema: schema45.oneOf[8].properties.version, data: data26 };
                      if (vErrors === null) {
                        vErrors = [err64];
                      } else {
                        vErrors.push(err64);
                      }
                      errors++;
                    }
                  }
                }
                var _valid0 = _errs65 === errors;
                if (_valid0 && valid0) {
                  valid0 = false;
                  passing0 = [passing0, 8];
                } else {
                  if (_valid0) {
                    valid0 = true;
                    passing0 = 8;
                    if (props0 !== true) {
                      props0 = true;
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
  }
  if (!valid0) {
    const err65 = { instancePath, schemaPath: "#/oneOf", keyword: "oneOf", params: { passingSchemas: passing0 }, message: "must match exactly one schema in oneOf", schema: schema45.oneOf, parentSchema: schema45, data };
    if (vErrors === null) {
      vErrors = [err65];
    } else {
      vErrors.push(err65);
    }
    errors++;
  } else {
    errors = _errs1;
    if (vErrors !== null) {
      if (_errs1) {
        vErrors.length = _errs1;
      } else {
        vErrors = null;
      }
    }
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.kind === void 0) {
      const err66 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "kind" }, message: "must have required property 'kind'", schema: schema45.required, parentSchema: schema45, data };
      if (vErrors === null) {
        vErrors = [err66];
      } else {
        vErrors.push(err66);
      }
      errors++;
    }
  } else {
    const err67 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema45.type, parentSchema: schema45, data };
    if (vErrors === null) {
      vErrors = [err67];
    } else {
      vErrors.push(err67);
    }
    errors++;
  }
  validate25.errors = vErrors;
  evaluated0.props = props0;
  return errors === 0;
}
validate25.evaluated = { "dynamicProps": true, "dynamicItems": false };
function validate43(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate43.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.id === void 0) {
      const err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "id" }, message: "must have required property 'id'", schema: schema44.required, parentSchema: schema44, data };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    if (data.action === void 0) {
      const err1 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "action" }, message: "must have required property 'action'", schema: schema44.required, parentSchema: schema44, data };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
    if (data.strategy === void 0) {
      const err2 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "strategy" }, message: "must have required property 'strategy'", schema: schema44.required, parentSchema: schema44, data };
      if (vErrors === null) {
        vErrors = [err2];
      } else {
        vErrors.push(err2);
      }
      errors++;
    }
    if (data.after === void 0) {
      const err3 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "after" }, message: "must have required property 'after'", schema: schema44.required, parentSchema: schema44, data };
      if (vErrors === null) {
        vErrors = [err3];
      } else {
        vErrors.push(err3);
      }
      errors++;
    }
    if (data.fields === void 0) {
      const err4 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "fields" }, message: "must have required property 'fields'", schema: schema44.required, parentSchema: schema44, data };
      if (vErrors === null) {
        vErrors = [err4];
      } else {
        vErrors.push(err4);
      }
      errors++;
    }
    if (data.records === void 0) {
      const err5 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "records" }, message: "must have required property 'records'", schema: schema44.required, parentSchema: schema44, data };
      if (vErrors === null) {
        vErrors = [err5];
      } else {
        vErrors.push(err5);
      }
      errors++;
    }
    if (data.reason === void 0) {
      const err6 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "reason" }, message: "must have required property 'reason'", schema: schema44.required, parentSchema: schema44, data };
      if (vErrors === null) {
        vErrors = [err6];
      } else {
        vErrors.push(err6);
      }
      errors++;
    }
    if (data.title === void 0) {
      const err7 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "title" }, message: "must have required property 'title'", schema: schema44.required, parentSchema: schema44, data };
      if (vErrors === null) {
        vErrors = [err7];
      } else {
        vErrors.push(err7);
      }
      errors++;
    }
    for (const key0 in data) {
      if (!func2.call(schema44.properties, key0)) {
        const err8 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties", schema: false, parentSchema: schema44, data };
        if (vErrors === null) {
          vErrors = [err8];
        } else {
          vErrors.push(err8);
        }
        errors++;
      }
    }
    if (data.id !== void 0) {
      let data0 = data.id;
      if (typeof data0 === "string") {
        if (func1(data0) < 1) {
          const err9 = { instancePath: instancePath + "/id", schemaPath: "#/properties/id/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema44.properties.id, data: data0 };
          if (vErrors === null) {
            vErrors = [err9];
          } else {
            vErrors.push(err9);
          }
          errors++;
        }
      } else {
        const err10 = { instancePath: instancePath + "/id", schemaPath: "#/properties/id/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema44.properties.id.type, parentSchema: schema44.properties.id, data: data0 };
        if (vErrors === null) {
          vErrors = [err10];
        } else {
          vErrors.push(err10);
        }
        errors++;
      }
    }
    if (data.action !== void 0) {
      if (!validate25(data.action, { instancePath: instancePath + "/action", parentData: data, parentDataProperty: "action", rootData, dynamicAnchors })) {
        vErrors = vErrors === null ? validate25.errors : vErrors.concat(validate25.errors);
        errors = vErrors.length;
      }
    }
    if (data.strategy !== void 0) {
      let data2 = data.strategy;
      if (!(data2 === "noop" || data2 === "live" || data2 === "reapply" || data2 === "restart" || data2 === "recreate" || data2 === "delete")) {
        const err11 = { instancePath: instancePath + "/strategy", schemaPath: "#/$defs/strategy/enum", keyword: "enum", params: { allowedValues: schema42.enum }, message: "must be equal to one of the allowed values", schema: schema42.enum, parentSchema: schema42, data: data2 };
        if (vErrors === null) {
          vErrors = [err11];
        } else {
          vErrors.push(err11);
        }
        errors++;
      }
    }
    if (data.after !== void 0) {
      let data3 = data.after;
      if (Array.isArray(data3)) {
        const len0 = data3.length;
        for (let i0 = 0; i0 < len0; i0++) {
          let data4 = data3[i0];
          if (typeof data4 === "string") {
            if (func1(data4) < 1) {
              const err12 = { instancePath: instancePath + "/after/" + i0, schemaPath: "#/$defs/names/items/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema46.items, data: data4 };
              if (vErrors === null) {
                vErrors = [err12];
              } else {
                vErrors.push(err12);
              }
              errors++;
            }
          } else {
            const err13 = { instancePath: instancePath + "/after/" + i0, schemaPath: "#/$defs/names/items/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema46.items.type, parentSchema: schema46.items, data: data4 };
            if (vErrors === null) {
              vErrors = [err13];
            } else {
              vErrors.push(err13);
            }
            errors++;
          }
        }
        let i1 = data3.length;
        let j0;
        if (i1 > 1) {
          const indices0 = {};
          for (; i1--; ) {
            let item0 = data3[i1];
            if (typeof item0 !== "string") {
              continue;
            }
            if (typeof indices0[item0] == "number") {
              j0 = indices0[item0];
              const err14 = { instancePath: instancePath + "/after", schemaPath: "#/$defs/names/uniqueItems", keyword: "uniqueItems", params: { i: i1, j: j0 }, message: "must NOT have duplicate items (items ## " + j0 + " and " + i1 + " are identical)", schema: true, parentSchema: schema46, data: data3 };
              if (vErrors === null) {
                vErrors = [err14];
              } else {
                vErrors.push(err14);
              }
              errors++;
              break;
            }
            indices0[item0] = i1;
          }
        }
      } else {
        const err15 = { instancePath: instancePath + "/after", schemaPath: "#/$defs/names/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema46.type, parentSchema: schema46, data: data3 };
        if (vErrors === null) {
          vErrors = [err15];
        } else {
          vErrors.push(err15);
        }
        errors++;
      }
    }
    if (data.fields !== void 0) {
      if (!validate26(data.fields, { instancePath: instancePath + "/fields", parentData: data, parentDataProperty: "fields", rootData, dynamicAnchors })) {
        vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
        errors = vErrors.length;
      }
    }
    if (data.records !== void 0) {
      if (!validate26(data.records, { instancePath: instancePath + "/records", parentData: data, parentDataProperty: "records", rootData, dynamicAnchors })) {
        vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
        errors = vErrors.length;
      }
    }
    if (data.undoes !== void 0) {
      if (!validate26(data.undoes, { instancePath: instancePath + "/undoes", parentData: data, parentDataProperty: "undoes", rootData, dynamicAnchors })) {
        vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
        errors = vErrors.length;
      }
    }
    if (data.reason !== void 0) {
      let data8 = data.reason;
      if (data8 && typeof data8 == "object" && !Array.isArray(data8)) {
        if (data8.code === void 0) {
          const err16 = { instancePath: instancePath + "/reason", schemaPath: "#/$defs/reason/required", keyword: "required", params: { missingProperty: "code" }, message: "must have required property 'code'", schema: schema43.required, parentSchema: schema43, data: data8 };
          if (vErrors === null) {
            vErrors = [err16];
          } else {
            vErrors.push(err16);
          }
          errors++;
        }
        if (data8.text === void 0) {
          const err17 = { instancePath: instancePath + "/reason", schemaPath: "#/$defs/reason/required", keyword: "required", params: { missingProperty: "text" }, message: "must have required property 'text'", schema: schema43.required, parentSchema: schema43, data: data8 };
          if (vErrors === null) {
            vErrors = [err17];
          } else {
            vErrors.push(err17);
          }
          errors++;
        }
        for (const key1 in data8) {
          if (!(key1 === "code" || key1 === "text")) {
            const err18 = { instancePath: instancePath + "/reason", schemaPath: "#/$defs/reason/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key1 }, message: "must NOT have additional properties", schema: false, parentSchema: schema43, data: data8 };
            if (vErrors === null) {
              vErrors = [err18];
            } else {
              vErrors.push(err18);
            }
            errors++;
          }
        }
        if (data8.code !== void 0) {
          let data9 = data8.code;
          if (!(data9 === "field-policy" || data9 === "driver-limit" || data9 === "unsupported" || data9 === "machine-absent" || data9 === "machine-stopped" || data9 === "machine-crashed" || data9 === "machine-paused" || data9 === "drifted" || data9 === "probe-failed" || data9 === "resume" || data9 === "requested" || data9 === "before-risk")) {
            const err19 = { instancePath: instancePath + "/reason/code", schemaPath: "#/$defs/reason/properties/code/enum", keyword: "enum", params: { allowedValues: schema43.properties.code.enum }, message: "must be equal to one of the allowed values", schema: schema43.properties.code.enum, parentSchema: schema43.properties.code, data: data9 };
            if (vErrors === null) {
              vErrors = [err19];
            } else {
              vErrors.push(err19);
            }
            errors++;
          }
        }
        if (data8.text !== void 0) {
          let data10 = data8.text;
          if (typeof data10 === "string") {
            if (func1(data10) < 1) {
              const err20 = { instancePath: instancePath + "/reason/text", schemaPath: "#/$defs/reason/properties/text/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema43.properties.text, data: data10 };
              if (vErrors === null) {
                vErrors = [err20];
              } else {
                vErrors.push(err20);
              }
              errors++;
            }
          } else {
            const err21 = { instancePath: instancePath + "/reason/text", schemaPath: "#/$defs/reason/properties/text/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema43.properties.text.type, parentSchema: schema43.properties.text, data: data10 };
            if (vErrors === null) {
              vErrors = [err21];
            } else {
              vErrors.push(err21);
            }
            errors++;
          }
        }
      } else {
        const err22 = { instancePath: instancePath + "/reason", schemaPath: "#/$defs/reason/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema43.type, parentSchema: schema43, data: data8 };
        if (vErrors === null) {
          vErrors = [err22];
        } else {
          vErrors.push(err22);
        }
        errors++;
      }
    }
    if (data.title !== void 0) {
      let data11 = data.title;
      if (typeof data11 === "string") {
        if (func1(data11) < 1) {
          const err23 = { instancePath: instancePath + "/title", schemaPath: "#/properties/title/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema44.properties.title, data: data11 };
          if (vErrors === null) {
            vErrors = [err23];
          } else {
            vErrors.push(err23);
          }
          errors++;
        }
      } else {
        const err24 = { instancePath: instancePath + "/title", schemaPath: "#/properties/title/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema44.properties.title.type, parentSchema: schema44.properties.title, data: data11 };
        if (vErrors === null) {
          vErrors = [err24];
        } else {
          vErrors.push(err24);
        }
        errors++;
      }
    }
  } else {
    const err25 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema44.type, parentSchema: schema44, data };
    if (vErrors === null) {
      vErrors = [err25];
    } else {
      vErrors.push(err25);
    }
    errors++;
  }
  validate43.errors = vErrors;
  return errors === 0;
}
validate43.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
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
  const _errs0 = errors;
  let valid0 = false;
  let passing0 = null;
  const _errs1 = errors;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.kind === void 0) {
      const err0 = { instancePath, schemaPath: "#/oneOf/0/required", keyword: "required", params: { missingProperty: "kind" }, message: "must have required property 'kind'", schema: schema31.oneOf[0].required, parentSchema: schema31.oneOf[0], data };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    if (data.apply === void 0) {
      const err1 = { instancePath, schemaPath: "#/oneOf/0/required", keyword: "required", params: { missingProperty: "apply" }, message: "must have required property 'apply'", schema: schema31.oneOf[0].required, parentSchema: schema31.oneOf[0], data };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
    if (data.at === void 0) {
      const err2 = { instancePath, schemaPath: "#/oneOf/0/required", keyword: "required", params: { missingProperty: "at" }, message: "must have required property 'at'", schema: schema31.oneOf[0].required, parentSchema: schema31.oneOf[0], data };
      if (vErrors === null) {
        vErrors = [err2];
      } else {
        vErrors.push(err2);
      }
      errors++;
    }
    if (data.steps === void 0) {
      const err3 = { instancePath, schemaPath: "#/oneOf/0/required", keyword: "required", params: { missingProperty: "steps" }, message: "must have required property 'steps'", schema: schema31.oneOf[0].required, parentSchema: schema31.oneOf[0], data };
      if (vErrors === null) {
        vErrors = [err3];
      } else {
        vErrors.push(err3);
      }
      errors++;
    }
    for (const key0 in data) {
      if (!(key0 === "kind" || key0 === "apply" || key0 === "at" || key0 === "format" || key0 === "steps")) {
        const err4 = { instancePath, schemaPath: "#/oneOf/0/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties", schema: false, parentSchema: schema31.oneOf[0], data };
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      }
    }
    if (data.kind !== void 0) {
      let data0 = data.kind;
      if ("begin" !== data0) {
        const err5 = { instancePath: instancePath + "/kind", schemaPath: "#/oneOf/0/properties/kind/const", keyword: "const", params: { allowedValue: "begin" }, message: "must be equal to constant", schema: "begin", parentSchema: schema31.oneOf[0].properties.kind, data: data0 };
        if (vErrors === null) {
          vErrors = [err5];
        } else {
          vErrors.push(err5);
        }
        errors++;
      }
    }
    if (data.apply !== void 0) {
      let data1 = data.apply;
      if (typeof data1 === "string") {
        if (!pattern4.test(data1)) {
          const err6 = { instancePath: instancePath + "/apply", schemaPath: "#/$defs/apply/pattern", keyword: "pattern", params: { pattern: "^[0-9a-f]{8}$" }, message: 'must match pattern "^[0-9a-f]{8}$"', schema: "^[0-9a-f]{8}$", parentSchema: schema32, data: data1 };
          if (vErrors === null) {
            vErrors = [err6];
          } else {
            vErrors.push(err6);
          }
          errors++;
        }
      } else {
        const err7 = { instancePath: instancePath + "/apply", schemaPath: "#/$defs/apply/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema32.type, parentSchema: schema32, data: data1 };
        if (vErrors === null) {
          vErrors = [err7];
        } else {
          vErrors.push(err7);
        }
        errors++;
      }
    }
    if (data.at !== void 0) {
      let data2 = data.at;
      if (typeof data2 === "string") {
        if (!formats0.validate(data2)) {
          const err8 = { instancePath: instancePath + "/at", schemaPath: "#/$defs/at/format", keyword: "format", params: { format: "date-time" }, message: 'must match format "date-time"', schema: "date-time", parentSchema: schema33, data: data2 };
          if (vErrors === null) {
            vErrors = [err8];
          } else {
            vErrors.push(err8);
          }
          errors++;
        }
      } else {
        const err9 = { instancePath: instancePath + "/at", schemaPath: "#/$defs/at/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema33.type, parentSchema: schema33, data: data2 };
        if (vErrors === null) {
          vErrors = [err9];
        } else {
          vErrors.push(err9);
        }
        errors++;
      }
    }
    if (data.format !== void 0) {
      let data3 = data.format;
      if (1 !== data3) {
        const err10 = { instancePath: instancePath + "/format", schemaPath: "#/oneOf/0/properties/format/const", keyword: "const", params: { allowedValue: 1 }, message: "must be equal to constant", schema: 1, parentSchema: schema31.oneOf[0].properties.format, data: data3 };
        if (vErrors === null) {
          vErrors = [err10];
        } else {
          vErrors.push(err10);
        }
        errors++;
      }
    }
    if (data.steps !== void 0) {
      let data4 = data.steps;
      if (Array.isArray(data4)) {
        const len0 = data4.length;
        for (let i0 = 0; i0 < len0; i0++) {
          let data5 = data4[i0];
          if (typeof data5 === "string") {
            if (func1(data5) < 1) {
              const err11 = { instancePath: instancePath + "/steps/" + i0, schemaPath: "#/$defs/stepId/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema34, data: data5 };
              if (vErrors === null) {
                vErrors = [err11];
              } else {
                vErrors.push(err11);
              }
              errors++;
            }
          } else {
            const err12 = { instancePath: instancePath + "/steps/" + i0, schemaPath: "#/$defs/stepId/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema34.type, parentSchema: schema34, data: data5 };
            if (vErrors === null) {
              vErrors = [err12];
            } else {
              vErrors.push(err12);
            }
            errors++;
          }
        }
      } else {
        const err13 = { instancePath: instancePath + "/steps", schemaPath: "#/oneOf/0/properties/steps/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema31.oneOf[0].properties.steps.type, parentSchema: schema31.oneOf[0].properties.steps, data: data4 };
        if (vErrors === null) {
          vErrors = [err13];
        } else {
          vErrors.push(err13);
        }
        errors++;
      }
    }
  } else {
    const err14 = { instancePath, schemaPath: "#/oneOf/0/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema31.oneOf[0].type, parentSchema: schema31.oneOf[0], data };
    if (vErrors === null) {
      vErrors = [err14];
    } else {
      vErrors.push(err14);
    }
    errors++;
  }
  var _valid0 = _errs1 === errors;
  if (_valid0) {
    valid0 = true;
    passing0 = 0;
    var props0 = true;
  }
  const _errs17 = errors;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.kind === void 0) {
      const err15 = { instancePath, schemaPath: "#/oneOf/1/required", keyword: "required", params: { missingProperty: "kind" }, message: "must have required property 'kind'", schema: schema31.oneOf[1].required, parentSchema: schema31.oneOf[1], data };
      if (vErrors === null) {
        vErrors = [err15];
      } else {
        vErrors.push(err15);
      }
      errors++;
    }
    if (data.apply === void 0) {
      const err16 = { instancePath, schemaPath: "#/oneOf/1/required", keyword: "required", params: { missingProperty: "apply" }, message: "must have required property 'apply'", schema: schema31.oneOf[1].required, parentSchema: schema31.oneOf[1], data };
      if (vErrors === null) {
        vErrors = [err16];
      } else {
        vErrors.push(err16);
      }
      errors++;
    }
    if (data.at === void 0) {
      const err17 = { instancePath, schemaPath: "#/oneOf/1/required", keyword: "required", params: { missingProperty: "at" }, message: "must have required property 'at'", schema: schema31.oneOf[1].required, parentSchema: schema31.oneOf[1], data };
      if (vErrors === null) {
        vErrors = [err17];
      } else {
        vErrors.push(err17);
      }
      errors++;
    }
    if (data.step === void 0) {
      const err18 = { instancePath, schemaPath: "#/oneOf/1/required", keyword: "required", params: { missingProperty: "step" }, message: "must have required property 'step'", schema: schema31.oneOf[1].required, parentSchema: schema31.oneOf[1], data };
      if (vErrors === null) {
        vErrors = [err18];
      } else {
        vErrors.push(err18);
      }
      errors++;
    }
    if (data.patch === void 0) {
      const err19 = { instancePath, schemaPath: "#/oneOf/1/required", keyword: "required", params: { missingProperty: "patch" }, message: "must have required property 'patch'", schema: schema31.oneOf[1].required, parentSchema: schema31.oneOf[1], data };
      if (vErrors === null) {
        vErrors = [err19];
      } else {
        vErrors.push(err19);
      }
      errors++;
    }
    for (const key1 in data) {
      if (!(key1 === "kind" || key1 === "apply" || key1 === "at" || key1 === "step" || key1 === "patch")) {
        const err20 = { instancePath, schemaPath: "#/oneOf/1/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key1 }, message: "must NOT have additional properties", schema: false, parentSchema: schema31.oneOf[1], data };
        if (vErrors === null) {
          vErrors = [err20];
        } else {
          vErrors.push(err20);
        }
        errors++;
      }
    }
    if (data.kind !== void 0) {
      let data6 = data.kind;
      if ("intent" !== data6) {
        const err21 = { instancePath: instancePath + "/kind", schemaPath: "#/oneOf/1/properties/kind/const", keyword: "const", params: { allowedValue: "intent" }, message: "must be equal to constant", schema: "intent", parentSchema: schema31.oneOf[1].properties.kind, data: data6 };
        if (vErrors === null) {
          vErrors = [err21];
        } else {
          vErrors.push(err21);
        }
        errors++;
      }
    }
    if (data.apply !== void 0) {
      let data7 = data.apply;
      if (typeof data7 === "string") {
        if (!pattern4.test(data7)) {
          const err22 = { instancePath: instancePath + "/apply", schemaPath: "#/$defs/apply/pattern", keyword: "pattern", params: { pattern: "^[0-9a-f]{8}$" }, message: 'must match pattern "^[0-9a-f]{8}$"', schema: "^[0-9a-f]{8}$", parentSchema: schema32, data: data7 };
          if (vErrors === null) {
            vErrors = [err22];
          } else {
            vErrors.push(err22);
          }
          errors++;
        }
      } else {
        const err23 = { instancePath: instancePath + "/apply", schemaPath: "#/$defs/apply/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema32.type, parentSchema: schema32, data: data7 };
        if (vErrors === null) {
          vErrors = [err23];
        } else {
          vErrors.push(err23);
        }
        errors++;
      }
    }
    if (data.at !== void 0) {
      let data8 = data.at;
      if (typeof data8 === "string") {
        if (!formats0.validate(data8)) {
          const err24 = { instancePath: instancePath + "/at", schemaPath: "#/$defs/at/format", keyword: "format", params: { format: "date-time" }, message: 'must match format "date-time"', schema: "date-time", parentSchema: schema33, data: data8 };
          if (vErrors === null) {
            vErrors = [err24];
          } else {
            vErrors.push(err24);
          }
          errors++;
        }
      } else {
        const err25 = { instancePath: instancePath + "/at", schemaPath: "#/$defs/at/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema33.type, parentSchema: schema33, data: data8 };
        if (vErrors === null) {
          vErrors = [err25];
        } else {
          vErrors.push(err25);
        }
        errors++;
      }
    }
    if (data.step !== void 0) {
      if (!validate43(data.step, { instancePath: instancePath + "/step", parentData: data, parentDataProperty: "step", rootData, dynamicAnchors })) {
        vErrors = vErrors === null ? validate43.errors : vErrors.concat(validate43.errors);
        errors = vErrors.length;
      }
    }
    if (data.patch !== void 0) {
      let data10 = data.patch;
      if (data10 && typeof data10 == "object" && !Array.isArray(data10)) {
        for (const key2 in data10) {
          let data11 = data10[key2];
          const _errs32 = errors;
          let valid11 = false;
          let passing1 = null;
          const _errs33 = errors;
          if (data11 !== null) {
            const err26 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/oneOf/1/properties/patch/additionalProperties/oneOf/0/type", keyword: "type", params: { type: "null" }, message: "must be null", schema: schema31.oneOf[1].properties.patch.additionalProperties.oneOf[0].type, parentSchema: schema31.oneOf[1].properties.patch.additionalProperties.oneOf[0], data: data11 };
            if (vErrors === null) {
              vErrors = [err26];
            } else {
              vErrors.push(err26);
            }
            errors++;
          }
          var _valid1 = _errs33 === errors;
          if (_valid1) {
            valid11 = true;
            passing1 = 0;
          }
          const _errs35 = errors;
          const _errs39 = errors;
          let valid14 = true;
          const _errs40 = errors;
          if (errors === _errs40) {
            if (data11 && typeof data11 == "object" && !Array.isArray(data11)) {
              if (data11.path !== void 0) {
                let data12 = data11.path;
                const _errs42 = errors;
                if (errors === _errs42) {
                  if (typeof data12 === "string") {
                    if (!pattern16.test(data12)) {
                      const err27 = {};
                      if (vErrors === null) {
                        vErrors = [err27];
                      } else {
                        vErrors.push(err27);
                      }
                      errors++;
                    }
                  } else {
                    const err28 = {};
                    if (vErrors === null) {
                      vErrors = [err28];
                    } else {
                      vErrors.push(err28);
                    }
                    errors++;
                  }
                }
              }
            } else {
              const err29 = {};
              if (vErrors === null) {
                vErrors = [err29];
              } else {
                vErrors.push(err29);
              }
              errors++;
            }
          }
          var _valid2 = _errs40 === errors;
          errors = _errs39;
          if (vErrors !== null) {
            if (_errs39) {
              vErrors.length = _errs39;
            } else {
              vErrors = null;
            }
          }
          if (_valid2) {
            const _errs44 = errors;
            if (data11 && typeof data11 == "object" && !Array.isArray(data11)) {
              if (data11.key === void 0) {
                const err30 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/0/then/required", keyword: "required", params: { missingProperty: "key" }, message: "must have required property 'key'", schema: schema75.allOf[0].then.required, parentSchema: schema75.allOf[0].then, data: data11 };
                if (vErrors === null) {
                  vErrors = [err30];
                } else {
                  vErrors.push(err30);
                }
                errors++;
              }
              if (data11.key !== void 0) {
                let data13 = data11.key;
                if (typeof data13 !== "string") {
                  const err31 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/key", schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/0/then/properties/key/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema75.allOf[0].then.properties.key.type, parentSchema: schema75.allOf[0].then.properties.key, data: data13 };
                  if (vErrors === null) {
                    vErrors = [err31];
                  } else {
                    vErrors.push(err31);
                  }
                  errors++;
                }
              }
            } else {
              const err32 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/0/then/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema75.allOf[0].then.type, parentSchema: schema75.allOf[0].then, data: data11 };
              if (vErrors === null) {
                vErrors = [err32];
              } else {
                vErrors.push(err32);
              }
              errors++;
            }
            var _valid2 = _errs44 === errors;
            valid14 = _valid2;
            if (valid14) {
              var props1 = {};
              props1.key = true;
              props1.path = true;
            }
          }
          if (!valid14) {
            const err33 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/0/if", keyword: "if", params: { failingKeyword: "then" }, message: 'must match "then" schema', schema: schema75.allOf[0].if, parentSchema: schema75.allOf[0], data: data11 };
            if (vErrors === null) {
              vErrors = [err33];
            } else {
              vErrors.push(err33);
            }
            errors++;
          }
          const _errs49 = errors;
          let valid17 = true;
          const _errs50 = errors;
          if (errors === _errs50) {
            if (data11 && typeof data11 == "object" && !Array.isArray(data11)) {
              if (data11.path !== void 0) {
                let data14 = data11.path;
                if (!(data14 === "name" || data14 === "driver" || data14 === "agents[].version")) {
                  const err34 = {};
                  if (vErrors === null) {
                    vErrors = [err34];
                  } else {
                    vErrors.push(err34);
                  }
                  errors++;
                }
              }
            } else {
              const err35 = {};
              if (vErrors === null) {
                vErrors = [err35];
              } else {
                vErrors.push(err35);
              }
              errors++;
            }
          }
          var _valid3 = _errs50 === errors;
          errors = _errs49;
          if (vErrors !== null) {
            if (_errs49) {
              vErrors.length = _errs49;
            } else {
              vErrors = null;
            }
          }
          if (_valid3) {
            const _errs53 = errors;
            if (data11 && typeof data11 == "object" && !Array.isArray(data11)) {
              if (data11.value !== void 0) {
                let data15 = data11.value;
                if (typeof data15 !== "string") {
                  const err36 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/1/then/properties/value/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema75.allOf[1].then.properties.value.type, parentSchema: schema75.allOf[1].then.properties.value, data: data15 };
                  if (vErrors === null) {
                    vErrors = [err36];
                  } else {
                    vErrors.push(err36);
                  }
                  errors++;
                }
              }
            } else {
              const err37 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/1/then/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema75.allOf[1].then.type, parentSchema: schema75.allOf[1].then, data: data11 };
              if (vErrors === null) {
                vErrors = [err37];
              } else {
                vErrors.push(err37);
              }
              errors++;
            }
            var _valid3 = _errs53 === errors;
            valid17 = _valid3;
            if (valid17) {
              var props2 = {};
              props2.value = true;
              props2.path = true;
            }
          }
          if (!valid17) {
            const err38 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/1/if", keyword: "if", params: { failingKeyword: "then" }, message: 'must match "then" schema', schema: schema75.allOf[1].if, parentSchema: schema75.allOf[1], data: data11 };
            if (vErrors === null) {
              vErrors = [err38];
            } else {
              vErrors.push(err38);
            }
            errors++;
          }
          if (props1 !== true && props2 !== void 0) {
            if (props2 === true) {
              props1 = true;
            } else {
              props1 = props1 || {};
              Object.assign(props1, props2);
            }
          }
          const _errs58 = errors;
          let valid20 = true;
          const _errs59 = errors;
          if (errors === _errs59) {
            if (data11 && typeof data11 == "object" && !Array.isArray(data11)) {
              if (data11.path !== void 0) {
                let data16 = data11.path;
                if (!(data16 === "resources.cpus" || data16 === "resources.memory" || data16 === "resources.disk" || data16 === "snapshots.keep" || data16 === "snapshots.maxSize")) {
                  const err39 = {};
                  if (vErrors === null) {
                    vErrors = [err39];
                  } else {
                    vErrors.push(err39);
                  }
                  errors++;
                }
              }
            } else {
              const err40 = {};
              if (vErrors === null) {
                vErrors = [err40];
              } else {
                vErrors.push(err40);
              }
              errors++;
            }
          }
          var _valid4 = _errs59 === errors;
          errors = _errs58;
          if (vErrors !== null) {
            if (_errs58) {
              vErrors.length = _errs58;
            } else {
              vErrors = null;
            }
          }
          if (_valid4) {
            const _errs62 = errors;
            if (data11 && typeof data11 == "object" && !Array.isArray(data11)) {
              if (data11.value !== void 0) {
                let data17 = data11.value;
                if (typeof data17 == "number" && isFinite(data17)) {
                  if (data17 < 0 || isNaN(data17)) {
                    const err41 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/2/then/properties/value/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0", schema: 0, parentSchema: schema75.allOf[2].then.properties.value, data: data17 };
                    if (vErrors === null) {
                      vErrors = [err41];
                    } else {
                      vErrors.push(err41);
                    }
                    errors++;
                  }
                } else {
                  const err42 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/2/then/properties/value/type", keyword: "type", params: { type: "number" }, message: "must be number", schema: schema75.allOf[2].then.properties.value.type, parentSchema: schema75.allOf[2].then.properties.value, data: data17 };
                  if (vErrors === null) {
                    vErrors = [err42];
                  } else {
                    vErrors.push(err42);
                  }
                  errors++;
                }
              }
            } else {
              const err43 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/2/then/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema75.allOf[2].then.type, parentSchema: schema75.allOf[2].then, data: data11 };
              if (vErrors === null) {
                vErrors = [err43];
              } else {
                vErrors.push(err43);
              }
              errors++;
            }
            var _valid4 = _errs62 === errors;
            valid20 = _valid4;
            if (valid20) {
              var props3 = {};
              props3.value = true;
              props3.path = true;
            }
          }
          if (!valid20) {
            const err44 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/2/if", keyword: "if", params: { failingKeyword: "then" }, message: 'must match "then" schema', schema: schema75.allOf[2].if, parentSchema: schema75.allOf[2], data: data11 };
            if (vErrors === null) {
              vErrors = [err44];
            } else {
              vErrors.push(err44);
            }
            errors++;
          }
          if (props1 !== true && props3 !== void 0) {
            if (props3 === true) {
              props1 = true;
            } else {
              props1 = props1 || {};
              Object.assign(props1, props3);
            }
          }
          const _errs67 = errors;
          let valid23 = true;
          const _errs68 = errors;
          if (errors === _errs68) {
            if (data11 && typeof data11 == "object" && !Array.isArray(data11)) {
              if (data11.path !== void 0) {
                if ("base.image" !== data11.path) {
                  const err45 = {};
                  if (vErrors === null) {
                    vErrors = [err45];
                  } else {
                    vErrors.push(err45);
                  }
                  errors++;
                }
              }
            } else {
              const err46 = {};
              if (vErrors === null) {
                vErrors = [err46];
              } else {
                vErrors.push(err46);
              }
              errors++;
            }
          }
          var _valid5 = _errs68 === errors;
          errors = _errs67;
          if (vErrors !== null) {
            if (_errs67) {
              vErrors.length = _errs67;
            } else {
              vErrors = null;
            }
          }
          if (_valid5) {
            const _errs71 = errors;
            if (data11 && typeof data11 == "object" && !Array.isArray(data11)) {
              if (data11.value !== void 0) {
                let data19 = data11.value;
                const _errs74 = errors;
                let valid26 = false;
                let passing2 = null;
                const _errs75 = errors;
                if (data19 && typeof data19 == "object" && !Array.isArray(data19)) {
                  if (data19.name === void 0) {
                    const err47 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/3/then/properties/value/oneOf/0/required", keyword: "required", params: { missingProperty: "name" }, message: "must have required property 'name'", schema: schema75.allOf[3].then.properties.value.oneOf[0].required, parentSchema: schema75.allOf[3].then.properties.value.oneOf[0], data: data19 };
                    if (vErrors === null) {
                      vErrors = [err47];
                    } else {
                      vErrors.push(err47);
                    }
                    errors++;
                  }
                  for (const key3 in data19) {
                    if (!(key3 === "name")) {
                      const err48 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/3/then/properties/value/oneOf/0/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key3 }, message: "must NOT have additional properties", schema: false, parentSchema: schema75.allOf[3].then.properties.value.oneOf[0], data: data19 };
                      if (vErrors === null) {
                        vErrors = [err48];
                      } else {
                        vErrors.push(err48);
                      }
                      errors++;
                    }
                  }
                  if (data19.name !== void 0) {
                    let data20 = data19.name;
                    if (typeof data20 !== "string") {
                      const err49 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/value/name", schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/3/then/properties/value/oneOf/0/properties/name/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema75.allOf[3].then.properties.value.oneOf[0].properties.name.type, parentSchema: schema75.allOf[3].then.properties.value.oneOf[0].properties.name, data: data20 };
                      if (vErrors === null) {
                        vErrors = [err49];
                      } else {
                        vErrors.push(err49);
                      }
                      errors++;
                    }
                  }
                } else {
                  const err50 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/3/then/properties/value/oneOf/0/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema75.allOf[3].then.properties.value.oneOf[0].type, parentSchema: schema75.allOf[3].then.properties.value.oneOf[0], data: data19 };
                  if (vErrors === null) {
                    vErrors = [err50];
                  } else {
                    vErrors.push(err50);
                  }
                  errors++;
                }
                var _valid6 = _errs75 === errors;
                if (_valid6) {
                  valid26 = true;
                  passing2 = 0;
                  var props4 = true;
                }
                const _errs80 = errors;
                if (data19 && typeof data19 == "object" && !Array.isArray(data19)) {
                  if (data19.url === void 0) {
                    const err51 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/3/then/properties/value/oneOf/1/required", keyword: "required", params: { missingProperty: "url" }, message: "must have required property 'url'", schema: schema75.allOf[3].then.properties.value.oneOf[1].required, parentSchema: schema75.allOf[3].then.properties.value.oneOf[1], data: data19 };
                    if (vErrors === null) {
                      vErrors = [err51];
                    } else {
                      vErrors.push(err51);
                    }
                    errors++;
                  }
                  if (data19.sha256 === void 0) {
                    const err52 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/3/then/properties/value/oneOf/1/required", keyword: "required", params: { missingProperty: "sha256" }, message: "must have required property 'sha256'", schema: schema75.allOf[3].then.properties.value.oneOf[1].required, parentSchema: schema75.allOf[3].then.properties.value.oneOf[1], data: data19 };
                    if (vErrors === null) {
                      vErrors = [err52];
                    } else {
                      vErrors.push(err52);
                    }
                    errors++;
                  }
                  for (const key4 in data19) {
                    if (!(key4 === "url" || key4 === "sha256")) {
                      const err53 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/3/then/properties/value/oneOf/1/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key4 }, message: "must NOT have additional properties", schema: false, parentSchema: schema75.allOf[3].then.properties.value.oneOf[1], data: data19 };
                      if (vErrors === null) {
                        vErrors = [err53];
                      } else {
                        vErrors.push(err53);
                      }
                      errors++;
                    }
                  }
                  if (data19.url !== void 0) {
                    let data21 = data19.url;
                    if (typeof data21 !== "string") {
                      const err54 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/value/url", schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/3/then/properties/value/oneOf/1/properties/url/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema75.allOf[3].then.properties.value.oneOf[1].properties.url.type, parentSchema: schema75.allOf[3].then.properties.value.oneOf[1].properties.url, data: data21 };
                      if (vErrors === null) {
                        vErrors = [err54];
                      } else {
                        vErrors.push(err54);
                      }
                      errors++;
                    }
                  }
                  if (data19.sha256 !== void 0) {
                    let data22 = data19.sha256;
                    if (typeof data22 === "string") {
                      if (!pattern17.test(data22)) {
                        const err55 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/value/sha256", schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/3/then/properties/value/oneOf/1/properties/sha256/pattern", keyword: "pattern", params: { pattern: "^[0-9a-f]{64}$" }, message: 'must match pattern "^[0-9a-f]{64}$"', schema: "^[0-9a-f]{64}$", parentSchema: schema75.allOf[3].then.properties.value.oneOf[1].properties.sha256, data: data22 };
                        if (vErrors === null) {
                          vErrors = [err55];
                        } else {
                          vErrors.push(err55);
                        }
                        errors++;
                      }
                    } else {
                      const err56 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/value/sha256", schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/3/then/properties/value/oneOf/1/properties/sha256/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema75.allOf[3].then.properties.value.oneOf[1].properties.sha256.type, parentSchema: schema75.allOf[3].then.properties.value.oneOf[1].properties.sha256, data: data22 };
                      if (vErrors === null) {
                        vErrors = [err56];
                      } else {
                        vErrors.push(err56);
                      }
                      errors++;
                    }
                  }
                } else {
                  const err57 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/3/then/properties/value/oneOf/1/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema75.allOf[3].then.properties.value.oneOf[1].type, parentSchema: schema75.allOf[3].then.properties.value.oneOf[1], data: data19 };
                  if (vErrors === null) {
                    vErrors = [err57];
                  } else {
                    vErrors.push(err57);
                  }
                  errors++;
                }
                var _valid6 = _errs80 === errors;
                if (_valid6 && valid26) {
                  valid26 = false;
                  passing2 = [passing2, 1];
                } else {
                  if (_valid6) {
                    valid26 = true;
                    passing2 = 1;
                    if (props4 !== true) {
                      props4 = true;
                    }
                  }
                  const _errs87 = errors;
                  if (data19 && typeof data19 == "object" && !Array.isArray(data19)) {
                    if (data19.path === void 0) {
                      const err58 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/3/then/properties/value/oneOf/2/required", keyword: "required", params: { missingProperty: "path" }, message: "must have required property 'path'", schema: schema75.allOf[3].then.properties.value.oneOf[2].required, parentSchema: schema75.allOf[3].then.properties.value.oneOf[2], data: data19 };
                      if (vErrors === null) {
                        vErrors = [err58];
                      } else {
                        vErrors.push(err58);
                      }
                      errors++;
                    }
                    if (data19.sha256 === void 0) {
                      const err59 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/3/then/properties/value/oneOf/2/required", keyword: "required", params: { missingProperty: "sha256" }, message: "must have required property 'sha256'", schema: schema75.allOf[3].then.properties.value.oneOf[2].required, parentSchema: schema75.allOf[3].then.properties.value.oneOf[2], data: data19 };
                      if (vErrors === null) {
                        vErrors = [err59];
                      } else {
                        vErrors.push(err59);
                      }
                      errors++;
                    }
                    for (const key5 in data19) {
                      if (!(key5 === "path" || key5 === "sha256")) {
                        const err60 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/3/then/properties/value/oneOf/2/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key5 }, message: "must NOT have additional properties", schema: false, parentSchema: schema75.allOf[3].then.properties.value.oneOf[2], data: data19 };
                        if (vErrors === null) {
                          vErrors = [err60];
                        } else {
                          vErrors.push(err60);
                        }
                        errors++;
                      }
                    }
                    if (data19.path !== void 0) {
                      let data23 = data19.path;
                      if (typeof data23 === "string") {
                        if (!pattern6.test(data23)) {
                          const err61 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/value/path", schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/3/then/properties/value/oneOf/2/properties/path/pattern", keyword: "pattern", params: { pattern: "^/" }, message: 'must match pattern "^/"', schema: "^/", parentSchema: schema75.allOf[3].then.properties.value.oneOf[2].properties.path, data: data23 };
                          if (vErrors === null) {
                            vErrors = [err61];
                          } else {
                            vErrors.push(err61);
                          }
                          errors++;
                        }
                      } else {
                        const err62 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/value/path", schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/3/then/properties/value/oneOf/2/properties/path/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema75.allOf[3].then.properties.value.oneOf[2].properties.path.type, parentSchema: schema75.allOf[3].then.properties.value.oneOf[2].properties.path, data: data23 };
                        if (vErrors === null) {
                          vErrors = [err62];
                        } else {
                          vErrors.push(err62);
                        }
                        errors++;
                      }
                    }
                    if (data19.sha256 !== void 0) {
                      let data24 = data19.sha256;
                      if (typeof data24 === "string") {
                        if (!pattern17.test(data24)) {
                          const err63 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/value/sha256", schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/3/then/properties/value/oneOf/2/properties/sha256/pattern", keyword: "pattern", params: { pattern: "^[0-9a-f]{64}$" }, message: 'must match pattern "^[0-9a-f]{64}$"', schema: "^[0-9a-f]{64}$", parentSchema: schema75.allOf[3].then.properties.value.oneOf[2].properties.sha256, data: data24 };
                          if (vErrors === null) {
                            vErrors = [err63];
                          } else {
                            vErrors.push(err63);
                          }
                          errors++;
                        }
                      } else {
                        const err64 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/value/sha256", schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/3/then/properties/value/oneOf/2/properties/sha256/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema75.allOf[3].then.properties.value.oneOf[2].properties.sha256.type, parentSchema: schema75.allOf[3].then.properties.value.oneOf[2].properties.sha256, data: data24 };
                        if (vErrors === null) {
                          vErrors = [err64];
                        } else {
                          vErrors.push(err64);
                        }
                        errors++;
                      }
                    }
                  } else {
                    const err65 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/3/then/properties/value/oneOf/2/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema75.allOf[3].then.properties.value.oneOf[2].type, parentSchema: schema75.allOf[3].then.properties.value.oneOf[2], data: data19 };
                    if (vErrors === null) {
                      vErrors = [err65];
                    } else {
                      vErrors.push(err65);
                    }
                    errors++;
                  }
                  var _valid6 = _errs87 === errors;
                  if (_valid6 && valid26) {
                    valid26 = false;
                    passing2 = [passing2, 2];
                  } else {
                    if (_valid6) {
                      valid26 = true;
                      passing2 = 2;
                      if (props4 !== true) {
                        props4 = true;
                      }
                    }
                  }
                }
                if (!valid26) {
                  const err66 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/3/then/properties/value/oneOf", keyword: "oneOf", params: { passingSchemas: passing2 }, message: "must match exactly one schema in oneOf", schema: schema75.allOf[3].then.properties.value.oneOf, parentSchema: schema75.allOf[3].then.properties.value, data: data19 };
                  if (vErrors === null) {
                    vErrors = [err66];
                  } else {
                    vErrors.push(err66);
                  }
                  errors++;
                } else {
                  errors = _errs74;
                  if (vErrors !== null) {
                    if (_errs74) {
                      vErrors.length = _errs74;
                    } else {
                      vErrors = null;
                    }
                  }
                }
              }
            } else {
              const err67 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/3/then/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema75.allOf[3].then.type, parentSchema: schema75.allOf[3].then, data: data11 };
              if (vErrors === null) {
                vErrors = [err67];
              } else {
                vErrors.push(err67);
              }
              errors++;
            }
            var _valid5 = _errs71 === errors;
            valid23 = _valid5;
            if (valid23) {
              var props5 = {};
              props5.value = true;
              props5.path = true;
            }
          }
          if (!valid23) {
            const err68 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/3/if", keyword: "if", params: { failingKeyword: "then" }, message: 'must match "then" schema', schema: schema75.allOf[3].if, parentSchema: schema75.allOf[3], data: data11 };
            if (vErrors === null) {
              vErrors = [err68];
            } else {
              vErrors.push(err68);
            }
            errors++;
          }
          if (props1 !== true && props5 !== void 0) {
            if (props5 === true) {
              props1 = true;
            } else {
              props1 = props1 || {};
              Object.assign(props1, props5);
            }
          }
          const _errs95 = errors;
          let valid30 = true;
          const _errs96 = errors;
          if (errors === _errs96) {
            if (data11 && typeof data11 == "object" && !Array.isArray(data11)) {
              if (data11.path !== void 0) {
                if ("base.scripts[]" !== data11.path) {
                  const err69 = {};
                  if (vErrors === null) {
                    vErrors = [err69];
                  } else {
                    vErrors.push(err69);
                  }
                  errors++;
                }
              }
            } else {
              const err70 = {};
              if (vErrors === null) {
                vErrors = [err70];
              } else {
                vErrors.push(err70);
              }
              errors++;
            }
          }
          var _valid7 = _errs96 === errors;
          errors = _errs95;
          if (vErrors !== null) {
            if (_errs95) {
              vErrors.length = _errs95;
            } else {
              vErrors = null;
            }
          }
          if (_valid7) {
            const _errs99 = errors;
            if (data11 && typeof data11 == "object" && !Array.isArray(data11)) {
              if (data11.value !== void 0) {
                let data26 = data11.value;
                if (data26 && typeof data26 == "object" && !Array.isArray(data26)) {
                  if (data26.path === void 0) {
                    const err71 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/4/then/properties/value/required", keyword: "required", params: { missingProperty: "path" }, message: "must have required property 'path'", schema: schema75.allOf[4].then.properties.value.required, parentSchema: schema75.allOf[4].then.properties.value, data: data26 };
                    if (vErrors === null) {
                      vErrors = [err71];
                    } else {
                      vErrors.push(err71);
                    }
                    errors++;
                  }
                  if (data26.sha256 === void 0) {
                    const err72 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/4/then/properties/value/required", keyword: "required", params: { missingProperty: "sha256" }, message: "must have required property 'sha256'", schema: schema75.allOf[4].then.properties.value.required, parentSchema: schema75.allOf[4].then.properties.value, data: data26 };
                    if (vErrors === null) {
                      vErrors = [err72];
                    } else {
                      vErrors.push(err72);
                    }
                    errors++;
                  }
                  for (const key6 in data26) {
                    if (!(key6 === "path" || key6 === "sha256")) {
                      const err73 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/4/then/properties/value/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key6 }, message: "must NOT have additional properties", schema: false, parentSchema: schema75.allOf[4].then.properties.value, data: data26 };
                      if (vErrors === null) {
                        vErrors = [err73];
                      } else {
                        vErrors.push(err73);
                      }
                      errors++;
                    }
                  }
                  if (data26.path !== void 0) {
                    let data27 = data26.path;
                    if (typeof data27 !== "string") {
                      const err74 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/value/path", schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/4/then/properties/value/properties/path/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema75.allOf[4].then.properties.value.properties.path.type, parentSchema: schema75.allOf[4].then.properties.value.properties.path, data: data27 };
                      if (vErrors === null) {
                        vErrors = [err74];
                      } else {
                        vErrors.push(err74);
                      }
                      errors++;
                    }
                  }
                  if (data26.sha256 !== void 0) {
                    let data28 = data26.sha256;
                    if (typeof data28 === "string") {
                      if (!pattern17.test(data28)) {
                        const err75 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/value/sha256", schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/4/then/properties/value/properties/sha256/pattern", keyword: "pattern", params: { pattern: "^[0-9a-f]{64}$" }, message: 'must match pattern "^[0-9a-f]{64}$"', schema: "^[0-9a-f]{64}$", parentSchema: schema75.allOf[4].then.properties.value.properties.sha256, data: data28 };
                        if (vErrors === null) {
                          vErrors = [err75];
                        } else {
                          vErrors.push(err75);
                        }
                        errors++;
                      }
                    } else {
                      const err76 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/value/sha256", schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/4/then/properties/value/properties/sha256/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema75.allOf[4].then.properties.value.properties.sha256.type, parentSchema: schema75.allOf[4].then.properties.value.properties.sha256, data: data28 };
                      if (vErrors === null) {
                        vErrors = [err76];
                      } else {
                        vErrors.push(err76);
                      }
                      errors++;
                    }
                  }
                } else {
                  const err77 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/4/then/properties/value/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema75.allOf[4].then.properties.value.type, parentSchema: schema75.allOf[4].then.properties.value, data: data26 };
                  if (vErrors === null) {
                    vErrors = [err77];
                  } else {
                    vErrors.push(err77);
                  }
                  errors++;
                }
              }
            } else {
              const err78 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/4/then/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema75.allOf[4].then.type, parentSchema: schema75.allOf[4].then, data: data11 };
              if (vErrors === null) {
                vErrors = [err78];
              } else {
                vErrors.push(err78);
              }
              errors++;
            }
            var _valid7 = _errs99 === errors;
            valid30 = _valid7;
            if (valid30) {
              var props6 = {};
              props6.value = true;
              props6.path = true;
            }
          }
          if (!valid30) {
            const err79 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/4/if", keyword: "if", params: { failingKeyword: "then" }, message: 'must match "then" schema', schema: schema75.allOf[4].if, parentSchema: schema75.allOf[4], data: data11 };
            if (vErrors === null) {
              vErrors = [err79];
            } else {
              vErrors.push(err79);
            }
            errors++;
          }
          if (props1 !== true && props6 !== void 0) {
            if (props6 === true) {
              props1 = true;
            } else {
              props1 = props1 || {};
              Object.assign(props1, props6);
            }
          }
          const _errs109 = errors;
          let valid34 = true;
          const _errs110 = errors;
          if (errors === _errs110) {
            if (data11 && typeof data11 == "object" && !Array.isArray(data11)) {
              if (data11.path !== void 0) {
                if ("mounts[]" !== data11.path) {
                  const err80 = {};
                  if (vErrors === null) {
                    vErrors = [err80];
                  } else {
                    vErrors.push(err80);
                  }
                  errors++;
                }
              }
            } else {
              const err81 = {};
              if (vErrors === null) {
                vErrors = [err81];
              } else {
                vErrors.push(err81);
              }
              errors++;
            }
          }
          var _valid8 = _errs110 === errors;
          errors = _errs109;
          if (vErrors !== null) {
            if (_errs109) {
              vErrors.length = _errs109;
            } else {
              vErrors = null;
            }
          }
          if (_valid8) {
            const _errs113 = errors;
            if (data11 && typeof data11 == "object" && !Array.isArray(data11)) {
              if (data11.value !== void 0) {
                let data30 = data11.value;
                if (data30 && typeof data30 == "object" && !Array.isArray(data30)) {
                  if (data30.host === void 0) {
                    const err82 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/5/then/properties/value/required", keyword: "required", params: { missingProperty: "host" }, message: "must have required property 'host'", schema: schema75.allOf[5].then.properties.value.required, parentSchema: schema75.allOf[5].then.properties.value, data: data30 };
                    if (vErrors === null) {
                      vErrors = [err82];
                    } else {
                      vErrors.push(err82);
                    }
                    errors++;
                  }
                  if (data30.guest === void 0) {
                    const err83 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/5/then/properties/value/required", keyword: "required", params: { missingProperty: "guest" }, message: "must have required property 'guest'", schema: schema75.allOf[5].then.properties.value.required, parentSchema: schema75.allOf[5].then.properties.value, data: data30 };
                    if (vErrors === null) {
                      vErrors = [err83];
                    } else {
                      vErrors.push(err83);
                    }
                    errors++;
                  }
                  if (data30.mode === void 0) {
                    const err84 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/5/then/properties/value/required", keyword: "required", params: { missingProperty: "mode" }, message: "must have required property 'mode'", schema: schema75.allOf[5].then.properties.value.required, parentSchema: schema75.allOf[5].then.properties.value, data: data30 };
                    if (vErrors === null) {
                      vErrors = [err84];
                    } else {
                      vErrors.push(err84);
                    }
                    errors++;
                  }
                  for (const key7 in data30) {
                    if (!(key7 === "host" || key7 === "guest" || key7 === "mode")) {
                      const err85 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/5/then/properties/value/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key7 }, message: "must NOT have additional properties", schema: false, parentSchema: schema75.allOf[5].then.properties.value, data: data30 };
                      if (vErrors === null) {
                        vErrors = [err85];
                      } else {
                        vErrors.push(err85);
                      }
                      errors++;
                    }
                  }
                  if (data30.host !== void 0) {
                    let data31 = data30.host;
                    if (typeof data31 === "string") {
                      if (!pattern6.test(data31)) {
                        const err86 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/value/host", schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/5/then/properties/value/properties/host/pattern", keyword: "pattern", params: { pattern: "^/" }, message: 'must match pattern "^/"', schema: "^/", parentSchema: schema75.allOf[5].then.properties.value.properties.host, data: data31 };
                        if (vErrors === null) {
                          vErrors = [err86];
                        } else {
                          vErrors.push(err86);
                        }
                        errors++;
                      }
                    } else {
                      const err87 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/value/host", schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/5/then/properties/value/properties/host/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema75.allOf[5].then.properties.value.properties.host.type, parentSchema: schema75.allOf[5].then.properties.value.properties.host, data: data31 };
                      if (vErrors === null) {
                        vErrors = [err87];
                      } else {
                        vErrors.push(err87);
                      }
                      errors++;
                    }
                  }
                  if (data30.guest !== void 0) {
                    let data32 = data30.guest;
                    if (typeof data32 === "string") {
                      if (!pattern6.test(data32)) {
                        const err88 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/value/guest", schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/5/then/properties/value/properties/guest/pattern", keyword: "pattern", params: { pattern: "^/" }, message: 'must match pattern "^/"', schema: "^/", parentSchema: schema75.allOf[5].then.properties.value.properties.guest, data: data32 };
                        if (vErrors === null) {
                          vErrors = [err88];
                        } else {
                          vErrors.push(err88);
                        }
                        errors++;
                      }
                    } else {
                      const err89 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/value/guest", schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/5/then/properties/value/properties/guest/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema75.allOf[5].then.properties.value.properties.guest.type, parentSchema: schema75.allOf[5].then.properties.value.properties.guest, data: data32 };
                      if (vErrors === null) {
                        vErrors = [err89];
                      } else {
                        vErrors.push(err89);
                      }
                      errors++;
                    }
                  }
                  if (data30.mode !== void 0) {
                    let data33 = data30.mode;
                    if (!(data33 === "ro" || data33 === "rw")) {
                      const err90 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/value/mode", schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/5/then/properties/value/properties/mode/enum", keyword: "enum", params: { allowedValues: schema75.allOf[5].then.properties.value.properties.mode.enum }, message: "must be equal to one of the allowed values", schema: schema75.allOf[5].then.properties.value.properties.mode.enum, parentSchema: schema75.allOf[5].then.properties.value.properties.mode, data: data33 };
                      if (vErrors === null) {
                        vErrors = [err90];
                      } else {
                        vErrors.push(err90);
                      }
                      errors++;
                    }
                  }
                } else {
                  const err91 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/5/then/properties/value/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema75.allOf[5].then.properties.value.type, parentSchema: schema75.allOf[5].then.properties.value, data: data30 };
                  if (vErrors === null) {
                    vErrors = [err91];
                  } else {
                    vErrors.push(err91);
                  }
                  errors++;
                }
              }
            } else {
              const err92 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/5/then/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema75.allOf[5].then.type, parentSchema: schema75.allOf[5].then, data: data11 };
              if (vErrors === null) {
                vErrors = [err92];
              } else {
                vErrors.push(err92);
              }
              errors++;
            }
            var _valid8 = _errs113 === errors;
            valid34 = _valid8;
            if (valid34) {
              var props7 = {};
              props7.value = true;
              props7.path = true;
            }
          }
          if (!valid34) {
            const err93 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/5/if", keyword: "if", params: { failingKeyword: "then" }, message: 'must match "then" schema', schema: schema75.allOf[5].if, parentSchema: schema75.allOf[5], data: data11 };
            if (vErrors === null) {
              vErrors = [err93];
            } else {
              vErrors.push(err93);
            }
            errors++;
          }
          if (props1 !== true && props7 !== void 0) {
            if (props7 === true) {
              props1 = true;
            } else {
              props1 = props1 || {};
              Object.assign(props1, props7);
            }
          }
          const _errs124 = errors;
          let valid38 = true;
          const _errs125 = errors;
          if (errors === _errs125) {
            if (data11 && typeof data11 == "object" && !Array.isArray(data11)) {
              if (data11.path !== void 0) {
                if ("ports[]" !== data11.path) {
                  const err94 = {};
                  if (vErrors === null) {
                    vErrors = [err94];
                  } else {
                    vErrors.push(err94);
                  }
                  errors++;
                }
              }
            } else {
              const err95 = {};
              if (vErrors === null) {
                vErrors = [err95];
              } else {
                vErrors.push(err95);
              }
              errors++;
            }
          }
          var _valid9 = _errs125 === errors;
          errors = _errs124;
          if (vErrors !== null) {
            if (_errs124) {
              vErrors.length = _errs124;
            } else {
              vErrors = null;
            }
          }
          if (_valid9) {
            const _errs128 = errors;
            if (data11 && typeof data11 == "object" && !Array.isArray(data11)) {
              if (data11.value !== void 0) {
                let data35 = data11.value;
                if (data35 && typeof data35 == "object" && !Array.isArray(data35)) {
                  if (data35.guest === void 0) {
                    const err96 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/6/then/properties/value/required", keyword: "required", params: { missingProperty: "guest" }, message: "must have required property 'guest'", schema: schema75.allOf[6].then.properties.value.required, parentSchema: schema75.allOf[6].then.properties.value, data: data35 };
                    if (vErrors === null) {
                      vErrors = [err96];
                    } else {
                      vErrors.push(err96);
                    }
                    errors++;
                  }
                  if (data35.host === void 0) {
                    const err97 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/6/then/properties/value/required", keyword: "required", params: { missingProperty: "host" }, message: "must have required property 'host'", schema: schema75.allOf[6].then.properties.value.required, parentSchema: schema75.allOf[6].then.properties.value, data: data35 };
                    if (vErrors === null) {
                      vErrors = [err97];
                    } else {
                      vErrors.push(err97);
                    }
                    errors++;
                  }
                  if (data35.address === void 0) {
                    const err98 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/6/then/properties/value/required", keyword: "required", params: { missingProperty: "address" }, message: "must have required property 'address'", schema: schema75.allOf[6].then.properties.value.required, parentSchema: schema75.allOf[6].then.properties.value, data: data35 };
                    if (vErrors === null) {
                      vErrors = [err98];
                    } else {
                      vErrors.push(err98);
                    }
                    errors++;
                  }
                  for (const key8 in data35) {
                    if (!(key8 === "guest" || key8 === "host" || key8 === "address")) {
                      const err99 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/6/then/properties/value/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key8 }, message: "must NOT have additional properties", schema: false, parentSchema: schema75.allOf[6].then.properties.value, data: data35 };
                      if (vErrors === null) {
                        vErrors = [err99];
                      } else {
                        vErrors.push(err99);
                      }
                      errors++;
                    }
                  }
                  if (data35.guest !== void 0) {
                    let data36 = data35.guest;
                    if (!(typeof data36 == "number" && (!(data36 % 1) && !isNaN(data36)) && isFinite(data36))) {
                      const err100 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/value/guest", schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/6/then/properties/value/properties/guest/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema75.allOf[6].then.properties.value.properties.guest.type, parentSchema: schema75.allOf[6].then.properties.value.properties.guest, data: data36 };
                      if (vErrors === null) {
                        vErrors = [err100];
                      } else {
                        vErrors.push(err100);
                      }
                      errors++;
                    }
                    if (typeof data36 == "number" && isFinite(data36)) {
                      if (data36 > 65535 || isNaN(data36)) {
                        const err101 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/value/guest", schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/6/then/properties/value/properties/guest/maximum", keyword: "maximum", params: { comparison: "<=", limit: 65535 }, message: "must be <= 65535", schema: 65535, parentSchema: schema75.allOf[6].then.properties.value.properties.guest, data: data36 };
                        if (vErrors === null) {
                          vErrors = [err101];
                        } else {
                          vErrors.push(err101);
                        }
                        errors++;
                      }
                      if (data36 < 1 || isNaN(data36)) {
                        const err102 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/value/guest", schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/6/then/properties/value/properties/guest/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1", schema: 1, parentSchema: schema75.allOf[6].then.properties.value.properties.guest, data: data36 };
                        if (vErrors === null) {
                          vErrors = [err102];
                        } else {
                          vErrors.push(err102);
                        }
                        errors++;
                      }
                    }
                  }
                  if (data35.host !== void 0) {
                    let data37 = data35.host;
                    const _errs136 = errors;
                    let valid42 = false;
                    let passing3 = null;
                    const _errs137 = errors;
                    if ("auto" !== data37) {
                      const err103 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/value/host", schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/6/then/properties/value/properties/host/oneOf/0/const", keyword: "const", params: { allowedValue: "auto" }, message: "must be equal to constant", schema: "auto", parentSchema: schema75.allOf[6].then.properties.value.properties.host.oneOf[0], data: data37 };
                      if (vErrors === null) {
                        vErrors = [err103];
                      } else {
                        vErrors.push(err103);
                      }
                      errors++;
                    }
                    var _valid10 = _errs137 === errors;
                    if (_valid10) {
                      valid42 = true;
                      passing3 = 0;
                    }
                    const _errs138 = errors;
                    if (!(typeof data37 == "number" && (!(data37 % 1) && !isNaN(data37)) && isFinite(data37))) {
                      const err104 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/value/host", schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/6/then/properties/value/properties/host/oneOf/1/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema75.allOf[6].then.properties.value.properties.host.oneOf[1].type, parentSchema: schema75.allOf[6].then.properties.value.properties.host.oneOf[1], data: data37 };
                      if (vErrors === null) {
                        vErrors = [err104];
                      } else {
                        vErrors.push(err104);
                      }
                      errors++;
                    }
                    if (typeof data37 == "number" && isFinite(data37)) {
                      if (data37 > 65535 || isNaN(data37)) {
                        const err105 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/value/host", schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/6/then/properties/value/properties/host/oneOf/1/maximum", keyword: "maximum", params: { comparison: "<=", limit: 65535 }, message: "must be <= 65535", schema: 65535, parentSchema: schema75.allOf[6].then.properties.value.properties.host.oneOf[1], data: data37 };
                        if (vErrors === null) {
                          vErrors = [err105];
                        } else {
                          vErrors.push(err105);
                        }
                        errors++;
                      }
                      if (data37 < 1 || isNaN(data37)) {
                        const err106 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/value/host", schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/6/then/properties/value/properties/host/oneOf/1/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1", schema: 1, parentSchema: schema75.allOf[6].then.properties.value.properties.host.oneOf[1], data: data37 };
                        if (vErrors === null) {
                          vErrors = [err106];
                        } else {
                          vErrors.push(err106);
                        }
                        errors++;
                      }
                    }
                    var _valid10 = _errs138 === errors;
                    if (_valid10 && valid42) {
                      valid42 = false;
                      passing3 = [passing3, 1];
                    } else {
                      if (_valid10) {
                        valid42 = true;
                        passing3 = 1;
                      }
                    }
                    if (!valid42) {
                      const err107 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/value/host", schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/6/then/properties/value/properties/host/oneOf", keyword: "oneOf", params: { passingSchemas: passing3 }, message: "must match exactly one schema in oneOf", schema: schema75.allOf[6].then.properties.value.properties.host.oneOf, parentSchema: schema75.allOf[6].then.properties.value.properties.host, data: data37 };
                      if (vErrors === null) {
                        vErrors = [err107];
                      } else {
                        vErrors.push(err107);
                      }
                      errors++;
                    } else {
                      errors = _errs136;
                      if (vErrors !== null) {
                        if (_errs136) {
                          vErrors.length = _errs136;
                        } else {
                          vErrors = null;
                        }
                      }
                    }
                  }
                  if (data35.address !== void 0) {
                    let data38 = data35.address;
                    if (typeof data38 !== "string") {
                      const err108 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/value/address", schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/6/then/properties/value/properties/address/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema75.allOf[6].then.properties.value.properties.address.type, parentSchema: schema75.allOf[6].then.properties.value.properties.address, data: data38 };
                      if (vErrors === null) {
                        vErrors = [err108];
                      } else {
                        vErrors.push(err108);
                      }
                      errors++;
                    }
                  }
                } else {
                  const err109 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/6/then/properties/value/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema75.allOf[6].then.properties.value.type, parentSchema: schema75.allOf[6].then.properties.value, data: data35 };
                  if (vErrors === null) {
                    vErrors = [err109];
                  } else {
                    vErrors.push(err109);
                  }
                  errors++;
                }
              }
            } else {
              const err110 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/6/then/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema75.allOf[6].then.type, parentSchema: schema75.allOf[6].then, data: data11 };
              if (vErrors === null) {
                vErrors = [err110];
              } else {
                vErrors.push(err110);
              }
              errors++;
            }
            var _valid9 = _errs128 === errors;
            valid38 = _valid9;
            if (valid38) {
              var props8 = {};
              props8.value = true;
              props8.path = true;
            }
          }
          if (!valid38) {
            const err111 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/6/if", keyword: "if", params: { failingKeyword: "then" }, message: 'must match "then" schema', schema: schema75.allOf[6].if, parentSchema: schema75.allOf[6], data: data11 };
            if (vErrors === null) {
              vErrors = [err111];
            } else {
              vErrors.push(err111);
            }
            errors++;
          }
          if (props1 !== true && props8 !== void 0) {
            if (props8 === true) {
              props1 = true;
            } else {
              props1 = props1 || {};
              Object.assign(props1, props8);
            }
          }
          const _errs143 = errors;
          let valid43 = true;
          const _errs144 = errors;
          if (errors === _errs144) {
            if (data11 && typeof data11 == "object" && !Array.isArray(data11)) {
              if (data11.path !== void 0) {
                if ("env[]" !== data11.path) {
                  const err112 = {};
                  if (vErrors === null) {
                    vErrors = [err112];
                  } else {
                    vErrors.push(err112);
                  }
                  errors++;
                }
              }
            } else {
              const err113 = {};
              if (vErrors === null) {
                vErrors = [err113];
              } else {
                vErrors.push(err113);
              }
              errors++;
            }
          }
          var _valid11 = _errs144 === errors;
          errors = _errs143;
          if (vErrors !== null) {
            if (_errs143) {
              vErrors.length = _errs143;
            } else {
              vErrors = null;
            }
          }
          if (_valid11) {
            const _errs147 = errors;
            if (data11 && typeof data11 == "object" && !Array.isArray(data11)) {
              if (data11.value !== void 0) {
                let data40 = data11.value;
                if (data40 && typeof data40 == "object" && !Array.isArray(data40)) {
                  if (data40.digest === void 0) {
                    const err114 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/7/then/properties/value/required", keyword: "required", params: { missingProperty: "digest" }, message: "must have required property 'digest'", schema: schema75.allOf[7].then.properties.value.required, parentSchema: schema75.allOf[7].then.properties.value, data: data40 };
                    if (vErrors === null) {
                      vErrors = [err114];
                    } else {
                      vErrors.push(err114);
                    }
                    errors++;
                  }
                  for (const key9 in data40) {
                    if (!(key9 === "digest")) {
                      const err115 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/7/then/properties/value/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key9 }, message: "must NOT have additional properties", schema: false, parentSchema: schema75.allOf[7].then.properties.value, data: data40 };
                      if (vErrors === null) {
                        vErrors = [err115];
                      } else {
                        vErrors.push(err115);
                      }
                      errors++;
                    }
                  }
                  if (data40.digest !== void 0) {
                    let data41 = data40.digest;
                    if (typeof data41 === "string") {
                      if (!pattern17.test(data41)) {
                        const err116 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/value/digest", schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/7/then/properties/value/properties/digest/pattern", keyword: "pattern", params: { pattern: "^[0-9a-f]{64}$" }, message: 'must match pattern "^[0-9a-f]{64}$"', schema: "^[0-9a-f]{64}$", parentSchema: schema75.allOf[7].then.properties.value.properties.digest, data: data41 };
                        if (vErrors === null) {
                          vErrors = [err116];
                        } else {
                          vErrors.push(err116);
                        }
                        errors++;
                      }
                    } else {
                      const err117 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/value/digest", schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/7/then/properties/value/properties/digest/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema75.allOf[7].then.properties.value.properties.digest.type, parentSchema: schema75.allOf[7].then.properties.value.properties.digest, data: data41 };
                      if (vErrors === null) {
                        vErrors = [err117];
                      } else {
                        vErrors.push(err117);
                      }
                      errors++;
                    }
                  }
                } else {
                  const err118 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/7/then/properties/value/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema75.allOf[7].then.properties.value.type, parentSchema: schema75.allOf[7].then.properties.value, data: data40 };
                  if (vErrors === null) {
                    vErrors = [err118];
                  } else {
                    vErrors.push(err118);
                  }
                  errors++;
                }
              }
            } else {
              const err119 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/7/then/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema75.allOf[7].then.type, parentSchema: schema75.allOf[7].then, data: data11 };
              if (vErrors === null) {
                vErrors = [err119];
              } else {
                vErrors.push(err119);
              }
              errors++;
            }
            var _valid11 = _errs147 === errors;
            valid43 = _valid11;
            if (valid43) {
              var props9 = {};
              props9.value = true;
              props9.path = true;
            }
          }
          if (!valid43) {
            const err120 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/allOf/7/if", keyword: "if", params: { failingKeyword: "then" }, message: 'must match "then" schema', schema: schema75.allOf[7].if, parentSchema: schema75.allOf[7], data: data11 };
            if (vErrors === null) {
              vErrors = [err120];
            } else {
              vErrors.push(err120);
            }
            errors++;
          }
          if (props1 !== true && props9 !== void 0) {
            if (props9 === true) {
              props1 = true;
            } else {
              props1 = props1 || {};
              Object.assign(props1, props9);
            }
          }
          if (data11 && typeof data11 == "object" && !Array.isArray(data11)) {
            if (data11.path === void 0) {
              const err121 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/required", keyword: "required", params: { missingProperty: "path" }, message: "must have required property 'path'", schema: schema75.required, parentSchema: schema75, data: data11 };
              if (vErrors === null) {
                vErrors = [err121];
              } else {
                vErrors.push(err121);
              }
              errors++;
            }
            if (data11.value === void 0) {
              const err122 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/required", keyword: "required", params: { missingProperty: "value" }, message: "must have required property 'value'", schema: schema75.required, parentSchema: schema75, data: data11 };
              if (vErrors === null) {
                vErrors = [err122];
              } else {
                vErrors.push(err122);
              }
              errors++;
            }
            for (const key10 in data11) {
              if (!(key10 === "path" || key10 === "key" || key10 === "value" || key10 === "resolved" || key10 === "isDefault" || key10 === "isAdopted" || key10 === "isUndone" || key10 === "isUncertain")) {
                const err123 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key10 }, message: "must NOT have additional properties", schema: false, parentSchema: schema75, data: data11 };
                if (vErrors === null) {
                  vErrors = [err123];
                } else {
                  vErrors.push(err123);
                }
                errors++;
              }
            }
            if (data11.path !== void 0) {
              let data42 = data11.path;
              if (!(data42 === "name" || data42 === "driver" || data42 === "agent" || data42 === "agents[].version" || data42 === "agents[].args" || data42 === "agents[].autonomy" || data42 === "agents[].config" || data42 === "agents[].configDirs" || data42 === "base.image" || data42 === "base.packages[]" || data42 === "base.scripts[]" || data42 === "resources.cpus" || data42 === "resources.memory" || data42 === "resources.disk" || data42 === "workspace.guestPath" || data42 === "workspace.mode" || data42 === "workspace.shadow[]" || data42 === "workspace.protect[]" || data42 === "mounts[]" || data42 === "volumes[]" || data42 === "ports[]" || data42 === "env[]" || data42 === "secrets[]" || data42 === "identity.gitconfig" || data42 === "identity.gitCredentials" || data42 === "identity.gh" || data42 === "identity.ssh" || data42 === "network.egress" || data42 === "network.ports[]" || data42 === "network.hostPorts[]" || data42 === "services[]" || data42 === "environment" || data42 === "lifecycle.onExit" || data42 === "lifecycle.idle" || data42 === "lifecycle.protect" || data42 === "drift.policy" || data42 === "snapshots.keep" || data42 === "snapshots.maxSize" || data42 === "labels[]")) {
                const err124 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/path", schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/properties/path/enum", keyword: "enum", params: { allowedValues: schema75.properties.path.enum }, message: "must be equal to one of the allowed values", schema: schema75.properties.path.enum, parentSchema: schema75.properties.path, data: data42 };
                if (vErrors === null) {
                  vErrors = [err124];
                } else {
                  vErrors.push(err124);
                }
                errors++;
              }
            }
            if (data11.key !== void 0) {
              let data43 = data11.key;
              if (typeof data43 !== "string") {
                const err125 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/key", schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/properties/key/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema75.properties.key.type, parentSchema: schema75.properties.key, data: data43 };
                if (vErrors === null) {
                  vErrors = [err125];
                } else {
                  vErrors.push(err125);
                }
                errors++;
              }
            }
            if (data11.value !== void 0) {
              let data44 = data11.value;
              if (typeof data44 != "object" && typeof data44 !== "boolean" && !(typeof data44 == "number" && isFinite(data44)) && typeof data44 !== "string") {
                const err126 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/value", schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/properties/value/type", keyword: "type", params: { type: schema75.properties.value.type }, message: "must be null,boolean,number,string,array,object", schema: schema75.properties.value.type, parentSchema: schema75.properties.value, data: data44 };
                if (vErrors === null) {
                  vErrors = [err126];
                } else {
                  vErrors.push(err126);
                }
                errors++;
              }
            }
            if (data11.resolved !== void 0) {
              let data45 = data11.resolved;
              if (typeof data45 != "object" && typeof data45 !== "boolean" && !(typeof data45 == "number" && isFinite(data45)) && typeof data45 !== "string") {
                const err127 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/resolved", schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/properties/resolved/type", keyword: "type", params: { type: schema75.properties.resolved.type }, message: "must be null,boolean,number,string,array,object", schema: schema75.properties.resolved.type, parentSchema: schema75.properties.resolved, data: data45 };
                if (vErrors === null) {
                  vErrors = [err127];
                } else {
                  vErrors.push(err127);
                }
                errors++;
              }
            }
            if (data11.isDefault !== void 0) {
              let data46 = data11.isDefault;
              if (true !== data46) {
                const err128 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/isDefault", schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/properties/isDefault/const", keyword: "const", params: { allowedValue: true }, message: "must be equal to constant", schema: true, parentSchema: schema75.properties.isDefault, data: data46 };
                if (vErrors === null) {
                  vErrors = [err128];
                } else {
                  vErrors.push(err128);
                }
                errors++;
              }
            }
            if (data11.isAdopted !== void 0) {
              let data47 = data11.isAdopted;
              if (true !== data47) {
                const err129 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/isAdopted", schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/properties/isAdopted/const", keyword: "const", params: { allowedValue: true }, message: "must be equal to constant", schema: true, parentSchema: schema75.properties.isAdopted, data: data47 };
                if (vErrors === null) {
                  vErrors = [err129];
                } else {
                  vErrors.push(err129);
                }
                errors++;
              }
            }
            if (data11.isUndone !== void 0) {
              let data48 = data11.isUndone;
              if (true !== data48) {
                const err130 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/isUndone", schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/properties/isUndone/const", keyword: "const", params: { allowedValue: true }, message: "must be equal to constant", schema: true, parentSchema: schema75.properties.isUndone, data: data48 };
                if (vErrors === null) {
                  vErrors = [err130];
                } else {
                  vErrors.push(err130);
                }
                errors++;
              }
            }
            if (data11.isUncertain !== void 0) {
              let data49 = data11.isUncertain;
              if (true !== data49) {
                const err131 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/isUncertain", schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/properties/isUncertain/const", keyword: "const", params: { allowedValue: true }, message: "must be equal to constant", schema: true, parentSchema: schema75.properties.isUncertain, data: data49 };
                if (vErrors === null) {
                  vErrors = [err131];
                } else {
                  vErrors.push(err131);
                }
                errors++;
              }
            }
          } else {
            const err132 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "https://agentvm.dev/schemas/state.v2.json#/$defs/appliedField/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema75.type, parentSchema: schema75, data: data11 };
            if (vErrors === null) {
              vErrors = [err132];
            } else {
              vErrors.push(err132);
            }
            errors++;
          }
          var _valid1 = _errs35 === errors;
          if (_valid1 && valid11) {
            valid11 = false;
            passing1 = [passing1, 1];
          } else {
            if (_valid1) {
              valid11 = true;
              passing1 = 1;
            }
          }
          if (!valid11) {
            const err133 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/oneOf/1/properties/patch/additionalProperties/oneOf", keyword: "oneOf", params: { passingSchemas: passing1 }, message: "must match exactly one schema in oneOf", schema: schema31.oneOf[1].properties.patch.additionalProperties.oneOf, parentSchema: schema31.oneOf[1].properties.patch.additionalProperties, data: data11 };
            if (vErrors === null) {
              vErrors = [err133];
            } else {
              vErrors.push(err133);
            }
            errors++;
          } else {
            errors = _errs32;
            if (vErrors !== null) {
              if (_errs32) {
                vErrors.length = _errs32;
              } else {
                vErrors = null;
              }
            }
          }
        }
      } else {
        const err134 = { instancePath: instancePath + "/patch", schemaPath: "#/oneOf/1/properties/patch/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema31.oneOf[1].properties.patch.type, parentSchema: schema31.oneOf[1].properties.patch, data: data10 };
        if (vErrors === null) {
          vErrors = [err134];
        } else {
          vErrors.push(err134);
        }
        errors++;
      }
    }
  } else {
    const err135 = { instancePath, schemaPath: "#/oneOf/1/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema31.oneOf[1].type, parentSchema: schema31.oneOf[1], data };
    if (vErrors === null) {
      vErrors = [err135];
    } else {
      vErrors.push(err135);
    }
    errors++;
  }
  var _valid0 = _errs17 === errors;
  if (_valid0 && valid0) {
    valid0 = false;
    passing0 = [passing0, 1];
  } else {
    if (_valid0) {
      valid0 = true;
      passing0 = 1;
      if (props0 !== true) {
        props0 = true;
      }
    }
    const _errs166 = errors;
    if (data && typeof data == "object" && !Array.isArray(data)) {
      if (data.kind === void 0) {
        const err136 = { instancePath, schemaPath: "#/oneOf/2/required", keyword: "required", params: { missingProperty: "kind" }, message: "must have required property 'kind'", schema: schema31.oneOf[2].required, parentSchema: schema31.oneOf[2], data };
        if (vErrors === null) {
          vErrors = [err136];
        } else {
          vErrors.push(err136);
        }
        errors++;
      }
      if (data.apply === void 0) {
        const err137 = { instancePath, schemaPath: "#/oneOf/2/required", keyword: "required", params: { missingProperty: "apply" }, message: "must have required property 'apply'", schema: schema31.oneOf[2].required, parentSchema: schema31.oneOf[2], data };
        if (vErrors === null) {
          vErrors = [err137];
        } else {
          vErrors.push(err137);
        }
        errors++;
      }
      if (data.at === void 0) {
        const err138 = { instancePath, schemaPath: "#/oneOf/2/required", keyword: "required", params: { missingProperty: "at" }, message: "must have required property 'at'", schema: schema31.oneOf[2].required, parentSchema: schema31.oneOf[2], data };
        if (vErrors === null) {
          vErrors = [err138];
        } else {
          vErrors.push(err138);
        }
        errors++;
      }
      if (data.step === void 0) {
        const err139 = { instancePath, schemaPath: "#/oneOf/2/required", keyword: "required", params: { missingProperty: "step" }, message: "must have required property 'step'", schema: schema31.oneOf[2].required, parentSchema: schema31.oneOf[2], data };
        if (vErrors === null) {
          vErrors = [err139];
        } else {
          vErrors.push(err139);
        }
        errors++;
      }
      for (const key11 in data) {
        if (!(key11 === "kind" || key11 === "apply" || key11 === "at" || key11 === "step")) {
          const err140 = { instancePath, schemaPath: "#/oneOf/2/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key11 }, message: "must NOT have additional properties", schema: false, parentSchema: schema31.oneOf[2], data };
          if (vErrors === null) {
            vErrors = [err140];
          } else {
            vErrors.push(err140);
          }
          errors++;
        }
      }
      if (data.kind !== void 0) {
        let data50 = data.kind;
        if ("done" !== data50) {
          const err141 = { instancePath: instancePath + "/kind", schemaPath: "#/oneOf/2/properties/kind/const", keyword: "const", params: { allowedValue: "done" }, message: "must be equal to constant", schema: "done", parentSchema: schema31.oneOf[2].properties.kind, data: data50 };
          if (vErrors === null) {
            vErrors = [err141];
          } else {
            vErrors.push(err141);
          }
          errors++;
        }
      }
      if (data.apply !== void 0) {
        let data51 = data.apply;
        if (typeof data51 === "string") {
          if (!pattern4.test(data51)) {
            const err142 = { instancePath: instancePath + "/apply", schemaPath: "#/$defs/apply/pattern", keyword: "pattern", params: { pattern: "^[0-9a-f]{8}$" }, message: 'must match pattern "^[0-9a-f]{8}$"', schema: "^[0-9a-f]{8}$", parentSchema: schema32, data: data51 };
            if (vErrors === null) {
              vErrors = [err142];
            } else {
              vErrors.push(err142);
            }
            errors++;
          }
        } else {
          const err143 = { instancePath: instancePath + "/apply", schemaPath: "#/$defs/apply/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema32.type, parentSchema: schema32, data: data51 };
          if (vErrors === null) {
            vErrors = [err143];
          } else {
            vErrors.push(err143);
          }
          errors++;
        }
      }
      if (data.at !== void 0) {
        let data52 = data.at;
        if (typeof data52 === "string") {
          if (!formats0.validate(data52)) {
            const err144 = { instancePath: instancePath + "/at", schemaPath: "#/$defs/at/format", keyword: "format", params: { format: "date-time" }, message: 'must match format "date-time"', schema: "date-time", parentSchema: schema33, data: data52 };
            if (vErrors === null) {
              vErrors = [err144];
            } else {
              vErrors.push(err144);
            }
            errors++;
          }
        } else {
          const err145 = { instancePath: instancePath + "/at", schemaPath: "#/$defs/at/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema33.type, parentSchema: schema33, data: data52 };
          if (vErrors === null) {
            vErrors = [err145];
          } else {
            vErrors.push(err145);
          }
          errors++;
        }
      }
      if (data.step !== void 0) {
        let data53 = data.step;
        if (typeof data53 === "string") {
          if (func1(data53) < 1) {
            const err146 = { instancePath: instancePath + "/step", schemaPath: "#/$defs/stepId/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema34, data: data53 };
            if (vErrors === null) {
              vErrors = [err146];
            } else {
              vErrors.push(err146);
            }
            errors++;
          }
        } else {
          const err147 = { instancePath: instancePath + "/step", schemaPath: "#/$defs/stepId/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema34.type, parentSchema: schema34, data: data53 };
          if (vErrors === null) {
            vErrors = [err147];
          } else {
            vErrors.push(err147);
          }
          errors++;
        }
      }
    } else {
      const err148 = { instancePath, schemaPath: "#/oneOf/2/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema31.oneOf[2].type, parentSchema: schema31.oneOf[2], data };
      if (vErrors === null) {
        vErrors = [err148];
      } else {
        vErrors.push(err148);
      }
      errors++;
    }
    var _valid0 = _errs166 === errors;
    if (_valid0 && valid0) {
      valid0 = false;
      passing0 = [passing0, 2];
    } else {
      if (_valid0) {
        valid0 = true;
        passing0 = 2;
        if (props0 !== true) {
          props0 = true;
        }
      }
      const _errs179 = errors;
      if (data && typeof data == "object" && !Array.isArray(data)) {
        if (data.kind === void 0) {
          const err149 = { instancePath, schemaPath: "#/oneOf/3/required", keyword: "required", params: { missingProperty: "kind" }, message: "must have required property 'kind'", schema: schema31.oneOf[3].required, parentSchema: schema31.oneOf[3], data };
          if (vErrors === null) {
            vErrors = [err149];
          } else {
            vErrors.push(err149);
          }
          errors++;
        }
        if (data.apply === void 0) {
          const err150 = { instancePath, schemaPath: "#/oneOf/3/required", keyword: "required", params: { missingProperty: "apply" }, message: "must have required property 'apply'", schema: schema31.oneOf[3].required, parentSchema: schema31.oneOf[3], data };
          if (vErrors === null) {
            vErrors = [err150];
          } else {
            vErrors.push(err150);
          }
          errors++;
        }
        if (data.at === void 0) {
          const err151 = { instancePath, schemaPath: "#/oneOf/3/required", keyword: "required", params: { missingProperty: "at" }, message: "must have required property 'at'", schema: schema31.oneOf[3].required, parentSchema: schema31.oneOf[3], data };
          if (vErrors === null) {
            vErrors = [err151];
          } else {
            vErrors.push(err151);
          }
          errors++;
        }
        if (data.step === void 0) {
          const err152 = { instancePath, schemaPath: "#/oneOf/3/required", keyword: "required", params: { missingProperty: "step" }, message: "must have required property 'step'", schema: schema31.oneOf[3].required, parentSchema: schema31.oneOf[3], data };
          if (vErrors === null) {
            vErrors = [err152];
          } else {
            vErrors.push(err152);
          }
          errors++;
        }
        if (data.why === void 0) {
          const err153 = { instancePath, schemaPath: "#/oneOf/3/required", keyword: "required", params: { missingProperty: "why" }, message: "must have required property 'why'", schema: schema31.oneOf[3].required, parentSchema: schema31.oneOf[3], data };
          if (vErrors === null) {
            vErrors = [err153];
          } else {
            vErrors.push(err153);
          }
          errors++;
        }
        for (const key12 in data) {
          if (!(key12 === "kind" || key12 === "apply" || key12 === "at" || key12 === "step" || key12 === "why")) {
            const err154 = { instancePath, schemaPath: "#/oneOf/3/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key12 }, message: "must NOT have additional properties", schema: false, parentSchema: schema31.oneOf[3], data };
            if (vErrors === null) {
              vErrors = [err154];
            } else {
              vErrors.push(err154);
            }
            errors++;
          }
        }
        if (data.kind !== void 0) {
          let data54 = data.kind;
          if ("undone" !== data54) {
            const err155 = { instancePath: instancePath + "/kind", schemaPath: "#/oneOf/3/properties/kind/const", keyword: "const", params: { allowedValue: "undone" }, message: "must be equal to constant", schema: "undone", parentSchema: schema31.oneOf[3].properties.kind, data: data54 };
            if (vErrors === null) {
              vErrors = [err155];
            } else {
              vErrors.push(err155);
            }
            errors++;
          }
        }
        if (data.apply !== void 0) {
          let data55 = data.apply;
          if (typeof data55 === "string") {
            if (!pattern4.test(data55)) {
              const err156 = { instancePath: instancePath + "/apply", schemaPath: "#/$defs/apply/pattern", keyword: "pattern", params: { pattern: "^[0-9a-f]{8}$" }, message: 'must match pattern "^[0-9a-f]{8}$"', schema: "^[0-9a-f]{8}$", parentSchema: schema32, data: data55 };
              if (vErrors === null) {
                vErrors = [err156];
              } else {
                vErrors.push(err156);
              }
              errors++;
            }
          } else {
            const err157 = { instancePath: instancePath + "/apply", schemaPath: "#/$defs/apply/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema32.type, parentSchema: schema32, data: data55 };
            if (vErrors === null) {
              vErrors = [err157];
            } else {
              vErrors.push(err157);
            }
            errors++;
          }
        }
        if (data.at !== void 0) {
          let data56 = data.at;
          if (typeof data56 === "string") {
            if (!formats0.validate(data56)) {
              const err158 = { instancePath: instancePath + "/at", schemaPath: "#/$defs/at/format", keyword: "format", params: { format: "date-time" }, message: 'must match format "date-time"', schema: "date-time", parentSchema: schema33, data: data56 };
              if (vErrors === null) {
                vErrors = [err158];
              } else {
                vErrors.push(err158);
              }
              errors++;
            }
          } else {
            const err159 = { instancePath: instancePath + "/at", schemaPath: "#/$defs/at/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema33.type, parentSchema: schema33, data: data56 };
            if (vErrors === null) {
              vErrors = [err159];
            } else {
              vErrors.push(err159);
            }
            errors++;
          }
        }
        if (data.step !== void 0) {
          let data57 = data.step;
          if (typeof data57 === "string") {
            if (func1(data57) < 1) {
              const err160 = { instancePath: instancePath + "/step", schemaPath: "#/$defs/stepId/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema34, data: data57 };
              if (vErrors === null) {
                vErrors = [err160];
              } else {
                vErrors.push(err160);
              }
              errors++;
            }
          } else {
            const err161 = { instancePath: instancePath + "/step", schemaPath: "#/$defs/stepId/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema34.type, parentSchema: schema34, data: data57 };
            if (vErrors === null) {
              vErrors = [err161];
            } else {
              vErrors.push(err161);
            }
            errors++;
          }
        }
        if (data.why !== void 0) {
          let data58 = data.why;
          if (typeof data58 !== "string") {
            const err162 = { instancePath: instancePath + "/why", schemaPath: "#/oneOf/3/properties/why/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema31.oneOf[3].properties.why.type, parentSchema: schema31.oneOf[3].properties.why, data: data58 };
            if (vErrors === null) {
              vErrors = [err162];
            } else {
              vErrors.push(err162);
            }
            errors++;
          }
        }
      } else {
        const err163 = { instancePath, schemaPath: "#/oneOf/3/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema31.oneOf[3].type, parentSchema: schema31.oneOf[3], data };
        if (vErrors === null) {
          vErrors = [err163];
        } else {
          vErrors.push(err163);
        }
        errors++;
      }
      var _valid0 = _errs179 === errors;
      if (_valid0 && valid0) {
        valid0 = false;
        passing0 = [passing0, 3];
      } else {
        if (_valid0) {
          valid0 = true;
          passing0 = 3;
          if (props0 !== true) {
            props0 = true;
          }
        }
        const _errs194 = errors;
        if (data && typeof data == "object" && !Array.isArray(data)) {
          if (data.kind === void 0) {
            const err164 = { instancePath, schemaPath: "#/oneOf/4/required", keyword: "required", params: { missingProperty: "kind" }, message: "must have required property 'kind'", schema: schema31.oneOf[4].required, parentSchema: schema31.oneOf[4], data };
            if (vErrors === null) {
              vErrors = [err164];
            } else {
              vErrors.push(err164);
            }
            errors++;
          }
          if (data.apply === void 0) {
            const err165 = { instancePath, schemaPath: "#/oneOf/4/required", keyword: "required", params: { missingProperty: "apply" }, message: "must have required property 'apply'", schema: schema31.oneOf[4].required, parentSchema: schema31.oneOf[4], data };
            if (vErrors === null) {
              vErrors = [err165];
            } else {
              vErrors.push(err165);
            }
            errors++;
          }
          if (data.at === void 0) {
            const err166 = { instancePath, schemaPath: "#/oneOf/4/required", keyword: "required", params: { missingProperty: "at" }, message: "must have required property 'at'", schema: schema31.oneOf[4].required, parentSchema: schema31.oneOf[4], data };
            if (vErrors === null) {
              vErrors = [err166];
            } else {
              vErrors.push(err166);
            }
            errors++;
          }
          for (const key13 in data) {
            if (!(key13 === "kind" || key13 === "apply" || key13 === "at")) {
              const err167 = { instancePath, schemaPath: "#/oneOf/4/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key13 }, message: "must NOT have additional properties", schema: false, parentSchema: schema31.oneOf[4], data };
              if (vErrors === null) {
                vErrors = [err167];
              } else {
                vErrors.push(err167);
              }
              errors++;
            }
          }
          if (data.kind !== void 0) {
            let data59 = data.kind;
            if ("end" !== data59) {
              const err168 = { instancePath: instancePath + "/kind", schemaPath: "#/oneOf/4/properties/kind/const", keyword: "const", params: { allowedValue: "end" }, message: "must be equal to constant", schema: "end", parentSchema: schema31.oneOf[4].properties.kind, data: data59 };
              if (vErrors === null) {
                vErrors = [err168];
              } else {
                vErrors.push(err168);
              }
              errors++;
            }
          }
          if (data.apply !== void 0) {
            let data60 = data.apply;
            if (typeof data60 === "string") {
              if (!pattern4.test(data60)) {
                const err169 = { instancePath: instancePath + "/apply", schemaPath: "#/$defs/apply/pattern", keyword: "pattern", params: { pattern: "^[0-9a-f]{8}$" }, message: 'must match pattern "^[0-9a-f]{8}$"', schema: "^[0-9a-f]{8}$", parentSchema: schema32, data: data60 };
                if (vErrors === null) {
                  vErrors = [err169];
                } else {
                  vErrors.push(err169);
                }
                errors++;
              }
            } else {
              const err170 = { instancePath: instancePath + "/apply", schemaPath: "#/$defs/apply/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema32.type, parentSchema: schema32, data: data60 };
              if (vErrors === null) {
                vErrors = [err170];
              } else {
                vErrors.push(err170);
              }
              errors++;
            }
          }
          if (data.at !== void 0) {
            let data61 = data.at;
            if (typeof data61 === "string") {
              if (!formats0.validate(data61)) {
                const err171 = { instancePath: instancePath + "/at", schemaPath: "#/$defs/at/format", keyword: "format", params: { format: "date-time" }, message: 'must match format "date-time"', schema: "date-time", parentSchema: schema33, data: data61 };
                if (vErrors === null) {
                  vErrors = [err171];
                } else {
                  vErrors.push(err171);
                }
                errors++;
              }
            } else {
              const err172 = { instancePath: instancePath + "/at", schemaPath: "#/$defs/at/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema33.type, parentSchema: schema33, data: data61 };
              if (vErrors === null) {
                vErrors = [err172];
              } else {
                vErrors.push(err172);
              }
              errors++;
            }
          }
        } else {
          const err173 = { instancePath, schemaPath: "#/oneOf/4/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema31.oneOf[4].type, parentSchema: schema31.oneOf[4], data };
          if (vErrors === null) {
            vErrors = [err173];
          } else {
            vErrors.push(err173);
          }
          errors++;
        }
        var _valid0 = _errs194 === errors;
        if (_valid0 && valid0) {
          valid0 = false;
          passing0 = [passing0, 4];
        } else {
          if (_valid0) {
            valid0 = true;
            passing0 = 4;
            if (props0 !== true) {
              props0 = true;
            }
          }
        }
      }
    }
  }
  if (!valid0) {
    const err174 = { instancePath, schemaPath: "#/oneOf", keyword: "oneOf", params: { passingSchemas: passing0 }, message: "must match exactly one schema in oneOf", schema: schema31.oneOf, parentSchema: schema31, data };
    if (vErrors === null) {
      vErrors = [err174];
    } else {
      vErrors.push(err174);
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
  validate20.errors = vErrors;
  evaluated0.props = props0;
  return errors === 0;
}
validate20.evaluated = { "dynamicProps": true, "dynamicItems": false };
export {
  stdin_default as default,
  validate
};
