import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkExpression } from '../../../../../shared/core/expression/checkExpression.ts'
import { evaluateExpression } from '../../../../../shared/core/expression/evaluateExpression.ts'
import { evaluateTemplate } from '../../../../../shared/core/expression/evaluateTemplate.ts'
import type { Json } from '../../../../../shared/schema/json.ts'
import { scope } from './scopeSample.ts'

const seeded = { seed: 20_260_102, numRuns: 400 }

function valueOf(text: string): Json {
  const result = evaluateExpression(text, scope)
  if ('problem' in result) throw new Error(result.problem)
  return result.value
}

function problemOf(text: string): string {
  const result = evaluateExpression(text, scope)
  if ('problem' in result) return result.problem
  throw new Error(`It came to ${JSON.stringify(result.value)}.`)
}

describe('the value of an expression', () => {
  test.each<[string, Json]>([
    ['inputs.price * 2', 19],
    ['inputs.count + 0.5', 7.5],
    ['inputs.count / 2', 3],
    ['inputs.count / 2.0', 3.5],
    ['-inputs.count % 4', -3],
    ['inputs.count == 7.0 && inputs.count != 8', true],
    ['inputs.count > 6.5', true],
    ['"a" < "b"', true],
    ['inputs.name + "!"', 'ada!'],
    ['inputs.list + [4]', [1, 2, 3, 4]],
    ['inputs.list[0] + inputs.list[2]', 4],
    ['inputs.list == [1, 2.0, 3]', true],
    ['2 in inputs.list', true],
    ['"a" in inputs.map', true],
    ['inputs.map.a == null', true],
    ['{"a": [1, {"b": true}]}', { a: [1, { b: true }] }],
    ['${{ run.id }}', 'deploy-1'],
    ['variables["region"]', 'eu'],
    ['steps["run-tests"].error.code', '2'],
    ['inputs.count > 5 ? "many" : 3', 'many'],
  ])('[W13] %s', (text, expected) => {
    expect(valueOf(text)).toEqual(expected)
  })

  test.each<[string, Json]>([
    ['size("😀a") + size(inputs.list) + inputs.map.size()', 7],
    ['string(1.5) + string(2) + string(true)', '1.52true'],
    ['int("42") + int(2.9)', 44],
    ['double("1.5") * 2', 3],
    ['bool("true")', true],
    ['"a,b".split(",")', ['a', 'b']],
    ['["a", "b"].join("-")', 'a-b'],
    ['" Ab ".trim().lowerAscii()', 'ab'],
    ['"abc".substring(1, 2) + "abc".replace("c", "d")', 'babd'],
    ['"abc".contains("b") && "abc".startsWith("a") && "abc".endsWith("c")', true],
    ['"abcb".indexOf("b") * 10 + "abcb".lastIndexOf("b")', 13],
    ['"v1.20.3".matches("^v\\\\d+(\\\\.\\\\d+){2}$")', true],
    ['inputs.list.map(x, x * 2)', [2, 4, 6]],
    ['inputs.list.map(x, x > 1, x * 2)', [4, 6]],
    ['inputs.list.filter(x, x > 1)', [2, 3]],
    ['inputs.list.all(x, x > 0) && inputs.list.exists(x, x == 2)', true],
    ['inputs.list.exists_one(x, x > 2)', true],
    ['steps.filter(s, steps[s].status == "failed")', ['run-tests']],
    ['failed() && !succeeded() && always()', true],
  ])('[W14] %s', (text, expected) => {
    expect(valueOf(text)).toEqual(expected)
  })

  test('[W15] `has` asks along a whole path, and one side that decides is enough', () => {
    expect(valueOf('has(steps.build.output.url)')).toBe(true)
    expect(valueOf('has(steps.build.output.no.such.thing)')).toBe(false)
    expect(valueOf('has(inputs.map.a)')).toBe(false)
    expect(valueOf('inputs.map.nope == 1 || true')).toBe(true)
    expect(valueOf('inputs.map.nope == 1 && false')).toBe(false)
  })
})

