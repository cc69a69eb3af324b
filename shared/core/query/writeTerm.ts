import { assertNever } from '../../assert.ts'
import type { RunCondition } from '../../schema/runCondition.ts'
import { queryFields } from './fields.ts'
import { quoted } from './splitTerms.ts'

/** The term that says a condition; `parseQuery` reads it as that condition. Moments are written in full. */
export function writeTerm(condition: RunCondition): string {
  switch (condition.kind) {
    case 'words': {
      const values = condition.values.map(quoted).join(',')
      return `${condition.isNot ? '-' : ''}${keyOf(condition.field)}:${values}`
    }
    case 'flag':
      return `${condition.field}:${condition.value ? 'yes' : 'no'}`
    case 'range':
      return writeRange(condition)
    case 'state':
      return writeState(condition)
    default:
      return assertNever(condition)
  }
}

function keyOf(field: string): string {
  return queryFields.find((one) => 'field' in one && one.field === field)?.key ?? field
}

type Of<K extends RunCondition['kind']> = RunCondition & { readonly kind: K }

const moments: readonly string[] = ['createdAt', 'updatedAt', 'finishedAt', 'since']

function writeRange({ field, from, to }: Of<'range'>): string {
  const key = field === 'since' ? 'updated' : keyOf(field)
  const said = (value: number): string =>
    moments.includes(field)
      ? new Date(value).toISOString()
      : `${value}${field === 'durationMs' ? 'ms' : ''}`
  const least = from === null ? [] : [`${key}>=${said(from)}`]
  const most = to === null ? [] : [`${key}<=${said(to)}`]
  return [...least, ...most].join(' ')
}

const signs = { exists: '', equals: '=', contains: '~', above: '>', below: '<' } as const

function writeState({ path, op, value, isNot }: Of<'state'>): string {
  const start = `${isNot ? '-' : ''}state:`
  const where = /[\s"\\=~<>]/.test(path) ? `"${path.replace(/["\\]/g, '\\$&')}"` : path
  return op === 'exists' ? start + where : `${start}${where}${signs[op]}${quoted(value)}`
}
