import { AppError } from '../../shared/errors.ts'
import { Json } from '../../shared/schema/json.ts'

/** `key=value` pairs; a value that is JSON is taken as JSON, anything else as text. */
export function keyValues(pairs: readonly string[], option: string): { [key: string]: Json } {
  return Object.fromEntries(
    pairs.map((pair) => {
      const [key, value] = keyValue(pair, option)
      return [key, jsonOrText(value)]
    }),
  )
}

export function keyValue(pair: string, option: string): readonly [key: string, value: string] {
  const at = pair.indexOf('=')
  if (at > 0) return [pair.slice(0, at), pair.slice(at + 1)]
  throw new AppError('invalid-input', `--${option} takes key=value, not "${pair}".`)
}

/** Throws `invalid-input` for what is no JSON. */
export function json(text: string, option: string): Json {
  const value = parsed(text)
  if (value !== undefined) return value
  throw new AppError('invalid-input', `--${option} takes JSON, and this is none: ${text}`)
}

function jsonOrText(text: string): Json {
  const value = parsed(text)
  return value === undefined ? text : value
}

function parsed(text: string): Json | undefined {
  try {
    return Json.parse(JSON.parse(text))
  } catch {
    return undefined // no JSON: the caller says what that means
  }
}

/** A whole number from 0, or null when the option was not given. */
export function wholeNumber(text: string | undefined, option: string): number | null {
  if (text === undefined) return null
  if (/^\d{1,15}$/.test(text)) return Number(text)
  throw new AppError('invalid-input', `--${option} takes a whole number, not "${text}".`)
}

/** A number from 0, or null when the option was not given. */
export function positiveNumber(text: string | undefined, option: string): number | null {
  if (text === undefined) return null
  if (/^\d{1,9}(\.\d{1,9})?$/.test(text)) return Number(text)
  throw new AppError('invalid-input', `--${option} takes a number, not "${text}".`)
}

/** Bytes, also as `500MB` or `2GB`; null when the option was not given. */
export function bytes(text: string | undefined, option: string): number | null {
  if (text === undefined) return null
  const parts = /^(\d{1,12}(?:\.\d{1,6})?)\s?([kmgt]?b?)$/i.exec(text)
  if (!parts) {
    throw new AppError('invalid-input', `--${option} takes bytes such as 500MB, not "${text}".`)
  }
  const power = ' kmgt'.indexOf((parts[2] ?? '').toLowerCase().replace('b', '') || ' ')
  return Math.round(Number(parts[1]) * 1000 ** power)
}

export function oneOf<const T extends string>(
  text: string | undefined,
  names: readonly T[],
  option: string,
): T | undefined {
  if (text === undefined) return undefined
  const found = names.find((name) => name === text)
  if (found !== undefined) return found
  const message = `--${option} is one of ${names.join(', ')}, not "${text}".`
  throw new AppError('invalid-input', message)
}

/** What a command shall do, where its first argument says so. */
export function verbOf<const T extends string>(
  text: string,
  verbs: readonly T[],
  command: string,
): T {
  const found = verbs.find((verb) => verb === text)
  if (found !== undefined) return found
  const message = `"unstuck ${command}" takes ${verbs.join(' or ')}, not "${text}".`
  throw new AppError('invalid-input', message)
}
