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
var validate = validate52;
var stdin_default = validate52;
var pattern3 = new RegExp("^[0-9a-f]{8}$", "u");
function validate53(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate53.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (errors === 0) {
    if (typeof data === "string") {
      if (!pattern3.test(data)) {
        validate53.errors = [{ instancePath, schemaPath: "#/pattern", keyword: "pattern", params: { pattern: "^[0-9a-f]{8}$" }, message: 'must match pattern "^[0-9a-f]{8}$"' }];
        return false;
      }
    } else {
      validate53.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
      return false;
    }
  }
  validate53.errors = vErrors;
  return errors === 0;
}
validate53.evaluated = { "dynamicProps": false, "dynamicItems": false };
var formats0 = require_formats().fullFormats["date-time"];
function validate55(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate55.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (errors === 0) {
    if (errors === 0) {
      if (typeof data === "string") {
        if (!formats0.validate(data)) {
          validate55.errors = [{ instancePath, schemaPath: "#/format", keyword: "format", params: { format: "date-time" }, message: 'must match format "date-time"' }];
          return false;
        }
      } else {
        validate55.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
        return false;
      }
    }
  }
  validate55.errors = vErrors;
  return errors === 0;
}
validate55.evaluated = { "dynamicProps": false, "dynamicItems": false };
var func1 = require_ucs2length().default;
function validate57(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate57.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (errors === 0) {
    if (typeof data === "string") {
      if (func1(data) < 1) {
        validate57.errors = [{ instancePath, schemaPath: "#/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" }];
        return false;
      }
    } else {
      validate57.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
      return false;
    }
  }
  validate57.errors = vErrors;
  return errors === 0;
}
validate57.evaluated = { "dynamicProps": false, "dynamicItems": false };
var schema30 = { "type": "object", "additionalProperties": false, "required": ["id", "action", "strategy", "after", "fields", "records", "reason", "title"], "properties": { "id": { "type": "string", "minLength": 1 }, "action": { "$ref": "#/$defs/action" }, "strategy": { "$ref": "#/$defs/strategy" }, "after": { "$ref": "#/$defs/names", "description": "Ids of the steps that are done before this one." }, "fields": { "$ref": "#/$defs/fieldIds", "description": "The fields that force this step." }, "records": { "$ref": "#/$defs/fieldIds", "description": "The fields that are as the manifest asks once this step is done." }, "undoes": { "$ref": "#/$defs/fieldIds", "description": "The fields that have to be done again after this step." }, "reason": { "$ref": "#/$defs/reason" }, "title": { "type": "string", "minLength": 1 } } };
var func2 = Object.prototype.hasOwnProperty;
var schema31 = { "type": "object", "required": ["kind"], "oneOf": [{ "additionalProperties": false, "properties": { "kind": { "enum": ["machine.create", "machine.start", "machine.stop", "machine.resume", "machine.delete", "workspace.set", "protect.set", "network.set", "idle.set", "env.write", "record"] } } }, { "additionalProperties": false, "required": ["image", "packages"], "properties": { "kind": { "const": "layer.ensure" }, "image": {}, "pin": { "description": "What the image was resolved to before; absent where the catalogue is asked." }, "packages": { "$ref": "#/$defs/names" } } }, { "additionalProperties": false, "required": ["image", "packages", "sizeBytes"], "properties": { "kind": { "const": "root.replace" }, "image": {}, "pin": { "$ref": "#/$defs/imagePin" }, "packages": { "$ref": "#/$defs/names" }, "sizeBytes": { "type": "integer", "minimum": 1 } } }, { "additionalProperties": false, "required": ["name"], "properties": { "kind": { "enum": ["machine.rename", "agent.remove", "snapshot.take", "snapshot.restore"] }, "name": { "$ref": "#/$defs/key" } } }, { "additionalProperties": false, "required": ["sizeBytes"], "properties": { "kind": { "const": "disk.grow" }, "sizeBytes": { "type": "integer", "minimum": 1 } } }, { "additionalProperties": false, "required": ["key"], "properties": { "kind": { "enum": ["port.add", "port.remove", "mount.add", "mount.remove", "script.run"] }, "key": { "$ref": "#/$defs/key" } } }, { "additionalProperties": false, "required": ["install", "remove"], "properties": { "kind": { "const": "packages.change" }, "install": { "$ref": "#/$defs/names" }, "remove": { "$ref": "#/$defs/names" } } }, { "additionalProperties": false, "required": ["things"], "properties": { "kind": { "const": "guest.mend" }, "things": { "$ref": "#/$defs/fieldIds" } } }, { "additionalProperties": false, "required": ["name", "version"], "properties": { "kind": { "const": "agent.install" }, "name": { "$ref": "#/$defs/key" }, "version": { "type": "string", "minLength": 1 } } }] };
function validate76(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate76.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (errors === 0) {
    if (Array.isArray(data)) {
      var valid0 = true;
      const len0 = data.length;
      for (let i0 = 0; i0 < len0; i0++) {
        let data0 = data[i0];
        const _errs1 = errors;
        if (errors === _errs1) {
          if (typeof data0 === "string") {
            if (func1(data0) < 1) {
              validate76.errors = [{ instancePath: instancePath + "/" + i0, schemaPath: "#/items/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" }];
              return false;
            }
          } else {
            validate76.errors = [{ instancePath: instancePath + "/" + i0, schemaPath: "#/items/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
            return false;
          }
        }
        var valid0 = _errs1 === errors;
        if (!valid0) {
          break;
        }
      }
      if (valid0) {
        let i1 = data.length;
        let j0;
        if (i1 > 1) {
          const indices0 = {};
          for (; i1--; ) {
            let item0 = data[i1];
            if (typeof item0 !== "string") {
              continue;
            }
            if (typeof indices0[item0] == "number") {
              j0 = indices0[item0];
              validate76.errors = [{ instancePath, schemaPath: "#/uniqueItems", keyword: "uniqueItems", params: { i: i1, j: j0 }, message: "must NOT have duplicate items (items ## " + j0 + " and " + i1 + " are identical)" }];
              return false;
              break;
            }
            indices0[item0] = i1;
          }
        }
      }
    } else {
      validate76.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
      return false;
    }
  }
  validate76.errors = vErrors;
  return errors === 0;
}
validate76.evaluated = { "items": true, "dynamicProps": false, "dynamicItems": false };
function validate78(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate78.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.digest === void 0 && (missing0 = "digest")) {
        validate78.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "digest" || key0 === "source")) {
            validate78.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.digest !== void 0) {
            let data0 = data.digest;
            const _errs2 = errors;
            if (errors === _errs2) {
              if (typeof data0 === "string") {
                if (func1(data0) < 1) {
                  validate78.errors = [{ instancePath: instancePath + "/digest", schemaPath: "#/properties/digest/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" }];
                  return false;
                }
              } else {
                validate78.errors = [{ instancePath: instancePath + "/digest", schemaPath: "#/properties/digest/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                return false;
              }
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.source !== void 0) {
              let data1 = data.source;
              const _errs4 = errors;
              if (!(data1 && typeof data1 == "object" && !Array.isArray(data1))) {
                validate78.errors = [{ instancePath: instancePath + "/source", schemaPath: "#/properties/source/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
                return false;
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
          }
        }
      }
    } else {
      validate78.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate78.errors = vErrors;
  return errors === 0;
}
validate78.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
function validate67(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate67.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (errors === 0) {
    if (typeof data === "string") {
      if (func1(data) < 1) {
        validate67.errors = [{ instancePath, schemaPath: "#/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" }];
        return false;
      }
    } else {
      validate67.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
      return false;
    }
  }
  validate67.errors = vErrors;
  return errors === 0;
}
validate67.evaluated = { "dynamicProps": false, "dynamicItems": false };
function validate65(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate65.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (errors === 0) {
    if (typeof data === "string") {
      if (func1(data) < 1) {
        validate65.errors = [{ instancePath, schemaPath: "#/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" }];
        return false;
      }
    } else {
      validate65.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
      return false;
    }
  }
  validate65.errors = vErrors;
  return errors === 0;
}
validate65.evaluated = { "dynamicProps": false, "dynamicItems": false };
var func0 = require_equal().default;
function validate85(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate85.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (errors === 0) {
    if (Array.isArray(data)) {
      var valid0 = true;
      const len0 = data.length;
      for (let i0 = 0; i0 < len0; i0++) {
        const _errs1 = errors;
        if (!validate65(data[i0], { instancePath: instancePath + "/" + i0, parentData: data, parentDataProperty: i0, rootData, dynamicAnchors })) {
          vErrors = vErrors === null ? validate65.errors : vErrors.concat(validate65.errors);
          errors = vErrors.length;
        }
        var valid0 = _errs1 === errors;
        if (!valid0) {
          break;
        }
      }
      if (valid0) {
        let i1 = data.length;
        let j0;
        if (i1 > 1) {
          outer0:
            for (; i1--; ) {
              for (j0 = i1; j0--; ) {
                if (func0(data[i1], data[j0])) {
                  validate85.errors = [{ instancePath, schemaPath: "#/uniqueItems", keyword: "uniqueItems", params: { i: i1, j: j0 }, message: "must NOT have duplicate items (items ## " + j0 + " and " + i1 + " are identical)" }];
                  return false;
                  break outer0;
                }
              }
            }
        }
      }
    } else {
      validate85.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
      return false;
    }
  }
  validate85.errors = vErrors;
  return errors === 0;
}
validate85.evaluated = { "items": true, "dynamicProps": false, "dynamicItems": false };
function validate75(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate75.evaluated;
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
    const _errs3 = errors;
    for (const key0 in data) {
      if (!(key0 === "kind")) {
        const err0 = { instancePath, schemaPath: "#/oneOf/0/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" };
        if (vErrors === null) {
          vErrors = [err0];
        } else {
          vErrors.push(err0);
        }
        errors++;
        break;
      }
    }
    if (_errs3 === errors) {
      if (data.kind !== void 0) {
        let data0 = data.kind;
        if (!(data0 === "machine.create" || data0 === "machine.start" || data0 === "machine.stop" || data0 === "machine.resume" || data0 === "machine.delete" || data0 === "workspace.set" || data0 === "protect.set" || data0 === "network.set" || data0 === "idle.set" || data0 === "env.write" || data0 === "record")) {
          const err1 = { instancePath: instancePath + "/kind", schemaPath: "#/oneOf/0/properties/kind/enum", keyword: "enum", params: { allowedValues: schema31.oneOf[0].properties.kind.enum }, message: "must be equal to one of the allowed values" };
          if (vErrors === null) {
            vErrors = [err1];
          } else {
            vErrors.push(err1);
          }
          errors++;
        }
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
    let missing0;
    if (data.image === void 0 && (missing0 = "image") || data.packages === void 0 && (missing0 = "packages")) {
      const err2 = { instancePath, schemaPath: "#/oneOf/1/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" };
      if (vErrors === null) {
        vErrors = [err2];
      } else {
        vErrors.push(err2);
      }
      errors++;
    } else {
      const _errs6 = errors;
      for (const key1 in data) {
        if (!(key1 === "kind" || key1 === "image" || key1 === "pin" || key1 === "packages")) {
          const err3 = { instancePath, schemaPath: "#/oneOf/1/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key1 }, message: "must NOT have additional properties" };
          if (vErrors === null) {
            vErrors = [err3];
          } else {
            vErrors.push(err3);
          }
          errors++;
          break;
        }
      }
      if (_errs6 === errors) {
        if (data.kind !== void 0) {
          const _errs7 = errors;
          if ("layer.ensure" !== data.kind) {
            const err4 = { instancePath: instancePath + "/kind", schemaPath: "#/oneOf/1/properties/kind/const", keyword: "const", params: { allowedValue: "layer.ensure" }, message: "must be equal to constant" };
            if (vErrors === null) {
              vErrors = [err4];
            } else {
              vErrors.push(err4);
            }
            errors++;
          }
          var valid2 = _errs7 === errors;
        } else {
          var valid2 = true;
        }
        if (valid2) {
          if (data.packages !== void 0) {
            const _errs8 = errors;
            if (!validate76(data.packages, { instancePath: instancePath + "/packages", parentData: data, parentDataProperty: "packages", rootData, dynamicAnchors })) {
              vErrors = vErrors === null ? validate76.errors : vErrors.concat(validate76.errors);
              errors = vErrors.length;
            }
            var valid2 = _errs8 === errors;
          } else {
            var valid2 = true;
          }
        }
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
    const _errs9 = errors;
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing1;
      if (data.image === void 0 && (missing1 = "image") || data.packages === void 0 && (missing1 = "packages") || data.sizeBytes === void 0 && (missing1 = "sizeBytes")) {
        const err5 = { instancePath, schemaPath: "#/oneOf/2/required", keyword: "required", params: { missingProperty: missing1 }, message: "must have required property '" + missing1 + "'" };
        if (vErrors === null) {
          vErrors = [err5];
        } else {
          vErrors.push(err5);
        }
        errors++;
      } else {
        const _errs10 = errors;
        for (const key2 in data) {
          if (!(key2 === "kind" || key2 === "image" || key2 === "pin" || key2 === "packages" || key2 === "sizeBytes")) {
            const err6 = { instancePath, schemaPath: "#/oneOf/2/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key2 }, message: "must NOT have additional properties" };
            if (vErrors === null) {
              vErrors = [err6];
            } else {
              vErrors.push(err6);
            }
            errors++;
            break;
          }
        }
        if (_errs10 === errors) {
          if (data.kind !== void 0) {
            const _errs11 = errors;
            if ("root.replace" !== data.kind) {
              const err7 = { instancePath: instancePath + "/kind", schemaPath: "#/oneOf/2/properties/kind/const", keyword: "const", params: { allowedValue: "root.replace" }, message: "must be equal to constant" };
              if (vErrors === null) {
                vErrors = [err7];
              } else {
                vErrors.push(err7);
              }
              errors++;
            }
            var valid3 = _errs11 === errors;
          } else {
            var valid3 = true;
          }
          if (valid3) {
            if (data.pin !== void 0) {
              const _errs12 = errors;
              if (!validate78(data.pin, { instancePath: instancePath + "/pin", parentData: data, parentDataProperty: "pin", rootData, dynamicAnchors })) {
                vErrors = vErrors === null ? validate78.errors : vErrors.concat(validate78.errors);
                errors = vErrors.length;
              }
              var valid3 = _errs12 === errors;
            } else {
              var valid3 = true;
            }
            if (valid3) {
              if (data.packages !== void 0) {
                const _errs13 = errors;
                if (!validate76(data.packages, { instancePath: instancePath + "/packages", parentData: data, parentDataProperty: "packages", rootData, dynamicAnchors })) {
                  vErrors = vErrors === null ? validate76.errors : vErrors.concat(validate76.errors);
                  errors = vErrors.length;
                }
                var valid3 = _errs13 === errors;
              } else {
                var valid3 = true;
              }
              if (valid3) {
                if (data.sizeBytes !== void 0) {
                  let data6 = data.sizeBytes;
                  const _errs14 = errors;
                  if (!(typeof data6 == "number" && (!(data6 % 1) && !isNaN(data6)) && isFinite(data6))) {
                    const err8 = { instancePath: instancePath + "/sizeBytes", schemaPath: "#/oneOf/2/properties/sizeBytes/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
                    if (vErrors === null) {
                      vErrors = [err8];
                    } else {
                      vErrors.push(err8);
                    }
                    errors++;
                  }
                  if (errors === _errs14) {
                    if (typeof data6 == "number" && isFinite(data6)) {
                      if (data6 < 1 || isNaN(data6)) {
                        const err9 = { instancePath: instancePath + "/sizeBytes", schemaPath: "#/oneOf/2/properties/sizeBytes/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" };
                        if (vErrors === null) {
                          vErrors = [err9];
                        } else {
                          vErrors.push(err9);
                        }
                        errors++;
                      }
                    }
                  }
                  var valid3 = _errs14 === errors;
                } else {
                  var valid3 = true;
                }
              }
            }
          }
        }
      }
    }
    var _valid0 = _errs9 === errors;
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
      const _errs16 = errors;
      if (data && typeof data == "object" && !Array.isArray(data)) {
        let missing2;
        if (data.name === void 0 && (missing2 = "name")) {
          const err10 = { instancePath, schemaPath: "#/oneOf/3/required", keyword: "required", params: { missingProperty: missing2 }, message: "must have required property '" + missing2 + "'" };
          if (vErrors === null) {
            vErrors = [err10];
          } else {
            vErrors.push(err10);
          }
          errors++;
        } else {
          const _errs17 = errors;
          for (const key3 in data) {
            if (!(key3 === "kind" || key3 === "name")) {
              const err11 = { instancePath, schemaPath: "#/oneOf/3/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key3 }, message: "must NOT have additional properties" };
              if (vErrors === null) {
                vErrors = [err11];
              } else {
                vErrors.push(err11);
              }
              errors++;
              break;
            }
          }
          if (_errs17 === errors) {
            if (data.kind !== void 0) {
              let data7 = data.kind;
              const _errs18 = errors;
              if (!(data7 === "machine.rename" || data7 === "agent.remove" || data7 === "snapshot.take" || data7 === "snapshot.restore")) {
                const err12 = { instancePath: instancePath + "/kind", schemaPath: "#/oneOf/3/properties/kind/enum", keyword: "enum", params: { allowedValues: schema31.oneOf[3].properties.kind.enum }, message: "must be equal to one of the allowed values" };
                if (vErrors === null) {
                  vErrors = [err12];
                } else {
                  vErrors.push(err12);
                }
                errors++;
              }
              var valid4 = _errs18 === errors;
            } else {
              var valid4 = true;
            }
            if (valid4) {
              if (data.name !== void 0) {
                const _errs19 = errors;
                if (!validate67(data.name, { instancePath: instancePath + "/name", parentData: data, parentDataProperty: "name", rootData, dynamicAnchors })) {
                  vErrors = vErrors === null ? validate67.errors : vErrors.concat(validate67.errors);
                  errors = vErrors.length;
                }
                var valid4 = _errs19 === errors;
              } else {
                var valid4 = true;
              }
            }
          }
        }
      }
      var _valid0 = _errs16 === errors;
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
        const _errs20 = errors;
        if (data && typeof data == "object" && !Array.isArray(data)) {
          let missing3;
          if (data.sizeBytes === void 0 && (missing3 = "sizeBytes")) {
            const err13 = { instancePath, schemaPath: "#/oneOf/4/required", keyword: "required", params: { missingProperty: missing3 }, message: "must have required property '" + missing3 + "'" };
            if (vErrors === null) {
              vErrors = [err13];
            } else {
              vErrors.push(err13);
            }
            errors++;
          } else {
            const _errs21 = errors;
            for (const key4 in data) {
              if (!(key4 === "kind" || key4 === "sizeBytes")) {
                const err14 = { instancePath, schemaPath: "#/oneOf/4/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key4 }, message: "must NOT have additional properties" };
                if (vErrors === null) {
                  vErrors = [err14];
                } else {
                  vErrors.push(err14);
                }
                errors++;
                break;
              }
            }
            if (_errs21 === errors) {
              if (data.kind !== void 0) {
                const _errs22 = errors;
                if ("disk.grow" !== data.kind) {
                  const err15 = { instancePath: instancePath + "/kind", schemaPath: "#/oneOf/4/properties/kind/const", keyword: "const", params: { allowedValue: "disk.grow" }, message: "must be equal to constant" };
                  if (vErrors === null) {
                    vErrors = [err15];
                  } else {
                    vErrors.push(err15);
                  }
                  errors++;
                }
                var valid5 = _errs22 === errors;
              } else {
                var valid5 = true;
              }
              if (valid5) {
                if (data.sizeBytes !== void 0) {
                  let data10 = data.sizeBytes;
                  const _errs23 = errors;
                  if (!(typeof data10 == "number" && (!(data10 % 1) && !isNaN(data10)) && isFinite(data10))) {
                    const err16 = { instancePath: instancePath + "/sizeBytes", schemaPath: "#/oneOf/4/properties/sizeBytes/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
                    if (vErrors === null) {
                      vErrors = [err16];
                    } else {
                      vErrors.push(err16);
                    }
                    errors++;
                  }
                  if (errors === _errs23) {
                    if (typeof data10 == "number" && isFinite(data10)) {
                      if (data10 < 1 || isNaN(data10)) {
                        const err17 = { instancePath: instancePath + "/sizeBytes", schemaPath: "#/oneOf/4/properties/sizeBytes/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" };
                        if (vErrors === null) {
                          vErrors = [err17];
                        } else {
                          vErrors.push(err17);
                        }
                        errors++;
                      }
                    }
                  }
                  var valid5 = _errs23 === errors;
                } else {
                  var valid5 = true;
                }
              }
            }
          }
        }
        var _valid0 = _errs20 === errors;
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
          const _errs25 = errors;
          if (data && typeof data == "object" && !Array.isArray(data)) {
            let missing4;
            if (data.key === void 0 && (missing4 = "key")) {
              const err18 = { instancePath, schemaPath: "#/oneOf/5/required", keyword: "required", params: { missingProperty: missing4 }, message: "must have required property '" + missing4 + "'" };
              if (vErrors === null) {
                vErrors = [err18];
              } else {
                vErrors.push(err18);
              }
              errors++;
            } else {
              const _errs26 = errors;
              for (const key5 in data) {
                if (!(key5 === "kind" || key5 === "key")) {
                  const err19 = { instancePath, schemaPath: "#/oneOf/5/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key5 }, message: "must NOT have additional properties" };
                  if (vErrors === null) {
                    vErrors = [err19];
                  } else {
                    vErrors.push(err19);
                  }
                  errors++;
                  break;
                }
              }
              if (_errs26 === errors) {
                if (data.kind !== void 0) {
                  let data11 = data.kind;
                  const _errs27 = errors;
                  if (!(data11 === "port.add" || data11 === "port.remove" || data11 === "mount.add" || data11 === "mount.remove" || data11 === "script.run")) {
                    const err20 = { instancePath: instancePath + "/kind", schemaPath: "#/oneOf/5/properties/kind/enum", keyword: "enum", params: { allowedValues: schema31.oneOf[5].properties.kind.enum }, message: "must be equal to one of the allowed values" };
                    if (vErrors === null) {
                      vErrors = [err20];
                    } else {
                      vErrors.push(err20);
                    }
                    errors++;
                  }
                  var valid6 = _errs27 === errors;
                } else {
                  var valid6 = true;
                }
                if (valid6) {
                  if (data.key !== void 0) {
                    const _errs28 = errors;
                    if (!validate67(data.key, { instancePath: instancePath + "/key", parentData: data, parentDataProperty: "key", rootData, dynamicAnchors })) {
                      vErrors = vErrors === null ? validate67.errors : vErrors.concat(validate67.errors);
                      errors = vErrors.length;
                    }
                    var valid6 = _errs28 === errors;
                  } else {
                    var valid6 = true;
                  }
                }
              }
            }
          }
          var _valid0 = _errs25 === errors;
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
            const _errs29 = errors;
            if (data && typeof data == "object" && !Array.isArray(data)) {
              let missing5;
              if (data.install === void 0 && (missing5 = "install") || data.remove === void 0 && (missing5 = "remove")) {
                const err21 = { instancePath, schemaPath: "#/oneOf/6/required", keyword: "required", params: { missingProperty: missing5 }, message: "must have required property '" + missing5 + "'" };
                if (vErrors === null) {
                  vErrors = [err21];
                } else {
                  vErrors.push(err21);
                }
                errors++;
              } else {
                const _errs30 = errors;
                for (const key6 in data) {
                  if (!(key6 === "kind" || key6 === "install" || key6 === "remove")) {
                    const err22 = { instancePath, schemaPath: "#/oneOf/6/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key6 }, message: "must NOT have additional properties" };
                    if (vErrors === null) {
                      vErrors = [err22];
                    } else {
                      vErrors.push(err22);
                    }
                    errors++;
                    break;
                  }
                }
                if (_errs30 === errors) {
                  if (data.kind !== void 0) {
                    const _errs31 = errors;
                    if ("packages.change" !== data.kind) {
                      const err23 = { instancePath: instancePath + "/kind", schemaPath: "#/oneOf/6/properties/kind/const", keyword: "const", params: { allowedValue: "packages.change" }, message: "must be equal to constant" };
                      if (vErrors === null) {
                        vErrors = [err23];
                      } else {
                        vErrors.push(err23);
                      }
                      errors++;
                    }
                    var valid7 = _errs31 === errors;
                  } else {
                    var valid7 = true;
                  }
                  if (valid7) {
                    if (data.install !== void 0) {
                      const _errs32 = errors;
                      if (!validate76(data.install, { instancePath: instancePath + "/install", parentData: data, parentDataProperty: "install", rootData, dynamicAnchors })) {
                        vErrors = vErrors === null ? validate76.errors : vErrors.concat(validate76.errors);
                        errors = vErrors.length;
                      }
                      var valid7 = _errs32 === errors;
                    } else {
                      var valid7 = true;
                    }
                    if (valid7) {
                      if (data.remove !== void 0) {
                        const _errs33 = errors;
                        if (!validate76(data.remove, { instancePath: instancePath + "/remove", parentData: data, parentDataProperty: "remove", rootData, dynamicAnchors })) {
                          vErrors = vErrors === null ? validate76.errors : vErrors.concat(validate76.errors);
                          errors = vErrors.length;
                        }
                        var valid7 = _errs33 === errors;
                      } else {
                        var valid7 = true;
                      }
                    }
                  }
                }
              }
            }
            var _valid0 = _errs29 === errors;
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
              const _errs34 = errors;
              if (data && typeof data == "object" && !Array.isArray(data)) {
                let missing6;
                if (data.things === void 0 && (missing6 = "things")) {
                  const err24 = { instancePath, schemaPath: "#/oneOf/7/required", keyword: "required", params: { missingProperty: missing6 }, message: "must have required property '" + missing6 + "'" };
                  if (vErrors === null) {
                    vErrors = [err24];
                  } else {
                    vErrors.push(err24);
                  }
                  errors++;
                } else {
                  const _errs35 = errors;
                  for (const key7 in data) {
                    if (!(key7 === "kind" || key7 === "things")) {
                      const err25 = { instancePath, schemaPath: "#/oneOf/7/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key7 }, message: "must NOT have additional properties" };
                      if (vErrors === null) {
                        vErrors = [err25];
                      } else {
                        vErrors.push(err25);
                      }
                      errors++;
                      break;
                    }
                  }
                  if (_errs35 === errors) {
                    if (data.kind !== void 0) {
                      const _errs36 = errors;
                      if ("guest.mend" !== data.kind) {
                        const err26 = { instancePath: instancePath + "/kind", schemaPath: "#/oneOf/7/properties/kind/const", keyword: "const", params: { allowedValue: "guest.mend" }, message: "must be equal to constant" };
                        if (vErrors === null) {
                          vErrors = [err26];
                        } else {
                          vErrors.push(err26);
                        }
                        errors++;
                      }
                      var valid8 = _errs36 === errors;
                    } else {
                      var valid8 = true;
                    }
                    if (valid8) {
                      if (data.things !== void 0) {
                        const _errs37 = errors;
                        if (!validate85(data.things, { instancePath: instancePath + "/things", parentData: data, parentDataProperty: "things", rootData, dynamicAnchors })) {
                          vErrors = vErrors === null ? validate85.errors : vErrors.concat(validate85.errors);
                          errors = vErrors.length;
                        }
                        var valid8 = _errs37 === errors;
                      } else {
                        var valid8 = true;
                      }
                    }
                  }
                }
              }
              var _valid0 = _errs34 === errors;
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
                const _errs38 = errors;
                if (data && typeof data == "object" && !Array.isArray(data)) {
                  let missing7;
                  if (data.name === void 0 && (missing7 = "name") || data.version === void 0 && (missing7 = "version")) {
                    const err27 = { instancePath, schemaPath: "#/oneOf/8/required", keyword: "required", params: { missingProperty: missing7 }, message: "must have required property '" + missing7 + "'" };
                    if (vErrors === null) {
                      vErrors = [err27];
                    } else {
                      vErrors.push(err27);
                    }
                    errors++;
                  } else {
                    const _errs39 = errors;
                    for (const key8 in data) {
                      if (!(key8 === "kind" || key8 === "name" || key8 === "version")) {
                        const err28 = { instancePath, schemaPath: "#/oneOf/8/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key8 }, message: "must NOT have additional properties" };
                        if (vErrors === null) {
                          vErrors = [err28];
                        } else {
                          vErrors.push(err28);
                        }
                        errors++;
                        break;
                      }
                    }
                    if (_errs39 === errors) {
                      if (data.kind !== void 0) {
                        const _errs40 = errors;
                        if ("agent.install" !== data.kind) {
                          const err29 = { instancePath: instancePath + "/kind", schemaPath: "#/oneOf/8/properties/kind/const", keyword: "const", params: { allowedValue: "agent.install" }, message: "must be equal to constant" };
                          if (vErrors === null) {
                            vErrors = [err29];
                          } else {
                            vErrors.push(err29);
                          }
                          errors++;
                        }
                        var valid9 = _errs40 === errors;
                      } else {
                        var valid9 = true;
                      }
                      if (valid9) {
                        if (data.name !== void 0) {
                          const _errs41 = errors;
                          if (!validate67(data.name, { instancePath: instancePath + "/name", parentData: data, parentDataProperty: "name", rootData, dynamicAnchors })) {
                            vErrors = vErrors === null ? validate67.errors : vErrors.concat(validate67.errors);
                            errors = vErrors.length;
                          }
                          var valid9 = _errs41 === errors;
                        } else {
                          var valid9 = true;
                        }
                        if (valid9) {
                          if (data.version !== void 0) {
                            let data20 = data.version;
                            const _errs42 = errors;
                            if (errors === _errs42) {
                              if (typeof data20 === "string") {
                                if (func1(data20) < 1) {
                                  const err30 = { instancePath: instancePath + "/version", schemaPath: "#/oneOf/8/properties/version/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                                  if (vErrors === null) {
                                    vErrors = [err30];
                                  } else {
                                    vErrors.push(err30);
                                  }
                                  errors++;
                                }
                              } else {
                                const err31 = { instancePath: instancePath + "/version", schemaPath: "#/oneOf/8/properties/version/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                                if (vErrors === null) {
                                  vErrors = [err31];
                                } else {
                                  vErrors.push(err31);
                                }
                                errors++;
                              }
                            }
                            var valid9 = _errs42 === errors;
                          } else {
                            var valid9 = true;
                          }
                        }
                      }
                    }
                  }
                }
                var _valid0 = _errs38 === errors;
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
    const err32 = { instancePath, schemaPath: "#/oneOf", keyword: "oneOf", params: { passingSchemas: passing0 }, message: "must match exactly one schema in oneOf" };
    if (vErrors === null) {
      vErrors = [err32];
    } else {
      vErrors.push(err32);
    }
    errors++;
    validate75.errors = vErrors;
    return false;
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
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing8;
      if (data.kind === void 0 && (missing8 = "kind")) {
        validate75.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing8 }, message: "must have required property '" + missing8 + "'" }];
        return false;
      }
    } else {
      validate75.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate75.errors = vErrors;
  evaluated0.props = props0;
  return errors === 0;
}
validate75.evaluated = { "dynamicProps": true, "dynamicItems": false };
var schema28 = { "enum": ["noop", "live", "reapply", "restart", "recreate", "delete"], "description": "What a change costs, least disruptive first." };
function validate69(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate69.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (!(data === "noop" || data === "live" || data === "reapply" || data === "restart" || data === "recreate" || data === "delete")) {
    validate69.errors = [{ instancePath, schemaPath: "#/enum", keyword: "enum", params: { allowedValues: schema28.enum }, message: "must be equal to one of the allowed values" }];
    return false;
  }
  validate69.errors = vErrors;
  return errors === 0;
}
validate69.evaluated = { "dynamicProps": false, "dynamicItems": false };
var schema29 = { "type": "object", "additionalProperties": false, "required": ["code", "text"], "properties": { "code": { "enum": ["field-policy", "driver-limit", "unsupported", "machine-absent", "machine-stopped", "machine-crashed", "machine-paused", "drifted", "probe-failed", "resume", "requested", "before-risk"] }, "text": { "type": "string", "minLength": 1 } } };
function validate71(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate71.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.code === void 0 && (missing0 = "code") || data.text === void 0 && (missing0 = "text")) {
        validate71.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "code" || key0 === "text")) {
            validate71.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.code !== void 0) {
            let data0 = data.code;
            const _errs2 = errors;
            if (!(data0 === "field-policy" || data0 === "driver-limit" || data0 === "unsupported" || data0 === "machine-absent" || data0 === "machine-stopped" || data0 === "machine-crashed" || data0 === "machine-paused" || data0 === "drifted" || data0 === "probe-failed" || data0 === "resume" || data0 === "requested" || data0 === "before-risk")) {
              validate71.errors = [{ instancePath: instancePath + "/code", schemaPath: "#/properties/code/enum", keyword: "enum", params: { allowedValues: schema29.properties.code.enum }, message: "must be equal to one of the allowed values" }];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.text !== void 0) {
              let data1 = data.text;
              const _errs3 = errors;
              if (errors === _errs3) {
                if (typeof data1 === "string") {
                  if (func1(data1) < 1) {
                    validate71.errors = [{ instancePath: instancePath + "/text", schemaPath: "#/properties/text/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" }];
                    return false;
                  }
                } else {
                  validate71.errors = [{ instancePath: instancePath + "/text", schemaPath: "#/properties/text/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                  return false;
                }
              }
              var valid0 = _errs3 === errors;
            } else {
              var valid0 = true;
            }
          }
        }
      }
    } else {
      validate71.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate71.errors = vErrors;
  return errors === 0;
}
validate71.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
function validate115(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate115.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.id === void 0 && (missing0 = "id") || data.action === void 0 && (missing0 = "action") || data.strategy === void 0 && (missing0 = "strategy") || data.after === void 0 && (missing0 = "after") || data.fields === void 0 && (missing0 = "fields") || data.records === void 0 && (missing0 = "records") || data.reason === void 0 && (missing0 = "reason") || data.title === void 0 && (missing0 = "title")) {
        validate115.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!func2.call(schema30.properties, key0)) {
            validate115.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.id !== void 0) {
            let data0 = data.id;
            const _errs2 = errors;
            if (errors === _errs2) {
              if (typeof data0 === "string") {
                if (func1(data0) < 1) {
                  validate115.errors = [{ instancePath: instancePath + "/id", schemaPath: "#/properties/id/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" }];
                  return false;
                }
              } else {
                validate115.errors = [{ instancePath: instancePath + "/id", schemaPath: "#/properties/id/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                return false;
              }
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.action !== void 0) {
              const _errs4 = errors;
              if (!validate75(data.action, { instancePath: instancePath + "/action", parentData: data, parentDataProperty: "action", rootData, dynamicAnchors })) {
                vErrors = vErrors === null ? validate75.errors : vErrors.concat(validate75.errors);
                errors = vErrors.length;
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.strategy !== void 0) {
                const _errs5 = errors;
                if (!validate69(data.strategy, { instancePath: instancePath + "/strategy", parentData: data, parentDataProperty: "strategy", rootData, dynamicAnchors })) {
                  vErrors = vErrors === null ? validate69.errors : vErrors.concat(validate69.errors);
                  errors = vErrors.length;
                }
                var valid0 = _errs5 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.after !== void 0) {
                  const _errs6 = errors;
                  if (!validate76(data.after, { instancePath: instancePath + "/after", parentData: data, parentDataProperty: "after", rootData, dynamicAnchors })) {
                    vErrors = vErrors === null ? validate76.errors : vErrors.concat(validate76.errors);
                    errors = vErrors.length;
                  }
                  var valid0 = _errs6 === errors;
                } else {
                  var valid0 = true;
                }
                if (valid0) {
                  if (data.fields !== void 0) {
                    const _errs7 = errors;
                    if (!validate85(data.fields, { instancePath: instancePath + "/fields", parentData: data, parentDataProperty: "fields", rootData, dynamicAnchors })) {
                      vErrors = vErrors === null ? validate85.errors : vErrors.concat(validate85.errors);
                      errors = vErrors.length;
                    }
                    var valid0 = _errs7 === errors;
                  } else {
                    var valid0 = true;
                  }
                  if (valid0) {
                    if (data.records !== void 0) {
                      const _errs8 = errors;
                      if (!validate85(data.records, { instancePath: instancePath + "/records", parentData: data, parentDataProperty: "records", rootData, dynamicAnchors })) {
                        vErrors = vErrors === null ? validate85.errors : vErrors.concat(validate85.errors);
                        errors = vErrors.length;
                      }
                      var valid0 = _errs8 === errors;
                    } else {
                      var valid0 = true;
                    }
                    if (valid0) {
                      if (data.undoes !== void 0) {
                        const _errs9 = errors;
                        if (!validate85(data.undoes, { instancePath: instancePath + "/undoes", parentData: data, parentDataProperty: "undoes", rootData, dynamicAnchors })) {
                          vErrors = vErrors === null ? validate85.errors : vErrors.concat(validate85.errors);
                          errors = vErrors.length;
                        }
                        var valid0 = _errs9 === errors;
                      } else {
                        var valid0 = true;
                      }
                      if (valid0) {
                        if (data.reason !== void 0) {
                          const _errs10 = errors;
                          if (!validate71(data.reason, { instancePath: instancePath + "/reason", parentData: data, parentDataProperty: "reason", rootData, dynamicAnchors })) {
                            vErrors = vErrors === null ? validate71.errors : vErrors.concat(validate71.errors);
                            errors = vErrors.length;
                          }
                          var valid0 = _errs10 === errors;
                        } else {
                          var valid0 = true;
                        }
                        if (valid0) {
                          if (data.title !== void 0) {
                            let data8 = data.title;
                            const _errs11 = errors;
                            if (errors === _errs11) {
                              if (typeof data8 === "string") {
                                if (func1(data8) < 1) {
                                  validate115.errors = [{ instancePath: instancePath + "/title", schemaPath: "#/properties/title/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" }];
                                  return false;
                                }
                              } else {
                                validate115.errors = [{ instancePath: instancePath + "/title", schemaPath: "#/properties/title/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                                return false;
                              }
                            }
                            var valid0 = _errs11 === errors;
                          } else {
                            var valid0 = true;
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
      }
    } else {
      validate115.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate115.errors = vErrors;
  return errors === 0;
}
validate115.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
var schema44 = { "type": "object", "additionalProperties": false, "required": ["path", "value"], "properties": { "path": { "enum": ["name", "driver", "agent", "agents[].version", "agents[].args", "agents[].autonomy", "agents[].config", "agents[].configDirs", "base.image", "base.packages[]", "base.scripts[]", "resources.cpus", "resources.memory", "resources.disk", "workspace.guestPath", "workspace.mode", "workspace.shadow[]", "workspace.protect[]", "mounts[]", "volumes[]", "ports[]", "env[]", "secrets[]", "identity.gitconfig", "identity.gitCredentials", "identity.gh", "identity.ssh", "network.egress", "network.ports[]", "network.hostPorts[]", "services[]", "environment", "lifecycle.onExit", "lifecycle.idle", "lifecycle.protect", "drift.policy", "snapshots.keep", "snapshots.maxSize", "labels[]"] }, "key": { "type": "string" }, "value": { "type": ["null", "boolean", "number", "string", "array", "object"], "description": "What the manifest asked for; a secret or an env value is a keyed digest." }, "resolved": { "type": ["null", "boolean", "number", "string", "array", "object"], "description": "What it was resolved to where that differs." }, "isDefault": { "const": true, "description": "The value came from the defaults of the release that applied it." }, "isAdopted": { "const": true, "description": "It was so already when the manifest began to ask for it." }, "isUndone": { "const": true, "description": "A new root disk took it away: it is to be done again." }, "isUncertain": { "const": true, "description": "A step for it was cut off or failed, so nobody knows whether it holds: it is to be done again." } }, "allOf": [{ "if": { "type": "object", "properties": { "path": { "type": "string", "pattern": "\\[\\]" } } }, "then": { "type": "object", "required": ["key"], "properties": { "key": { "type": "string" } } } }, { "if": { "properties": { "path": { "enum": ["name", "driver", "agents[].version"] } }, "type": "object" }, "then": { "properties": { "value": { "type": "string" } }, "type": "object" } }, { "if": { "properties": { "path": { "enum": ["resources.cpus", "resources.memory", "resources.disk", "snapshots.keep", "snapshots.maxSize"] } }, "type": "object" }, "then": { "properties": { "value": { "type": "number", "minimum": 0 } }, "type": "object" } }, { "if": { "properties": { "path": { "const": "base.image" } }, "type": "object" }, "then": { "properties": { "value": { "oneOf": [{ "type": "object", "additionalProperties": false, "required": ["name"], "properties": { "name": { "type": "string" } } }, { "type": "object", "additionalProperties": false, "required": ["url", "sha256"], "properties": { "url": { "type": "string" }, "sha256": { "type": "string", "pattern": "^[0-9a-f]{64}$" } } }, { "type": "object", "additionalProperties": false, "required": ["path", "sha256"], "properties": { "path": { "type": "string", "pattern": "^/" }, "sha256": { "type": "string", "pattern": "^[0-9a-f]{64}$" } } }] } }, "type": "object" } }, { "if": { "properties": { "path": { "const": "base.scripts[]" } }, "type": "object" }, "then": { "properties": { "value": { "type": "object", "additionalProperties": false, "required": ["path", "sha256"], "properties": { "path": { "type": "string" }, "sha256": { "type": "string", "pattern": "^[0-9a-f]{64}$" } } } }, "type": "object" } }, { "if": { "properties": { "path": { "const": "network.egress" } }, "type": "object" }, "then": { "properties": { "value": { "if": { "type": "string" }, "then": { "enum": ["open", "public", "none"] }, "else": { "type": "object", "additionalProperties": false, "required": ["allow", "deny"], "properties": { "allow": { "type": "array", "items": { "type": "string" } }, "deny": { "type": "array", "items": { "type": "string" } } } } } }, "type": "object" } }, { "if": { "properties": { "path": { "enum": ["network.ports[]", "network.hostPorts[]"] } }, "type": "object" }, "then": { "properties": { "key": { "type": "string", "pattern": "^([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])$" }, "value": { "const": true } }, "type": "object" } }, { "if": { "properties": { "path": { "const": "secrets[]" } }, "type": "object" }, "then": { "properties": { "key": { "type": "string", "pattern": "^[A-Za-z_][A-Za-z0-9_]*$" }, "value": { "type": "object", "additionalProperties": false, "required": ["hosts", "source"], "properties": { "hosts": { "type": "array", "items": { "type": "string" } }, "source": { "$ref": "#/$defs/secretSource" } } } }, "type": "object" } }, { "if": { "properties": { "path": { "const": "mounts[]" } }, "type": "object" }, "then": { "properties": { "value": { "type": "object", "additionalProperties": false, "required": ["host", "guest", "mode"], "properties": { "host": { "type": "string", "pattern": "^/" }, "guest": { "type": "string", "pattern": "^/" }, "mode": { "enum": ["ro", "rw"] } } } }, "type": "object" } }, { "if": { "properties": { "path": { "const": "ports[]" } }, "type": "object" }, "then": { "properties": { "value": { "type": "object", "additionalProperties": false, "required": ["guest", "host", "address"], "properties": { "guest": { "type": "integer", "minimum": 1, "maximum": 65535 }, "host": { "oneOf": [{ "const": "auto" }, { "type": "integer", "minimum": 1, "maximum": 65535 }] }, "address": { "type": "string" } } } }, "type": "object" } }, { "if": { "properties": { "path": { "const": "env[]" } }, "type": "object" }, "then": { "properties": { "value": { "type": "object", "additionalProperties": false, "required": ["digest"], "properties": { "digest": { "type": "string", "pattern": "^[0-9a-f]{64}$" } } } }, "type": "object" } }] };
var pattern13 = new RegExp("\\[\\]", "u");
var pattern14 = new RegExp("^[0-9a-f]{64}$", "u");
var pattern4 = new RegExp("^/", "u");
var pattern18 = new RegExp("^([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])$", "u");
var pattern19 = new RegExp("^[A-Za-z_][A-Za-z0-9_]*$", "u");
var schema45 = { "type": "object", "required": ["from"], "properties": { "from": { "enum": ["env", "file", "keyring", "command"] } }, "allOf": [{ "if": { "type": "object", "properties": { "from": { "const": "env" } } }, "then": { "type": "object", "additionalProperties": false, "required": ["from", "variable"], "properties": { "from": true, "variable": { "type": "string", "pattern": "^[A-Za-z_][A-Za-z0-9_]*$" } } } }, { "if": { "type": "object", "properties": { "from": { "const": "file" } } }, "then": { "type": "object", "additionalProperties": false, "required": ["from", "path"], "properties": { "from": true, "path": { "type": "string", "pattern": "^/[^\\u0000]*$" } } } }, { "if": { "type": "object", "properties": { "from": { "const": "keyring" } } }, "then": { "type": "object", "additionalProperties": false, "required": ["from", "service", "account"], "properties": { "from": true, "service": { "type": "string" }, "account": { "type": "string" } } } }, { "if": { "type": "object", "properties": { "from": { "const": "command" } } }, "then": { "type": "object", "additionalProperties": false, "required": ["from", "command", "cwd"], "properties": { "from": true, "command": { "type": "array", "minItems": 1, "items": { "type": "string" } }, "cwd": { "type": "string", "pattern": "^/" } } } }] };
var pattern21 = new RegExp("^/[^\\u0000]*$", "u");
function validate127(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate127.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  const _errs1 = errors;
  const _errs2 = errors;
  let valid1 = true;
  const _errs3 = errors;
  if (errors === _errs3) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      if (data.from !== void 0) {
        if ("env" !== data.from) {
          const err0 = {};
          if (vErrors === null) {
            vErrors = [err0];
          } else {
            vErrors.push(err0);
          }
          errors++;
        }
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
  var _valid0 = _errs3 === errors;
  errors = _errs2;
  if (vErrors !== null) {
    if (_errs2) {
      vErrors.length = _errs2;
    } else {
      vErrors = null;
    }
  }
  if (_valid0) {
    const _errs6 = errors;
    if (errors === _errs6) {
      if (data && typeof data == "object" && !Array.isArray(data)) {
        let missing0;
        if (data.from === void 0 && (missing0 = "from") || data.variable === void 0 && (missing0 = "variable")) {
          validate127.errors = [{ instancePath, schemaPath: "#/allOf/0/then/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
          return false;
        } else {
          const _errs8 = errors;
          for (const key0 in data) {
            if (!(key0 === "from" || key0 === "variable")) {
              validate127.errors = [{ instancePath, schemaPath: "#/allOf/0/then/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
              return false;
              break;
            }
          }
          if (_errs8 === errors) {
            if (data.variable !== void 0) {
              let data1 = data.variable;
              const _errs9 = errors;
              if (errors === _errs9) {
                if (typeof data1 === "string") {
                  if (!pattern19.test(data1)) {
                    validate127.errors = [{ instancePath: instancePath + "/variable", schemaPath: "#/allOf/0/then/properties/variable/pattern", keyword: "pattern", params: { pattern: "^[A-Za-z_][A-Za-z0-9_]*$" }, message: 'must match pattern "^[A-Za-z_][A-Za-z0-9_]*$"' }];
                    return false;
                  }
                } else {
                  validate127.errors = [{ instancePath: instancePath + "/variable", schemaPath: "#/allOf/0/then/properties/variable/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                  return false;
                }
              }
            }
          }
        }
      } else {
        validate127.errors = [{ instancePath, schemaPath: "#/allOf/0/then/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
        return false;
      }
    }
    var _valid0 = _errs6 === errors;
    valid1 = _valid0;
    if (valid1) {
      var props0 = true;
    }
  }
  if (!valid1) {
    const err2 = { instancePath, schemaPath: "#/allOf/0/if", keyword: "if", params: { failingKeyword: "then" }, message: 'must match "then" schema' };
    if (vErrors === null) {
      vErrors = [err2];
    } else {
      vErrors.push(err2);
    }
    errors++;
    validate127.errors = vErrors;
    return false;
  }
  var valid0 = _errs1 === errors;
  if (valid0) {
    const _errs11 = errors;
    const _errs12 = errors;
    let valid4 = true;
    const _errs13 = errors;
    if (errors === _errs13) {
      if (data && typeof data == "object" && !Array.isArray(data)) {
        if (data.from !== void 0) {
          if ("file" !== data.from) {
            const err3 = {};
            if (vErrors === null) {
              vErrors = [err3];
            } else {
              vErrors.push(err3);
            }
            errors++;
          }
        }
      } else {
        const err4 = {};
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      }
    }
    var _valid1 = _errs13 === errors;
    errors = _errs12;
    if (vErrors !== null) {
      if (_errs12) {
        vErrors.length = _errs12;
      } else {
        vErrors = null;
      }
    }
    if (_valid1) {
      const _errs16 = errors;
      if (errors === _errs16) {
        if (data && typeof data == "object" && !Array.isArray(data)) {
          let missing1;
          if (data.from === void 0 && (missing1 = "from") || data.path === void 0 && (missing1 = "path")) {
            validate127.errors = [{ instancePath, schemaPath: "#/allOf/1/then/required", keyword: "required", params: { missingProperty: missing1 }, message: "must have required property '" + missing1 + "'" }];
            return false;
          } else {
            const _errs18 = errors;
            for (const key1 in data) {
              if (!(key1 === "from" || key1 === "path")) {
                validate127.errors = [{ instancePath, schemaPath: "#/allOf/1/then/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key1 }, message: "must NOT have additional properties" }];
                return false;
                break;
              }
            }
            if (_errs18 === errors) {
              if (data.path !== void 0) {
                let data3 = data.path;
                const _errs19 = errors;
                if (errors === _errs19) {
                  if (typeof data3 === "string") {
                    if (!pattern21.test(data3)) {
                      validate127.errors = [{ instancePath: instancePath + "/path", schemaPath: "#/allOf/1/then/properties/path/pattern", keyword: "pattern", params: { pattern: "^/[^\\u0000]*$" }, message: 'must match pattern "^/[^\\u0000]*$"' }];
                      return false;
                    }
                  } else {
                    validate127.errors = [{ instancePath: instancePath + "/path", schemaPath: "#/allOf/1/then/properties/path/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                    return false;
                  }
                }
              }
            }
          }
        } else {
          validate127.errors = [{ instancePath, schemaPath: "#/allOf/1/then/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
          return false;
        }
      }
      var _valid1 = _errs16 === errors;
      valid4 = _valid1;
      if (valid4) {
        var props1 = true;
      }
    }
    if (!valid4) {
      const err5 = { instancePath, schemaPath: "#/allOf/1/if", keyword: "if", params: { failingKeyword: "then" }, message: 'must match "then" schema' };
      if (vErrors === null) {
        vErrors = [err5];
      } else {
        vErrors.push(err5);
      }
      errors++;
      validate127.errors = vErrors;
      return false;
    }
    var valid0 = _errs11 === errors;
    if (valid0) {
      if (props0 !== true && props1 !== void 0) {
        if (props1 === true) {
          props0 = true;
        } else {
          props0 = props0 || {};
          Object.assign(props0, props1);
        }
      }
      const _errs21 = errors;
      const _errs22 = errors;
      let valid7 = true;
      const _errs23 = errors;
      if (errors === _errs23) {
        if (data && typeof data == "object" && !Array.isArray(data)) {
          if (data.from !== void 0) {
            if ("keyring" !== data.from) {
              const err6 = {};
              if (vErrors === null) {
                vErrors = [err6];
              } else {
                vErrors.push(err6);
              }
              errors++;
            }
          }
        } else {
          const err7 = {};
          if (vErrors === null) {
            vErrors = [err7];
          } else {
            vErrors.push(err7);
          }
          errors++;
        }
      }
      var _valid2 = _errs23 === errors;
      errors = _errs22;
      if (vErrors !== null) {
        if (_errs22) {
          vErrors.length = _errs22;
        } else {
          vErrors = null;
        }
      }
      if (_valid2) {
        const _errs26 = errors;
        if (errors === _errs26) {
          if (data && typeof data == "object" && !Array.isArray(data)) {
            let missing2;
            if (data.from === void 0 && (missing2 = "from") || data.service === void 0 && (missing2 = "service") || data.account === void 0 && (missing2 = "account")) {
              validate127.errors = [{ instancePath, schemaPath: "#/allOf/2/then/required", keyword: "required", params: { missingProperty: missing2 }, message: "must have required property '" + missing2 + "'" }];
              return false;
            } else {
              const _errs28 = errors;
              for (const key2 in data) {
                if (!(key2 === "from" || key2 === "service" || key2 === "account")) {
                  validate127.errors = [{ instancePath, schemaPath: "#/allOf/2/then/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key2 }, message: "must NOT have additional properties" }];
                  return false;
                  break;
                }
              }
              if (_errs28 === errors) {
                if (data.service !== void 0) {
                  const _errs29 = errors;
                  if (typeof data.service !== "string") {
                    validate127.errors = [{ instancePath: instancePath + "/service", schemaPath: "#/allOf/2/then/properties/service/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                    return false;
                  }
                  var valid9 = _errs29 === errors;
                } else {
                  var valid9 = true;
                }
                if (valid9) {
                  if (data.account !== void 0) {
                    const _errs31 = errors;
                    if (typeof data.account !== "string") {
                      validate127.errors = [{ instancePath: instancePath + "/account", schemaPath: "#/allOf/2/then/properties/account/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                      return false;
                    }
                    var valid9 = _errs31 === errors;
                  } else {
                    var valid9 = true;
                  }
                }
              }
            }
          } else {
            validate127.errors = [{ instancePath, schemaPath: "#/allOf/2/then/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
            return false;
          }
        }
        var _valid2 = _errs26 === errors;
        valid7 = _valid2;
        if (valid7) {
          var props2 = true;
        }
      }
      if (!valid7) {
        const err8 = { instancePath, schemaPath: "#/allOf/2/if", keyword: "if", params: { failingKeyword: "then" }, message: 'must match "then" schema' };
        if (vErrors === null) {
          vErrors = [err8];
        } else {
          vErrors.push(err8);
        }
        errors++;
        validate127.errors = vErrors;
        return false;
      }
      var valid0 = _errs21 === errors;
      if (valid0) {
        if (props0 !== true && props2 !== void 0) {
          if (props2 === true) {
            props0 = true;
          } else {
            props0 = props0 || {};
            Object.assign(props0, props2);
          }
        }
        const _errs33 = errors;
        const _errs34 = errors;
        let valid10 = true;
        const _errs35 = errors;
        if (errors === _errs35) {
          if (data && typeof data == "object" && !Array.isArray(data)) {
            if (data.from !== void 0) {
              if ("command" !== data.from) {
                const err9 = {};
                if (vErrors === null) {
                  vErrors = [err9];
                } else {
                  vErrors.push(err9);
                }
                errors++;
              }
            }
          } else {
            const err10 = {};
            if (vErrors === null) {
              vErrors = [err10];
            } else {
              vErrors.push(err10);
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
          if (errors === _errs38) {
            if (data && typeof data == "object" && !Array.isArray(data)) {
              let missing3;
              if (data.from === void 0 && (missing3 = "from") || data.command === void 0 && (missing3 = "command") || data.cwd === void 0 && (missing3 = "cwd")) {
                validate127.errors = [{ instancePath, schemaPath: "#/allOf/3/then/required", keyword: "required", params: { missingProperty: missing3 }, message: "must have required property '" + missing3 + "'" }];
                return false;
              } else {
                const _errs40 = errors;
                for (const key3 in data) {
                  if (!(key3 === "from" || key3 === "command" || key3 === "cwd")) {
                    validate127.errors = [{ instancePath, schemaPath: "#/allOf/3/then/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key3 }, message: "must NOT have additional properties" }];
                    return false;
                    break;
                  }
                }
                if (_errs40 === errors) {
                  if (data.command !== void 0) {
                    let data8 = data.command;
                    const _errs41 = errors;
                    if (errors === _errs41) {
                      if (Array.isArray(data8)) {
                        if (data8.length < 1) {
                          validate127.errors = [{ instancePath: instancePath + "/command", schemaPath: "#/allOf/3/then/properties/command/minItems", keyword: "minItems", params: { limit: 1 }, message: "must NOT have fewer than 1 items" }];
                          return false;
                        } else {
                          var valid13 = true;
                          const len0 = data8.length;
                          for (let i0 = 0; i0 < len0; i0++) {
                            const _errs43 = errors;
                            if (typeof data8[i0] !== "string") {
                              validate127.errors = [{ instancePath: instancePath + "/command/" + i0, schemaPath: "#/allOf/3/then/properties/command/items/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                              return false;
                            }
                            var valid13 = _errs43 === errors;
                            if (!valid13) {
                              break;
                            }
                          }
                        }
                      } else {
                        validate127.errors = [{ instancePath: instancePath + "/command", schemaPath: "#/allOf/3/then/properties/command/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                        return false;
                      }
                    }
                    var valid12 = _errs41 === errors;
                  } else {
                    var valid12 = true;
                  }
                  if (valid12) {
                    if (data.cwd !== void 0) {
                      let data10 = data.cwd;
                      const _errs45 = errors;
                      if (errors === _errs45) {
                        if (typeof data10 === "string") {
                          if (!pattern4.test(data10)) {
                            validate127.errors = [{ instancePath: instancePath + "/cwd", schemaPath: "#/allOf/3/then/properties/cwd/pattern", keyword: "pattern", params: { pattern: "^/" }, message: 'must match pattern "^/"' }];
                            return false;
                          }
                        } else {
                          validate127.errors = [{ instancePath: instancePath + "/cwd", schemaPath: "#/allOf/3/then/properties/cwd/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                          return false;
                        }
                      }
                      var valid12 = _errs45 === errors;
                    } else {
                      var valid12 = true;
                    }
                  }
                }
              }
            } else {
              validate127.errors = [{ instancePath, schemaPath: "#/allOf/3/then/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
              return false;
            }
          }
          var _valid3 = _errs38 === errors;
          valid10 = _valid3;
          if (valid10) {
            var props3 = true;
          }
        }
        if (!valid10) {
          const err11 = { instancePath, schemaPath: "#/allOf/3/if", keyword: "if", params: { failingKeyword: "then" }, message: 'must match "then" schema' };
          if (vErrors === null) {
            vErrors = [err11];
          } else {
            vErrors.push(err11);
          }
          errors++;
          validate127.errors = vErrors;
          return false;
        }
        var valid0 = _errs33 === errors;
        if (valid0) {
          if (props0 !== true && props3 !== void 0) {
            if (props3 === true) {
              props0 = true;
            } else {
              props0 = props0 || {};
              Object.assign(props0, props3);
            }
          }
        }
      }
    }
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing4;
      if (data.from === void 0 && (missing4 = "from")) {
        validate127.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing4 }, message: "must have required property '" + missing4 + "'" }];
        return false;
      } else {
        if (props0 !== true) {
          props0 = props0 || {};
          props0.from = true;
        }
        if (data.from !== void 0) {
          let data11 = data.from;
          if (!(data11 === "env" || data11 === "file" || data11 === "keyring" || data11 === "command")) {
            validate127.errors = [{ instancePath: instancePath + "/from", schemaPath: "#/properties/from/enum", keyword: "enum", params: { allowedValues: schema45.properties.from.enum }, message: "must be equal to one of the allowed values" }];
            return false;
          }
        }
      }
    } else {
      validate127.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate127.errors = vErrors;
  evaluated0.props = props0;
  return errors === 0;
}
validate127.evaluated = { "dynamicProps": true, "dynamicItems": false };
function validate132(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate132.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = void 0;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = void 0;
  }
  const _errs1 = errors;
  const _errs2 = errors;
  let valid1 = true;
  const _errs3 = errors;
  if (errors === _errs3) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      if (data.path !== void 0) {
        let data0 = data.path;
        const _errs5 = errors;
        if (errors === _errs5) {
          if (typeof data0 === "string") {
            if (!pattern13.test(data0)) {
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
  var _valid0 = _errs3 === errors;
  errors = _errs2;
  if (vErrors !== null) {
    if (_errs2) {
      vErrors.length = _errs2;
    } else {
      vErrors = null;
    }
  }
  if (_valid0) {
    const _errs7 = errors;
    if (errors === _errs7) {
      if (data && typeof data == "object" && !Array.isArray(data)) {
        let missing0;
        if (data.key === void 0 && (missing0 = "key")) {
          validate132.errors = [{ instancePath, schemaPath: "#/allOf/0/then/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
          return false;
        } else {
          if (data.key !== void 0) {
            if (typeof data.key !== "string") {
              validate132.errors = [{ instancePath: instancePath + "/key", schemaPath: "#/allOf/0/then/properties/key/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
              return false;
            }
          }
        }
      } else {
        validate132.errors = [{ instancePath, schemaPath: "#/allOf/0/then/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
        return false;
      }
    }
    var _valid0 = _errs7 === errors;
    valid1 = _valid0;
    if (valid1) {
      var props0 = {};
      props0.key = true;
      props0.path = true;
    }
  }
  if (!valid1) {
    const err3 = { instancePath, schemaPath: "#/allOf/0/if", keyword: "if", params: { failingKeyword: "then" }, message: 'must match "then" schema' };
    if (vErrors === null) {
      vErrors = [err3];
    } else {
      vErrors.push(err3);
    }
    errors++;
    validate132.errors = vErrors;
    return false;
  }
  var valid0 = _errs1 === errors;
  if (valid0) {
    const _errs11 = errors;
    const _errs12 = errors;
    let valid4 = true;
    const _errs13 = errors;
    if (errors === _errs13) {
      if (data && typeof data == "object" && !Array.isArray(data)) {
        if (data.path !== void 0) {
          let data2 = data.path;
          if (!(data2 === "name" || data2 === "driver" || data2 === "agents[].version")) {
            const err4 = {};
            if (vErrors === null) {
              vErrors = [err4];
            } else {
              vErrors.push(err4);
            }
            errors++;
          }
        }
      } else {
        const err5 = {};
        if (vErrors === null) {
          vErrors = [err5];
        } else {
          vErrors.push(err5);
        }
        errors++;
      }
    }
    var _valid1 = _errs13 === errors;
    errors = _errs12;
    if (vErrors !== null) {
      if (_errs12) {
        vErrors.length = _errs12;
      } else {
        vErrors = null;
      }
    }
    if (_valid1) {
      const _errs16 = errors;
      if (errors === _errs16) {
        if (data && typeof data == "object" && !Array.isArray(data)) {
          if (data.value !== void 0) {
            if (typeof data.value !== "string") {
              validate132.errors = [{ instancePath: instancePath + "/value", schemaPath: "#/allOf/1/then/properties/value/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
              return false;
            }
          }
        } else {
          validate132.errors = [{ instancePath, schemaPath: "#/allOf/1/then/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
          return false;
        }
      }
      var _valid1 = _errs16 === errors;
      valid4 = _valid1;
      if (valid4) {
        var props1 = {};
        props1.value = true;
        props1.path = true;
      }
    }
    if (!valid4) {
      const err6 = { instancePath, schemaPath: "#/allOf/1/if", keyword: "if", params: { failingKeyword: "then" }, message: 'must match "then" schema' };
      if (vErrors === null) {
        vErrors = [err6];
      } else {
        vErrors.push(err6);
      }
      errors++;
      validate132.errors = vErrors;
      return false;
    }
    var valid0 = _errs11 === errors;
    if (valid0) {
      if (props0 !== true && props1 !== void 0) {
        if (props1 === true) {
          props0 = true;
        } else {
          props0 = props0 || {};
          Object.assign(props0, props1);
        }
      }
      const _errs20 = errors;
      const _errs21 = errors;
      let valid7 = true;
      const _errs22 = errors;
      if (errors === _errs22) {
        if (data && typeof data == "object" && !Array.isArray(data)) {
          if (data.path !== void 0) {
            let data4 = data.path;
            if (!(data4 === "resources.cpus" || data4 === "resources.memory" || data4 === "resources.disk" || data4 === "snapshots.keep" || data4 === "snapshots.maxSize")) {
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
      var _valid2 = _errs22 === errors;
      errors = _errs21;
      if (vErrors !== null) {
        if (_errs21) {
          vErrors.length = _errs21;
        } else {
          vErrors = null;
        }
      }
      if (_valid2) {
        const _errs25 = errors;
        if (errors === _errs25) {
          if (data && typeof data == "object" && !Array.isArray(data)) {
            if (data.value !== void 0) {
              let data5 = data.value;
              const _errs27 = errors;
              if (errors === _errs27) {
                if (typeof data5 == "number" && isFinite(data5)) {
                  if (data5 < 0 || isNaN(data5)) {
                    validate132.errors = [{ instancePath: instancePath + "/value", schemaPath: "#/allOf/2/then/properties/value/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                    return false;
                  }
                } else {
                  validate132.errors = [{ instancePath: instancePath + "/value", schemaPath: "#/allOf/2/then/properties/value/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
                  return false;
                }
              }
            }
          } else {
            validate132.errors = [{ instancePath, schemaPath: "#/allOf/2/then/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
            return false;
          }
        }
        var _valid2 = _errs25 === errors;
        valid7 = _valid2;
        if (valid7) {
          var props2 = {};
          props2.value = true;
          props2.path = true;
        }
      }
      if (!valid7) {
        const err9 = { instancePath, schemaPath: "#/allOf/2/if", keyword: "if", params: { failingKeyword: "then" }, message: 'must match "then" schema' };
        if (vErrors === null) {
          vErrors = [err9];
        } else {
          vErrors.push(err9);
        }
        errors++;
        validate132.errors = vErrors;
        return false;
      }
      var valid0 = _errs20 === errors;
      if (valid0) {
        if (props0 !== true && props2 !== void 0) {
          if (props2 === true) {
            props0 = true;
          } else {
            props0 = props0 || {};
            Object.assign(props0, props2);
          }
        }
        const _errs29 = errors;
        const _errs30 = errors;
        let valid10 = true;
        const _errs31 = errors;
        if (errors === _errs31) {
          if (data && typeof data == "object" && !Array.isArray(data)) {
            if (data.path !== void 0) {
              if ("base.image" !== data.path) {
                const err10 = {};
                if (vErrors === null) {
                  vErrors = [err10];
                } else {
                  vErrors.push(err10);
                }
                errors++;
              }
            }
          } else {
            const err11 = {};
            if (vErrors === null) {
              vErrors = [err11];
            } else {
              vErrors.push(err11);
            }
            errors++;
          }
        }
        var _valid3 = _errs31 === errors;
        errors = _errs30;
        if (vErrors !== null) {
          if (_errs30) {
            vErrors.length = _errs30;
          } else {
            vErrors = null;
          }
        }
        if (_valid3) {
          const _errs34 = errors;
          if (errors === _errs34) {
            if (data && typeof data == "object" && !Array.isArray(data)) {
              if (data.value !== void 0) {
                let data7 = data.value;
                const _errs37 = errors;
                let valid13 = false;
                let passing0 = null;
                const _errs38 = errors;
                if (errors === _errs38) {
                  if (data7 && typeof data7 == "object" && !Array.isArray(data7)) {
                    let missing1;
                    if (data7.name === void 0 && (missing1 = "name")) {
                      const err12 = { instancePath: instancePath + "/value", schemaPath: "#/allOf/3/then/properties/value/oneOf/0/required", keyword: "required", params: { missingProperty: missing1 }, message: "must have required property '" + missing1 + "'" };
                      if (vErrors === null) {
                        vErrors = [err12];
                      } else {
                        vErrors.push(err12);
                      }
                      errors++;
                    } else {
                      const _errs40 = errors;
                      for (const key0 in data7) {
                        if (!(key0 === "name")) {
                          const err13 = { instancePath: instancePath + "/value", schemaPath: "#/allOf/3/then/properties/value/oneOf/0/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" };
                          if (vErrors === null) {
                            vErrors = [err13];
                          } else {
                            vErrors.push(err13);
                          }
                          errors++;
                          break;
                        }
                      }
                      if (_errs40 === errors) {
                        if (data7.name !== void 0) {
                          if (typeof data7.name !== "string") {
                            const err14 = { instancePath: instancePath + "/value/name", schemaPath: "#/allOf/3/then/properties/value/oneOf/0/properties/name/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                            if (vErrors === null) {
                              vErrors = [err14];
                            } else {
                              vErrors.push(err14);
                            }
                            errors++;
                          }
                        }
                      }
                    }
                  } else {
                    const err15 = { instancePath: instancePath + "/value", schemaPath: "#/allOf/3/then/properties/value/oneOf/0/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                    if (vErrors === null) {
                      vErrors = [err15];
                    } else {
                      vErrors.push(err15);
                    }
                    errors++;
                  }
                }
                var _valid4 = _errs38 === errors;
                if (_valid4) {
                  valid13 = true;
                  passing0 = 0;
                  var props3 = true;
                }
                const _errs43 = errors;
                if (errors === _errs43) {
                  if (data7 && typeof data7 == "object" && !Array.isArray(data7)) {
                    let missing2;
                    if (data7.url === void 0 && (missing2 = "url") || data7.sha256 === void 0 && (missing2 = "sha256")) {
                      const err16 = { instancePath: instancePath + "/value", schemaPath: "#/allOf/3/then/properties/value/oneOf/1/required", keyword: "required", params: { missingProperty: missing2 }, message: "must have required property '" + missing2 + "'" };
                      if (vErrors === null) {
                        vErrors = [err16];
                      } else {
                        vErrors.push(err16);
                      }
                      errors++;
                    } else {
                      const _errs45 = errors;
                      for (const key1 in data7) {
                        if (!(key1 === "url" || key1 === "sha256")) {
                          const err17 = { instancePath: instancePath + "/value", schemaPath: "#/allOf/3/then/properties/value/oneOf/1/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key1 }, message: "must NOT have additional properties" };
                          if (vErrors === null) {
                            vErrors = [err17];
                          } else {
                            vErrors.push(err17);
                          }
                          errors++;
                          break;
                        }
                      }
                      if (_errs45 === errors) {
                        if (data7.url !== void 0) {
                          const _errs46 = errors;
                          if (typeof data7.url !== "string") {
                            const err18 = { instancePath: instancePath + "/value/url", schemaPath: "#/allOf/3/then/properties/value/oneOf/1/properties/url/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                            if (vErrors === null) {
                              vErrors = [err18];
                            } else {
                              vErrors.push(err18);
                            }
                            errors++;
                          }
                          var valid15 = _errs46 === errors;
                        } else {
                          var valid15 = true;
                        }
                        if (valid15) {
                          if (data7.sha256 !== void 0) {
                            let data10 = data7.sha256;
                            const _errs48 = errors;
                            if (errors === _errs48) {
                              if (typeof data10 === "string") {
                                if (!pattern14.test(data10)) {
                                  const err19 = { instancePath: instancePath + "/value/sha256", schemaPath: "#/allOf/3/then/properties/value/oneOf/1/properties/sha256/pattern", keyword: "pattern", params: { pattern: "^[0-9a-f]{64}$" }, message: 'must match pattern "^[0-9a-f]{64}$"' };
                                  if (vErrors === null) {
                                    vErrors = [err19];
                                  } else {
                                    vErrors.push(err19);
                                  }
                                  errors++;
                                }
                              } else {
                                const err20 = { instancePath: instancePath + "/value/sha256", schemaPath: "#/allOf/3/then/properties/value/oneOf/1/properties/sha256/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                                if (vErrors === null) {
                                  vErrors = [err20];
                                } else {
                                  vErrors.push(err20);
                                }
                                errors++;
                              }
                            }
                            var valid15 = _errs48 === errors;
                          } else {
                            var valid15 = true;
                          }
                        }
                      }
                    }
                  } else {
                    const err21 = { instancePath: instancePath + "/value", schemaPath: "#/allOf/3/then/properties/value/oneOf/1/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                    if (vErrors === null) {
                      vErrors = [err21];
                    } else {
                      vErrors.push(err21);
                    }
                    errors++;
                  }
                }
                var _valid4 = _errs43 === errors;
                if (_valid4 && valid13) {
                  valid13 = false;
                  passing0 = [passing0, 1];
                } else {
                  if (_valid4) {
                    valid13 = true;
                    passing0 = 1;
                    if (props3 !== true) {
                      props3 = true;
                    }
                  }
                  const _errs50 = errors;
                  if (errors === _errs50) {
                    if (data7 && typeof data7 == "object" && !Array.isArray(data7)) {
                      let missing3;
                      if (data7.path === void 0 && (missing3 = "path") || data7.sha256 === void 0 && (missing3 = "sha256")) {
                        const err22 = { instancePath: instancePath + "/value", schemaPath: "#/allOf/3/then/properties/value/oneOf/2/required", keyword: "required", params: { missingProperty: missing3 }, message: "must have required property '" + missing3 + "'" };
                        if (vErrors === null) {
                          vErrors = [err22];
                        } else {
                          vErrors.push(err22);
                        }
                        errors++;
                      } else {
                        const _errs52 = errors;
                        for (const key2 in data7) {
                          if (!(key2 === "path" || key2 === "sha256")) {
                            const err23 = { instancePath: instancePath + "/value", schemaPath: "#/allOf/3/then/properties/value/oneOf/2/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key2 }, message: "must NOT have additional properties" };
                            if (vErrors === null) {
                              vErrors = [err23];
                            } else {
                              vErrors.push(err23);
                            }
                            errors++;
                            break;
                          }
                        }
                        if (_errs52 === errors) {
                          if (data7.path !== void 0) {
                            let data11 = data7.path;
                            const _errs53 = errors;
                            if (errors === _errs53) {
                              if (typeof data11 === "string") {
                                if (!pattern4.test(data11)) {
                                  const err24 = { instancePath: instancePath + "/value/path", schemaPath: "#/allOf/3/then/properties/value/oneOf/2/properties/path/pattern", keyword: "pattern", params: { pattern: "^/" }, message: 'must match pattern "^/"' };
                                  if (vErrors === null) {
                                    vErrors = [err24];
                                  } else {
                                    vErrors.push(err24);
                                  }
                                  errors++;
                                }
                              } else {
                                const err25 = { instancePath: instancePath + "/value/path", schemaPath: "#/allOf/3/then/properties/value/oneOf/2/properties/path/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                                if (vErrors === null) {
                                  vErrors = [err25];
                                } else {
                                  vErrors.push(err25);
                                }
                                errors++;
                              }
                            }
                            var valid16 = _errs53 === errors;
                          } else {
                            var valid16 = true;
                          }
                          if (valid16) {
                            if (data7.sha256 !== void 0) {
                              let data12 = data7.sha256;
                              const _errs55 = errors;
                              if (errors === _errs55) {
                                if (typeof data12 === "string") {
                                  if (!pattern14.test(data12)) {
                                    const err26 = { instancePath: instancePath + "/value/sha256", schemaPath: "#/allOf/3/then/properties/value/oneOf/2/properties/sha256/pattern", keyword: "pattern", params: { pattern: "^[0-9a-f]{64}$" }, message: 'must match pattern "^[0-9a-f]{64}$"' };
                                    if (vErrors === null) {
                                      vErrors = [err26];
                                    } else {
                                      vErrors.push(err26);
                                    }
                                    errors++;
                                  }
                                } else {
                                  const err27 = { instancePath: instancePath + "/value/sha256", schemaPath: "#/allOf/3/then/properties/value/oneOf/2/properties/sha256/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                                  if (vErrors === null) {
                                    vErrors = [err27];
                                  } else {
                                    vErrors.push(err27);
                                  }
                                  errors++;
                                }
                              }
                              var valid16 = _errs55 === errors;
                            } else {
                              var valid16 = true;
                            }
                          }
                        }
                      }
                    } else {
                      const err28 = { instancePath: instancePath + "/value", schemaPath: "#/allOf/3/then/properties/value/oneOf/2/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                      if (vErrors === null) {
                        vErrors = [err28];
                      } else {
                        vErrors.push(err28);
                      }
                      errors++;
                    }
                  }
                  var _valid4 = _errs50 === errors;
                  if (_valid4 && valid13) {
                    valid13 = false;
                    passing0 = [passing0, 2];
                  } else {
                    if (_valid4) {
                      valid13 = true;
                      passing0 = 2;
                      if (props3 !== true) {
                        props3 = true;
                      }
                    }
                  }
                }
                if (!valid13) {
                  const err29 = { instancePath: instancePath + "/value", schemaPath: "#/allOf/3/then/properties/value/oneOf", keyword: "oneOf", params: { passingSchemas: passing0 }, message: "must match exactly one schema in oneOf" };
                  if (vErrors === null) {
                    vErrors = [err29];
                  } else {
                    vErrors.push(err29);
                  }
                  errors++;
                  validate132.errors = vErrors;
                  return false;
                } else {
                  errors = _errs37;
                  if (vErrors !== null) {
                    if (_errs37) {
                      vErrors.length = _errs37;
                    } else {
                      vErrors = null;
                    }
                  }
                }
              }
            } else {
              validate132.errors = [{ instancePath, schemaPath: "#/allOf/3/then/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
              return false;
            }
          }
          var _valid3 = _errs34 === errors;
          valid10 = _valid3;
          if (valid10) {
            var props4 = {};
            props4.value = true;
            props4.path = true;
          }
        }
        if (!valid10) {
          const err30 = { instancePath, schemaPath: "#/allOf/3/if", keyword: "if", params: { failingKeyword: "then" }, message: 'must match "then" schema' };
          if (vErrors === null) {
            vErrors = [err30];
          } else {
            vErrors.push(err30);
          }
          errors++;
          validate132.errors = vErrors;
          return false;
        }
        var valid0 = _errs29 === errors;
        if (valid0) {
          if (props0 !== true && props4 !== void 0) {
            if (props4 === true) {
              props0 = true;
            } else {
              props0 = props0 || {};
              Object.assign(props0, props4);
            }
          }
          const _errs57 = errors;
          const _errs58 = errors;
          let valid17 = true;
          const _errs59 = errors;
          if (errors === _errs59) {
            if (data && typeof data == "object" && !Array.isArray(data)) {
              if (data.path !== void 0) {
                if ("base.scripts[]" !== data.path) {
                  const err31 = {};
                  if (vErrors === null) {
                    vErrors = [err31];
                  } else {
                    vErrors.push(err31);
                  }
                  errors++;
                }
              }
            } else {
              const err32 = {};
              if (vErrors === null) {
                vErrors = [err32];
              } else {
                vErrors.push(err32);
              }
              errors++;
            }
          }
          var _valid5 = _errs59 === errors;
          errors = _errs58;
          if (vErrors !== null) {
            if (_errs58) {
              vErrors.length = _errs58;
            } else {
              vErrors = null;
            }
          }
          if (_valid5) {
            const _errs62 = errors;
            if (errors === _errs62) {
              if (data && typeof data == "object" && !Array.isArray(data)) {
                if (data.value !== void 0) {
                  let data14 = data.value;
                  const _errs64 = errors;
                  if (errors === _errs64) {
                    if (data14 && typeof data14 == "object" && !Array.isArray(data14)) {
                      let missing4;
                      if (data14.path === void 0 && (missing4 = "path") || data14.sha256 === void 0 && (missing4 = "sha256")) {
                        validate132.errors = [{ instancePath: instancePath + "/value", schemaPath: "#/allOf/4/then/properties/value/required", keyword: "required", params: { missingProperty: missing4 }, message: "must have required property '" + missing4 + "'" }];
                        return false;
                      } else {
                        const _errs66 = errors;
                        for (const key3 in data14) {
                          if (!(key3 === "path" || key3 === "sha256")) {
                            validate132.errors = [{ instancePath: instancePath + "/value", schemaPath: "#/allOf/4/then/properties/value/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key3 }, message: "must NOT have additional properties" }];
                            return false;
                            break;
                          }
                        }
                        if (_errs66 === errors) {
                          if (data14.path !== void 0) {
                            const _errs67 = errors;
                            if (typeof data14.path !== "string") {
                              validate132.errors = [{ instancePath: instancePath + "/value/path", schemaPath: "#/allOf/4/then/properties/value/properties/path/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                              return false;
                            }
                            var valid20 = _errs67 === errors;
                          } else {
                            var valid20 = true;
                          }
                          if (valid20) {
                            if (data14.sha256 !== void 0) {
                              let data16 = data14.sha256;
                              const _errs69 = errors;
                              if (errors === _errs69) {
                                if (typeof data16 === "string") {
                                  if (!pattern14.test(data16)) {
                                    validate132.errors = [{ instancePath: instancePath + "/value/sha256", schemaPath: "#/allOf/4/then/properties/value/properties/sha256/pattern", keyword: "pattern", params: { pattern: "^[0-9a-f]{64}$" }, message: 'must match pattern "^[0-9a-f]{64}$"' }];
                                    return false;
                                  }
                                } else {
                                  validate132.errors = [{ instancePath: instancePath + "/value/sha256", schemaPath: "#/allOf/4/then/properties/value/properties/sha256/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                                  return false;
                                }
                              }
                              var valid20 = _errs69 === errors;
                            } else {
                              var valid20 = true;
                            }
                          }
                        }
                      }
                    } else {
                      validate132.errors = [{ instancePath: instancePath + "/value", schemaPath: "#/allOf/4/then/properties/value/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
                      return false;
                    }
                  }
                }
              } else {
                validate132.errors = [{ instancePath, schemaPath: "#/allOf/4/then/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
                return false;
              }
            }
            var _valid5 = _errs62 === errors;
            valid17 = _valid5;
            if (valid17) {
              var props5 = {};
              props5.value = true;
              props5.path = true;
            }
          }
          if (!valid17) {
            const err33 = { instancePath, schemaPath: "#/allOf/4/if", keyword: "if", params: { failingKeyword: "then" }, message: 'must match "then" schema' };
            if (vErrors === null) {
              vErrors = [err33];
            } else {
              vErrors.push(err33);
            }
            errors++;
            validate132.errors = vErrors;
            return false;
          }
          var valid0 = _errs57 === errors;
          if (valid0) {
            if (props0 !== true && props5 !== void 0) {
              if (props5 === true) {
                props0 = true;
              } else {
                props0 = props0 || {};
                Object.assign(props0, props5);
              }
            }
            const _errs71 = errors;
            const _errs72 = errors;
            let valid21 = true;
            const _errs73 = errors;
            if (errors === _errs73) {
              if (data && typeof data == "object" && !Array.isArray(data)) {
                if (data.path !== void 0) {
                  if ("network.egress" !== data.path) {
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
            var _valid6 = _errs73 === errors;
            errors = _errs72;
            if (vErrors !== null) {
              if (_errs72) {
                vErrors.length = _errs72;
              } else {
                vErrors = null;
              }
            }
            if (_valid6) {
              const _errs76 = errors;
              if (errors === _errs76) {
                if (data && typeof data == "object" && !Array.isArray(data)) {
                  if (data.value !== void 0) {
                    let data18 = data.value;
                    const _errs79 = errors;
                    let valid24 = true;
                    const _errs80 = errors;
                    if (typeof data18 !== "string") {
                      const err36 = {};
                      if (vErrors === null) {
                        vErrors = [err36];
                      } else {
                        vErrors.push(err36);
                      }
                      errors++;
                    }
                    var _valid7 = _errs80 === errors;
                    errors = _errs79;
                    if (vErrors !== null) {
                      if (_errs79) {
                        vErrors.length = _errs79;
                      } else {
                        vErrors = null;
                      }
                    }
                    let ifClause0;
                    if (_valid7) {
                      const _errs82 = errors;
                      if (!(data18 === "open" || data18 === "public" || data18 === "none")) {
                        validate132.errors = [{ instancePath: instancePath + "/value", schemaPath: "#/allOf/5/then/properties/value/then/enum", keyword: "enum", params: { allowedValues: schema44.allOf[5].then.properties.value.then.enum }, message: "must be equal to one of the allowed values" }];
                        return false;
                      }
                      var _valid7 = _errs82 === errors;
                      valid24 = _valid7;
                      ifClause0 = "then";
                    } else {
                      const _errs83 = errors;
                      if (errors === _errs83) {
                        if (data18 && typeof data18 == "object" && !Array.isArray(data18)) {
                          let missing5;
                          if (data18.allow === void 0 && (missing5 = "allow") || data18.deny === void 0 && (missing5 = "deny")) {
                            validate132.errors = [{ instancePath: instancePath + "/value", schemaPath: "#/allOf/5/then/properties/value/else/required", keyword: "required", params: { missingProperty: missing5 }, message: "must have required property '" + missing5 + "'" }];
                            return false;
                          } else {
                            const _errs85 = errors;
                            for (const key4 in data18) {
                              if (!(key4 === "allow" || key4 === "deny")) {
                                validate132.errors = [{ instancePath: instancePath + "/value", schemaPath: "#/allOf/5/then/properties/value/else/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key4 }, message: "must NOT have additional properties" }];
                                return false;
                                break;
                              }
                            }
                            if (_errs85 === errors) {
                              if (data18.allow !== void 0) {
                                let data19 = data18.allow;
                                const _errs86 = errors;
                                if (errors === _errs86) {
                                  if (Array.isArray(data19)) {
                                    var valid26 = true;
                                    const len0 = data19.length;
                                    for (let i0 = 0; i0 < len0; i0++) {
                                      const _errs88 = errors;
                                      if (typeof data19[i0] !== "string") {
                                        validate132.errors = [{ instancePath: instancePath + "/value/allow/" + i0, schemaPath: "#/allOf/5/then/properties/value/else/properties/allow/items/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                                        return false;
                                      }
                                      var valid26 = _errs88 === errors;
                                      if (!valid26) {
                                        break;
                                      }
                                    }
                                  } else {
                                    validate132.errors = [{ instancePath: instancePath + "/value/allow", schemaPath: "#/allOf/5/then/properties/value/else/properties/allow/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                                    return false;
                                  }
                                }
                                var valid25 = _errs86 === errors;
                              } else {
                                var valid25 = true;
                              }
                              if (valid25) {
                                if (data18.deny !== void 0) {
                                  let data21 = data18.deny;
                                  const _errs90 = errors;
                                  if (errors === _errs90) {
                                    if (Array.isArray(data21)) {
                                      var valid27 = true;
                                      const len1 = data21.length;
                                      for (let i1 = 0; i1 < len1; i1++) {
                                        const _errs92 = errors;
                                        if (typeof data21[i1] !== "string") {
                                          validate132.errors = [{ instancePath: instancePath + "/value/deny/" + i1, schemaPath: "#/allOf/5/then/properties/value/else/properties/deny/items/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                                          return false;
                                        }
                                        var valid27 = _errs92 === errors;
                                        if (!valid27) {
                                          break;
                                        }
                                      }
                                    } else {
                                      validate132.errors = [{ instancePath: instancePath + "/value/deny", schemaPath: "#/allOf/5/then/properties/value/else/properties/deny/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                                      return false;
                                    }
                                  }
                                  var valid25 = _errs90 === errors;
                                } else {
                                  var valid25 = true;
                                }
                              }
                            }
                          }
                        } else {
                          validate132.errors = [{ instancePath: instancePath + "/value", schemaPath: "#/allOf/5/then/properties/value/else/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
                          return false;
                        }
                      }
                      var _valid7 = _errs83 === errors;
                      valid24 = _valid7;
                      ifClause0 = "else";
                    }
                    if (!valid24) {
                      const err37 = { instancePath: instancePath + "/value", schemaPath: "#/allOf/5/then/properties/value/if", keyword: "if", params: { failingKeyword: ifClause0 }, message: 'must match "' + ifClause0 + '" schema' };
                      if (vErrors === null) {
                        vErrors = [err37];
                      } else {
                        vErrors.push(err37);
                      }
                      errors++;
                      validate132.errors = vErrors;
                      return false;
                    }
                  }
                } else {
                  validate132.errors = [{ instancePath, schemaPath: "#/allOf/5/then/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
                  return false;
                }
              }
              var _valid6 = _errs76 === errors;
              valid21 = _valid6;
              if (valid21) {
                var props7 = {};
                props7.value = true;
                props7.path = true;
              }
            }
            if (!valid21) {
              const err38 = { instancePath, schemaPath: "#/allOf/5/if", keyword: "if", params: { failingKeyword: "then" }, message: 'must match "then" schema' };
              if (vErrors === null) {
                vErrors = [err38];
              } else {
                vErrors.push(err38);
              }
              errors++;
              validate132.errors = vErrors;
              return false;
            }
            var valid0 = _errs71 === errors;
            if (valid0) {
              if (props0 !== true && props7 !== void 0) {
                if (props7 === true) {
                  props0 = true;
                } else {
                  props0 = props0 || {};
                  Object.assign(props0, props7);
                }
              }
              const _errs94 = errors;
              const _errs95 = errors;
              let valid28 = true;
              const _errs96 = errors;
              if (errors === _errs96) {
                if (data && typeof data == "object" && !Array.isArray(data)) {
                  if (data.path !== void 0) {
                    let data23 = data.path;
                    if (!(data23 === "network.ports[]" || data23 === "network.hostPorts[]")) {
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
              var _valid8 = _errs96 === errors;
              errors = _errs95;
              if (vErrors !== null) {
                if (_errs95) {
                  vErrors.length = _errs95;
                } else {
                  vErrors = null;
                }
              }
              if (_valid8) {
                const _errs99 = errors;
                if (errors === _errs99) {
                  if (data && typeof data == "object" && !Array.isArray(data)) {
                    if (data.key !== void 0) {
                      let data24 = data.key;
                      const _errs101 = errors;
                      if (errors === _errs101) {
                        if (typeof data24 === "string") {
                          if (!pattern18.test(data24)) {
                            validate132.errors = [{ instancePath: instancePath + "/key", schemaPath: "#/allOf/6/then/properties/key/pattern", keyword: "pattern", params: { pattern: "^([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])$" }, message: 'must match pattern "^([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])$"' }];
                            return false;
                          }
                        } else {
                          validate132.errors = [{ instancePath: instancePath + "/key", schemaPath: "#/allOf/6/then/properties/key/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                          return false;
                        }
                      }
                      var valid30 = _errs101 === errors;
                    } else {
                      var valid30 = true;
                    }
                    if (valid30) {
                      if (data.value !== void 0) {
                        const _errs103 = errors;
                        if (true !== data.value) {
                          validate132.errors = [{ instancePath: instancePath + "/value", schemaPath: "#/allOf/6/then/properties/value/const", keyword: "const", params: { allowedValue: true }, message: "must be equal to constant" }];
                          return false;
                        }
                        var valid30 = _errs103 === errors;
                      } else {
                        var valid30 = true;
                      }
                    }
                  } else {
                    validate132.errors = [{ instancePath, schemaPath: "#/allOf/6/then/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
                    return false;
                  }
                }
                var _valid8 = _errs99 === errors;
                valid28 = _valid8;
                if (valid28) {
                  var props8 = {};
                  props8.key = true;
                  props8.value = true;
                  props8.path = true;
                }
              }
              if (!valid28) {
                const err41 = { instancePath, schemaPath: "#/allOf/6/if", keyword: "if", params: { failingKeyword: "then" }, message: 'must match "then" schema' };
                if (vErrors === null) {
                  vErrors = [err41];
                } else {
                  vErrors.push(err41);
                }
                errors++;
                validate132.errors = vErrors;
                return false;
              }
              var valid0 = _errs94 === errors;
              if (valid0) {
                if (props0 !== true && props8 !== void 0) {
                  if (props8 === true) {
                    props0 = true;
                  } else {
                    props0 = props0 || {};
                    Object.assign(props0, props8);
                  }
                }
                const _errs104 = errors;
                const _errs105 = errors;
                let valid31 = true;
                const _errs106 = errors;
                if (errors === _errs106) {
                  if (data && typeof data == "object" && !Array.isArray(data)) {
                    if (data.path !== void 0) {
                      if ("secrets[]" !== data.path) {
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
                var _valid9 = _errs106 === errors;
                errors = _errs105;
                if (vErrors !== null) {
                  if (_errs105) {
                    vErrors.length = _errs105;
                  } else {
                    vErrors = null;
                  }
                }
                if (_valid9) {
                  const _errs109 = errors;
                  if (errors === _errs109) {
                    if (data && typeof data == "object" && !Array.isArray(data)) {
                      if (data.key !== void 0) {
                        let data27 = data.key;
                        const _errs111 = errors;
                        if (errors === _errs111) {
                          if (typeof data27 === "string") {
                            if (!pattern19.test(data27)) {
                              validate132.errors = [{ instancePath: instancePath + "/key", schemaPath: "#/allOf/7/then/properties/key/pattern", keyword: "pattern", params: { pattern: "^[A-Za-z_][A-Za-z0-9_]*$" }, message: 'must match pattern "^[A-Za-z_][A-Za-z0-9_]*$"' }];
                              return false;
                            }
                          } else {
                            validate132.errors = [{ instancePath: instancePath + "/key", schemaPath: "#/allOf/7/then/properties/key/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                            return false;
                          }
                        }
                        var valid33 = _errs111 === errors;
                      } else {
                        var valid33 = true;
                      }
                      if (valid33) {
                        if (data.value !== void 0) {
                          let data28 = data.value;
                          const _errs113 = errors;
                          if (errors === _errs113) {
                            if (data28 && typeof data28 == "object" && !Array.isArray(data28)) {
                              let missing6;
                              if (data28.hosts === void 0 && (missing6 = "hosts") || data28.source === void 0 && (missing6 = "source")) {
                                validate132.errors = [{ instancePath: instancePath + "/value", schemaPath: "#/allOf/7/then/properties/value/required", keyword: "required", params: { missingProperty: missing6 }, message: "must have required property '" + missing6 + "'" }];
                                return false;
                              } else {
                                const _errs115 = errors;
                                for (const key5 in data28) {
                                  if (!(key5 === "hosts" || key5 === "source")) {
                                    validate132.errors = [{ instancePath: instancePath + "/value", schemaPath: "#/allOf/7/then/properties/value/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key5 }, message: "must NOT have additional properties" }];
                                    return false;
                                    break;
                                  }
                                }
                                if (_errs115 === errors) {
                                  if (data28.hosts !== void 0) {
                                    let data29 = data28.hosts;
                                    const _errs116 = errors;
                                    if (errors === _errs116) {
                                      if (Array.isArray(data29)) {
                                        var valid35 = true;
                                        const len2 = data29.length;
                                        for (let i2 = 0; i2 < len2; i2++) {
                                          const _errs118 = errors;
                                          if (typeof data29[i2] !== "string") {
                                            validate132.errors = [{ instancePath: instancePath + "/value/hosts/" + i2, schemaPath: "#/allOf/7/then/properties/value/properties/hosts/items/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                                            return false;
                                          }
                                          var valid35 = _errs118 === errors;
                                          if (!valid35) {
                                            break;
                                          }
                                        }
                                      } else {
                                        validate132.errors = [{ instancePath: instancePath + "/value/hosts", schemaPath: "#/allOf/7/then/properties/value/properties/hosts/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                                        return false;
                                      }
                                    }
                                    var valid34 = _errs116 === errors;
                                  } else {
                                    var valid34 = true;
                                  }
                                  if (valid34) {
                                    if (data28.source !== void 0) {
                                      const _errs120 = errors;
                                      if (!validate127(data28.source, { instancePath: instancePath + "/value/source", parentData: data28, parentDataProperty: "source", rootData, dynamicAnchors })) {
                                        vErrors = vErrors === null ? validate127.errors : vErrors.concat(validate127.errors);
                                        errors = vErrors.length;
                                      }
                                      var valid34 = _errs120 === errors;
                                    } else {
                                      var valid34 = true;
                                    }
                                  }
                                }
                              }
                            } else {
                              validate132.errors = [{ instancePath: instancePath + "/value", schemaPath: "#/allOf/7/then/properties/value/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
                              return false;
                            }
                          }
                          var valid33 = _errs113 === errors;
                        } else {
                          var valid33 = true;
                        }
                      }
                    } else {
                      validate132.errors = [{ instancePath, schemaPath: "#/allOf/7/then/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
                      return false;
                    }
                  }
                  var _valid9 = _errs109 === errors;
                  valid31 = _valid9;
                  if (valid31) {
                    var props10 = {};
                    props10.key = true;
                    props10.value = true;
                    props10.path = true;
                  }
                }
                if (!valid31) {
                  const err44 = { instancePath, schemaPath: "#/allOf/7/if", keyword: "if", params: { failingKeyword: "then" }, message: 'must match "then" schema' };
                  if (vErrors === null) {
                    vErrors = [err44];
                  } else {
                    vErrors.push(err44);
                  }
                  errors++;
                  validate132.errors = vErrors;
                  return false;
                }
                var valid0 = _errs104 === errors;
                if (valid0) {
                  if (props0 !== true && props10 !== void 0) {
                    if (props10 === true) {
                      props0 = true;
                    } else {
                      props0 = props0 || {};
                      Object.assign(props0, props10);
                    }
                  }
                  const _errs121 = errors;
                  const _errs122 = errors;
                  let valid36 = true;
                  const _errs123 = errors;
                  if (errors === _errs123) {
                    if (data && typeof data == "object" && !Array.isArray(data)) {
                      if (data.path !== void 0) {
                        if ("mounts[]" !== data.path) {
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
                  var _valid10 = _errs123 === errors;
                  errors = _errs122;
                  if (vErrors !== null) {
                    if (_errs122) {
                      vErrors.length = _errs122;
                    } else {
                      vErrors = null;
                    }
                  }
                  if (_valid10) {
                    const _errs126 = errors;
                    if (errors === _errs126) {
                      if (data && typeof data == "object" && !Array.isArray(data)) {
                        if (data.value !== void 0) {
                          let data33 = data.value;
                          const _errs128 = errors;
                          if (errors === _errs128) {
                            if (data33 && typeof data33 == "object" && !Array.isArray(data33)) {
                              let missing7;
                              if (data33.host === void 0 && (missing7 = "host") || data33.guest === void 0 && (missing7 = "guest") || data33.mode === void 0 && (missing7 = "mode")) {
                                validate132.errors = [{ instancePath: instancePath + "/value", schemaPath: "#/allOf/8/then/properties/value/required", keyword: "required", params: { missingProperty: missing7 }, message: "must have required property '" + missing7 + "'" }];
                                return false;
                              } else {
                                const _errs130 = errors;
                                for (const key6 in data33) {
                                  if (!(key6 === "host" || key6 === "guest" || key6 === "mode")) {
                                    validate132.errors = [{ instancePath: instancePath + "/value", schemaPath: "#/allOf/8/then/properties/value/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key6 }, message: "must NOT have additional properties" }];
                                    return false;
                                    break;
                                  }
                                }
                                if (_errs130 === errors) {
                                  if (data33.host !== void 0) {
                                    let data34 = data33.host;
                                    const _errs131 = errors;
                                    if (errors === _errs131) {
                                      if (typeof data34 === "string") {
                                        if (!pattern4.test(data34)) {
                                          validate132.errors = [{ instancePath: instancePath + "/value/host", schemaPath: "#/allOf/8/then/properties/value/properties/host/pattern", keyword: "pattern", params: { pattern: "^/" }, message: 'must match pattern "^/"' }];
                                          return false;
                                        }
                                      } else {
                                        validate132.errors = [{ instancePath: instancePath + "/value/host", schemaPath: "#/allOf/8/then/properties/value/properties/host/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                                        return false;
                                      }
                                    }
                                    var valid39 = _errs131 === errors;
                                  } else {
                                    var valid39 = true;
                                  }
                                  if (valid39) {
                                    if (data33.guest !== void 0) {
                                      let data35 = data33.guest;
                                      const _errs133 = errors;
                                      if (errors === _errs133) {
                                        if (typeof data35 === "string") {
                                          if (!pattern4.test(data35)) {
                                            validate132.errors = [{ instancePath: instancePath + "/value/guest", schemaPath: "#/allOf/8/then/properties/value/properties/guest/pattern", keyword: "pattern", params: { pattern: "^/" }, message: 'must match pattern "^/"' }];
                                            return false;
                                          }
                                        } else {
                                          validate132.errors = [{ instancePath: instancePath + "/value/guest", schemaPath: "#/allOf/8/then/properties/value/properties/guest/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                                          return false;
                                        }
                                      }
                                      var valid39 = _errs133 === errors;
                                    } else {
                                      var valid39 = true;
                                    }
                                    if (valid39) {
                                      if (data33.mode !== void 0) {
                                        let data36 = data33.mode;
                                        const _errs135 = errors;
                                        if (!(data36 === "ro" || data36 === "rw")) {
                                          validate132.errors = [{ instancePath: instancePath + "/value/mode", schemaPath: "#/allOf/8/then/properties/value/properties/mode/enum", keyword: "enum", params: { allowedValues: schema44.allOf[8].then.properties.value.properties.mode.enum }, message: "must be equal to one of the allowed values" }];
                                          return false;
                                        }
                                        var valid39 = _errs135 === errors;
                                      } else {
                                        var valid39 = true;
                                      }
                                    }
                                  }
                                }
                              }
                            } else {
                              validate132.errors = [{ instancePath: instancePath + "/value", schemaPath: "#/allOf/8/then/properties/value/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
                              return false;
                            }
                          }
                        }
                      } else {
                        validate132.errors = [{ instancePath, schemaPath: "#/allOf/8/then/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
                        return false;
                      }
                    }
                    var _valid10 = _errs126 === errors;
                    valid36 = _valid10;
                    if (valid36) {
                      var props11 = {};
                      props11.value = true;
                      props11.path = true;
                    }
                  }
                  if (!valid36) {
                    const err47 = { instancePath, schemaPath: "#/allOf/8/if", keyword: "if", params: { failingKeyword: "then" }, message: 'must match "then" schema' };
                    if (vErrors === null) {
                      vErrors = [err47];
                    } else {
                      vErrors.push(err47);
                    }
                    errors++;
                    validate132.errors = vErrors;
                    return false;
                  }
                  var valid0 = _errs121 === errors;
                  if (valid0) {
                    if (props0 !== true && props11 !== void 0) {
                      if (props11 === true) {
                        props0 = true;
                      } else {
                        props0 = props0 || {};
                        Object.assign(props0, props11);
                      }
                    }
                    const _errs136 = errors;
                    const _errs137 = errors;
                    let valid40 = true;
                    const _errs138 = errors;
                    if (errors === _errs138) {
                      if (data && typeof data == "object" && !Array.isArray(data)) {
                        if (data.path !== void 0) {
                          if ("ports[]" !== data.path) {
                            const err48 = {};
                            if (vErrors === null) {
                              vErrors = [err48];
                            } else {
                              vErrors.push(err48);
                            }
                            errors++;
                          }
                        }
                      } else {
                        const err49 = {};
                        if (vErrors === null) {
                          vErrors = [err49];
                        } else {
                          vErrors.push(err49);
                        }
                        errors++;
                      }
                    }
                    var _valid11 = _errs138 === errors;
                    errors = _errs137;
                    if (vErrors !== null) {
                      if (_errs137) {
                        vErrors.length = _errs137;
                      } else {
                        vErrors = null;
                      }
                    }
                    if (_valid11) {
                      const _errs141 = errors;
                      if (errors === _errs141) {
                        if (data && typeof data == "object" && !Array.isArray(data)) {
                          if (data.value !== void 0) {
                            let data38 = data.value;
                            const _errs143 = errors;
                            if (errors === _errs143) {
                              if (data38 && typeof data38 == "object" && !Array.isArray(data38)) {
                                let missing8;
                                if (data38.guest === void 0 && (missing8 = "guest") || data38.host === void 0 && (missing8 = "host") || data38.address === void 0 && (missing8 = "address")) {
                                  validate132.errors = [{ instancePath: instancePath + "/value", schemaPath: "#/allOf/9/then/properties/value/required", keyword: "required", params: { missingProperty: missing8 }, message: "must have required property '" + missing8 + "'" }];
                                  return false;
                                } else {
                                  const _errs145 = errors;
                                  for (const key7 in data38) {
                                    if (!(key7 === "guest" || key7 === "host" || key7 === "address")) {
                                      validate132.errors = [{ instancePath: instancePath + "/value", schemaPath: "#/allOf/9/then/properties/value/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key7 }, message: "must NOT have additional properties" }];
                                      return false;
                                      break;
                                    }
                                  }
                                  if (_errs145 === errors) {
                                    if (data38.guest !== void 0) {
                                      let data39 = data38.guest;
                                      const _errs146 = errors;
                                      if (!(typeof data39 == "number" && (!(data39 % 1) && !isNaN(data39)) && isFinite(data39))) {
                                        validate132.errors = [{ instancePath: instancePath + "/value/guest", schemaPath: "#/allOf/9/then/properties/value/properties/guest/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                                        return false;
                                      }
                                      if (errors === _errs146) {
                                        if (typeof data39 == "number" && isFinite(data39)) {
                                          if (data39 > 65535 || isNaN(data39)) {
                                            validate132.errors = [{ instancePath: instancePath + "/value/guest", schemaPath: "#/allOf/9/then/properties/value/properties/guest/maximum", keyword: "maximum", params: { comparison: "<=", limit: 65535 }, message: "must be <= 65535" }];
                                            return false;
                                          } else {
                                            if (data39 < 1 || isNaN(data39)) {
                                              validate132.errors = [{ instancePath: instancePath + "/value/guest", schemaPath: "#/allOf/9/then/properties/value/properties/guest/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" }];
                                              return false;
                                            }
                                          }
                                        }
                                      }
                                      var valid43 = _errs146 === errors;
                                    } else {
                                      var valid43 = true;
                                    }
                                    if (valid43) {
                                      if (data38.host !== void 0) {
                                        let data40 = data38.host;
                                        const _errs148 = errors;
                                        const _errs149 = errors;
                                        let valid44 = false;
                                        let passing1 = null;
                                        const _errs150 = errors;
                                        if ("auto" !== data40) {
                                          const err50 = { instancePath: instancePath + "/value/host", schemaPath: "#/allOf/9/then/properties/value/properties/host/oneOf/0/const", keyword: "const", params: { allowedValue: "auto" }, message: "must be equal to constant" };
                                          if (vErrors === null) {
                                            vErrors = [err50];
                                          } else {
                                            vErrors.push(err50);
                                          }
                                          errors++;
                                        }
                                        var _valid12 = _errs150 === errors;
                                        if (_valid12) {
                                          valid44 = true;
                                          passing1 = 0;
                                        }
                                        const _errs151 = errors;
                                        if (!(typeof data40 == "number" && (!(data40 % 1) && !isNaN(data40)) && isFinite(data40))) {
                                          const err51 = { instancePath: instancePath + "/value/host", schemaPath: "#/allOf/9/then/properties/value/properties/host/oneOf/1/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
                                          if (vErrors === null) {
                                            vErrors = [err51];
                                          } else {
                                            vErrors.push(err51);
                                          }
                                          errors++;
                                        }
                                        if (errors === _errs151) {
                                          if (typeof data40 == "number" && isFinite(data40)) {
                                            if (data40 > 65535 || isNaN(data40)) {
                                              const err52 = { instancePath: instancePath + "/value/host", schemaPath: "#/allOf/9/then/properties/value/properties/host/oneOf/1/maximum", keyword: "maximum", params: { comparison: "<=", limit: 65535 }, message: "must be <= 65535" };
                                              if (vErrors === null) {
                                                vErrors = [err52];
                                              } else {
                                                vErrors.push(err52);
                                              }
                                              errors++;
                                            } else {
                                              if (data40 < 1 || isNaN(data40)) {
                                                const err53 = { instancePath: instancePath + "/value/host", schemaPath: "#/allOf/9/then/properties/value/properties/host/oneOf/1/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" };
                                                if (vErrors === null) {
                                                  vErrors = [err53];
                                                } else {
                                                  vErrors.push(err53);
                                                }
                                                errors++;
                                              }
                                            }
                                          }
                                        }
                                        var _valid12 = _errs151 === errors;
                                        if (_valid12 && valid44) {
                                          valid44 = false;
                                          passing1 = [passing1, 1];
                                        } else {
                                          if (_valid12) {
                                            valid44 = true;
                                            passing1 = 1;
                                          }
                                        }
                                        if (!valid44) {
                                          const err54 = { instancePath: instancePath + "/value/host", schemaPath: "#/allOf/9/then/properties/value/properties/host/oneOf", keyword: "oneOf", params: { passingSchemas: passing1 }, message: "must match exactly one schema in oneOf" };
                                          if (vErrors === null) {
                                            vErrors = [err54];
                                          } else {
                                            vErrors.push(err54);
                                          }
                                          errors++;
                                          validate132.errors = vErrors;
                                          return false;
                                        } else {
                                          errors = _errs149;
                                          if (vErrors !== null) {
                                            if (_errs149) {
                                              vErrors.length = _errs149;
                                            } else {
                                              vErrors = null;
                                            }
                                          }
                                        }
                                        var valid43 = _errs148 === errors;
                                      } else {
                                        var valid43 = true;
                                      }
                                      if (valid43) {
                                        if (data38.address !== void 0) {
                                          const _errs153 = errors;
                                          if (typeof data38.address !== "string") {
                                            validate132.errors = [{ instancePath: instancePath + "/value/address", schemaPath: "#/allOf/9/then/properties/value/properties/address/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                                            return false;
                                          }
                                          var valid43 = _errs153 === errors;
                                        } else {
                                          var valid43 = true;
                                        }
                                      }
                                    }
                                  }
                                }
                              } else {
                                validate132.errors = [{ instancePath: instancePath + "/value", schemaPath: "#/allOf/9/then/properties/value/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
                                return false;
                              }
                            }
                          }
                        } else {
                          validate132.errors = [{ instancePath, schemaPath: "#/allOf/9/then/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
                          return false;
                        }
                      }
                      var _valid11 = _errs141 === errors;
                      valid40 = _valid11;
                      if (valid40) {
                        var props12 = {};
                        props12.value = true;
                        props12.path = true;
                      }
                    }
                    if (!valid40) {
                      const err55 = { instancePath, schemaPath: "#/allOf/9/if", keyword: "if", params: { failingKeyword: "then" }, message: 'must match "then" schema' };
                      if (vErrors === null) {
                        vErrors = [err55];
                      } else {
                        vErrors.push(err55);
                      }
                      errors++;
                      validate132.errors = vErrors;
                      return false;
                    }
                    var valid0 = _errs136 === errors;
                    if (valid0) {
                      if (props0 !== true && props12 !== void 0) {
                        if (props12 === true) {
                          props0 = true;
                        } else {
                          props0 = props0 || {};
                          Object.assign(props0, props12);
                        }
                      }
                      const _errs155 = errors;
                      const _errs156 = errors;
                      let valid45 = true;
                      const _errs157 = errors;
                      if (errors === _errs157) {
                        if (data && typeof data == "object" && !Array.isArray(data)) {
                          if (data.path !== void 0) {
                            if ("env[]" !== data.path) {
                              const err56 = {};
                              if (vErrors === null) {
                                vErrors = [err56];
                              } else {
                                vErrors.push(err56);
                              }
                              errors++;
                            }
                          }
                        } else {
                          const err57 = {};
                          if (vErrors === null) {
                            vErrors = [err57];
                          } else {
                            vErrors.push(err57);
                          }
                          errors++;
                        }
                      }
                      var _valid13 = _errs157 === errors;
                      errors = _errs156;
                      if (vErrors !== null) {
                        if (_errs156) {
                          vErrors.length = _errs156;
                        } else {
                          vErrors = null;
                        }
                      }
                      if (_valid13) {
                        const _errs160 = errors;
                        if (errors === _errs160) {
                          if (data && typeof data == "object" && !Array.isArray(data)) {
                            if (data.value !== void 0) {
                              let data43 = data.value;
                              const _errs162 = errors;
                              if (errors === _errs162) {
                                if (data43 && typeof data43 == "object" && !Array.isArray(data43)) {
                                  let missing9;
                                  if (data43.digest === void 0 && (missing9 = "digest")) {
                                    validate132.errors = [{ instancePath: instancePath + "/value", schemaPath: "#/allOf/10/then/properties/value/required", keyword: "required", params: { missingProperty: missing9 }, message: "must have required property '" + missing9 + "'" }];
                                    return false;
                                  } else {
                                    const _errs164 = errors;
                                    for (const key8 in data43) {
                                      if (!(key8 === "digest")) {
                                        validate132.errors = [{ instancePath: instancePath + "/value", schemaPath: "#/allOf/10/then/properties/value/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key8 }, message: "must NOT have additional properties" }];
                                        return false;
                                        break;
                                      }
                                    }
                                    if (_errs164 === errors) {
                                      if (data43.digest !== void 0) {
                                        let data44 = data43.digest;
                                        const _errs165 = errors;
                                        if (errors === _errs165) {
                                          if (typeof data44 === "string") {
                                            if (!pattern14.test(data44)) {
                                              validate132.errors = [{ instancePath: instancePath + "/value/digest", schemaPath: "#/allOf/10/then/properties/value/properties/digest/pattern", keyword: "pattern", params: { pattern: "^[0-9a-f]{64}$" }, message: 'must match pattern "^[0-9a-f]{64}$"' }];
                                              return false;
                                            }
                                          } else {
                                            validate132.errors = [{ instancePath: instancePath + "/value/digest", schemaPath: "#/allOf/10/then/properties/value/properties/digest/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                                            return false;
                                          }
                                        }
                                      }
                                    }
                                  }
                                } else {
                                  validate132.errors = [{ instancePath: instancePath + "/value", schemaPath: "#/allOf/10/then/properties/value/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
                                  return false;
                                }
                              }
                            }
                          } else {
                            validate132.errors = [{ instancePath, schemaPath: "#/allOf/10/then/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
                            return false;
                          }
                        }
                        var _valid13 = _errs160 === errors;
                        valid45 = _valid13;
                        if (valid45) {
                          var props13 = {};
                          props13.value = true;
                          props13.path = true;
                        }
                      }
                      if (!valid45) {
                        const err58 = { instancePath, schemaPath: "#/allOf/10/if", keyword: "if", params: { failingKeyword: "then" }, message: 'must match "then" schema' };
                        if (vErrors === null) {
                          vErrors = [err58];
                        } else {
                          vErrors.push(err58);
                        }
                        errors++;
                        validate132.errors = vErrors;
                        return false;
                      }
                      var valid0 = _errs155 === errors;
                      if (valid0) {
                        if (props0 !== true && props13 !== void 0) {
                          if (props13 === true) {
                            props0 = true;
                          } else {
                            props0 = props0 || {};
                            Object.assign(props0, props13);
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
      }
    }
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing10;
      if (data.path === void 0 && (missing10 = "path") || data.value === void 0 && (missing10 = "value")) {
        validate132.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing10 }, message: "must have required property '" + missing10 + "'" }];
        return false;
      } else {
        const _errs167 = errors;
        for (const key9 in data) {
          if (!(key9 === "path" || key9 === "key" || key9 === "value" || key9 === "resolved" || key9 === "isDefault" || key9 === "isAdopted" || key9 === "isUndone" || key9 === "isUncertain")) {
            validate132.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key9 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs167 === errors) {
          if (data.path !== void 0) {
            let data45 = data.path;
            const _errs168 = errors;
            if (!(data45 === "name" || data45 === "driver" || data45 === "agent" || data45 === "agents[].version" || data45 === "agents[].args" || data45 === "agents[].autonomy" || data45 === "agents[].config" || data45 === "agents[].configDirs" || data45 === "base.image" || data45 === "base.packages[]" || data45 === "base.scripts[]" || data45 === "resources.cpus" || data45 === "resources.memory" || data45 === "resources.disk" || data45 === "workspace.guestPath" || data45 === "workspace.mode" || data45 === "workspace.shadow[]" || data45 === "workspace.protect[]" || data45 === "mounts[]" || data45 === "volumes[]" || data45 === "ports[]" || data45 === "env[]" || data45 === "secrets[]" || data45 === "identity.gitconfig" || data45 === "identity.gitCredentials" || data45 === "identity.gh" || data45 === "identity.ssh" || data45 === "network.egress" || data45 === "network.ports[]" || data45 === "network.hostPorts[]" || data45 === "services[]" || data45 === "environment" || data45 === "lifecycle.onExit" || data45 === "lifecycle.idle" || data45 === "lifecycle.protect" || data45 === "drift.policy" || data45 === "snapshots.keep" || data45 === "snapshots.maxSize" || data45 === "labels[]")) {
              validate132.errors = [{ instancePath: instancePath + "/path", schemaPath: "#/properties/path/enum", keyword: "enum", params: { allowedValues: schema44.properties.path.enum }, message: "must be equal to one of the allowed values" }];
              return false;
            }
            var valid49 = _errs168 === errors;
          } else {
            var valid49 = true;
          }
          if (valid49) {
            if (data.key !== void 0) {
              const _errs169 = errors;
              if (typeof data.key !== "string") {
                validate132.errors = [{ instancePath: instancePath + "/key", schemaPath: "#/properties/key/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                return false;
              }
              var valid49 = _errs169 === errors;
            } else {
              var valid49 = true;
            }
            if (valid49) {
              if (data.value !== void 0) {
                let data47 = data.value;
                const _errs171 = errors;
                if (typeof data47 != "object" && typeof data47 !== "boolean" && !(typeof data47 == "number" && isFinite(data47)) && typeof data47 !== "string") {
                  validate132.errors = [{ instancePath: instancePath + "/value", schemaPath: "#/properties/value/type", keyword: "type", params: { type: schema44.properties.value.type }, message: "must be null,boolean,number,string,array,object" }];
                  return false;
                }
                var valid49 = _errs171 === errors;
              } else {
                var valid49 = true;
              }
              if (valid49) {
                if (data.resolved !== void 0) {
                  let data48 = data.resolved;
                  const _errs173 = errors;
                  if (typeof data48 != "object" && typeof data48 !== "boolean" && !(typeof data48 == "number" && isFinite(data48)) && typeof data48 !== "string") {
                    validate132.errors = [{ instancePath: instancePath + "/resolved", schemaPath: "#/properties/resolved/type", keyword: "type", params: { type: schema44.properties.resolved.type }, message: "must be null,boolean,number,string,array,object" }];
                    return false;
                  }
                  var valid49 = _errs173 === errors;
                } else {
                  var valid49 = true;
                }
                if (valid49) {
                  if (data.isDefault !== void 0) {
                    const _errs175 = errors;
                    if (true !== data.isDefault) {
                      validate132.errors = [{ instancePath: instancePath + "/isDefault", schemaPath: "#/properties/isDefault/const", keyword: "const", params: { allowedValue: true }, message: "must be equal to constant" }];
                      return false;
                    }
                    var valid49 = _errs175 === errors;
                  } else {
                    var valid49 = true;
                  }
                  if (valid49) {
                    if (data.isAdopted !== void 0) {
                      const _errs176 = errors;
                      if (true !== data.isAdopted) {
                        validate132.errors = [{ instancePath: instancePath + "/isAdopted", schemaPath: "#/properties/isAdopted/const", keyword: "const", params: { allowedValue: true }, message: "must be equal to constant" }];
                        return false;
                      }
                      var valid49 = _errs176 === errors;
                    } else {
                      var valid49 = true;
                    }
                    if (valid49) {
                      if (data.isUndone !== void 0) {
                        const _errs177 = errors;
                        if (true !== data.isUndone) {
                          validate132.errors = [{ instancePath: instancePath + "/isUndone", schemaPath: "#/properties/isUndone/const", keyword: "const", params: { allowedValue: true }, message: "must be equal to constant" }];
                          return false;
                        }
                        var valid49 = _errs177 === errors;
                      } else {
                        var valid49 = true;
                      }
                      if (valid49) {
                        if (data.isUncertain !== void 0) {
                          const _errs178 = errors;
                          if (true !== data.isUncertain) {
                            validate132.errors = [{ instancePath: instancePath + "/isUncertain", schemaPath: "#/properties/isUncertain/const", keyword: "const", params: { allowedValue: true }, message: "must be equal to constant" }];
                            return false;
                          }
                          var valid49 = _errs178 === errors;
                        } else {
                          var valid49 = true;
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
    } else {
      validate132.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate132.errors = vErrors;
  return errors === 0;
}
validate132.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
function validate52(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  ;
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate52.evaluated;
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
  if (errors === _errs1) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.kind === void 0 && (missing0 = "kind") || data.apply === void 0 && (missing0 = "apply") || data.at === void 0 && (missing0 = "at") || data.steps === void 0 && (missing0 = "steps")) {
        const err0 = { instancePath, schemaPath: "#/oneOf/0/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" };
        if (vErrors === null) {
          vErrors = [err0];
        } else {
          vErrors.push(err0);
        }
        errors++;
      } else {
        const _errs3 = errors;
        for (const key0 in data) {
          if (!(key0 === "kind" || key0 === "apply" || key0 === "at" || key0 === "format" || key0 === "steps")) {
            const err1 = { instancePath, schemaPath: "#/oneOf/0/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" };
            if (vErrors === null) {
              vErrors = [err1];
            } else {
              vErrors.push(err1);
            }
            errors++;
            break;
          }
        }
        if (_errs3 === errors) {
          if (data.kind !== void 0) {
            const _errs4 = errors;
            if ("begin" !== data.kind) {
              const err2 = { instancePath: instancePath + "/kind", schemaPath: "#/oneOf/0/properties/kind/const", keyword: "const", params: { allowedValue: "begin" }, message: "must be equal to constant" };
              if (vErrors === null) {
                vErrors = [err2];
              } else {
                vErrors.push(err2);
              }
              errors++;
            }
            var valid1 = _errs4 === errors;
          } else {
            var valid1 = true;
          }
          if (valid1) {
            if (data.apply !== void 0) {
              const _errs5 = errors;
              if (!validate53(data.apply, { instancePath: instancePath + "/apply", parentData: data, parentDataProperty: "apply", rootData, dynamicAnchors })) {
                vErrors = vErrors === null ? validate53.errors : vErrors.concat(validate53.errors);
                errors = vErrors.length;
              }
              var valid1 = _errs5 === errors;
            } else {
              var valid1 = true;
            }
            if (valid1) {
              if (data.at !== void 0) {
                const _errs6 = errors;
                if (!validate55(data.at, { instancePath: instancePath + "/at", parentData: data, parentDataProperty: "at", rootData, dynamicAnchors })) {
                  vErrors = vErrors === null ? validate55.errors : vErrors.concat(validate55.errors);
                  errors = vErrors.length;
                }
                var valid1 = _errs6 === errors;
              } else {
                var valid1 = true;
              }
              if (valid1) {
                if (data.format !== void 0) {
                  const _errs7 = errors;
                  if (1 !== data.format) {
                    const err3 = { instancePath: instancePath + "/format", schemaPath: "#/oneOf/0/properties/format/const", keyword: "const", params: { allowedValue: 1 }, message: "must be equal to constant" };
                    if (vErrors === null) {
                      vErrors = [err3];
                    } else {
                      vErrors.push(err3);
                    }
                    errors++;
                  }
                  var valid1 = _errs7 === errors;
                } else {
                  var valid1 = true;
                }
                if (valid1) {
                  if (data.steps !== void 0) {
                    let data4 = data.steps;
                    const _errs8 = errors;
                    if (errors === _errs8) {
                      if (Array.isArray(data4)) {
                        var valid2 = true;
                        const len0 = data4.length;
                        for (let i0 = 0; i0 < len0; i0++) {
                          const _errs10 = errors;
                          if (!validate57(data4[i0], { instancePath: instancePath + "/steps/" + i0, parentData: data4, parentDataProperty: i0, rootData, dynamicAnchors })) {
                            vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
                            errors = vErrors.length;
                          }
                          var valid2 = _errs10 === errors;
                          if (!valid2) {
                            break;
                          }
                        }
                      } else {
                        const err4 = { instancePath: instancePath + "/steps", schemaPath: "#/oneOf/0/properties/steps/type", keyword: "type", params: { type: "array" }, message: "must be array" };
                        if (vErrors === null) {
                          vErrors = [err4];
                        } else {
                          vErrors.push(err4);
                        }
                        errors++;
                      }
                    }
                    var valid1 = _errs8 === errors;
                  } else {
                    var valid1 = true;
                  }
                }
              }
            }
          }
        }
      }
    } else {
      const err5 = { instancePath, schemaPath: "#/oneOf/0/type", keyword: "type", params: { type: "object" }, message: "must be object" };
      if (vErrors === null) {
        vErrors = [err5];
      } else {
        vErrors.push(err5);
      }
      errors++;
    }
  }
  var _valid0 = _errs1 === errors;
  if (_valid0) {
    valid0 = true;
    passing0 = 0;
    var props0 = true;
  }
  const _errs11 = errors;
  if (errors === _errs11) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing1;
      if (data.kind === void 0 && (missing1 = "kind") || data.apply === void 0 && (missing1 = "apply") || data.at === void 0 && (missing1 = "at") || data.step === void 0 && (missing1 = "step") || data.patch === void 0 && (missing1 = "patch")) {
        const err6 = { instancePath, schemaPath: "#/oneOf/1/required", keyword: "required", params: { missingProperty: missing1 }, message: "must have required property '" + missing1 + "'" };
        if (vErrors === null) {
          vErrors = [err6];
        } else {
          vErrors.push(err6);
        }
        errors++;
      } else {
        const _errs13 = errors;
        for (const key1 in data) {
          if (!(key1 === "kind" || key1 === "apply" || key1 === "at" || key1 === "step" || key1 === "patch")) {
            const err7 = { instancePath, schemaPath: "#/oneOf/1/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key1 }, message: "must NOT have additional properties" };
            if (vErrors === null) {
              vErrors = [err7];
            } else {
              vErrors.push(err7);
            }
            errors++;
            break;
          }
        }
        if (_errs13 === errors) {
          if (data.kind !== void 0) {
            const _errs14 = errors;
            if ("intent" !== data.kind) {
              const err8 = { instancePath: instancePath + "/kind", schemaPath: "#/oneOf/1/properties/kind/const", keyword: "const", params: { allowedValue: "intent" }, message: "must be equal to constant" };
              if (vErrors === null) {
                vErrors = [err8];
              } else {
                vErrors.push(err8);
              }
              errors++;
            }
            var valid3 = _errs14 === errors;
          } else {
            var valid3 = true;
          }
          if (valid3) {
            if (data.apply !== void 0) {
              const _errs15 = errors;
              if (!validate53(data.apply, { instancePath: instancePath + "/apply", parentData: data, parentDataProperty: "apply", rootData, dynamicAnchors })) {
                vErrors = vErrors === null ? validate53.errors : vErrors.concat(validate53.errors);
                errors = vErrors.length;
              }
              var valid3 = _errs15 === errors;
            } else {
              var valid3 = true;
            }
            if (valid3) {
              if (data.at !== void 0) {
                const _errs16 = errors;
                if (!validate55(data.at, { instancePath: instancePath + "/at", parentData: data, parentDataProperty: "at", rootData, dynamicAnchors })) {
                  vErrors = vErrors === null ? validate55.errors : vErrors.concat(validate55.errors);
                  errors = vErrors.length;
                }
                var valid3 = _errs16 === errors;
              } else {
                var valid3 = true;
              }
              if (valid3) {
                if (data.step !== void 0) {
                  const _errs17 = errors;
                  if (!validate115(data.step, { instancePath: instancePath + "/step", parentData: data, parentDataProperty: "step", rootData, dynamicAnchors })) {
                    vErrors = vErrors === null ? validate115.errors : vErrors.concat(validate115.errors);
                    errors = vErrors.length;
                  }
                  var valid3 = _errs17 === errors;
                } else {
                  var valid3 = true;
                }
                if (valid3) {
                  if (data.patch !== void 0) {
                    let data10 = data.patch;
                    const _errs18 = errors;
                    if (errors === _errs18) {
                      if (data10 && typeof data10 == "object" && !Array.isArray(data10)) {
                        for (const key2 in data10) {
                          let data11 = data10[key2];
                          const _errs21 = errors;
                          const _errs22 = errors;
                          let valid5 = false;
                          let passing1 = null;
                          const _errs23 = errors;
                          if (data11 !== null) {
                            const err9 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/oneOf/1/properties/patch/additionalProperties/oneOf/0/type", keyword: "type", params: { type: "null" }, message: "must be null" };
                            if (vErrors === null) {
                              vErrors = [err9];
                            } else {
                              vErrors.push(err9);
                            }
                            errors++;
                          }
                          var _valid1 = _errs23 === errors;
                          if (_valid1) {
                            valid5 = true;
                            passing1 = 0;
                          }
                          const _errs25 = errors;
                          if (!validate132(data11, { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), parentData: data10, parentDataProperty: key2, rootData, dynamicAnchors })) {
                            vErrors = vErrors === null ? validate132.errors : vErrors.concat(validate132.errors);
                            errors = vErrors.length;
                          }
                          var _valid1 = _errs25 === errors;
                          if (_valid1 && valid5) {
                            valid5 = false;
                            passing1 = [passing1, 1];
                          } else {
                            if (_valid1) {
                              valid5 = true;
                              passing1 = 1;
                            }
                          }
                          if (!valid5) {
                            const err10 = { instancePath: instancePath + "/patch/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/oneOf/1/properties/patch/additionalProperties/oneOf", keyword: "oneOf", params: { passingSchemas: passing1 }, message: "must match exactly one schema in oneOf" };
                            if (vErrors === null) {
                              vErrors = [err10];
                            } else {
                              vErrors.push(err10);
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
                          var valid4 = _errs21 === errors;
                          if (!valid4) {
                            break;
                          }
                        }
                      } else {
                        const err11 = { instancePath: instancePath + "/patch", schemaPath: "#/oneOf/1/properties/patch/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                        if (vErrors === null) {
                          vErrors = [err11];
                        } else {
                          vErrors.push(err11);
                        }
                        errors++;
                      }
                    }
                    var valid3 = _errs18 === errors;
                  } else {
                    var valid3 = true;
                  }
                }
              }
            }
          }
        }
      }
    } else {
      const err12 = { instancePath, schemaPath: "#/oneOf/1/type", keyword: "type", params: { type: "object" }, message: "must be object" };
      if (vErrors === null) {
        vErrors = [err12];
      } else {
        vErrors.push(err12);
      }
      errors++;
    }
  }
  var _valid0 = _errs11 === errors;
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
    const _errs26 = errors;
    if (errors === _errs26) {
      if (data && typeof data == "object" && !Array.isArray(data)) {
        let missing2;
        if (data.kind === void 0 && (missing2 = "kind") || data.apply === void 0 && (missing2 = "apply") || data.at === void 0 && (missing2 = "at") || data.step === void 0 && (missing2 = "step")) {
          const err13 = { instancePath, schemaPath: "#/oneOf/2/required", keyword: "required", params: { missingProperty: missing2 }, message: "must have required property '" + missing2 + "'" };
          if (vErrors === null) {
            vErrors = [err13];
          } else {
            vErrors.push(err13);
          }
          errors++;
        } else {
          const _errs28 = errors;
          for (const key3 in data) {
            if (!(key3 === "kind" || key3 === "apply" || key3 === "at" || key3 === "step")) {
              const err14 = { instancePath, schemaPath: "#/oneOf/2/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key3 }, message: "must NOT have additional properties" };
              if (vErrors === null) {
                vErrors = [err14];
              } else {
                vErrors.push(err14);
              }
              errors++;
              break;
            }
          }
          if (_errs28 === errors) {
            if (data.kind !== void 0) {
              const _errs29 = errors;
              if ("done" !== data.kind) {
                const err15 = { instancePath: instancePath + "/kind", schemaPath: "#/oneOf/2/properties/kind/const", keyword: "const", params: { allowedValue: "done" }, message: "must be equal to constant" };
                if (vErrors === null) {
                  vErrors = [err15];
                } else {
                  vErrors.push(err15);
                }
                errors++;
              }
              var valid6 = _errs29 === errors;
            } else {
              var valid6 = true;
            }
            if (valid6) {
              if (data.apply !== void 0) {
                const _errs30 = errors;
                if (!validate53(data.apply, { instancePath: instancePath + "/apply", parentData: data, parentDataProperty: "apply", rootData, dynamicAnchors })) {
                  vErrors = vErrors === null ? validate53.errors : vErrors.concat(validate53.errors);
                  errors = vErrors.length;
                }
                var valid6 = _errs30 === errors;
              } else {
                var valid6 = true;
              }
              if (valid6) {
                if (data.at !== void 0) {
                  const _errs31 = errors;
                  if (!validate55(data.at, { instancePath: instancePath + "/at", parentData: data, parentDataProperty: "at", rootData, dynamicAnchors })) {
                    vErrors = vErrors === null ? validate55.errors : vErrors.concat(validate55.errors);
                    errors = vErrors.length;
                  }
                  var valid6 = _errs31 === errors;
                } else {
                  var valid6 = true;
                }
                if (valid6) {
                  if (data.step !== void 0) {
                    const _errs32 = errors;
                    if (!validate57(data.step, { instancePath: instancePath + "/step", parentData: data, parentDataProperty: "step", rootData, dynamicAnchors })) {
                      vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
                      errors = vErrors.length;
                    }
                    var valid6 = _errs32 === errors;
                  } else {
                    var valid6 = true;
                  }
                }
              }
            }
          }
        }
      } else {
        const err16 = { instancePath, schemaPath: "#/oneOf/2/type", keyword: "type", params: { type: "object" }, message: "must be object" };
        if (vErrors === null) {
          vErrors = [err16];
        } else {
          vErrors.push(err16);
        }
        errors++;
      }
    }
    var _valid0 = _errs26 === errors;
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
      const _errs33 = errors;
      if (errors === _errs33) {
        if (data && typeof data == "object" && !Array.isArray(data)) {
          let missing3;
          if (data.kind === void 0 && (missing3 = "kind") || data.apply === void 0 && (missing3 = "apply") || data.at === void 0 && (missing3 = "at") || data.step === void 0 && (missing3 = "step") || data.why === void 0 && (missing3 = "why")) {
            const err17 = { instancePath, schemaPath: "#/oneOf/3/required", keyword: "required", params: { missingProperty: missing3 }, message: "must have required property '" + missing3 + "'" };
            if (vErrors === null) {
              vErrors = [err17];
            } else {
              vErrors.push(err17);
            }
            errors++;
          } else {
            const _errs35 = errors;
            for (const key4 in data) {
              if (!(key4 === "kind" || key4 === "apply" || key4 === "at" || key4 === "step" || key4 === "why")) {
                const err18 = { instancePath, schemaPath: "#/oneOf/3/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key4 }, message: "must NOT have additional properties" };
                if (vErrors === null) {
                  vErrors = [err18];
                } else {
                  vErrors.push(err18);
                }
                errors++;
                break;
              }
            }
            if (_errs35 === errors) {
              if (data.kind !== void 0) {
                const _errs36 = errors;
                if ("undone" !== data.kind) {
                  const err19 = { instancePath: instancePath + "/kind", schemaPath: "#/oneOf/3/properties/kind/const", keyword: "const", params: { allowedValue: "undone" }, message: "must be equal to constant" };
                  if (vErrors === null) {
                    vErrors = [err19];
                  } else {
                    vErrors.push(err19);
                  }
                  errors++;
                }
                var valid7 = _errs36 === errors;
              } else {
                var valid7 = true;
              }
              if (valid7) {
                if (data.apply !== void 0) {
                  const _errs37 = errors;
                  if (!validate53(data.apply, { instancePath: instancePath + "/apply", parentData: data, parentDataProperty: "apply", rootData, dynamicAnchors })) {
                    vErrors = vErrors === null ? validate53.errors : vErrors.concat(validate53.errors);
                    errors = vErrors.length;
                  }
                  var valid7 = _errs37 === errors;
                } else {
                  var valid7 = true;
                }
                if (valid7) {
                  if (data.at !== void 0) {
                    const _errs38 = errors;
                    if (!validate55(data.at, { instancePath: instancePath + "/at", parentData: data, parentDataProperty: "at", rootData, dynamicAnchors })) {
                      vErrors = vErrors === null ? validate55.errors : vErrors.concat(validate55.errors);
                      errors = vErrors.length;
                    }
                    var valid7 = _errs38 === errors;
                  } else {
                    var valid7 = true;
                  }
                  if (valid7) {
                    if (data.step !== void 0) {
                      const _errs39 = errors;
                      if (!validate57(data.step, { instancePath: instancePath + "/step", parentData: data, parentDataProperty: "step", rootData, dynamicAnchors })) {
                        vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
                        errors = vErrors.length;
                      }
                      var valid7 = _errs39 === errors;
                    } else {
                      var valid7 = true;
                    }
                    if (valid7) {
                      if (data.why !== void 0) {
                        const _errs40 = errors;
                        if (typeof data.why !== "string") {
                          const err20 = { instancePath: instancePath + "/why", schemaPath: "#/oneOf/3/properties/why/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                          if (vErrors === null) {
                            vErrors = [err20];
                          } else {
                            vErrors.push(err20);
                          }
                          errors++;
                        }
                        var valid7 = _errs40 === errors;
                      } else {
                        var valid7 = true;
                      }
                    }
                  }
                }
              }
            }
          }
        } else {
          const err21 = { instancePath, schemaPath: "#/oneOf/3/type", keyword: "type", params: { type: "object" }, message: "must be object" };
          if (vErrors === null) {
            vErrors = [err21];
          } else {
            vErrors.push(err21);
          }
          errors++;
        }
      }
      var _valid0 = _errs33 === errors;
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
        const _errs42 = errors;
        if (errors === _errs42) {
          if (data && typeof data == "object" && !Array.isArray(data)) {
            let missing4;
            if (data.kind === void 0 && (missing4 = "kind") || data.apply === void 0 && (missing4 = "apply") || data.at === void 0 && (missing4 = "at")) {
              const err22 = { instancePath, schemaPath: "#/oneOf/4/required", keyword: "required", params: { missingProperty: missing4 }, message: "must have required property '" + missing4 + "'" };
              if (vErrors === null) {
                vErrors = [err22];
              } else {
                vErrors.push(err22);
              }
              errors++;
            } else {
              const _errs44 = errors;
              for (const key5 in data) {
                if (!(key5 === "kind" || key5 === "apply" || key5 === "at")) {
                  const err23 = { instancePath, schemaPath: "#/oneOf/4/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key5 }, message: "must NOT have additional properties" };
                  if (vErrors === null) {
                    vErrors = [err23];
                  } else {
                    vErrors.push(err23);
                  }
                  errors++;
                  break;
                }
              }
              if (_errs44 === errors) {
                if (data.kind !== void 0) {
                  const _errs45 = errors;
                  if ("end" !== data.kind) {
                    const err24 = { instancePath: instancePath + "/kind", schemaPath: "#/oneOf/4/properties/kind/const", keyword: "const", params: { allowedValue: "end" }, message: "must be equal to constant" };
                    if (vErrors === null) {
                      vErrors = [err24];
                    } else {
                      vErrors.push(err24);
                    }
                    errors++;
                  }
                  var valid8 = _errs45 === errors;
                } else {
                  var valid8 = true;
                }
                if (valid8) {
                  if (data.apply !== void 0) {
                    const _errs46 = errors;
                    if (!validate53(data.apply, { instancePath: instancePath + "/apply", parentData: data, parentDataProperty: "apply", rootData, dynamicAnchors })) {
                      vErrors = vErrors === null ? validate53.errors : vErrors.concat(validate53.errors);
                      errors = vErrors.length;
                    }
                    var valid8 = _errs46 === errors;
                  } else {
                    var valid8 = true;
                  }
                  if (valid8) {
                    if (data.at !== void 0) {
                      const _errs47 = errors;
                      if (!validate55(data.at, { instancePath: instancePath + "/at", parentData: data, parentDataProperty: "at", rootData, dynamicAnchors })) {
                        vErrors = vErrors === null ? validate55.errors : vErrors.concat(validate55.errors);
                        errors = vErrors.length;
                      }
                      var valid8 = _errs47 === errors;
                    } else {
                      var valid8 = true;
                    }
                  }
                }
              }
            }
          } else {
            const err25 = { instancePath, schemaPath: "#/oneOf/4/type", keyword: "type", params: { type: "object" }, message: "must be object" };
            if (vErrors === null) {
              vErrors = [err25];
            } else {
              vErrors.push(err25);
            }
            errors++;
          }
        }
        var _valid0 = _errs42 === errors;
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
    const err26 = { instancePath, schemaPath: "#/oneOf", keyword: "oneOf", params: { passingSchemas: passing0 }, message: "must match exactly one schema in oneOf" };
    if (vErrors === null) {
      vErrors = [err26];
    } else {
      vErrors.push(err26);
    }
    errors++;
    validate52.errors = vErrors;
    return false;
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
  validate52.errors = vErrors;
  evaluated0.props = props0;
  return errors === 0;
}
validate52.evaluated = { "dynamicProps": true, "dynamicItems": false };
export {
  stdin_default as default,
  validate
};