describe('an expression that comes to nothing', () => {
  test.each([
    [
      'steps.build.outptu',
      '`steps.build.outptu`: step `build` has no `outptu`; did you mean `output`?',
    ],
    ['steps.biuld.output', '`steps.biuld.output`: there is no step `biuld`; did you mean `build`?'],
    [
      'inputs.cuont + 1',
      '`inputs.cuont + 1`: `inputs.cuont`: the workflow has no `cuont`; did you mean `count`?',
    ],
    [
      'steps.build.output.items[2].n',
      '`steps.build.output.items[2].n`: `steps.build.output.items` has 2 items, so none at 2; the first is at 0.',
    ],
    ['inputs.map.a.b', '`inputs.map.a.b`: `inputs.map.a` is null, so it has no `b`.'],
    [
      'inputs.name + 1',
      '`inputs.name + 1`: `+` does not work between a text and a number; write `string(x)` to join texts, or `int(x)` or `double(x)` to calculate.',
    ],
    ['1 / 0', '`1 / 0`: division by zero.'],
    [
      'inputs.name ? 1 : 2',
      '`inputs.name ? 1 : 2`: `inputs.name` is "ada", and has to be true or false.',
    ],
    ['a and b', '`a and b`: `and` is no operator of expressions. Did you mean `&&`?'],
    ['(1 + 2', '`(1 + 2`: it ends too early: something is missing.'],
    ['', '``: it is empty.'],
  ])('[W16] %s', (text, expected) => {
    expect(problemOf(text)).toBe(expected)
  })

  test('[W16] whole numbers beyond what JSON holds are refused, not rounded', () => {
    expect(problemOf('9007199254740991 + 1')).toContain('JSON holds whole numbers up to 2^53 - 1')
    expect(problemOf('9223372036854775807 + 1')).toContain('is beyond 64 bits')
    expect(problemOf('1e308 * 10.0')).toContain('no finite number')
  })

  test('[W17] work and size are limited: nothing hangs and nothing grows without end', () => {
    const doubled = `["xxxxxxxx"]${'.map(a, a + a)'.repeat(60)}`
    const shared = `[["x"]]${'.map(a, [a, a])'.repeat(60)}`
    const list = `[${'1,'.repeat(900)}1]`
    const nested = `${list}.map(a, ${list}.map(b, ${list}.size()))`
    for (const text of [doubled, shared, nested]) expect(problemOf(text)).toContain('too much work')
    for (const deep of ['!'.repeat(9000), '('.repeat(5000), `1${'+1'.repeat(4900)}`])
      expect(problemOf(`${deep}1`)).toMatch(/too deeply|too large/)
    expect(problemOf(`"${'x'.repeat(10_000)}"`)).toContain('longer than 10000 characters')
    const evil =
      '("a".split("").map(x, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!")[0]).matches("^(a|a?)+$")'
    expect(valueOf(evil)).toBe(false)
  })

  test('[W18] nothing but own keys of the scope is reached', () => {
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      expect(problemOf(`inputs["${name}"]`)).toContain('has no')
      expect(problemOf(`steps.build["${name}"]`)).toContain('has no')
    }
    expect(problemOf('{"__proto__": 1}')).toContain('cannot be used')
    expect(problemOf('globalThis')).toContain('there is no `globalThis` here')
  })
})

describe('any text', () => {
  const word = fc.constantFrom(
    ...'inputs.list steps["run-tests"] .status .map(x, x .size() failed() 1 2.5 "a" + - * / % == < && || ! ? : ( ) [ ] { } in null true __proto__ .matches("(a*)*")'.split(
      ' ',
    ),
  )
  const text = fc.oneof(
    fc.string(),
    fc.array(word, { maxLength: 14 }).map((words) => words.join(' ')),
  )

  test('[W19] never throws, gives the same twice, leaves the scope as it was, and is JSON', () => {
    const before = JSON.stringify(scope)
    fc.assert(
      fc.property(text, (one) => {
        const result = evaluateExpression(one, scope)
        expect(evaluateExpression(one, scope)).toEqual(result)
        expect(checkExpression(one)).toEqual(checkExpression(one))
        expect(() => JSON.stringify(result)).not.toThrow()
        evaluateTemplate({ [one]: [`a \${{ ${one} }} b`] }, scope)
      }),
      seeded,
    )
    expect(JSON.stringify(scope)).toBe(before)
    expect(Object.hasOwn(Object.prototype, 'x')).toBe(false)
  })

  test('[W19] what comes from JSON comes back as it was', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (given) => {
        const value = JSON.parse(JSON.stringify(given)) as Json // what JSON.parse makes
        const result = evaluateExpression('inputs.value', { ...scope, inputs: { value } })
        expect(result).toEqual({ value })
      }),
      seeded,
    )
  })
})
