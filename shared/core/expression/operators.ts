import { assertNever } from '../../assert.ts'
import { spend, spendText } from './budget.ts'
import { fail } from './failure.ts'
import { isList, isMap, kindOfValue, make, read, type Value, type Work } from './values.ts'

const largest = 2n ** 63n - 1n

export type Operator = '+' | '-' | '*' | '/' | '%' | '<' | '<=' | '>' | '>=' | '==' | '!=' | 'in'

/** The result of an operator between two values. Integers and other numbers mix. */
export function applyOperator(
  operator: Operator,
  [left, right]: readonly [Value, Value],
  work: Work,
): Value {
  switch (operator) {
    case '==':
      return areEqual(left, right, work)
    case '!=':
      return !areEqual(left, right, work)
    case 'in':
      return isIn(left, right, work)
    case '<':
    case '<=':
    case '>':
    case '>=':
      return compare(operator, left, right)
    case '+':
      return add(left, right, work)
    default:
      return calculate(operator, left, right)
  }
}

export function areEqual(left: Value, right: Value, work: Work): boolean {
  spend(work.budget, 1)
  if (isNumber(left) && isNumber(right)) return isSameNumber(left, right)
  if (isList(left) && isList(right))
    return (
      left.length === right.length &&
      left.every((item, index) => areEqual(item, right[index] ?? null, work))
    )
  if (!isMap(left) || !isMap(right)) return left === right
  const keys = Object.keys(left)
  return (
    keys.length === Object.keys(right).length &&
    keys.every(
      (key) => Object.hasOwn(right, key) && areEqual(left[key] ?? null, right[key] ?? null, work),
    )
  )
}

function isSameNumber(left: bigint | number, right: bigint | number): boolean {
  return typeof left === typeof right ? left === right : !(left < right) && !(left > right)
}

function isNumber(value: Value): value is bigint | number {
  return typeof value === 'bigint' || typeof value === 'number'
}

function isIn(left: Value, right: Value, work: Work): boolean {
  if (isList(right)) return right.some((item) => areEqual(left, item, work))
  if (isMap(right)) return typeof left === 'string' && Object.hasOwn(right, left)
  const hint = typeof right === 'string' ? '; write `text.contains(part)`' : ''
  return fail(`\`in\` looks into a list or a map, not into ${kindOfValue(right)}${hint}.`)
}

function compare(operator: '<' | '<=' | '>' | '>=', left: Value, right: Value): boolean {
  if (isNumber(left) && isNumber(right)) return isOrdered(operator, left, right)
  if (typeof left === 'string' && typeof right === 'string') return isOrdered(operator, left, right)
  return refuse(operator, left, right)
}

function isOrdered<T extends string | number | bigint>(
  operator: '<' | '<=' | '>' | '>=',
  left: T,
  right: T,
): boolean {
  switch (operator) {
    case '<':
      return left < right
    case '<=':
      return left <= right
    case '>':
      return left > right
    case '>=':
      return left >= right
    default:
      return assertNever(operator)
  }
}

function add(left: Value, right: Value, work: Work): Value {
  if (typeof left === 'string' && typeof right === 'string') {
    spendText(work.budget, left.length + right.length)
    return left + right
  }
  if (isList(left) && isList(right)) {
    spend(work.budget, left.length + right.length)
    return make(work, [...left, ...right])
  }
  return calculate('+', left, right)
}

function calculate(operator: '+' | '-' | '*' | '/' | '%', left: Value, right: Value): Value {
  if (!isNumber(left) || !isNumber(right)) return refuse(operator, left, right)
  if ((operator === '/' || operator === '%') && Number(right) === 0)
    return fail('division by zero.')
  if (typeof left === 'bigint' && typeof right === 'bigint') {
    const result = ofIntegers(operator, left, right)
    return result > largest || result < -largest - 1n
      ? fail(`${left} ${operator} ${right} is beyond 64 bits.`)
      : result
  }
  const result = ofNumbers(operator, Number(left), Number(right))
  return Number.isFinite(result)
    ? result
    : fail(`${left} ${operator} ${right} is no finite number.`)
}

/** A whole number divided by a whole number is whole, as the language has it. */
function ofIntegers(operator: '+' | '-' | '*' | '/' | '%', left: bigint, right: bigint): bigint {
  switch (operator) {
    case '+':
      return left + right
    case '-':
      return left - right
    case '*':
      return left * right
    case '/':
      return left / right
    case '%':
      return left % right
    default:
      return assertNever(operator)
  }
}

function ofNumbers(operator: '+' | '-' | '*' | '/' | '%', left: number, right: number): number {
  switch (operator) {
    case '+':
      return left + right
    case '-':
      return left - right
    case '*':
      return left * right
    case '/':
      return left / right
    case '%':
      return left % right
    default:
      return assertNever(operator)
  }
}

function refuse(operator: string, left: Value, right: Value): never {
  const kinds = `${kindOfValue(left)} and ${kindOfValue(right)}`
  const hasText = typeof left === 'string' || typeof right === 'string'
  const hint =
    hasText && (isNumber(left) || isNumber(right))
      ? '; write `string(x)` to join texts, or `int(x)` or `double(x)` to calculate'
      : ''
  return fail(`\`${operator}\` does not work between ${kinds}${hint}.`)
}

export function negate(value: Value): Value {
  if (typeof value === 'bigint' || typeof value === 'number') return -value
  return fail(`\`-\` needs a number, not ${kindOfValue(value)}.`)
}

/** The element of a list or the value under a key; undefined where there is none. */
export function entryOf(container: Value, key: Value): Value | undefined {
  if (isList(container)) {
    const index = isNumber(key) ? Number(key) : null
    const item = index === null ? undefined : container[index]
    return item === undefined ? undefined : read(item)
  }
  if (!isMap(container) || typeof key !== 'string' || !Object.hasOwn(container, key))
    return undefined
  const value = container[key]
  return value === undefined ? undefined : read(value)
}
