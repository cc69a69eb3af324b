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
    ['inputs.count < 5 ? "many" : 3', 3],
    ['5 - 7 == -2 && 5.5 - 7 == -1.5 && 7.5 % 2 == 1.5', true],
    ['2 <= 2 && 2.5 >= 2 && "a" <= "b" && "b" >= "a"', true],
    ['-1.5', -1.5],
    ['inputs.map == {"a": null, "b": true} && inputs.map != {"a": null} && inputs.map != 1', true],
    ['{"a": 1} == {"b": 1} || {"a": 1} == {"a": 2} || [1] == [2]', false],
    ['"a" in {} || 1 in inputs.map', false],
    ['1 in ["a"]', false],
    ['false || true', true],
    ['inputs["map"]["b"]', true],
    ['steps', scope.steps],
    [
      '[inputs.map, inputs.map]',
      [
        { a: null, b: true },
        { a: null, b: true },
      ],
    ],
  ])('[W13] %s', (text, expected) => {
    expect(valueOf(text)).toEqual(expected)
  })

  test.each<[string, Json]>([
    ['size("😀a") + size(inputs.list) + inputs.map.size()', 7],
    ['string(1.5) + string(2) + string(true)', '1.52true'],
    ['int("42") + int(2.9)', 44],
    ['double("1.5") * 2', 3],
    ['bool("true")', true],
    ['[bool("false"), bool(true), bool(false)]', [false, true, false]],
    ['[int(7), int("-3"), int("+3")]', [7, -3, 3]],
    ['[double(2), double(2.5), double("-.5e1")]', [2, 2.5, -5]],
    ['string(null) + string([1, {"a": null}])', 'null[1,{"a":null}]'],
    ['"abc".substring(1)', 'bc'],
    ['"ab".upperAscii() + ["a", 1, true].join()', 'ABa1true'],
    ['inputs.map.map(k, k)', ['a', 'b']],
    ['has(inputs["map"]["b"]) && !has(inputs.list[3]) && has(inputs.list[0])', true],
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
    [
      'inputs.list.a',
      '`inputs.list.a`: `inputs.list` is a list, so it has no `a`; write `inputs.list[0]` for its first item.',
    ],
    ['[1][3]', '`[1][3]`: `[1]` has 1 item, so none at 3; the first is at 0.'],
    ['[1][1.5]', '`[1][1.5]`: `[1]` has 1 item, so none at 1.5; the first is at 0.'],
    [
      'inputs.list[true]',
      '`inputs.list[true]`: `inputs.list` is a list, so it has no true or false; write `inputs.list[0]` for its first item.',
    ],
    ['inputs.name.b', '`inputs.name.b`: `inputs.name` is a text, so it has no `b`.'],
    ['inputs.count[0]', '`inputs.count[0]`: `inputs.count` is a number, so it has no 0.'],
    ['inputs.map[1]', '`inputs.map[1]`: `inputs.map`: `inputs.map` has no 1; it has a, b.'],
    [
      'inputs.map["x y z w"]',
      '`inputs.map["x y z w"]`: `inputs.map` has no `x y z w`; it has a, b.',
    ],
    ['{}.a', '`{}.a`: `{}` has no `a`; it is empty.'],
    [
      'steps["run-tests"].qqqqqq',
      '`steps["run-tests"].qqqqqq`: step `run-tests` has no `qqqqqq`; it has status, output, error, attempts.',
    ],
    [
      '1 in "abc"',
      '`1 in "abc"`: `in` looks into a list or a map, not into a text; write `text.contains(part)`.',
    ],
    ['1 in 2', '`1 in 2`: `in` looks into a list or a map, not into a number.'],
    [
      '1 < "a"',
      '`1 < "a"`: `<` does not work between a number and a text; write `string(x)` to join texts, or `int(x)` or `double(x)` to calculate.',
    ],
    ['[] - true', '`[] - true`: `-` does not work between a list and true or false.'],
    ['"a" * {}', '`"a" * {}`: `*` does not work between a text and a map.'],
    ['-"a"', '`-"a"`: `-` needs a number, not a text.'],
    ['size(1)', '`size(1)`: it needs a text, a list or a map, not a number.'],
    ['int("x")', '`int("x")`: "x" is no whole number.'],
    ['double(true)', '`double(true)`: true or false is no number.'],
    ['bool(1)', '`bool(1)`: 1 is neither true nor false.'],
    ['"abc".substring("a")', '`"abc".substring("a")`: it needs a whole number, not a text.'],
    [
      '"abc".substring(2, 9)',
      '`"abc".substring(2, 9)`: it needs places from 0 to 3, in order, not 2 and 9.',
    ],
    ['"abc".contains(1)', '`"abc".contains(1)`: it needs a text, not a number.'],
    ['"abc".join()', '`"abc".join()`: it needs a list, not a text.'],
    [
      '[null].join()',
      '`[null].join()`: it is null, which has no text; write `x == null ? "" : x`.',
    ],
    ['1.map(x, x)', '`1.map(x, x)`: it needs a list or a map, not a number.'],
    ['[1, 2].all(x, x)', '`[1, 2].all(x, x)`: `x` is 1, and has to be true or false.'],
    ['[1].map(x)', '`[1].map(x)`: `map` needs a name and what is asked of each item.'],
    ['has()', '`has()`: `has` needs a path such as `steps.a.output.b`.'],
    ['nothing(1)', '`nothing(1)`: there is no function `nothing`.'],
    ['"a".nothing()', '`"a".nothing()`: there is no function `nothing`.'],
    ['{1: 2}', '`{1: 2}`: a map has texts as keys, not a number.'],
    ['b"abc"', '`b"abc"`: bytes and unsigned numbers are not supported.'],
    [
      'inputs.map.nope == 1 || false',
      '`inputs.map.nope == 1 || false`: `inputs.map.nope`: `inputs.map` has no `nope`; it has a, b.',
    ],
  ])('[W16] %s', (text, expected) => {
    expect(problemOf(text)).toBe(expected)
  })

  test('[W16] of a large map the first keys are told, each cut', () => {
    const keys = ['a', 'h'.repeat(60), 'b', 'c', 'd', 'e', 'f', 'g', 'i']
    const map = `{${keys.map((key) => `"${key}": 1`).join()}}`
    expect(problemOf(`${map}.zzzzzz`)).toMatch(/it has a, h{39}…, b, c, d, e, f, g, ….$/)
  })

  test('[W16] where no need of a step is known, none has failed', () => {
    const { needs: _needs, ...alone } = scope
    expect(evaluateExpression('succeeded() && !failed()', alone)).toEqual({ value: true })
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
