import { isMap, LineCounter, parseDocument, type Document } from 'yaml'
import { findProblems } from '../../shared/core/graph/findProblems.ts'
import { locate } from '../../shared/core/codec/locate.ts'
import type { DefinitionProblem } from '../../shared/contract/workflows.ts'
import { WorkflowDefinition } from '../../shared/schema/workflow.ts'
import { expressionProblems } from './loadDefinitionExpressions.ts'
import { explainIssue } from './loadDefinitionIssues.ts'
import { findEntry, findInText, type Path, type PathProblem } from './loadDefinitionPlaces.ts'
import { ruleProblems } from './loadDefinitionRules.ts'
import { textFlaws, type TextFlaw } from './loadDefinitionTextFlaws.ts'
import { told } from './loadDefinitionTold.ts'

export type LoadedText = {
  readonly definition: WorkflowDefinition | null
  readonly problems: readonly DefinitionProblem[]
  /** The text is a map that has `steps` by name: it was meant as a workflow. */
  readonly hasSteps: boolean
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
    // Looked for below: the library compares each key with all others, which takes minutes in a large file.
    uniqueKeys: false,
    prettyErrors: false,
    lineCounter: lines,
  })
  const flaws = [
    ...(options.isJson ? jsonProblems(source) : []),
    ...textFlaws(document).map(({ message, offset }) => at(lines, { offset, message })),
  ]
  if (flaws.length > 0)
    return {
      definition: null,
      problems: told(flaws, (one) => one),
      hasSteps: stepsAreNamed(document),
    }

  const value = plainValue(document)
  if ('problem' in value)
    return {
      definition: null,
      problems: [at(lines, { offset: 0, message: value.problem })],
      hasSteps: stepsAreNamed(document),
    }
  const { definition, problems } = checkDefinition(value.value)
  const parsed = { document, lines, source }
  return {
    definition,
    problems: told(problems, (one) => located(parsed, one)),
    hasSteps: stepsAreNamed(document),
  }
}

function stepsAreNamed(document: Document.Parsed): boolean {
  return isMap(document.contents) && isMap(document.get('steps', true))
}

/** A definition from its plain value, with everything that is wrong with it. Only a program's own one has `function` steps. */
export function checkDefinition(
  value: unknown,
  options: { readonly isFile: boolean } = { isFile: true },
): {
  readonly definition: WorkflowDefinition | null
  readonly problems: readonly PathProblem[]
} {
  const parsed = WorkflowDefinition.safeParse(value)
  if (!parsed.success)
    return {
      definition: null,
      problems: parsed.error.issues.flatMap((issue) => explainIssue(issue, value)),
    }
  const definition = parsed.data
  const problems = [
    ...graphProblems(definition),
    ...ruleProblems(definition, options),
    ...expressionProblems(definition),
  ]
  return { definition, problems }
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

/** Aliases that would blow up (a few lines can mean gigabytes) are a problem, not a value. */
function plainValue(document: Document.Parsed): { value: unknown } | { problem: string } {
  try {
    return { value: document.toJS({ maxAliasCount: 100 }) }
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error
    return { problem: 'its aliases repeat too much: more than 100 values would be copied.' }
  }
}

function graphProblems(definition: WorkflowDefinition): readonly PathProblem[] {
  const stepsById = new Map(Object.entries(definition.steps))
  return findProblems(definition).map(({ sentence, step, suggestion }) => {
    const needs = stepsById.get(step)?.needs ?? []
    const index = needs.findIndex((need) => need === step || sentence.includes(` needs ${need},`))
    const path = ['steps', step, 'needs', ...(index === -1 ? [] : [index])]
    const message = sentence.replace(/ Did you mean .*\?$/, '')
    return { path, message, suggestion, isAboutKey: false }
  })
}

type ParsedText = {
  readonly document: Document.Parsed
  readonly lines: LineCounter
  readonly source: string
}

function located({ document, lines, source }: ParsedText, problem: PathProblem): DefinitionProblem {
  const { path, message, suggestion, isAboutKey, offset: inside } = problem
  const offset =
    inside === undefined
      ? findEntry(document, path, isAboutKey ? 'key' : 'value')
      : findInText(document, source, { path, offset: inside })
  return { ...at(lines, { offset, message }), path: writePath(path), suggestion }
}

function at(lines: LineCounter, problem: TextFlaw): DefinitionProblem {
  const { line, col } = lines.linePos(problem.offset)
  const place = { line: Math.max(1, line), column: Math.max(1, col) }
  return { message: problem.message, ...place, path: '', suggestion: null }
}

export function writePath(path: Path): string {
  return path
    .map((key, index) => (typeof key === 'number' ? `[${key}]` : index === 0 ? key : `.${key}`))
    .join('')
}
