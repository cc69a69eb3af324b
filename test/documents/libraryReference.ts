// The reference of the package's entries, from the declarations that the compiler makes of them.
import { existsSync } from 'node:fs'
import { join, posix } from 'node:path'
import { parseSync } from 'vite'
import { z } from 'zod'
import { invariant } from '../../shared/assert.ts'
import { readText, root } from '../architecture/source.ts'
import { code, document } from './markdown.ts'

const types = 'dist/types'
const entries = [
  { name: 'unstuck', file: `${types}/electron/library.d.ts` },
  { name: 'unstuck/langgraph', file: `${types}/electron/langgraph.d.ts` },
]

export function libraryReference(): Promise<string> {
  return document('Library', [
    'What programs import, as the compiler declares it. [docs/examples/library](../examples/library) has a program of each kind, [LangGraph.js](../langgraph.md) the way of its graphs.',
    ...entries.flatMap(({ name, file }) => [
      `## ${name}`,
      ...exportsOf(file).flatMap(({ name: exported, from }) => [
        `### ${exported}`,
        ...declarationOf(exported, from),
      ]),
    ]),
  ])
}

const Name = z.object({ name: z.string() })
const Statement = z.looseObject({
  type: z.string(),
  start: z.number(),
  end: z.number(),
  source: z.object({ value: z.string() }).nullish(),
  specifiers: z.array(z.object({ exported: Name.optional() })).optional(),
  declaration: z
    .looseObject({
      id: Name.nullish(),
      declarations: z.array(z.looseObject({ id: Name.nullish() })).optional(),
    })
    .nullish(),
})

function statementsOf(path: string) {
  invariant(existsSync(join(root, path)), `${path} is made by: tsc -b`)
  const text = readText(path)
  const { program, comments } = parseSync(path, text)
  return { text, comments, statements: z.array(Statement).parse(program.body) }
}

type Exported = { readonly name: string; readonly from: string }

function exportsOf(path: string): readonly Exported[] {
  return statementsOf(path).statements.flatMap(({ source, specifiers = [] }) => {
    const from = posix.join(posix.dirname(path), String(source?.value)).replace(/\.ts$/, '.d.ts')
    return specifiers.flatMap(({ exported }) =>
      exported === undefined ? [] : [{ name: exported.name, from }],
    )
  })
}

/** What stands above it, and the declaration itself. */
function declarationOf(name: string, path: string): readonly string[] {
  const { text, comments, statements } = statementsOf(path)
  const found = statements.filter(({ declaration }) => {
    const { id, declarations = [] } = declaration ?? {}
    return [id, ...declarations.map((one) => one.id)].some((one) => one?.name === name)
  })
  const [first] = found
  invariant(first !== undefined, `${path} declares no ${name}.`)
  const above = comments.filter(
    ({ end, value }) =>
      end < first.start && value.startsWith('*') && isNext(text, end, first.start),
  )
  return [
    ...above.map(({ value }) => proseOf(value)),
    ...found.map(({ start, end }) => text.slice(start, end)).flatMap(shown),
  ]
}

/** A schema is long and says nothing that its type does not; the shape of a definition has a document of its own. */
function shown(declaration: string): readonly string[] {
  if (declaration.includes(': z.Zod')) return []
  if (declaration.includes('z.infer<typeof WorkflowDefinition>'))
    return ['Its shape is that of the [JSON Schema of workflows](../schema/workflow.schema.json).']
  return [code('ts', [declaration])]
}

function isNext(text: string, end: number, start: number): boolean {
  return text.slice(end, start).trim() === ''
}

function proseOf(comment: string): string {
  return comment
    .replace(/^\*/, '')
    .replaceAll(/^\s*\* ?/gm, '')
    .trim()
}
