import type { StepDefinition } from '../../../../schema/workflow.ts'
import { textOf, type AwfDefinition } from '../definition/awfDefinition.ts'
import { unhandled, type Routes } from './routesOf.ts'
import { translateText } from './translateCommand.ts'

/** Ends that are a failure and are reached otherwise than by a failed step become a step that fails. */
export function failingEnds(
  awf: AwfDefinition,
  routes: Routes,
): {
  readonly steps: readonly { readonly name: string; readonly step: StepDefinition }[]
  readonly problems: readonly string[]
} {
  const targets = new Set(routes.routes.map(({ to }) => to))
  const rows = [...targets].flatMap((name) => {
    const fields = awf.states.get(name)?.fields
    if (name === unhandled) return [{ name, message: '', code: 1 }]
    if (awf.states.get(name)?.type !== 'terminal' || fields?.['status'] !== 'failure') return []
    const code = Number(textOf(fields['exitCode']) ?? '1')
    return [{ name, message: textOf(fields['message']) ?? '', code }]
  })
  const problems = rows.flatMap(({ name, message, code }) => [
    ...translateText(message).problems.map((problem) => `The end ${name}: ${problem}.`),
    ...(Number.isInteger(code) && code >= 1 && code <= 255
      ? []
      : [`The end ${name} has the exit code ${code}.`]),
  ])
  return {
    steps: rows.map(({ name, message, code }) => ({
      name,
      step: failingStep(name, message, code),
    })),
    problems,
  }
}

function failingStep(name: string, message: string, code: number): StepDefinition {
  const said = message === '' ? `The workflow ended at ${name}.` : translateText(message).text
  return {
    title: `End of the workflow: ${name}`.slice(0, 200),
    run: `printf '%s\\n' "$AWF_MESSAGE" >&2; exit ${code}`,
    environment: { AWF_MESSAGE: said },
    sideEffects: 'none',
  }
}
