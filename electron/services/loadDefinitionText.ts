import { isScalar, LineCounter, parseDocument, visit, type Document } from 'yaml'
import { findProblems } from '../../shared/core/graph/findProblems.ts'
import { locate } from '../../shared/core/codec/locate.ts'
import { WorkflowDefinition } from '../../shared/schema/workflow.ts'
import { findEntry, type Path } from './loadDefinitionPlaces.ts'
import { explainIssue } from './loadDefinitionIssues.ts'

/** What is wrong with a definition, and where. Line and column count from 1. */
export type DefinitionProblem = {
  readonly message: string
  readonly line: number
  readonly column: number
  /** Keys to the value, such as `steps.build.needs[0]`; empty for the document. */
  readonly path: string
  /** What may have been meant. */
  readonly suggestion: string | null
}

export type LoadedText = {
  readonly definition: WorkflowDefinition | null
  readonly problems: readonly DefinitionProblem[]
}

/** Reads the text of a workflow: YAML 1.2 without tags of its own, in which every key stands once. JSON is read strictly. */
export function loadDefinitionText(
  text: string,
  options: { readonly isJson: boolean },
): LoadedText {
  const source = text.replace(/^\uFEFF/, '')
  const lines = new LineCounter()
  const document = parseDocument(source, {
    schema: 'core',
    resolveKnownTags: false,
    merge: false,
    stringKeys: true,
    uniqueKeys: true,
    prettyErrors: false,
    lineCounter: lines,
  })
  const flaws = [
    ...(options.isJson ? jsonProblems(source) : []),
    ...textProblems(document).map(({ message, offset }) => at(lines, { offset, message })),
  ]
  if (flaws.length > 0) return { definition: null, problems: sorted(flaws) }

  const value = plainValue(document)
  if ('problem' in value)
    return { definition: null, problems: [at(lines, { offset: 0, message: value.problem })] }
  const parsed = WorkflowDefinition.safeParse(value.value)
  const problems = parsed.success
    ? [
        ...graphProblems(document, lines, parsed.data),
        ...environmentProblems(parsed.data).map((one) => located(document, lines, one)),
      ]
    : parsed.error.issues.flatMap((issue) =>
        explainIssue(issue, value.value).map((one) => located(document, lines, one)),
      )
  return { definition: parsed.data ?? null, problems: sorted(problems) }
}

function jsonProblems(source: string): readonly DefinitionProblem[] {
  try {
    JSON.parse(source)
    return []
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    const position = /position (\d+)/.exec(error.message)
    const { line, column } = locate(source, position === null ? source.length : Number(position[1]))
    const message = `this is not JSON: ${error.message.replace(/ (in JSON )?at position.*$/s, '')}.`
    return [{ message, line, column, path: '', suggestion: null }]
  }
}

type TextProblem = { readonly message: string; readonly offset: number }

function textProblems(document: Document.Parsed): readonly TextProblem[] {
  const problems: TextProblem[] = [...document.errors, ...document.warnings].map((flaw) => ({
    message: `${sentences[flaw.code] ?? flaw.message}.`,
    offset: flaw.pos[0],
  }))
  visit(document, {
    Alias(_key, node) {
      if (node.resolve(document) !== undefined) return
      const message = `\`*${node.source}\` names no anchor that stands before it.`
      problems.push({ message, offset: node.range?.[0] ?? 0 })
    },
    Pair(_key, pair) {
      if (!isScalar(pair.key) || pair.key.value !== '__proto__') return
      const message = 'the name `__proto__` cannot be used.'
      problems.push({ message, offset: pair.key.range?.[0] ?? 0 })
    },
  })
  return problems
}

const sentences: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'this key stands here a second time',
  NON_STRING_KEY: 'a key must be a plain text',
  MULTIPLE_DOCS: 'a file holds one workflow only, and here another document begins',
  TAG_RESOLVE_FAILED: 'tags are not supported',
}

/** Aliases that would blow up (a few lines can mean gigabytes) are a problem, not a value. */
function plainValue(document: Document.Parsed): { value: unknown } | { problem: string } {
  try {
    return { value: document.toJS({ maxAliasCount: 100 }) }
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error
    return { problem: 'its aliases repeat too much: more than 100 values would be copied.' }
  }
}

function graphProblems(
  document: Document.Parsed,
  lines: LineCounter,
  definition: WorkflowDefinition,
): readonly DefinitionProblem[] {
  return findProblems(definition).map(({ sentence, step, suggestion }) => {
    const needs = Object.entries(definition.steps).find(([id]) => id === step)?.[1].needs ?? []
    const index = needs.findIndex((need) => need === step || sentence.includes(` needs ${need},`))
    const path = ['steps', step, 'needs', ...(index === -1 ? [] : [index])]
    const shown = sentence.replace(/ Did you mean .*\?$/, '')
    return located(document, lines, { path, message: shown, suggestion, isAboutKey: false })
  })
}

/** A shell hands on only variables that it could name itself. */
function environmentProblems(definition: WorkflowDefinition): readonly PathProblem[] {
  return Object.entries(definition.steps).flatMap(([step, { environment }]) =>
    Object.keys(environment ?? {})
      .filter((name) => !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
      .map((name) => ({
        path: ['steps', step, 'environment', name],
        message: `the variable \`${name}\` cannot be passed on: expected letters, digits and _, not starting with a digit.`,
        suggestion: null,
        isAboutKey: true,
      })),
  )
}

type PathProblem = {
  readonly path: Path
  readonly message: string
  readonly suggestion: string | null
  readonly isAboutKey: boolean
}

function located(
  document: Document.Parsed,
  lines: LineCounter,
  problem: PathProblem,
): DefinitionProblem {
  const { path, message, suggestion, isAboutKey } = problem
  const offset = findEntry(document, path, isAboutKey ? 'key' : 'value')
  return { ...at(lines, { offset, message }), path: writePath(path), suggestion }
}

function at(lines: LineCounter, problem: TextProblem): DefinitionProblem {
  const { line, col } = lines.linePos(problem.offset)
  const place = { line: Math.max(1, line), column: Math.max(1, col) }
  return { message: problem.message, ...place, path: '', suggestion: null }
}

function writePath(path: Path): string {
  return path
    .map((key, index) => (typeof key === 'number' ? `[${key}]` : index === 0 ? key : `.${key}`))
    .join('')
}

function sorted(problems: readonly DefinitionProblem[]): readonly DefinitionProblem[] {
  return problems.toSorted((a, b) => a.line - b.line || a.column - b.column)
}
