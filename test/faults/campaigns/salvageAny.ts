// Any text at all: pieces of JSON and of what is like it, cut, doubled and mixed.
import { noObstacle, type Campaign } from './campaign.ts'
import { createRandom, type Random } from './random.ts'
import { checkSound } from './salvageDocuments.ts'

export const salvageAny: Campaign = {
  name: 'salvageAny',
  unit: 'a text or bytes of any kind',
  sizes: { test: 4000, full: 500_000 },
  piece: 20_000,
  obstacle: noObstacle,
  run: async ({ from, to, seed, report }) => {
    for (let index = from; index < to; index += 1) {
      const random = createRandom(seed, index)
      checkSound(random.chance(0.1) ? anyBytes(random) : anyText(random), { index, report, random })
    }
  },
}

const documents = [
  '{"a":1,"b":[1,2.5,-3e-7,"x\\n\\u00e9"],"c":{"d":null,"e":true,"f":false,"g":{}},"h":[],"i":"é漢😀"}',
  '[{"id":1,"t":"a,b"},{"id":2,"t":"},{"},[[],[1]]]',
  '{\n  "version": 1,\n  "runs": [\n    {"id": "a", "s": "x"},\n    {"id": "b", "s": "y\\"z\\\\"}\n  ],\n  "n": 1700000000001\n}',
]

const pieces: readonly string[] = [
  ...Array.from('{}[],:"\'\\\n\t #-1e.=é\0\uFEFF'),
  '\0'.repeat(600),
  '//',
  '/*',
  '*/',
  'true',
  'tru',
  'NaN',
  '-Infinity',
  'None',
  'abc',
  '=>',
  '{"a":',
  '{"version":',
  '"a":',
  '""',
  '\\u12',
  '\\x',
  '\uD800',
  '\uDC80',
  '{"a":1,"a":2}',
]

function anyText(random: Random): string {
  let text = random.chance(0.1) ? '' : pick(documents, random)
  for (let change = random.below(5); change >= 0; change -= 1) {
    const at = random.below(text.length + 1)
    const [before, after] = [text.slice(0, at), text.slice(at)]
    const how = random.below(4)
    if (how === 0) text = before + after.slice(1 + random.below(5))
    else if (how === 1) text = before + pick(pieces, random) + after
    else if (how === 2) text = before + pick(pieces, random) + after.slice(1)
    else text = before + text.slice(random.below(text.length + 1))
  }
  return text
}

function anyBytes(random: Random): Uint8Array {
  if (random.chance(0.2)) return wideBytes(random)
  const bytes = Buffer.from(random.chance(0.5) ? anyText(random) : '')
  const more = Array.from({ length: random.below(40) }, () => random.below(256))
  return Buffer.concat([bytes, Uint8Array.from(more), Buffer.from(anyText(random))])
}

/** UTF-16 of either order, cut anywhere. */
function wideBytes(random: Random): Uint8Array {
  const bytes = Buffer.from(anyText(random), 'utf16le')
  if (random.chance(0.5)) bytes.swap16()
  return random.chance(0.5) ? bytes : bytes.subarray(0, random.below(bytes.length + 1))
}

function pick(from: readonly string[], random: Random): string {
  return from[random.below(from.length)] ?? ''
}
