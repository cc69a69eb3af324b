import { assertNever } from '../../assert.ts'
import { tokensOf } from '../../schema/pointer.ts'
import { readStatePath } from '../query/statePath.ts'
import { compileRules } from '../secrets/compileRules.ts'
import { isSecretKey } from '../secrets/isSecretKey.ts'
import { ruleOfKey, ruleOfPath } from '../secrets/secretRules.ts'

/** Whether a pattern of redaction takes a sample: a key, a value, or a path of the state. `built-in`: it is masked without any. */
export function fitsPattern(
  of: 'keys' | 'values' | 'paths',
  pattern: string,
  sample: string,
): 'pattern' | 'built-in' | 'no' {
  const none = { keys: [], values: [], paths: [] }
  const { rules } = compileRules({ ...none, [of]: [pattern] })
  switch (of) {
    case 'keys':
      return isSecretKey(sample) ? 'built-in' : yes(ruleOfKey(sample, rules) !== null)
    case 'values':
      return yes(rules.values.some(({ find }) => find(sample).length > 0))
    case 'paths':
      return yes(ruleOfPath(tokensOf(readStatePath(sample) ?? ''), rules) !== null)
    default:
      return assertNever(of)
  }
}

function yes(fits: boolean): 'pattern' | 'no' {
  return fits ? 'pattern' : 'no'
}
