import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { parseText } from '../../../../../../shared/core/formats/text/parseText.ts'
import { pythonJson } from '../../../../../../shared/core/formats/text/pythonJson.ts'

test('[F15] a tree is written as Python writes it, byte for byte', () => {
  const numbers = [
    '[0, -0, -0.0, 0.0, 1e5, 1E+2, 1e15, 1e16, 123456789012345680.0, 0.0001, 0.00001, -1.5e-7, 5e-324, 1e999',
    ', 1.10, 0.1, 7.0, 1795249807.5364025, 9007199254740993, 123456789012345678901234567890, NaN, -Infinity]',
  ].join('')
  const text = `{"z":${numbers},"a":{"\\ud83d\\ude00":1,"\\ue000":[],"é\\u007f":{}},"s":"<\\/\\n\\u2028\\ud800","a":[]}`
  const python = (options: string) =>
    execFileSync('python3', [
      '-c',
      `import json,sys;sys.stdout.write(json.dumps(json.loads(sys.argv[1])${options}))`,
      text,
    ]).toString()
  const parsed = parseText(text, 'python')
  if (parsed.kind === 'broken') throw new Error(parsed.flaw.sentence)
  expect(pythonJson(parsed.root, { sortKeys: true })).toBe(python(', sort_keys=True'))
  expect(pythonJson(parsed.root, { indent: 2 })).toBe(python(', indent=2'))
})
