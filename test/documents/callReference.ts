// The reference of calls, from the contract and what stands above each call in its source.
import { z } from 'zod'
import type { CallRow } from '../../shared/contract/call.ts'
import { callNames, contract, events } from '../../shared/contract/contract.ts'
import { listFiles, readText } from '../architecture/source.ts'
import { anchor, code, document } from './markdown.ts'
import { typeLines } from './typeText.ts'

export function callReference(): Promise<string> {
  const words = wordsAbove()
  return document('Calls', [
    'What the screens and the [commands](commands.md) ask of a host, over IPC, a WebSocket, or in one process. Both ends check each message against these types. A call that writes is refused where the host is read-only; one with progress can be cancelled. Fields marked `?` may be left out. A type of more than a few lines is cut, with `…`.',
    groups.map((group) => `- ${linksTo(group)}`).join('\n'),
    ...callNames.flatMap((name) => sectionOf(name, contract[name], words.get(name))),
    '## Events',
    'They say that something changed. What it is now is asked for by a call.',
    code(
      'text',
      Object.entries(events).flatMap(([name, value]) => labelled(name, shapeOf(value, 'output'))),
    ),
  ])
}

const groupOf = (name: string): string => name.slice(0, name.indexOf('.'))
const groups = [...new Set(callNames.map(groupOf))]

function linksTo(group: string): string {
  const names = callNames.filter((name) => groupOf(name) === group)
  return names.map((name) => `[${name}](#${anchor(name)})`).join(', ')
}

function sectionOf(name: string, row: CallRow, words: string | undefined): readonly string[] {
  const { input, output, effect, progress } = row
  const facts = [effect === 'write' ? 'Writes' : 'Reads', ...(progress ? ['with progress'] : [])]
  return [
    `## ${name}`,
    `_${facts.join(', ')}._ ${words ?? ''}`.trim(),
    code('text', [
      ...labelled('input', shapeOf(input, 'input')),
      ...labelled('output', shapeOf(output, 'output')),
    ]),
  ]
}

function labelled(label: string, [first = '', ...rest]: readonly string[]): readonly string[] {
  return [`${label}: ${first}`, ...rest]
}

function shapeOf(schema: z.ZodType, io: 'input' | 'output'): readonly string[] {
  return typeLines(z.toJSONSchema(schema, { io, unrepresentable: 'any', cycles: 'ref' }))
}

/** What the documentation comment above a call says, as one paragraph. */
function wordsAbove(): ReadonlyMap<string, string> {
  const found = listFiles('shared/contract', /\.ts$/).flatMap((path) =>
    [...readText(path).matchAll(comment)].map(([, text = '', name = '']): [string, string] => [
      name,
      text.replaceAll(/\s*\n\s*\*?\s*/g, ' ').trim(),
    ]),
  )
  return new Map(found)
}

const comment = /^ {2}\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n {2}'([\w.]+)': /gm
