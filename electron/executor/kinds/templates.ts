import { dirname, resolve } from 'node:path'
import { homedir } from 'node:os'
import { evaluateTemplate } from '../../../shared/core/expression/evaluateTemplate.ts'
import type { Scope } from '../../../shared/core/expression/scope.ts'
import type { Json } from '../../../shared/schema/json.ts'
import type { Run, RunError } from '../../../shared/schema/run.ts'
import { runError } from '../attemptResult.ts'

/** Evaluates the templates of one step; each place has a name for the sentence that says where one failed. */
export type Templates = {
  readonly value: (place: string, template: Json) => Json
  /** As an argument or a variable: one text without the character NUL. */
  readonly text: (place: string, template: string) => string
  readonly texts: (
    place: string,
    templates: Readonly<Record<string, string>>,
  ) => Record<string, string>
}

/** Ends the preparation of a step; it never leaves this room. */
export class TemplateFailure extends Error {
  readonly error: RunError

  constructor(error: RunError) {
    super(error.message)
    this.error = error
  }
}

export function createTemplates(step: string, scope: Scope): Templates {
  const fail = (place: string, problem: string): never => {
    throw new TemplateFailure(expressionError(step, place, problem))
  }
  const value = (place: string, template: Json): Json => {
    const found = evaluateTemplate(template, scope)
    return 'problem' in found ? fail(place, found.problem) : found.value
  }
  const text = (place: string, template: string): string => {
    const found = value(place, template)
    if (found === null)
      return fail(place, 'it is null, which has no text; write `x == null ? "" : x`.')
    const written = typeof found === 'string' ? found : JSON.stringify(found)
    return written.includes('\0') ? fail(place, 'it holds the character NUL.') : written
  }
  return {
    value,
    text,
    texts: (place, templates) =>
      Object.fromEntries(
        Object.entries(templates).map(([name, one]) => [name, text(`${place}.${name}`, one)]),
      ),
  }
}

export function expressionError(step: string, place: string, problem: string): RunError {
  return runError('Expression', `Step ${step}: \`${place}\`: ${problem}`)
}

/** Where a step works: relative folders start where the run does. */
export function folderOf(run: Pick<Run, 'place' | 'workflow'>, folder: string): string {
  return resolve(runFolder(run) ?? homedir(), folder)
}

/** [M14] A run that was migrated does not say where it worked: it works beside the definition that it was given. */
export function runFolder({ place, workflow }: Pick<Run, 'place' | 'workflow'>): string | null {
  return place.folder ?? (workflow.source === null ? null : dirname(workflow.source))
}
