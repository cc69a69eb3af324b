// Credentials that stand in the middle of a text: headers, addresses, variables, options, and tokens that are known by their look.
import { isSecretKey } from './isSecretKey.ts'

/** What stands for a value that is not shown; its length says nothing of the value's. */
export const mask = '••••••'

export function maskCredentials(text: string): string {
  return text.replace(line, (whole) => (mayHold.test(whole) ? maskLine(whole) : whole))
}

function maskLine(text: string): string {
  return text
    .replace(knownToken, mask)
    .replace(scheme, (whole, name: string, value: string) =>
      isOpaque(value) ? `${name} ${mask}` : whole,
    )
    .replace(address, `$1:${mask}@`)
    .replace(escapedMember, (whole, before: string, key: string, quote: string) =>
      isSecretKey(key) ? `${before}${quote}${mask}${quote}` : whole,
    )
    .replace(assigned, keepUnlessSecret)
    .replace(option, keepUnlessSecret)
    .replace(heading, keepUnlessSecret)
}

function keepUnlessSecret(whole: string, before: string, name: string, sign: string): string {
  return isSecretKey(name) ? `${before}${name}${sign}${mask}` : whole
}

/** "Basic knowledge" and "bearer of news" are words. */
function isOpaque(word: string): boolean {
  return word.length >= 8 && /\d|[a-z][A-Z]|=/.test(word)
}

const line = /[^\n]+/g
/** Most lines of a log hold nothing like it, and are not looked at closely. */
const mayHold =
  /pass|pwd|secret|token|key|jwt|otp|credential|auth|cookie|cv[vc]|iban|card|connection|bearer|basic|@|eyj|gh[a-z]_|_pat_|glpat|sk-|a[ks]ia|xox/i

// Every repetition is bounded, so that no text takes longer than it is long.
const knownToken =
  /\b(?:gh[pousr]_\w{20,255}|github_pat_\w{20,255}|glpat-[\w-]{16,64}|sk-[\w-]{20,255}|(?:AKIA|ASIA)[0-9A-Z]{16}|xox[abeprs]-[\w-]{10,255}|eyJ[\w-]{8,4000}\.[\w-]{8,8000}\.[\w-]{0,2000})/g
const scheme = /\b(Bearer|Basic)\s{1,4}([\w.~+/=-]{1,8000})/gi
/** `https://user:password@host` */
const address = /(\b[a-z][a-z\d+.-]{0,30}:\/\/[^\s/:@"'\\]{0,200}):[^\s/@"'\\]{1,500}@/gi
/** JSON inside of a text of JSON: `\"password\":\"…\"`. */
const escapedMember =
  /((?:\\{1,3}")([\w.-]{1,60})\\{1,3}"\s?:\s?)(\\{1,3}")(?:[^"\\\n]|\\(?!\\{0,2}")[^\n]){1,2000}?\3/g
/** `DB_PASSWORD=…`, also in an address: `?token=…`. */
const assigned = /()(?<![\w.-])([\w.-]{1,60})(=)(?:'[^'\n]{1,2000}'|[^\s"'&,;\\]{1,4000})/g
/** `--password …` */
const option = /(?<![\w-])(--)([\w-]{1,60})(\s{1,4})(?!-)[^\s"'\\]{1,4000}/g
/** `Authorization: …` and `password: …`, alone on its line as headers and YAML are. */
const heading =
  /^([ \t>-]{0,40})([\w-]{1,60})(:[ \t]{1,10})(?!$|["'{[]|null\b|true\b|false\b)\S[^\n]{0,4000}/gm
