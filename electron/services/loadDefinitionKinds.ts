import { kindOf } from '../../shared/schema/stepMeaning.ts'
import type { StepDefinition, StepKind } from '../../shared/schema/workflow.ts'
import type { PathProblem } from './loadDefinitionPlaces.ts'

/** Settings that only some kinds of steps have; all others fit every kind. */
const kindsOfSetting = {
  stdin: ['run', 'command'],
  with: ['module', 'workflow', 'function'],
  workingFolder: ['run', 'command', 'module'],
  environment: ['run', 'command', 'module'],
  passEnvironment: ['run', 'command', 'module'],
  timeout: ['run', 'command', 'module', 'http', 'workflow', 'function'],
  retry: ['run', 'command', 'module', 'http', 'workflow', 'function'],
  sideEffects: ['run', 'command', 'module', 'http', 'workflow', 'function'],
  onInterrupted: ['run', 'command', 'module', 'http', 'function'],
  maxOutput: ['run', 'command', 'module', 'http', 'workflow', 'function'],
} as const satisfies { readonly [K in keyof StepDefinition]?: readonly StepKind[] }
type Setting = keyof typeof kindsOfSetting

const settings = Object.keys(kindsOfSetting) as readonly Setting[] // keys of a closed literal

/** What to write instead, where that is not the list of kinds. */
const instead: Readonly<Record<string, string>> = {
  'stdin of http': 'write `http: { body: … }`',
  'environment of workflow': 'hand values over with `with`',
  'environment of http': 'hand values over in `headers` or `body`',
  'passEnvironment of workflow': 'name them in the steps of that workflow',
  'with of run': 'hand values over with `environment`',
  'with of command': 'write them as arguments, or hand them over with `environment`',
  'with of http': 'write `http: { body: … }`',
  'timeout of gate': 'write `gate: { expires: … }`',
  'timeout of wait': 'a wait ends by itself',
}

/** Settings of a step that mean nothing for its kind. */
export function settingProblems(step: string, definition: StepDefinition): readonly PathProblem[] {
  const kind = kindOf(definition)
  if (kind === null) return []
  return settings.flatMap((setting) => {
    const kinds: readonly StepKind[] = kindsOfSetting[setting]
    if (definition[setting] === undefined || kinds.includes(kind)) return []
    const hint = instead[`${setting} of ${kind}`] ?? `it belongs to ${kinds.join(', ')}`
    const message = `step ${step}: \`${setting}\` does not fit a step with \`${kind}\`; ${hint}.`
    return [{ path: ['steps', step, setting], message, suggestion: null, isAboutKey: true }]
  })
}
